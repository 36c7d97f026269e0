import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { vivaHrApi } from '../demo/emulatorCredentials';
import { exitOnSignals, setStage, type Stage } from '../demo/stage';
import { readPages } from '../docs/pages';
import { needsWire, testedHost } from '../host/install';
import { toTerminal } from '../host/progress';
import { outputItems, type Execution, type WorkflowNode } from '../host/rest';

// docs/first-import.md, part by part, in a real n8n: with the settings that the page names and no others, and its file.

const page = readPages().find((one) => one.path === 'docs/first-import.md');
const csv = page?.codeBlocks.find(({ language }) => language === 'csv')?.code ?? '';

const formTrigger = 'n8n-nodes-base.formTrigger';
const nodesInclude = [
	formTrigger,
	'n8n-nodes-base.scheduleTrigger',
	// the sub-execution of Poll Ingestion begins with it
	'n8n-nodes-base.executeWorkflowTrigger',
	'n8n-nodes-base.readWriteFile',
	'n8n-nodes-microsoft-hr.vivaHrIngest',
	'n8n-nodes-microsoft-hr.pollIngestion',
];

let stage: Stage;
let credential: { id: string; name: string };
/** The version of n8n's form that the editor puts on the canvas. */
let formVersion: number;

beforeAll(async () => {
	exitOnSignals();
	stage = await setStage({
		log: toTerminal,
		version: testedHost,
		nodesInclude,
		env: { N8N_RESTRICT_FILE_ACCESS_TO: '' },
		emulator: { settings: { extractionMs: 1_000, processingMs: 2_000 } },
	});
	const types = await stage.editor.nodeTypes();
	formVersion = Number(types.find(({ name }) => name === formTrigger)?.defaultVersion);
});
afterAll(async () => await stage?.close());

/** A workflow whose steps follow each other. */
function chain(...nodes: Array<Pick<WorkflowNode, 'name' | 'type' | 'parameters'> & Partial<WorkflowNode>>) {
	return {
		name: `First import ${randomUUID()}`,
		nodes: nodes.map((node, index): WorkflowNode => ({
			typeVersion: 1,
			position: [index * 240, 0],
			...node,
		})),
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map(({ name }, index) => [nodes[index].name, { main: [[{ node: name, type: 'main', index: 0 }]] }]),
		),
		settings: { executionOrder: 'v1' },
	};
}

const form = (webhookId: string) => ({
	name: 'On form submission',
	type: formTrigger,
	typeVersion: formVersion,
	webhookId,
	parameters: {
		formTitle: 'Employees',
		formFields: { values: [{ fieldLabel: 'Employees', fieldType: 'file', multipleFiles: false }] },
		options: {},
	},
});

const ingest = (parameters: Record<string, unknown>, withCredential = false) => ({
	name: 'Viva HR Ingest',
	type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
	parameters: { destination: 'vivaHr', ...parameters },
	...(withCredential ? { credentials: { vivaHrApi: credential } } : {}),
});

const poll = () => ({
	name: 'Poll Ingestion',
	type: 'n8n-nodes-microsoft-hr.pollIngestion',
	parameters: { operation: 'wait' },
	credentials: { vivaHrApi: credential },
});

