import { PANEL_VERSIONS } from '../../nodes/shared/n8n/fields/panelVersions';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { importExample } from '../demo/example';
import type { Stage } from '../demo/stage';
import { commonMistakes, people, type Given } from '../fixtures/commonMistakes';
import type { Workflow, WorkflowNode } from '../host/rest';

/** What is prepared in n8n for the pictures; ids of workflows and credentials. */
export interface Scenes {
	/** the example workflow, ready to be executed */
	example: string;
	/** one step each, as dropped from the list of nodes: nothing set */
	ingest: string;
	poll: string;
	signal: string;
	changes: string;
	columns: string;
	pollErrors: string;
	signalSample: string;
	check: string;
	/** with a row whose e-mail address is none */
	badRow: string;
	/** the same steps before they have a credential */
	newIngest: string;
	newSignal: string;
	/** the mistakes of beginners, by their names */
	mistakes: Record<string, string>;
}

const employees = [
	['ceo@contoso.com', '', 'Executive Office', 'Executive', '02/01/2001'],
	['zoe.mueller@contoso.com', 'ceo@contoso.com', 'Sales, EMEA', 'Director', '12/31/2010'],
	['ji.wang@contoso.com', 'zoe.mueller@contoso.com', 'Sales, EMEA', 'Manager', '02/29/2016'],
	['noa.cohen@contoso.com', 'ji.wang@contoso.com', 'Sales, EMEA', 'Senior IC', '06/15/2020'],
	['sam.okafor@contoso.com', 'ji.wang@contoso.com', 'Sales, EMEA', 'Junior IC', '09/01/2024'],
].map(([email, manager, organization, level, hired]) => ({
	Work_Email: email,
	Manager_Email: manager,
	Organization: organization,
	Management_Level: level,
	Hire_Date: hired,
	As_Of: '01/31/2026',
}));

const leavers = [
	{
		Work_Email: 'noa.cohen@contoso.com',
		Resignation_Date: '2026-09-01T09:00:00Z',
		Last_Day_of_Work: '2026-09-30T17:00:00Z',
	},
	{
		Work_Email: 'sam.okafor@contoso.com',
		Resignation_Date: '2026-09-03T09:00:00Z',
		Last_Day_of_Work: '2026-10-15T17:00:00Z',
	},
];

const sent = [
	{ ingestionId: '4b0f8d4e-53a7-4d5c-9d0a-1f2e3d4c5b6a', destination: 'vivaHr', status: 'NotStarted' },
];

