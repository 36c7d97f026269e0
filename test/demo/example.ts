import { readFileSync } from 'node:fs';
import path from 'node:path';
import { demoReport, type Emulator } from '../emulator/emulator';
import type { Editor, Workflow } from '../host/rest';
import { reportLogin, vivaHrApi } from './emulatorCredentials';

/** Names of the example's steps. */
export const exampleSteps = {
	manualTrigger: 'Run by hand',
	report: 'Get employees from Workday',
	split: 'One item per employee',
	ingest: 'Send to Viva Insights',
} as const;

/** Node types that the example needs. */
export const exampleNodeTypes = [
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.scheduleTrigger',
	'n8n-nodes-base.httpRequest',
	'n8n-nodes-base.splitOut',
	'n8n-nodes-base.stickyNote',
	'n8n-nodes-microsoft-hr.vivaHrIngest',
];

const exampleFile = path.resolve(__dirname, '../../examples/workflows/workday-to-viva.json');

/**
 * Imports the example workflow and the credentials it needs, pointed at the emulator.
 *
 * @returns the workflow's id
 */
export async function importExample(editor: Editor, emulator: Emulator): Promise<string> {
	const login = await editor.createCredential('Workday report user', 'httpBasicAuth', reportLogin());
	const viva = await editor.createCredential('Viva HR API', 'vivaHrApi', vivaHrApi(emulator));
	const workflow = JSON.parse(readFileSync(exampleFile, 'utf8')) as Workflow;
	for (const node of workflow.nodes) {
		if (node.name === exampleSteps.report) {
			node.parameters.url = `${emulator.origin}${demoReport.workersPath}`;
			node.credentials = { httpBasicAuth: login };
		}
		if (node.name === exampleSteps.ingest) node.credentials = { vivaHrApi: viva };
	}
	return (await editor.createWorkflow(workflow)).id;
}
