import path from 'node:path';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { exitOnSignals, setStage, type Stage } from '../demo/stage';
import { demo } from '../emulator/emulator';
import { until } from '../helpers/until';
import { ensureHost, testedHost as version } from '../host/install';
import { startN8n } from '../host/n8n';
import { toTerminal } from '../host/progress';
import { outputItems, signIn, type Editor, type Execution, type WorkflowNode } from '../host/rest';
import { startSource, type Source } from './source';

const nodesInclude = [
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.splitOut',
	'n8n-nodes-base.httpRequest',
	'n8n-nodes-microsoft-hr.vivaHrIngest',
	'n8n-nodes-microsoft-hr.purviewHrSignal',
];
const STEPS = {
	viva: { type: 'n8n-nodes-microsoft-hr.vivaHrIngest', credential: 'vivaHrApi' },
	purview: { type: 'n8n-nodes-microsoft-hr.purviewHrSignal', credential: 'purviewHrApi' },
};
const person = (name: string) =>
	`PersonId,ManagerId,Organization,EffectiveDate\n${name}@contoso.com,,HR,2026-03-14\n`;
const leaver = (name: string) =>
	`UserPrincipalName,ResignationDate,LastWorkingDate\n${name}@contoso.com,2026-03-14,2026-04-30\n`;

let stage: Stage;
let source: Source;
let credentials: Record<string, { id: string; name: string }>;
beforeAll(async () => {
	exitOnSignals();
	stage = await setStage({ log: toTerminal, version, nodesInclude });
	source = await startSource();
	const { editor, emulator } = stage;
	credentials = {
		vivaHrApi: await editor.createCredential('Viva', 'vivaHrApi', vivaHrApi(emulator)),
		purviewHrApi: await editor.createCredential('Purview', 'purviewHrApi', purviewHrApi(emulator)),
	};
});
beforeEach(() => {
	stage.emulator.reset();
	// Imports end when a test lets time pass.
	stage.emulator.set({ extractionMs: 3_600_000, processingMs: 3_600_000 });
});
afterAll(async () => {
	await source?.close();
	await stage?.close();
});

/** One workflow: it gets files, and a step sends each. */
interface Sending {
	step: keyof typeof STEPS;
	/** contents of the files */
	files: string[];
	parameters?: Record<string, unknown>;
	/** settings of the step in n8n */
	settings?: Record<string, unknown>;
	/** settings of the workflow */
	workflow?: Record<string, unknown>;
}

/** Gives the workflow's id. */
async function workflowOf({ step, files, parameters, settings, workflow }: Sending): Promise<string> {
	const { type, credential } = STEPS[step];
	const node = (name: string, more: Partial<WorkflowNode>): WorkflowNode => ({
		name,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const file = { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } };
	const link = (to: string) => ({ main: [[{ node: to, type: 'main', index: 0 }]] });
	const url = files.map((content, number) => source.put(`${number}.csv`, content, 'text/csv'));
	const { id } = await stage.editor.createWorkflow({
		name: 'Send once',
		nodes: [
			node('Start', {}),
			node('Addresses', {
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'url', options: {} },
			}),
			node('Fetch', {
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: { url: '={{ $json.url }}', options: file },
			}),
			node('Send', {
				type,
				parameters: { input: 'file', ...parameters },
				credentials: { [credential]: credentials[credential] },
				...settings,
			}),
		],
		connections: { Start: link('Addresses'), Addresses: link('Fetch'), Fetch: link('Send') },
		pinData: { Start: [{ json: { url } }] },
		settings: { executionOrder: 'v1', ...workflow },
	});
	return id;
}

const start = async (id: string, editor: Editor = stage.editor) => await editor.run(id, 'Start');
const ended = async (id: string, editor: Editor = stage.editor) =>
	await editor.waitForEnd(await start(id, editor));

/** Presses n8n's Retry button for the last execution of a workflow. */
async function retried(workflowId: string): Promise<Execution> {
	const { editor } = stage;
	const [before] = await editor.executionIds(workflowId);
	// The execution runs; then n8n cannot write the answer of its own HTTP Request step into its own answer.
	await editor
		.request('POST', `/rest/executions/${before}/retry`, { loadWorkflow: false })
		.catch((error: Error) => expect(error.message).toMatch(/circular structure/));
	const [after] = await editor.executionIds(workflowId);
	expect(after).not.toBe(before);
	return await editor.waitForEnd(after);
}

const results = (execution: Execution) => outputItems(execution, 'Send').map(({ json }) => json);
const pushes = () => stage.emulator.requests.filter(({ service }) => service === 'push').length;
const ids = () => stage.emulator.ingestions.map(({ id }) => id);
const arrived = () => stage.emulator.signals.flatMap(({ rows }) => rows.map(([user]) => user.split('@')[0]));
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
const IN_DOUBT = /could not find out whether it was accepted.*nothing was sent now/;

describe('an upload in doubt that was taken', () => {
	it.each(['fail', 'wait', 'skip'])(
		'is not sent again by Retry On Fail or the Retry button: %s',
		async (whenBusy) => {
			const { emulator } = stage;
			emulator.fault({ service: 'push', action: { kind: 'cutAfterBody', processed: true } });
			const id = await workflowOf({
				step: 'viva',
				files: [person(`doubt-${whenBusy}`)],
				parameters: { options: { whenBusy } },
				settings: RETRY,
			});
			const first = await ended(id);
			expect(first.error?.message).toMatch(IN_DOUBT);
			emulator.advance(10 * 3_600_000);
			expect((await retried(id)).error?.message).toMatch(IN_DOUBT);
			expect((await retried(id)).error?.message).toMatch(IN_DOUBT);
			expect(pushes()).toBe(1);
			expect(ids()).toHaveLength(1);
		},
	);
});

