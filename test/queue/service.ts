import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';

/** A user of this machine. */
export interface SystemUser {
	uid: number;
	gid: number;
}

/** How a server is started. */
export interface ServiceOptions {
	name: string;
	command: string;
	args: string[];
	/** private folder of the server; its log lies there */
	folder: string;
	/** file that is there while the server runs */
	pidFile: string;
	port: number;
	/** ends it at once, in a way that leaves nothing behind */
	signal: NodeJS.Signals;
	/** whom it runs as; the user of this process unless given */
	user?: SystemUser;
}

/** A server that runs on loopback beside the tests. */
export interface Service {
	port: number;
	/** of the process whose only child is the server */
	pid: number;
	stop(): Promise<void>;
}

const running = new Map<ChildProcess, ServiceOptions>();

/**
 * Starts a server and waits until its port answers. It cannot outlive this process.
 *
 * @throws Error with the end of its log when it ends early or does not answer
 */
export async function startService(options: ServiceOptions): Promise<Service> {
	const { name, command, args, folder, port, signal, user } = options;
	const logFile = path.join(folder, `${name}.log`);
	const log = openSync(logFile, 'a');
	if (user) chownSync(logFile, user.uid, user.gid);
	const child = spawn(
		process.execPath,
		[
			path.join(__dirname, 'leashed.cjs'),
			signal,
			String(user?.uid ?? -1),
			String(user?.gid ?? -1),
			command,
			...args,
		],
		// A process group of its own: Ctrl-C is for this process to act upon.
		{ stdio: ['pipe', log, log], detached: true },
	);
	closeSync(log);
	running.set(child, options);
	const ended = new Promise<void>((resolve) => {
		child.once('exit', () => {
			running.delete(child);
			resolve();
		});
		child.once('error', () => resolve());
	});
	const stop = async () => {
		child.kill('SIGTERM');
		await ended;
	};
	// Only a hang takes longer.
	const hang = Date.now() + 15 * 60_000;
	while (!(await answers(port))) {
		if (!running.has(child) || Date.now() > hang) {
			const end = existsSync(logFile) ? readFileSync(logFile, 'utf8').slice(-2_000) : '';
			await stop();
			throw new Error(`${name} did not start. The end of its log:\n${end}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return { port, pid: child.pid ?? 0, stop };
}

async function answers(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

// Registered before any folder is made, so that it runs before folders are removed.
process.once('exit', () => {
	for (const child of running.keys()) child.kill('SIGTERM');
	const until = Date.now() + 5_000;
	const still = () => [...running.values()].some(({ pidFile }) => existsSync(pidFile));
	const nothing = new Int32Array(new SharedArrayBuffer(4));
	while (still() && Date.now() < until) Atomics.wait(nothing, 0, 0, 20);
});
