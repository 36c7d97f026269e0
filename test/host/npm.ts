import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * Variables that `npm run` sets about *this* package and that would mislead an npm started elsewhere. The settings are
 * those of this checkout's .npmrc: npm hands them on as variables, and a variable wins over another folder's .npmrc.
 */
const aboutThisPackage =
	/^(npm_(package_|lifecycle_|command$|execpath$|node_execpath$)|npm_config_(local_prefix|legacy_peer_deps|ignore_scripts|audit|fund|loglevel)$|INIT_CWD$)/;

/** The environment for a child process, without what an enclosing `npm run` left in it. */
export function environmentOutsideNpm(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !aboutThisPackage.test(name)));
}

/**
 * Runs npm in a folder and gives what it wrote to standard output.
 *
 * @param args npm's arguments
 * @param where `cwd` the folder; `node` the Node binary that npm and its scripts run under (default: the running one)
 * @throws Error with the end of npm's output when it fails
 */
export async function runNpm(
	args: string[],
	where: { cwd: string; node?: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	const bin = path.dirname(where.node ?? process.execPath);
	const env = { ...environmentOutsideNpm(), ...where.env };
	env.PATH = `${bin}${path.delimiter}${env.PATH ?? ''}`;
	const child = spawn('npm', args, {
		cwd: where.cwd,
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	const out: Buffer[] = [];
	const all: Buffer[] = [];
	child.stdout.on('data', (piece: Buffer) => {
		out.push(piece);
		all.push(piece);
	});
	child.stderr.on('data', (piece: Buffer) => all.push(piece));
	const killChild = () => child.kill();
	process.once('exit', killChild);
	try {
		const code = await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('close', resolve);
		});
		if (code !== 0) {
			const tail = Buffer.concat(all).toString('utf8').trimEnd().split('\n').slice(-30).join('\n');
			throw new Error(`npm ${args.join(' ')} failed in ${where.cwd} (exit code ${code}):\n${tail}`);
		}
	} finally {
		process.removeListener('exit', killChild);
	}
	return Buffer.concat(out).toString('utf8');
}