/** Publishes the workflow, submits the file in its form and waits for the end of the execution. */
async function submit(
	file: string,
	...steps: Array<Pick<WorkflowNode, 'name' | 'type' | 'parameters'> & Partial<WorkflowNode>>
): Promise<Execution> {
	const { editor, n8n } = stage;
	const webhookId = randomUUID();
	const workflow = chain(form(webhookId), ...steps);
	// As the page says.
	const waits = steps.find(({ name }) => name === 'Poll Ingestion');
	if (waits && needsWire(testedHost)) {
		workflow.connections[waits.name] = { main: [[{ node: waits.name, type: 'main', index: 0 }]] };
	}
	const { id } = await editor.createWorkflow(workflow);
	await editor.activate(id);
	const body = new FormData();
	body.append('field-0', new Blob([file], { type: 'text/csv' }), 'employees.csv');
	for (let attempt = 0; ; attempt++) {
		const answer = await fetch(`${n8n.origin}/form/${webhookId}`, { method: 'POST', body });
		if (answer.ok) break;
		// Publishing takes a moment.
		if (attempt > 1000) throw new Error(`The form answered ${answer.status}: ${await answer.text()}`);
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	let ids: string[] = [];
	while (ids.length === 0) {
		await new Promise((resolve) => setTimeout(resolve, 500));
		ids = await editor.executionIds(id);
	}
	return await editor.waitForEnd(ids[0]);
}

/** The page switches it on in part 2. */
const withReport = { options: { outputReport: true } };

const corrected = csv.replace('2021-02-30', '2021-02-28').replace('dan.evans(at)', 'dan.evans@');

it('part 2: the file of the page has two mistakes, and the result names them', async () => {
	expect(csv.split('\n')).toHaveLength(5);
	const execution = await submit(
		csv,
		ingest({ operation: 'validate', input: 'file', binaryPropertyName: 'Employees', ...withReport }),
	);
	expect(execution.error).toBeUndefined();
	const [{ json, binary }] = outputItems(execution, 'Viva HR Ingest');
	expect([json.valid, json.errors]).toEqual([false, 2]);
	expect(binary?.report).toMatchObject({ fileName: 'report.html' });
	expect(json.findings).toMatchObject([
		{ severity: 'warning', code: 'effective-date-missing' },
		{ severity: 'error', row: 4, column: 'Hire Date' },
		{ severity: 'error', row: 5, column: 'Work Email' },
		{ severity: 'warning', code: 'last-import-unknown' },
	]);
	expect(json.mapping).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ column: 'Work Email', attribute: 'PersonId' }),
			expect.objectContaining({ column: 'Manager Email', attribute: 'ManagerId' }),
		]),
	);
});

it('part 2: corrected, it is valid', async () => {
	const execution = await submit(
		corrected,
		ingest({ operation: 'validate', input: 'file', binaryPropertyName: 'Employees', ...withReport }),
	);
	const [{ json }] = outputItems(execution, 'Viva HR Ingest');
	expect([json.valid, json.errors]).toEqual([true, 0]);
});

it('part 3: the credential is tested, and Check Connection finds all three', async () => {
	const { editor, emulator } = stage;
	credential = await editor.createCredential('Viva HR API', 'vivaHrApi', vivaHrApi(emulator));
	expect((await editor.testCredential(credential.id)).status).toBe('OK');
	const execution = await submit(corrected, ingest({ operation: 'checkConnection' }, true));
	const items = outputItems(execution, 'Viva HR Ingest');
	expect(JSON.stringify(items)).not.toMatch(/"ok":false|failed/i);
	expect(items.length).toBeGreaterThan(0);
});

it('part 4: upload, and Poll Ingestion follows it asleep to Completed', async () => {
	const execution = await submit(
		corrected,
		ingest(
			{ operation: 'upload', refresh: 'full', input: 'file', binaryPropertyName: 'Employees', ...withReport },
			true,
		),
		poll(),
	);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	expect(outputItems(execution, 'Poll Ingestion', 1)[0].json.status).toBe('Completed');
	const received = stage.emulator.ingestions.at(-1);
	expect([received?.valid, received?.acceptedRows]).toEqual([true, 4]);
});

it('part 5: the same every week, from a file on the disk', async () => {
	const { editor } = stage;
	const file = path.join(stage.folder, 'hr', 'employees.csv');
	mkdirSync(path.dirname(file));
	writeFileSync(file, corrected);
	const { id } = await editor.createWorkflow(
		chain(
			{
				name: 'Schedule Trigger',
				type: 'n8n-nodes-base.scheduleTrigger',
				typeVersion: 1.2,
				parameters: {
					rule: {
						interval: [
							{ field: 'weeks', weeksInterval: 1, triggerAtDay: [1], triggerAtHour: 5, triggerAtMinute: 0 },
						],
					},
				},
			},
			{
				name: 'Read/Write Files from Disk',
				type: 'n8n-nodes-base.readWriteFile',
				parameters: { operation: 'read', fileSelector: file, options: {} },
			},
			ingest(
				{
					operation: 'upload',
					refresh: 'incremental',
					input: 'file',
					binaryPropertyName: 'data',
					options: { outputReport: true, whenBusy: 'wait' },
				},
				true,
			),
		),
	);
	await editor.activate(id);
	const execution = await editor.waitForEnd(await editor.run(id, 'Schedule Trigger'));
	expect(execution.error).toBeUndefined();
	const [{ json }] = outputItems(execution, 'Viva HR Ingest');
	expect([json.rows, json.refresh]).toEqual([4, 'incremental']);
});
