import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SCENARIOS } from '../../nodes/shared/purview/signals/scenarios';
import { demo, demoReport, type Emulator } from '../emulator/emulator';
import { outputItems, type Editor, type Workflow, type WorkflowNode } from '../host/rest';
import { demoCredentials, type DemoCredentials } from './example';

/** What a person can play with, beside the workflows that the demo runs. */
export interface Playground {
	/** workflow ids: leavers to Purview, and a file with faults and its report */
	leavers: string;
	faulty: string;
	/** the report of the faulty file, as a file */
	report: string;
	/** lines for the terminal */
	values: string[];
}

const TRIGGER = 'Run by hand';
const FAULTY_STEP = 'Check the file';

/**
 * Brings what a person needs to play with a kept demo: a workflow for Purview, a file with faults and its report, the certificate as
 * files, and all values in words, here and on the canvases.
 * @param editor of an n8n that trusts the emulator
 * @param emulator the local stand-in
 * @param folder goes with the demo; gets the certificate and the report
 */
export async function setUpPlayground(
	editor: Editor,
	emulator: Emulator,
	folder: string,
): Promise<Playground> {
	mkdirSync(folder, { recursive: true });
	const credentials = await demoCredentials(editor, emulator);
	const values = valuesOf(emulator, writeCertificate(emulator, folder));
	const note = values.map((line) => `- ${line.replace(/ {2,}/, ': ')}`).join('\n');
	const leavers = (await editor.createWorkflow(leaversWorkflow(credentials, note))).id;
	const faulty = (await editor.createWorkflow(faultyWorkflow(note))).id;
	const report = await writeReport(editor, faulty, folder);
	return { leavers, faulty, report, values };
}

/** Everything under the name that the panel or the credential gives it. */
function valuesOf(emulator: Emulator, files: { key: string; certificate: string }): string[] {
	const values: Array<readonly [string, string]> = [
		['Tenant ID', demo.tenantId],
		['Client ID', demo.clientId],
		['Client Secret', demo.clientSecret],
		['Private Key', files.key],
		['Certificate', files.certificate],
		['Cloud', 'Custom'],
		['Login Host', emulator.origin],
		['API Base URL', emulator.vivaBaseUrl],
		['Signals URL', emulator.signalsUrl],
		...Object.entries(demo.jobs).map(([name, id]) => [`Job ID of ${scenarioName(name)}`, id] as const),
		['Identifier Column', demo.scenarioColumn],
		['Workday report', `${emulator.origin}${demoReport.workersPath}`],
		['Report user', `${demoReport.user}, password ${demoReport.password}`],
	];
	const width = Math.max(...values.map(([name]) => name.length)) + 2;
	return values.map(([name, value]) => name.padEnd(width) + value);
}

const scenarioName = (name: string): string =>
	name in SCENARIOS ? SCENARIOS[name as keyof typeof SCENARIOS].displayName : 'Several in One File';

function writeCertificate({ appCertificate }: Emulator, folder: string) {
	const key = path.join(folder, 'app-private-key.pem');
	const certificate = path.join(folder, 'app-certificate.pem');
	writeFileSync(key, appCertificate.privateKeyPem, { mode: 0o600 });
	writeFileSync(certificate, appCertificate.certificatePem);
	return { key, certificate };
}

/** Checks the faulty file once, and keeps its report. */
async function writeReport(editor: Editor, workflowId: string, folder: string): Promise<string> {
	const execution = await editor.waitForEnd(await editor.run(workflowId, TRIGGER));
	const [item] = outputItems(execution, FAULTY_STEP);
	const { report } = item?.binary ?? {};
	if (!report)
		throw new Error(`The faulty file has no report: ${execution.error?.message ?? execution.status}`);
	const file = path.join(folder, 'report.html');
	writeFileSync(file, await editor.download(report));
	return file;
}

const step = (node: Partial<WorkflowNode> & Pick<WorkflowNode, 'name' | 'type'>): WorkflowNode => ({
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...node,
});

const sticky = (content: string): WorkflowNode =>
	step({
		name: 'Values to play with',
		type: 'n8n-nodes-base.stickyNote',
		position: [-80, -560],
		parameters: { width: 900, height: 500, content },
	});

/** A chain of steps: each leads to the next. */
function chain(name: string, nodes: WorkflowNode[], note: string): Workflow {
	const connections: Workflow['connections'] = {};
	nodes.slice(1).forEach((node, i) => {
		connections[nodes[i].name] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	const placed = nodes.map((node, i) => ({ ...node, position: [i * 240, 0] as [number, number] }));
	return { name, nodes: [sticky(note), ...placed], connections, settings: { executionOrder: 'v1' } };
}

const DAY_MS = 86_400_000;
const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

const rowsOf = (rows: readonly object[]): WorkflowNode =>
	step({
		name: 'Rows',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: {
			jsCode: `return ${JSON.stringify(
				rows.map((json) => ({ json })),
				undefined,
				'\t',
			)};`,
		},
	});

function leaversWorkflow({ purview }: DemoCredentials, note: string): Workflow {
	const leavers = ['ada', 'grace', 'linus'].map((name, i) => ({
		UserPrincipalName: `${name}@contoso.example`,
		ResignationDate: day(-i - 1),
		LastWorkingDate: day(30 + i),
	}));
	const send = step({
		name: 'Send to Purview',
		type: 'n8n-nodes-microsoft-hr.purviewHrSignal',
		typeVersion: 1.1,
		parameters: { operation: 'send', scenario: 'resignation', jobId: demo.jobs.resignation },
		credentials: { purviewHrApi: purview },
	});
	return chain(
		'Leavers to Purview',
		[step({ name: TRIGGER, type: 'n8n-nodes-base.manualTrigger' }), rowsOf(leavers), send],
		`## Leavers to Purview\nSelect **Execute workflow**: three made-up leavers go to the local Purview.\n\n${note}`,
	);
}

function faultyWorkflow(note: string): Workflow {
	const people = Array.from({ length: 40 }, (_, i) => ({
		Work_Email: i === 7 ? 'nobody' : `person${i}@contoso.example`,
		Manager_Work_Email: i === 0 ? '' : i === 12 ? 'Ada Lovelace' : 'person0@contoso.example',
		Supervisory_Organization: i === 20 ? '' : ['Sales', 'HR', 'IT'][i % 3],
		Effective_Date: i === 25 ? '31.02.2026' : '2026-03-14',
	}));
	const toFile = step({
		name: 'Make a CSV file',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: { operation: 'csv', binaryPropertyName: 'data', options: { fileName: 'employees.csv' } },
	});
	const check = step({
		name: FAULTY_STEP,
		type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
		typeVersion: 1.1,
		parameters: { operation: 'validate', input: 'file', options: { outputReport: true } },
	});
	return chain(
		'A file with faults, and its report',
		[step({ name: TRIGGER, type: 'n8n-nodes-base.manualTrigger' }), rowsOf(people), toFile, check],
		`## A file with faults\nSelect **Execute workflow**, then open **${FAULTY_STEP}**: its output tab *Binary* has the report. Nothing is sent.\n\n${note}`,
	);
}