describe('of two files of which the second is refused', () => {
	const twoProfiles: Sending = {
		step: 'viva',
		files: [person('one'), person('two')],
		parameters: { destination: 'organizationalData' },
	};

	it.each([
		['Retry On Fail', RETRY],
		['the Retry button', {}],
	])('Organizational Data: two imports with %s', async (way, settings) => {
		const { emulator } = stage;
		emulator.set({ extractionMs: 0, processingMs: 0 });
		emulator.fault({ service: 'push', skip: 1, action: { kind: 'status', status: 400 } });
		const files = twoProfiles.files.map((file) => file.replaceAll('@', `.${way.length}@`));
		const id = await workflowOf({ ...twoProfiles, files, settings });
		const first = await ended(id);
		if (way === 'the Retry button') {
			expect(first.error?.description).toContain(`Sent before this error: 0.csv (ingestion ${ids()[0]})`);
			expect(first.customData).toMatchObject({ hrIngestionIds: ids()[0], hrRows: '1' });
		}
		const last = way === 'Retry On Fail' ? first : await retried(id);
		expect(last.error?.message).toBeUndefined();
		expect(results(last)).toMatchObject([
			{ ingestionId: ids()[0], alreadyAccepted: true },
			{ ingestionId: ids()[1], alreadyAccepted: false },
		]);
		expect(ids()).toHaveLength(2);
		expect(last.customData).toMatchObject({ hrIngestionIds: ids().join(' '), hrRows: '2' });
	});

	it.each([
		['Retry On Fail', RETRY],
		['the Retry button', {}],
	])('Purview: two deliveries with %s', async (way, settings) => {
		stage.emulator.fault({ service: 'signal', skip: 1, action: { kind: 'status', status: 400 } });
		const names = [`a${way.length}`, `b${way.length}`];
		const id = await workflowOf({
			step: 'purview',
			files: names.map(leaver),
			parameters: { jobId: demo.jobs.resignation },
			settings,
		});
		const first = await ended(id);
		const last = way === 'Retry On Fail' ? first : await retried(id);
		expect(last.error?.message).toBeUndefined();
		expect(arrived()).toEqual(names);
		expect(results(last)).toMatchObject([
			{ alreadySent: true, rowsSent: 0, confirmedRows: 1, possiblyDuplicatedRows: 0 },
			{ alreadySent: false, rowsSent: 1, confirmedRows: 1, possiblyDuplicatedRows: 0 },
		]);
		expect(last.customData).toMatchObject({ hrJobIds: demo.jobs.resignation, hrRows: '2' });
	});
});

it.each(['fail', 'wait', 'skip'])('a trigger that fires twice makes one import: %s', async (whenBusy) => {
	const sending: Sending = {
		step: 'viva',
		files: [person(`twice-${whenBusy}`)],
		parameters: { options: { whenBusy } },
	};
	const id = await workflowOf(sending);
	const both = await Promise.all([ended(id), ended(id)]);
	expect(both.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
	expect(both.flatMap(results).map(({ ingestionId }) => ingestionId)).toEqual([ids()[0], ids()[0]]);
	expect(
		both
			.flatMap(results)
			.map(({ alreadyAccepted }) => alreadyAccepted)
			.sort(),
	).toEqual([false, true]);
	expect(ids()).toHaveLength(1);
	stage.emulator.advance(10 * 3_600_000);
	const sent = await ended(
		await workflowOf({ ...sending, parameters: { options: { whenBusy, sendAgain: true } } }),
	);
	expect(results(sent)).toMatchObject([{ ingestionId: ids()[1], alreadyAccepted: false }]);
});

it("n8n's time limit ends an upload whose file had left: it is in doubt for the next execution", async () => {
	const { emulator } = stage;
	emulator.fault({ service: 'push', action: { kind: 'hang', processed: true } });
	const id = await workflowOf({
		step: 'viva',
		files: [person('limited')],
		workflow: { executionTimeout: 10 },
	});
	expect((await ended(id)).status).not.toBe('success');
	emulator.advance(10 * 3_600_000);
	expect((await ended(id)).error?.message).toMatch(IN_DOUBT);
	expect(pushes()).toBe(1);
	expect(ids()).toHaveLength(1);
});

// The last one: it puts another n8n in the place of the first.
it('n8n is killed while the upload is under way: it is in doubt for the next execution', async () => {
	const { emulator, editor, n8n, folder } = stage;
	emulator.fault({ service: 'push', action: { kind: 'hang', processed: true } });
	const id = await workflowOf({ step: 'viva', files: [person('killed')] });
	await start(id);
	await until(() => ids().length === 1);
	await n8n.kill();
	const revived = await startN8n({
		host: await ensureHost(version, toTerminal),
		userFolder: path.join(folder, 'n8n'),
		caPem: emulator.caPem(),
		nodesInclude,
	});
	try {
		emulator.advance(10 * 3_600_000);
		const next = await ended(id, await signIn(revived, editor.owner));
		expect(next.error?.message).toMatch(IN_DOUBT);
		expect(ids()).toHaveLength(1);
	} finally {
		await revived.stop();
	}
});
