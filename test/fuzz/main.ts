import { fork } from 'node:child_process';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Order } from './child';
import { caseOf, type FailureKind, type Tally } from './run';
import { writeInput } from './stored';
import type { Ending } from './target';
import { TARGETS } from './targets';

/** Memory of the JavaScript heap of a run, in megabytes: a case that needs more is a failure. */
const HEAP_MB = 256;
/** Without a sign of life for so long, a case counts as hanging. */
const SILENCE_MS = 60_000;
const PROGRESS_MS = 15_000;

/** A failure as it is told, with its inputs as text. */
interface ToldFailure {
	target: string;
	kind: FailureKind;
	number: number;
	message: string;
	input: string;
	expected?: string;
	found?: string;
}

type Done = Omit<Tally, 'failures'> & { failed: number; peakMB: number };

const { values } = parseArgs({
	options: {
		cases: { type: 'string', default: '100000' },
		seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
		from: { type: 'string', default: '0' },
		target: { type: 'string', default: '' },
		processes: { type: 'string', default: '1' },
	},
});

const seed = wholeNumber('seed', values.seed);
const first = wholeNumber('from', values.from);
const last = first + wholeNumber('cases', values.cases);
const processes = Math.max(1, wholeNumber('processes', values.processes));
const targets = values.target === '' ? [] : values.target.split(',');
const unknown = targets.filter((name) => !TARGETS.some((target) => target.name === name));
if (unknown.length > 0) {
	throw new Error(
		`No target is called ${unknown.join(', ')}. There are: ${TARGETS.map(({ name }) => name).join(', ')}.`,
	);
}

const failures: ToldFailure[] = [];
const all: Done = {
	cases: 0,
	endings: { accepted: 0, refused: 0, found: 0 },
	targets: {},
	failed: 0,
	peakMB: 0,
};

function wholeNumber(name: string, text: string): number {
	const number = Number(text);
	if (Number.isSafeInteger(number) && number >= 0) return number;
	throw new Error(`--${name} must be a whole number, not '${text}'.`);
}

function tell(failure: ToldFailure): void {
	failures.push(failure);
	console.log(
		`\n${failure.kind} in ${failure.target}, case ${failure.number} (seed ${seed}): ${failure.message}`,
	);
	console.log(`  input: ${failure.input.slice(0, 4000)}`);
	if (failure.expected !== undefined) console.log(`  expected: ${failure.expected.slice(0, 1000)}`);
	if (failure.found !== undefined) console.log(`  found: ${failure.found.slice(0, 1000)}`);
}

/** Runs cases in a process of its own, and goes on behind a case that hung or ended the process. */
async function runRange(from: number, to: number): Promise<void> {
	const path = join(tmpdir(), `fuzz-${process.pid}-${from}`);
	const marker = openSync(path, 'w+');
	rmSync(path);
	try {
		let next = from;
		while (next < to) next = await runUntilStopped(next, to, marker);
	} finally {
		closeSync(marker);
	}
}

async function runUntilStopped(from: number, to: number, marker: number): Promise<number> {
	const mark = Buffer.alloc(16);
	mark.writeDoubleLE(from);
	writeSync(marker, mark, 0, mark.length, 0);
	const current = () => {
		readSync(marker, mark, 0, mark.length, 0);
		return mark.readDoubleLE();
	};
	const order: Order = { seed, from, to, targets, marker: 3 };
	const child = fork(join(__dirname, 'child.ts'), [JSON.stringify(order)], {
		execArgv: ['--import', 'tsx', `--max-old-space-size=${HEAP_MB}`],
		stdio: ['ignore', 'inherit', 'inherit', marker, 'ipc'],
	});
	let done: Done | undefined;
	let hung = false;
	child.on('message', (message: { failure?: ToldFailure; done?: Done }) => {
		if (message.failure) tell(message.failure);
		done = message.done ?? done;
	});
	let seen = '';
	let seenAt = Date.now();
	const watch = setInterval(() => {
		readSync(marker, mark, 0, mark.length, 0);
		const now = mark.toString('hex');
		if (now !== seen) {
			seen = now;
			seenAt = Date.now();
		} else if (Date.now() - seenAt > SILENCE_MS) {
			hung = true;
			child.kill('SIGKILL');
		}
	}, 1000);
	const progress = setInterval(() => console.log(`  … case ${current()} of ${to}`), PROGRESS_MS);
	await new Promise((resolve) => child.once('exit', resolve));
	clearInterval(watch);
	clearInterval(progress);
	if (done) {
		add(done);
		return to;
	}
	const number = current();
	const chosen = TARGETS.filter(({ name }) => targets.length === 0 || targets.includes(name));
	const { target, input } = caseOf(chosen, seed, number);
	const message = hung ? 'no end' : `the process ended (code ${child.exitCode}, signal ${child.signalCode})`;
	tell({ target: target.name, kind: hung ? 'hang' : 'crash', number, message, input: writeInput(input) });
	all.cases += number - from + 1;
	return failures.length < 20 ? number + 1 : to;
}

function add(done: Done): void {
	all.cases += done.cases;
	all.peakMB = Math.max(all.peakMB, done.peakMB);
	for (const ending of Object.keys(done.endings) as Ending[]) all.endings[ending] += done.endings[ending];
	for (const [name, { cases, milliseconds, slowest }] of Object.entries(done.targets)) {
		const sums = (all.targets[name] ??= { cases: 0, milliseconds: 0, slowest: 0 });
		sums.cases += cases;
		sums.milliseconds += milliseconds;
		sums.slowest = Math.max(sums.slowest, slowest);
	}
}

async function main(): Promise<void> {
	const begun = Date.now();
	console.log(`${last - first} cases, seed ${seed}`);
	const share = Math.ceil((last - first) / processes);
	await Promise.all(
		Array.from({ length: processes }, async (_, p) => {
			await runRange(first + p * share, Math.min(last, first + (p + 1) * share));
		}),
	);
	console.table(
		Object.fromEntries(
			Object.entries(all.targets).map(([name, { cases, milliseconds, slowest }]) => [
				name,
				{ cases, 'ms each': Number((milliseconds / cases).toFixed(2)), 'slowest ms': Math.round(slowest) },
			]),
		),
	);
	const count = (kind: FailureKind) => failures.filter((failure) => failure.kind === kind).length;
	const { accepted, refused, found } = all.endings;
	console.log(
		`${all.cases} cases in ${Math.round((Date.now() - begun) / 1000)} s, seed ${seed}: ` +
			`${accepted} taken and read alike, ${found} with findings, ${refused} refused with words; ` +
			`${count('crash')} crashes, ${count('hang')} hangs, ${count('mismatch')} silent changes or wrong refusals. ` +
			`Peak memory ${Math.round(all.peakMB)} MB.`,
	);
	process.exitCode = failures.length > 0 ? 1 : 0;
}

void main();
