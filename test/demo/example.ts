import { readFileSync } from 'node:fs';
import path from 'node:path';
import { demoReport, type Emulator } from '../emulator/emulator';
import type { Editor, Workflow } from '../host/rest';
import { purviewHrApi, reportLogin, vivaHrApi } from './emulatorCredentials';

/** Names of the example's steps. */
export const exampleSteps = {
	manualTrigger: 'Run by hand',
	report: 'Get employees from Workday',
	split: 'One item per employee',
	ingest: 'Send to Viva Insights',
	poll: 'Follow the import',
	imported: 'Imported',
	errorRows: 'Error rows',
} as const;

/** Node types that the example needs. */
export const exampleNodeTypes = [
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.scheduleTrigger',
	'n8n-nodes-base.httpRequest',
	'n8n-nodes-base.splitOut',
	'n8n-nodes-base.stickyNote',
	'n8n-nodes-base.noOp',
	'n8n-nodes-microsoft-hr.pollIngestion',
	'n8n-nodes-microsoft-hr.vivaHrIngest',
];

const exampleFile = path.resolve(__dirname, '../../examples/workflows/workday-to-viva.json');

/** How long the emulator takes for an import while the example runs, in milliseconds; Microsoft takes minutes to a day. */
export const quickImport = { extractionMs: 1_000, processingMs: 2_000 };

/**
 * Sends job titles as managers, unchecked: the service finds out what the step would have told at once.
 * Only so can an import fail that this package has made.
 */
const sentUnchecked = {
	options: { onInvalidRows: 'send' },
	columnMapping: { entries: [{ column: 'Business_Title', attribute: 'ManagerId' }] },
};

/** How the example is changed: as it is, with a fault that only the service finds, or for the other destination. */
export type ExampleVariant = 'asItIs' | 'failing' | 'organizationalData';

const CHANGES: Readonly<Record<ExampleVariant, object>> = {
	asItIs: {},
	failing: sentUnchecked,
	organizationalData: { destination: 'organizationalData' },
};

/** No two workflows of one n8n have the same name. */
const NAMES: Readonly<Record<ExampleVariant, string>> = {
	asItIs: 'Workday report to Viva Insights',
	failing: 'Workday report that the service refuses',
	organizationalData: 'Workday report to Organizational Data',
};

/** A credential as a workflow names it. */
export type StoredCredential = { id: string; name: string };

/** Credentials of the demo tenant, one of each kind. */
export interface DemoCredentials {
	report: StoredCredential;
	viva: StoredCredential;
	purview: StoredCredential;
}

const created = new WeakMap<Editor, Promise<DemoCredentials>>();

/** The credentials of the demo tenant in an n8n; made when they are asked for first. */
export async function demoCredentials(editor: Editor, emulator: Emulator): Promise<DemoCredentials> {
	const known = created.get(editor) ?? createCredentials(editor, emulator);
	created.set(editor, known);
	return await known;
}

async function createCredentials(editor: Editor, emulator: Emulator): Promise<DemoCredentials> {
	return {
		report: await editor.createCredential('Workday report user', 'httpBasicAuth', reportLogin()),
		viva: await editor.createCredential('Viva HR API', 'vivaHrApi', vivaHrApi(emulator)),
		purview: await editor.createCredential('Purview HR API', 'purviewHrApi', purviewHrApi(emulator)),
	};
}

/**
 * Imports the example workflow and the credentials it needs, pointed at the emulator. It follows the import in the step, because
 * nobody wants to wait for a minute here; asleep in the database it looks every 75 seconds at most.
 *
 * @returns the workflow's id
 */
export async function importExample(
	editor: Editor,
	emulator: Emulator,
	variant: ExampleVariant = 'asItIs',
): Promise<string> {
	const { report: login, viva } = await demoCredentials(editor, emulator);
	const workflow = JSON.parse(readFileSync(exampleFile, 'utf8')) as Workflow;
	workflow.name = NAMES[variant];
	for (const node of workflow.nodes) {
		if (node.name === exampleSteps.report) {
			node.parameters.url = `${emulator.origin}${demoReport.workersPath}`;
			node.credentials = { httpBasicAuth: login };
		}
		if (node.name === exampleSteps.ingest) {
			node.credentials = { vivaHrApi: viva };
			Object.assign(node.parameters, CHANGES[variant]);
		}
		if (node.name === exampleSteps.poll) {
			node.credentials = { vivaHrApi: viva };
			node.parameters.waiting = 'inStep';
			node.parameters.options = { errorRows: 'items', firstSeconds: 1, longestSeconds: 2 };
		}
	}
	return (await editor.createWorkflow(workflow)).id;
}
