/**
 * Measures what n8n holds while many executions wait for their imports, in each way of waiting.
 * Run by hand: `npx tsx test/e2e/pollLoad.ts [executions]`; the figures in docs/poll-ingestion.md come from it.
 */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { exitOnSignals, setStage } from '../demo/stage';
import { toTerminal } from '../host/progress';
import { endless, plant } from '../node/plantedIngestion';

const executions = Number(process.argv[2] ?? 200);
const poll = 'n8n-nodes-microsoft-hr.pollIngestion';
const probeFile = path.join(tmpdir(), `n8n-memory-${process.pid}.json`);

interface Probe {
	rss: number;
	heapUsed: number;
	timers: number;
	at: number;
}

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/** The smallest of some samples: what is held, without what is just under way. */
async function held(): Promise<Probe> {
	const samples: Probe[] = [];
	for (let i = 0; i < 8; i++) {
		await pause(3100);
		samples.push(JSON.parse(readFileSync(probeFile, 'utf8')) as Probe);
	}
	return samples.sort((a, b) => a.heapUsed - b.heapUsed)[0];
}

async function measure(name: string, parameters: Record<string, unknown>, wired: boolean): Promise<void> {
	const stage = await setStage({
		log: () => undefined,
		nodesInclude: ['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.executeWorkflowTrigger', poll],
		env: {
			NODE_OPTIONS: `--require ${path.join(__dirname, 'memoryProbe.cjs')}`,
			MEMORY_PROBE_FILE: probeFile,
		},
	});
	try {
		const { editor, emulator } = stage;
		const credential = await editor.createCredential('Viva', 'vivaHrApi', vivaHrApi(emulator));
		const to = (node: string) => ({ node, type: 'main', index: 0 });
		const { id } = await editor.createWorkflow({
			name,
			nodes: [
				{
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					name: 'Poll',
					type: poll,
					typeVersion: 1,
					position: [300, 0],
					parameters: { operation: 'wait', ...parameters },
					credentials: { vivaHrApi: credential },
				},
			],
			connections: { Start: { main: [[to('Poll')]] }, ...(wired ? { Poll: { main: [[to('Poll')]] } } : {}) },
			pinData: {
				Start: [{ json: { ingestionId: plant(emulator, endless), destination: 'vivaHr' } }],
			},
			settings: { executionOrder: 'v1' },
		});
		// The first one loads code and fetches the token.
		const first = await editor.run(id, 'Start');
		await editor.waitForStatus(first, ['waiting', 'running']);
		const before = await held();
		const started: string[] = [];
		for (let i = 0; i < executions; i++) started.push(await editor.run(id, 'Start'));
		const wanted = parameters.waiting === 'inStep' ? 'running' : 'waiting';
		for (const executionId of started) await editor.waitForStatus(executionId, [wanted]);
		const after = await held();
		const mib = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
		toTerminal(
			`${name}: ${executions} executions; heap ${mib(before.heapUsed)} → ${mib(after.heapUsed)} MiB ` +
				`(${((after.heapUsed - before.heapUsed) / 1024 / executions).toFixed(1)} KiB each), ` +
				`RSS ${mib(before.rss)} → ${mib(after.rss)} MiB, timers ${before.timers} → ${after.timers}`,
		);
	} finally {
		await stage.close();
	}
}

async function main(): Promise<void> {
	exitOnSignals();
	// Long intervals: nothing happens while it is measured.
	const patient = { firstSeconds: 900, longestSeconds: 900 };
	await measure('in this step', { waiting: 'inStep', limitMinutes: 600, options: patient }, false);
	await measure('asleep without a wire', { waiting: 'durable', options: patient }, false);
	await measure('asleep over its own wire', { waiting: 'durable', options: patient }, true);
}

void main();
