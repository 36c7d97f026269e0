import { spawnSync } from 'node:child_process';
import { makeStageFolder, setEmptyStage, type EmptyStage, type StageOptions } from '../demo/stage';
import { installDebianPackages } from '../host/debian';
import { startN8n, type RunningN8n } from '../host/n8n';
import { withProgress, type Log } from '../host/progress';
import { newOwner, signIn, type Editor } from '../host/rest';
import { postgresPrograms, startPostgres, type Postgres } from './postgres';
import { redisServer, startRedis, type Redis } from './redis';

/** n8n in queue mode: a main and workers, which share user folder, encryption key, Redis and PostgreSQL. */
export interface Cluster extends EmptyStage {
	main: RunningN8n;
	workers: RunningN8n[];
	editor: Editor;
	redis: Redis;
	postgres: Postgres;
}

/** How the cluster runs. */
export interface ClusterOptions extends Pick<StageOptions, 'log' | 'nodesInclude' | 'emulator'> {
	workers: number;
	/** further environment variables of main and workers */
	env?: Record<string, string>;
	/** further ones of the workers only */
	workerEnv?(stage: EmptyStage): Record<string, string>;
	/** executions that a worker runs at a time */
	concurrency: number;
}

/**
 * Starts it all on free loopback ports, installing Redis and PostgreSQL where they are missing. Nothing outlives this process.
 *
 * @throws Error when something cannot be installed or started; nothing is left running then
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
	const { log, nodesInclude } = options;
	await ensureServers(log);
	const ending: Array<() => Promise<void> | void> = [];
	const close = async (): Promise<void> => {
		for (const end of ending.reverse()) await end();
	};
	try {
		const stage = await setEmptyStage(options);
		ending.push(stage.close);
		const { emulator, folder, host, userFolder } = stage;
		// PostgreSQL runs as another user, who must not see n8n's files.
		const postgresFolder = makeStageFolder();
		ending.push(postgresFolder.remove);
		const postgres = await withProgress(
			log,
			'Starting PostgreSQL',
			async () => await startPostgres(postgresFolder.path),
		);
		ending.push(postgres.stop);
		const redis = await startRedis(folder);
		ending.push(redis.stop);
		const common = {
			host,
			userFolder,
			caPem: emulator.caPem(),
			nodesInclude,
			env: {
				...postgres.env,
				...redis.env,
				EXECUTIONS_MODE: 'queue',
				// n8n's own choice in queue mode
				N8N_DEFAULT_BINARY_DATA_MODE: 'database',
				...options.env,
			},
		};
		const workerEnv = { ...common.env, ...options.workerEnv?.(stage) };
		const main = await withProgress(log, 'Starting n8n (main)', async () => await startN8n(common), {
			expected: '15 to 40 seconds',
		});
		ending.push(main.stop);
		const workers = await withProgress(
			log,
			`Starting ${options.workers} workers`,
			async () =>
				await Promise.all(
					Array.from({ length: options.workers }, async (_, index) => {
						const name = `worker-${index + 1}`;
						const worker = await startN8n({
							...common,
							env: workerEnv,
							worker: { name, concurrency: options.concurrency },
						});
						ending.push(worker.stop);
						return worker;
					}),
				),
			{ expected: '10 to 30 seconds' },
		);
		const editor = await signIn(main, newOwner());
		return { ...stage, main, workers, editor, redis, postgres, close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function ensureServers(log: Log): Promise<void> {
	const missing = [
		...(spawnSync(redisServer, ['--version']).error ? ['redis-server'] : []),
		...(postgresPrograms() === undefined ? ['postgresql'] : []),
	];
	if (missing.length > 0) {
		await installDebianPackages(missing, log, `There is no ${missing.join(' and no ')}. Install it.`);
	}
}