/** Creates the workflows and credentials that are photographed. */
export async function setScenes({ editor, emulator }: Stage): Promise<Scenes> {
	const viva = await editor.createCredential('Viva HR account', 'vivaHrApi', vivaHrApi(emulator));
	const purview = await editor.createCredential('Purview HR account', 'purviewHrApi', purviewHrApi(emulator));
	const create = async (workflow: Workflow) => (await editor.createWorkflow(workflow)).id;
	const vivaStep = (name: string, parameters: Record<string, unknown> = {}) =>
		stepAfter('Employees', employees, {
			name,
			type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
			parameters,
			credentials: { vivaHrApi: viva },
		});
	const badEmployees = employees.map((row, index) =>
		index === 2
			? { ...row, Work_Email: 'ji.wang at contoso' }
			: index === 4
				? { ...row, Hire_Date: 'soon' }
				: row,
	);
	const unlikeEmployees = employees.map(({ Work_Email, Manager_Email, Hire_Date }) => ({
		Work_Email,
		Manager_Email,
		Hire_Date,
		Favourite_Colour: 'blue',
	}));
	const mistakes: Record<string, string> = {};
	for (const { name, title, given, parameters } of commonMistakes) {
		const step = {
			name: 'Viva HR Ingest',
			type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
			parameters,
			credentials: { vivaHrApi: viva },
		};
		mistakes[name] = await create({ ...stepAfterMistake(given, step), name: title.replaceAll('*', '') });
	}
	return {
		mistakes,
		example: await importExample(editor, emulator),
		ingest: await create(vivaStep('Viva HR Ingest')),
		changes: await create(vivaStep('Viva HR Ingest', { options: { send: 'changes' } })),
		columns: await create(
			stepAfter('Employees', unlikeEmployees, {
				name: 'Viva HR Ingest',
				type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
				parameters: { operation: 'validate' },
			}),
		),
		check: await create(vivaStep('Viva HR Ingest', { operation: 'checkConnection' })),
		badRow: await create(
			stepAfter('Employees', badEmployees, {
				name: 'Viva HR Ingest',
				type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
				parameters: {},
				credentials: { vivaHrApi: viva },
			}),
		),
		poll: await create(
			stepAfter('Viva HR Ingest', sent, {
				name: 'Poll Ingestion',
				type: 'n8n-nodes-microsoft-hr.pollIngestion',
				parameters: {},
				credentials: { vivaHrApi: viva },
			}),
		),
		pollErrors: await create(
			stepAfter('Viva HR Ingest', sent, {
				name: 'Poll Ingestion',
				type: 'n8n-nodes-microsoft-hr.pollIngestion',
				parameters: { operation: 'downloadErrors' },
				credentials: { vivaHrApi: viva },
			}),
		),
		signalSample: await create(
			stepAfter('Leavers', leavers, {
				name: 'Purview HR Signal',
				type: 'n8n-nodes-microsoft-hr.purviewHrSignal',
				parameters: { operation: 'createSampleFile' },
			}),
		),
		signal: await create(
			stepAfter('Leavers', leavers, {
				name: 'Purview HR Signal',
				type: 'n8n-nodes-microsoft-hr.purviewHrSignal',
				parameters: { jobId: 'a9b8c7d6-1234-4cde-8f00-0123456789ab' },
				credentials: { purviewHrApi: purview },
			}),
		),
		newIngest: await create(
			stepAfter('Employees', employees, {
				name: 'Viva HR Ingest',
				type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
				parameters: {},
			}),
		),
		newSignal: await create(
			stepAfter('Leavers', leavers, {
				name: 'Purview HR Signal',
				type: 'n8n-nodes-microsoft-hr.purviewHrSignal',
				parameters: {},
			}),
		),
	};
}

type Step = Pick<WorkflowNode, 'name' | 'type' | 'parameters' | 'credentials'>;

/** A workflow of a beginner; a file is made by n8n's own step. */
function stepAfterMistake(given: Given, step: Step): Workflow {
	if ('items' in given) return stepAfter('Employees', given.items, step);
	const isText = 'file' in given;
	const fileName = isText ? given.name : `people.${given.workbook}`;
	const workflow = stepAfter('Employees', isText ? [{ text: given.file }] : people, step);
	const [trigger, rows, ingest] = workflow.nodes;
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const file: WorkflowNode = {
		name: 'Export',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		position: [440, 0],
		parameters: isText
			? { operation: 'toText', sourceProperty: 'text', options: { fileName } }
			: { operation: given.workbook, options: { fileName } },
	};
	return {
		...workflow,
		nodes: [trigger, rows, file, { ...ingest, position: [660, 0] }],
		connections: {
			[trigger.name]: to(rows.name),
			[rows.name]: to(file.name),
			[file.name]: to(ingest.name),
		},
	};
}

/** Poll Ingestion has one panel only. */
const newestPanel = (type: string): number =>
	type.endsWith('.pollIngestion') ? 1 : Math.max(...PANEL_VERSIONS);

/** A workflow of a trigger, a step whose output is pinned, and the step that is looked at. */
function stepAfter(source: string, rows: ReadonlyArray<Record<string, unknown>>, step: Step): Workflow {
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name: step.name,
		nodes: [
			{
				name: 'Run by hand',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				name: source,
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [220, 0],
				parameters: {},
			},
			{ typeVersion: newestPanel(step.type), position: [440, 0], ...step },
		],
		connections: { 'Run by hand': to(source), [source]: to(step.name) },
		pinData: { [source]: rows.map((json) => ({ json })) },
		settings: { executionOrder: 'v1' },
	};
}
