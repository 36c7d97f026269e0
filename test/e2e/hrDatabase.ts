import { spawn } from 'node:child_process';
import path from 'node:path';
import { freePorts } from '../host/ports';

/** A PostgreSQL of the tests' own: an HR database that n8n reads over its port. */
export interface HrDatabase {
	/** on loopback; user, password and database are `postgres` */
	port: number;
	close(): Promise<void>;
}

/**
 * Starts an {@link HrDatabase}: PGlite, which is PostgreSQL compiled to WebAssembly, so that it is there wherever npm is. In a
 * process of its own, because jest does not let a module import others on the way.
 * @param sql what to run first
 * @throws Error when it does not start
 */
export async function startHrDatabase(sql: string): Promise<HrDatabase> {
	const [port] = await freePorts(1);
	const child = spawn(process.execPath, [path.join(__dirname, 'hrDatabaseServer.mjs'), String(port)], {
		stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
	});
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	child.stdin?.end(sql);
	await new Promise<void>((resolve, reject) => {
		child.stdout?.once('data', () => resolve());
		child.once('error', reject);
		void ended.then(() => reject(new Error('The HR database did not start; see above.')));
	});
	return {
		port,
		async close() {
			child.kill();
			await ended;
		},
	};
}
