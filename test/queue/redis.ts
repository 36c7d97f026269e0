import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '../host/ports';
import { startService, type Service } from './service';

/** A Redis of the tests' own. */
export interface Redis extends Service {
	/** what an n8n needs to use it */
	env: Record<string, string>;
	/** every command that anybody has sent to it since it was started, with all values; strings in quotes */
	commands(): string;
	/** all keys and values that it holds now, as bytes in Redis' own format, not compressed */
	dump(): Promise<Buffer>;
}

/**
 * Starts Redis on a free loopback port, with a password, keeping nothing on disk.
 *
 * @param folder private folder that is removed by the caller
 * @throws Error when it does not start
 */
export async function startRedis(folder: string): Promise<Redis> {
	const own = path.join(folder, 'redis');
	mkdirSync(own, { mode: 0o700 });
	const [port] = await freePorts(1);
	const password = randomBytes(12).toString('hex');
	const pidFile = path.join(own, 'redis.pid');
	const settings = [
		`port ${port}`,
		'bind 127.0.0.1',
		`requirepass ${password}`,
		`dir ${own}`,
		`pidfile ${pidFile}`,
		'save ""',
		'appendonly no',
		'rdbcompression no',
	];
	writeFileSync(path.join(own, 'redis.conf'), `${settings.join('\n')}\n`, { mode: 0o600 });
	const service = await startService({
		name: 'redis',
		command: redisServer,
		args: [path.join(own, 'redis.conf')],
		folder: own,
		pidFile,
		port,
		signal: 'SIGTERM',
	});
	const commandsFile = path.join(own, 'commands');
	const monitor = connect(port, '127.0.0.1');
	monitor.on('error', () => undefined);
	monitor.pipe(createWriteStream(commandsFile));
	await new Promise<void>((resolve) => {
		monitor.once('data', () => resolve());
		monitor.write(`AUTH ${password}\r\nMONITOR\r\n`);
	});
	return {
		...service,
		env: {
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(port),
			QUEUE_BULL_REDIS_PASSWORD: password,
		},
		commands: () => (existsSync(commandsFile) ? readFileSync(commandsFile, 'latin1') : ''),
		async dump() {
			const file = path.join(own, 'all.rdb');
			await promisify(execFile)('redis-cli', ['-p', String(port), '--rdb', file], {
				env: { ...process.env, REDISCLI_AUTH: password },
			});
			return readFileSync(file);
		},
		async stop() {
			monitor.destroy();
			await service.stop();
		},
	};
}

/** Command that starts the server. */
export const redisServer = 'redis-server';
