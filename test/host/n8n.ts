import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Host } from './install';
import { environmentOutsideNpm } from './npm';
import { freePorts } from './ports';

/** How to start an n8n. */
export interface StartOptions {
	host: Host;
	/** A private folder: n8n's database, settings, log and temporary files stay in it. */
	userFolder: string;
	/** Further environment variables; they win. */
	env?: Record<string, string>;
	/** Only these node types are loaded; a faster start. All of them when left out. */
	nodesInclude?: string[];
	/** A certificate (PEM) that n8n shall trust beside the usual ones. */
	caPem?: string;
	/** Starts a worker of queue mode in place of a whole n8n: `name` tells its log from others, `concurrency` how many executions it runs at a time. */
	worker?: { name: string; concurrency: number };
}

/** An n8n that answers. */
export interface RunningN8n {
	/** e.g. `http://127.0.0.1:5678`, without a slash at the end; of a worker, where it tells its health. */
	origin: string;
	/** Process id, also of its process group. */
	pid: number;
	userFolder: string;
	/** The file that takes everything n8n writes; one file for all starts in the same user folder, and one for each worker. */
	logFile: string;
	/** The folder that n8n and its steps use for temporary files. */
	temporaryFolder: string;
	/** How long it took to answer, in milliseconds. */
	readyAfterMs: number;
	/** Resolves when the process has ended, however it ended. */
	ended: Promise<void>;
	/** Ends it at once, with everything it started (`SIGKILL`), or sends another signal to it. */
	kill(signal?: NodeJS.Signals): Promise<void>;
	/** Ends it in the orderly way; by force after some seconds. */
	stop(): Promise<void>;
}

/** Parts of n8n that no test and no demo needs, and that cost start time or call out. */
const unneededModules = [
	'instance-ai',
	'agents',
	'mcp',
	'mcp-registry',
	'chat-hub',
	'insights',
	'source-control',
	'external-secrets',
	'quick-connect',
	'dynamic-credentials',
	'log-streaming',
	'ldap',
	'sso-saml',
	'sso-oidc',
	'workflow-builder',
	'breaking-changes',
	'provisioning',
];

/** n8n calls nobody and asks nobody. */
const quiet: Record<string, string> = {
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
	N8N_MCP_ACCESS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
	DB_SQLITE_POOL_SIZE: '3',
	GENERIC_TIMEZONE: 'UTC',
};

const running = new Set<ChildProcess>();

/** A start that takes longer hangs, however busy the machine is. */
const HANG_MS = 15 * 60_000;

