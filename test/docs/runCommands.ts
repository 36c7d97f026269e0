import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitOnSignals } from '../demo/stage';
import { elapsed, toTerminal as say } from '../host/progress';
import { COMMANDS, type Proof } from './commands';
import { root } from './pages';

// `npm run docs:commands` runs every command of the pages, in order, in a temporary clone of the last commit.
// `npm run docs:commands -- demo lint` takes only those that hold one of these words.

const SHOWN_AT_FAILURE = 3_000;

interface Outcome {
	command: string;
	result: 'works' | 'fails' | 'tested elsewhere' | 'not run';
	remark: string;
}

/** Commands that go on until the end of the run. */
const running = new Set<ChildProcess>();

async function main(words: string[]): Promise<boolean> {
	const folder = mkdtempSync(join(tmpdir(), 'microsoft-hr-commands-'));
	const clone = join(folder, 'clone');
	const outcomes: Outcome[] = [];
	const tidyUp = () => {
		for (const child of running) end(child);
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	process.once('exit', tidyUp);
	exitOnSignals();
	try {
		execFileSync('git', ['clone', '--quiet', root, clone]);
		for (const [command, proof] of Object.entries(COMMANDS)) {
			if (words.length > 0 && !words.some((word) => command.includes(word))) continue;
			say(`$ ${command}`);
			const outcome = await outcomeOf(command, proof, clone);
			say(`  ${outcome.result}: ${outcome.remark}`);
			outcomes.push(outcome);
		}
	} finally {
		tidyUp();
	}
	const count = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
	say(
		`${count('works')} work, ${count('fails')} fail, ${count('tested elsewhere')} are run by a test, ${count('not run')} are not run.`,
	);
	return count('fails') === 0;
}

async function outcomeOf(command: string, proof: Proof, folder: string): Promise<Outcome> {
	if ('test' in proof) return { command, result: 'tested elsewhere', remark: proof.test };
	if ('because' in proof) return { command, result: 'not run', remark: proof.because };
	const begun = Date.now();
	const { code, output, found } = await run(command, folder, proof);
	const took = elapsed(Date.now() - begun);
	if ('until' in proof ? found : code === 0) {
		return { command, result: 'works', remark: took };
	}
	say(output.slice(-SHOWN_AT_FAILURE));
	return {
		command,
		result: 'fails',
		remark: `${code === undefined ? 'no end' : `code ${code}`} after ${took}`,
	};
}

/** Runs one line in a shell of its own process group, until it ends, says what is waited for, or its time is over. */
async function run(
	line: string,
	folder: string,
	proof: Extract<Proof, { minutes: number }>,
): Promise<{ code?: number; output: string; found?: boolean }> {
	const child = spawn('bash', ['-c', line], {
		cwd: folder,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, CI: 'true' },
	});
	running.add(child);
	let output = '';
	return await new Promise((resolve) => {
		const timer = setTimeout(() => {
			end(child);
			resolve({ output });
		}, proof.minutes * 60_000);
		const listen = (chunk: Buffer) => {
			output += chunk.toString('utf8');
			if (!('until' in proof) || !proof.until.test(output)) return;
			clearTimeout(timer);
			resolve({ output, found: true });
		};
		child.stdout.on('data', listen);
		child.stderr.on('data', listen);
		child.once('close', (code) => {
			running.delete(child);
			clearTimeout(timer);
			resolve({ code: code ?? 1, output });
		});
	});
}

function end(child: ChildProcess): void {
	running.delete(child);
	if (child.pid === undefined || child.exitCode !== null) return;
	try {
		process.kill(-child.pid, 'SIGINT');
	} catch {
		// It has ended by itself in this moment.
	}
}

main(process.argv.slice(2)).then(
	(well) => (process.exitCode = well ? 0 : 1),
	(error: unknown) => {
		say(error instanceof Error ? error.message : String(error));
		process.exitCode = 1;
	},
);
