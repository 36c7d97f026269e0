import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '../host/ports';
import { startService, type Service, type SystemUser } from './service';

const run = promisify(execFile);

/** A PostgreSQL cluster of the tests' own. */
export interface Postgres extends Service {
	/** what an n8n needs to use it */
	env: Record<string, string>;
	/** everything that all tables hold now, as SQL; binary values in hexadecimal */
	dump(): Promise<string>;
}

const database = 'postgres';
const role = 'n8n';

/** The folder with PostgreSQL's programs, the newest of those that Debian keeps; undefined where there is none. */
export function postgresPrograms(): string | undefined {
	const root = '/usr/lib/postgresql';
	const versions = existsSync(root) ? readdirSync(root) : [];
	return versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => path.join(root, version, 'bin'))
		.find((bin) => existsSync(path.join(bin, 'initdb')));
}

/**
 * Makes a cluster in a folder and starts it on a free loopback port, with a password and without a socket file. It refuses to run
 * as root: then it runs as the user `postgres`, or `nobody`.
 *
 * @param folder private folder that is used by nothing else and removed by the caller
 * @throws Error when PostgreSQL is missing or does not start
 */
export async function startPostgres(folder: string): Promise<Postgres> {
	const bin = postgresPrograms();
	if (!bin) throw new Error('There is no PostgreSQL below /usr/lib/postgresql.');
	const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
	const own = user ?? {};
	const data = path.join(folder, 'data');
	const passwordFile = path.join(folder, 'password');
	const password = randomBytes(12).toString('hex');
	mkdirSync(data, { mode: 0o700 });
	writeFileSync(passwordFile, password, { mode: 0o600 });
	if (user) for (const file of [folder, data, passwordFile]) chownSync(file, user.uid, user.gid);
	await run(
		path.join(bin, 'initdb'),
		[
			...['-D', data, '-U', role, '--pwfile', passwordFile, '-A', 'scram-sha-256'],
			...['-E', 'UTF8', '--locale=C', '--no-sync'],
		],
		{ ...own, cwd: '/' },
	);
	const [port] = await freePorts(1);
	const settings = {
		port: String(port),
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		// The cluster lives as long as the tests do.
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
	};
	const service = await startService({
		name: 'postgres',
		command: path.join(bin, 'postgres'),
		args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
		folder,
		pidFile: path.join(data, 'postmaster.pid'),
		port,
		signal: 'SIGQUIT',
		...(user ? { user } : {}),
	});
	return {
		...service,
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: database,
			DB_POSTGRESDB_USER: role,
			DB_POSTGRESDB_PASSWORD: password,
		},
		async dump() {
			const address = ['-h', '127.0.0.1', '-p', String(port), '-U', role, '-d', database];
			const { stdout } = await run(path.join(bin, 'pg_dump'), address, {
				env: { ...process.env, PGPASSWORD: password },
				maxBuffer: 1024 * 1024 * 1024,
			});
			return stdout;
		},
	};
}

function unprivilegedUser(): SystemUser {
	for (const name of ['postgres', 'nobody']) {
		try {
			const id = (what: string) => Number(execFileSync('id', [what, name], { stdio: 'pipe' }));
			return { uid: id('-u'), gid: id('-g') };
		} catch {
			// this user does not exist here
		}
	}
	throw new Error('PostgreSQL cannot run as root, and there is neither a user postgres nor a user nobody.');
}