/**
 * Starts n8n on a free loopback port and waits until it answers.
 *
 * It cannot outlive the process that started it: it is ended on exit, and it ends itself when this process is killed.
 *
 * @throws Error with the end of n8n's log when it ends early or does not answer in time
 */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const { host, userFolder, worker } = options;
	const begun = Date.now();
	const [port, brokerPort] = await freePorts(2);
	const temporaryFolder = path.join(userFolder, 'tmp');
	mkdirSync(temporaryFolder, { recursive: true });
	const logFile = path.join(userFolder, `${worker?.name ?? 'n8n'}.log`);
	const env: NodeJS.ProcessEnv = {
		...neutral(environmentOutsideNpm()),
		...quiet,
		N8N_DISABLED_MODULES: modulesToDisable(host).join(','),
		...forVersion(host),
		PATH: `${path.dirname(host.node)}${path.delimiter}${process.env.PATH ?? ''}`,
		TMPDIR: temporaryFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: encryptionKeyOf(userFolder),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		...(worker ? healthOf(port) : {}),
		NO_PROXY: [process.env.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(','),
	};
	if (options.nodesInclude) env.NODES_INCLUDE = JSON.stringify(options.nodesInclude);
	if (options.caPem) {
		env.NODE_EXTRA_CA_CERTS = path.join(userFolder, 'extra-ca.pem');
		writeFileSync(env.NODE_EXTRA_CA_CERTS, options.caPem);
	}
	Object.assign(env, options.env);

	const log = openSync(logFile, 'a');
	// A process group of its own, so that its task runner ends with it.
	const command = worker ? ['worker', `--concurrency=${worker.concurrency}`] : ['start'];
	const child = spawn(host.node, ['--require', path.join(__dirname, 'leash.cjs'), host.bin, ...command], {
		cwd: userFolder,
		env,
		stdio: ['pipe', log, log],
		detached: true,
	});
	closeSync(log);
	running.add(child);
	const ended = new Promise<void>((resolve) => {
		child.once('exit', () => {
			running.delete(child);
			resolve();
		});
		child.once('error', () => resolve());
	});
	const n8n: RunningN8n = {
		origin: `http://127.0.0.1:${port}`,
		pid: child.pid ?? 0,
		userFolder,
		logFile,
		temporaryFolder,
		readyAfterMs: 0,
		ended,
		async kill(signal = 'SIGKILL') {
			if (signal === 'SIGKILL') killGroup(child);
			else child.kill(signal);
			await ended;
		},
		async stop() {
			child.kill('SIGTERM');
			const force = setTimeout(() => killGroup(child), 10_000);
			await ended;
			clearTimeout(force);
			// What n8n left of its process group, if anything.
			killGroup(child);
		},
	};
	try {
		const signs = worker ? ['/healthz/readiness'] : ['/healthz/readiness', '/rest/settings'];
		await waitUntilReady(n8n, signs);
	} catch (error) {
		await n8n.kill();
		throw error;
	}
	return { ...n8n, readyAfterMs: Date.now() - begun };
}

/** The last lines n8n wrote. */
export function endOfLog(logFile: string, lines = 40): string {
	return existsSync(logFile)
		? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
		: '';
}

async function waitUntilReady(n8n: RunningN8n, signs: string[]): Promise<void> {
	let gone = false;
	void n8n.ended.then(() => {
		gone = true;
	});
	const hang = Date.now() + HANG_MS;
	while (Date.now() < hang && !gone) {
		const answered = await Promise.all(signs.map(async (sign) => await answers(`${n8n.origin}${sign}`)));
		if (answered.every(Boolean)) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	const what = gone ? 'n8n ended while it started' : `n8n did not answer within ${HANG_MS / 60_000} min`;
	throw new Error(`${what}. The end of its log (${n8n.logFile}):\n${endOfLog(n8n.logFile)}`);
}

async function answers(url: string): Promise<boolean> {
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(60_000) });
		const text = await answer.text();
		return answer.ok && text.startsWith('{');
	} catch {
		return false;
	}
}

/** A worker answers nothing unless it is told to. */
function healthOf(port: number): Record<string, string> {
	return {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
}

/** n8n refuses to start when it is told to disable what it does not have. */
function modulesToDisable(host: Host): string[] {
	const modules = path.join(host.folder, 'node_modules', 'n8n', 'dist', 'modules');
	return unneededModules.filter((name) =>
		[name, `${name}.ee`].some((folder) => existsSync(path.join(modules, folder))),
	);
}

/** The last n8n 1 has a second engine for expressions, whose native part nobody has built for Node 20. */
function forVersion({ version }: Host): Record<string, string> {
	return version.startsWith('1.') ? { N8N_EXPRESSION_ENGINE: 'legacy' } : {};
}

/** One key for all starts in a user folder, or a restarted n8n could not read its credentials. */
function encryptionKeyOf(userFolder: string): string {
	const file = path.join(userFolder, 'encryption-key');
	if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	return readFileSync(file, 'utf8');
}

/** Without what the person's own n8n, database or Node settings would change. */
function neutral(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const foreign =
		/^(N8N_|DB_|EXECUTIONS_|WEBHOOK_|QUEUE_|NODES_|CODE_|NODE_OPTIONS$|NODE_ENV$|NODE_EXTRA_CA_CERTS$|JEST_)/;
	return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

function killGroup(child: ChildProcess): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// already gone
	}
}

process.once('exit', () => {
	for (const child of running) killGroup(child);
});
