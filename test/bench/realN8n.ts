import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { ensureHost, newestHost, type Host } from '../host/install';
import { startN8n, type RunningN8n } from '../host/n8n';
import { installPackage, packPackage } from '../host/pack';
import { runNpm } from '../host/npm';
import { freePorts } from '../host/ports';
import { toTerminal } from '../host/progress';
import { newOwner, signIn, type Editor, type Owner } from '../host/rest';
import { inputFolder, peopleCsv } from './inputs';
import { cpuSecondsOf, memoryOf, resetPeak } from './processGroup';
import type { Run } from './results';
import type { Sink } from './startSink';
import { wiredNodeTypes, workflowOf, type Places, type Wiring } from './wirings';

/** A run in n8n may take so long. */
const LIMIT_MS = 240_000;
/** Rows of the execution that loads the code of all steps before the clock starts. */
const WARM_UP_ROWS = 1_000;
/** So long n8n is left alone before and after an execution. */
const SETTLE_MS = 1_000;

/** An n8n for measuring: each run gets a fresh start of it. */
export interface BenchN8n {
	version: string;
	nodeVersion: string;
	/**
	 * Starts n8n, warms it up, runs the workflow once and ends n8n.
	 * @returns what n8n and its task runners used; `failure` instead where the workflow or n8n itself broke
	 */
	run(wiring: Wiring, rows: number): Promise<{ run: Run } | { failure: string }>;
	close(): Promise<void>;
}

/** Installs n8n and this package in it; nothing runs yet but the emulator that signs in. */
export async function prepareN8n(sink: Sink): Promise<BenchN8n> {
	const folder = mkdtempSync(path.join(tmpdir(), 'microsoft-hr-bench-'));
	const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	process.once('exit', removeFolder);
	const host = await ensureHost(newestHost, toTerminal);
	const userFolder = path.join(folder, 'n8n');
	await installPackage(host, userFolder, await packPackage(folder));
	const extraModules = await installMissing(folder, host);
	const emulator = await startEmulator();
	const owner = newOwner();
	const warmUp = await peopleCsv(WARM_UP_ROWS);
	return {
		version: host.version,
		nodeVersion: nodeVersionOf(host),
		async run(wiring, rows) {
			const file = await peopleCsv(rows);
			return await runOnce({ wiring, file, warmUp, host, userFolder, extraModules, owner, emulator, sink });
		},
		async close() {
			await emulator.close();
			removeFolder();
			process.removeListener('exit', removeFolder);
		},
	};
}

/**
 * n8n 2.41.1 leaves out date-fns, a peer of what Extract from File and Convert to File load, when it is installed without peers.
 * @returns the folder for NODE_PATH
 */
