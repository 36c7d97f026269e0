import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The server that takes everything, in a process of its own. */
export interface Sink {
	/** e.g. `https://localhost:41234/upload` */
	url: string;
	origin: string;
	/** file of its authority */
	ca: string;
	caPem: string;
	close(): void;
}

/**
 * Starts the sink.
 * @param folder where the file of its authority goes
 */
export async function startSink(folder: string): Promise<Sink> {
	const ca = path.join(folder, 'sink-ca.pem');
	const script = path.join(__dirname, 'sink.ts');
	const child = spawn(process.execPath, [require.resolve('tsx/cli'), script, ca], {
		stdio: ['ignore', 'pipe', 'inherit'],
		detached: true,
	});
	const end = () => {
		try {
			if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
		} catch {
			// already gone
		}
	};
	process.once('exit', end);
	const url = await new Promise<string>((resolve, reject) => {
		createInterface({ input: child.stdout }).once('line', resolve);
		child.once('exit', () => reject(new Error('The sink ended before it said its address.')));
	});
	return {
		url,
		origin: new URL(url).origin,
		ca,
		caPem: readFileSync(ca, 'utf8'),
		close() {
			process.removeListener('exit', end);
			end();
		},
	};
}