async function installMissing(folder: string, host: Host): Promise<string> {
	const place = path.join(folder, 'missing');
	mkdirSync(place);
	writeFileSync(path.join(place, 'package.json'), '{"name":"missing","private":true}\n');
	await runNpm(
		['install', 'date-fns@2.30.0', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'],
		{
			cwd: place,
			node: host.node,
		},
	);
	return path.join(place, 'node_modules');
}

interface Scene {
	wiring: Wiring;
	file: string;
	warmUp: string;
	host: Host;
	userFolder: string;
	/** folder with packages that the installed n8n lacks */
	extraModules: string;
	owner: Owner;
	emulator: Emulator;
	sink: Sink;
}

async function runOnce(scene: Scene): Promise<{ run: Run } | { failure: string }> {
	const { wiring, file, warmUp, host, userFolder, extraModules, owner, emulator, sink } = scene;
	const [probePort] = await freePorts(1);
	// The last words of an earlier start must not be taken for this one's.
	rmSync(path.join(userFolder, 'n8n.log'), { force: true });
	const n8n = await startN8n({
		host,
		userFolder,
		caPem: `${emulator.caPem()}\n${sink.caPem}`,
		nodesInclude: wiredNodeTypes,
		env: {
			NODE_OPTIONS: `--require ${path.join(__dirname, 'loopProbe.cjs')}`,
			LOOP_PROBE_PORT: String(probePort),
			NODE_PATH: extraModules,
			N8N_RESTRICT_FILE_ACCESS_TO: inputFolder(),
		},
	});
	const clock = await startClock(n8n, probePort);
	let broken = false;
	const gone = n8n.ended.then(() => {
		broken = true;
	});
	try {
		const editor = await signIn(n8n, owner);
		const webhook = randomUUID();
		const workflowId = await createWorkflow(editor, wiring, {
			webhook,
			upload: sink.url,
			start: clock.url,
			credential: await editor.createCredential('Viva', 'vivaHrApi', {
				...vivaHrApi(emulator),
				apiBaseUrl: `${sink.origin}/v1.0`,
				scaleUnit: demo.scaleUnit,
			}),
		});
		const warmed = await call(n8n, webhook, warmUp);
		if (warmed !== 200) throw new Error(await reasonOf(editor, workflowId, n8n));
		await pause(SETTLE_MS);
		const begun = Date.now();
		await clock.start();
		const status = await Promise.race([call(n8n, webhook, file), gone.then(() => 'gone' as const)]).catch(
			(error: Error) => (error.name === 'TimeoutError' ? ('late' as const) : ('gone' as const)),
		);
		if (status === 200) return { run: await clock.stop() };
		const after = `after ${Math.round((Date.now() - begun) / 1000)} s`;
		if (status === 'late') return { failure: `not finished after ${LIMIT_MS / 60_000} minutes` };
		if (status === 'gone') {
			await Promise.race([gone, pause(15_000)]);
			const how = broken ? 'n8n crashed' : 'n8n closed the connection';
			return { failure: `${how} ${after}: ${lastWords(n8n)}` };
		}
		return { failure: `failed ${after}: ${await reasonOf(editor, workflowId, n8n)}` };
	} finally {
		await clock.close();
		await n8n.kill();
	}
}

/** Publishes a workflow; its webhook answers some moments later. */
async function createWorkflow(editor: Editor, wiring: Wiring, places: Places): Promise<string> {
	const { id } = await editor.createWorkflow(workflowOf(wiring, places));
	await editor.activate(id);
	return id;
}

/** Calls the workflow and waits for its end; gives the HTTP status. */
async function call(n8n: RunningN8n, webhook: string, file: string): Promise<number> {
	const url = `${n8n.origin}/webhook/${webhook}?file=${encodeURIComponent(file)}`;
	for (let attempt = 0; ; attempt++) {
		const answer = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
		await answer.text();
		if (answer.status !== 404 || attempt > 50) return answer.status;
		await pause(200);
	}
}

/** Why the newest execution failed, in n8n's words. */
async function reasonOf(editor: Editor, workflowId: string, n8n: RunningN8n): Promise<string> {
	try {
		const [newest] = await editor.executionIds(workflowId);
		const { error } = await editor.execution(newest);
		if (error) return [error.message, error.description].filter(Boolean).join(' ');
	} catch {
		// The log says it too.
	}
	return lastWords(n8n);
}

/** The line of n8n's log that tells why it ended. */
function lastWords(n8n: RunningN8n): string {
	const lines = readFileSync(n8n.logFile, 'utf8').trimEnd().split('\n');
	const telling = lines.filter((line) => /FATAL ERROR|out of memory|Invalid string length|Error:/.test(line));
	return (telling.at(-1) ?? lines.at(-1) ?? '').trim().slice(0, 300);
}

/** Measures between start and stop; also started from within a workflow, over its address. */
interface Clock {
	url: string;
	start(): Promise<void>;
	stop(): Promise<Run>;
	close(): Promise<void>;
}

async function startClock(n8n: RunningN8n, probePort: number): Promise<Clock> {
	const probe = async (command: string) =>
		(await (await fetch(`http://127.0.0.1:${probePort}/${command}`)).json()) as Pick<
			Run,
			'loopP99Ms' | 'loopMaxMs'
		>;
	let began = 0;
	let cpu = 0;
	let idleRssMB = 0;
	const start = async () => {
		resetPeak(n8n.pid);
		idleRssMB = memoryOf(n8n.pid).rssMB;
		await probe('reset');
		cpu = cpuSecondsOf(n8n.pid);
		began = performance.now();
	};
	const server: Server = createServer((_request, response) => {
		void start().then(() => response.end('{}'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		start,
		async stop() {
			const wallSeconds = Math.round(performance.now() - began) / 1000;
			const delays = await probe('read');
			// n8n still tidies up after it has answered.
			await pause(SETTLE_MS);
			const cpuSeconds = Math.round((cpuSecondsOf(n8n.pid) - cpu) * 100) / 100;
			return { cpuSeconds, wallSeconds, peakRssMB: memoryOf(n8n.pid).peakRssMB, idleRssMB, ...delays };
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function nodeVersionOf(host: Host): string {
	const manifest = path.resolve(path.dirname(host.node), '..', 'package.json');
	try {
		return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
	} catch {
		return process.versions.node;
	}
}
