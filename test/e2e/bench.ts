import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vivaHrApi, type CredentialChanges } from '../demo/emulatorCredentials';
import { exampleNodeTypes } from '../demo/example';
import { exitOnSignals, setStage, type Stage } from '../demo/stage';
import { demo, exchangeAudience, type Emulator } from '../emulator/emulator';
import { startIdentityService, type IdentityService } from '../emulator/identityService';
import { testedHost } from '../host/install';
import { toTerminal } from '../host/progress';
import type { Execution, WorkflowNode } from '../host/rest';
import { startSource, type Source } from './source';

/** What all end-to-end tests share: one n8n, one emulator, one source of files for the whole run. */
export interface Bench extends Stage {
	source: Source;
	/** Stored executions of all tests, for the search for secrets. */
	executions: Execution[];
	/** Puts a token of a cluster's service account where this n8n looks for it, and gives the token. */
	mountToken(subject: string): Promise<string>;
	/** Creates a Viva HR API credential; gives a reference for workflows. */
	vivaCredential(changes?: CredentialChanges): Promise<{ id: string; name: string }>;
	/** Runs a workflow with one Viva HR Ingest step and waits for its end. */
	ingest(run: IngestRun): Promise<Execution>;
	/** Starts it and does not wait; gives the execution's id. */
	startIngest(run: IngestRun): Promise<string>;
}

/** One run of the step. */
export interface IngestRun {
	/** where the input comes from: each address gives an item with a file, or items if `as` says so */
	from?: string[];
	/** addresses of the previous files, wired to the second input; an empty list wires it and gives nothing */
	previous?: string[];
	/** `items`: the addresses give JSON arrays of rows; `files`: they give files */
	as: 'items' | 'files';
	parameters: Record<string, unknown>;
	credential?: { id: string; name: string };
	/** the step's "On Error" */
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	executeOnce?: boolean;
	/** the step stands in a loop over its items, so many at a time */
	loop?: number;
	/** parameters of a step that is wired to the output *Missing* */
	behindMissing?: Record<string, unknown>;
}

/** Name of the step in the workflows of {@link Bench.ingest}. */
export const step = 'Viva HR Ingest';
/** Name of the step behind its output *Missing*. */
export const stepBehindMissing = 'Make Deletion File';

/** Sets the stage for the whole run. */
export async function setBench(): Promise<Bench> {
	exitOnSignals();
	let identities: IdentityService | undefined;
	const stage = await setStage({
		log: toTerminal,
		version: testedHost,
		// The Test button of the Purview credential is pressed through its step.
		nodesInclude: [
			// of the playground
			'n8n-nodes-base.code',
			'n8n-nodes-base.convertToFile',
			...exampleNodeTypes,
			'n8n-nodes-microsoft-hr.purviewHrSignal',
			'n8n-nodes-base.splitInBatches',
		],
		env: async ({ emulator, folder }) => ({
			// The most talkative log there is: the search for secrets shall be strict.
			N8N_LOG_LEVEL: 'debug',
			// This machine may be reached by its name only.
			N8N_SSRF_PROTECTION_ENABLED: 'true',
			N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost',
			// Credentials may sign in as this n8n.
			N8N_MICROSOFT_HR_ALLOW_FEDERATED: 'true',
			N8N_MICROSOFT_HR_FEDERATED_HOSTS: new URL(emulator.origin).host,
			AZURE_FEDERATED_TOKEN_FILE: tokenFileOf(folder),
			// What a credential leaves blank.
			CREDENTIALS_OVERWRITE_DATA: JSON.stringify({
				vivaHrApi: { clientSecret: demo.clientSecret },
				purviewHrApi: { clientSecret: demo.clientSecret },
			}),
			AZURE_POD_IDENTITY_AUTHORITY_HOST: (identities = await startDemoIdentities(emulator)).origin,
		}),
		emulator: { settings: { extractionMs: 60_000 } },
	}).catch(async (error: unknown) => {
		await identities?.close();
		throw error;
	});
	const source = await startSource();
	const executions: Execution[] = [];
	const { editor, emulator } = stage;

	const bench: Bench = {
		...stage,
		source,
		executions,
		async mountToken(subject) {
			const { federatedIssuer: iss } = demo;
			const token = await emulator.issuer.issue({ iss, sub: subject, aud: exchangeAudience });
			writeFileSync(tokenFileOf(stage.folder), token);
			return token;
		},
		async vivaCredential(changes) {
			return await editor.createCredential(`Viva ${randomUUID()}`, 'vivaHrApi', vivaHrApi(emulator, changes));
		},
		async startIngest(run) {
			const { id } = await editor.createWorkflow({ name: `Ingest ${randomUUID()}`, ...workflowOf(run) });
			return await editor.run(id, 'Start');
		},
		async ingest(run) {
			const execution = await editor.waitForEnd(await bench.startIngest(run));
			executions.push(execution);
			return execution;
		},
		async close() {
			await Promise.all([source.close(), identities?.close()]);
			await stage.close();
		},
	};
	return bench;
}

const startDemoIdentities = async ({ issuer }: Emulator) =>
	await startIdentityService(issuer, [
		{ tenantId: demo.tenantId, clientId: demo.identityClientId, objectId: demo.identityObjectId },
	]);

const tokenFileOf = (folder: string) => join(folder, 'azure-identity-token');

function workflowOf(run: IngestRun) {
	const { from = [], previous, as, parameters, credential, onError, executeOnce, loop, behindMissing } = run;
	const fetchNode: WorkflowNode = {
		name: 'Fetch',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [400, 0],
		parameters: {
			url: '={{ $json.url }}',
			options:
				as === 'files'
					? { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } }
					: {},
		},
	};
	const addresses: WorkflowNode = {
		name: 'Addresses',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		position: [200, 0],
		parameters: { fieldToSplitOut: 'url', options: {} },
	};
	const ingest: WorkflowNode = {
		name: step,
		type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
		typeVersion: 1,
		position: [600, 0],
		parameters: { input: as === 'files' ? 'file' : 'items', ...parameters },
		...(credential ? { credentials: { vivaHrApi: credential } } : {}),
		...(onError ? { onError } : {}),
		executeOnce,
	};
	const start: WorkflowNode = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const chain = from.length > 0 ? [start, addresses, fetchNode, ingest] : [start, ingest];
	const file = { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } };
	const earlier: WorkflowNode[] = previous
		? [
				{
					...addresses,
					name: 'Previous Addresses',
					position: [200, 200],
					parameters: { fieldToSplitOut: 'previous', options: {} },
				},
				{
					...fetchNode,
					name: 'Fetch Previous',
					position: [400, 200],
					parameters: { url: '={{ $json.previous }}', options: file },
				},
			]
		: [];
	const connections: Record<string, { main: Array<Array<{ node: string; type: string; index: number }>> }> =
		Object.fromEntries(
			chain
				.slice(1)
				.map((node, index) => [chain[index].name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
		);
	const nodes = [...chain, ...earlier];
	if (loop !== undefined) {
		const name = 'Loop Over Items';
		const to = (node: string) => ({ node, type: 'main', index: 0 });
		nodes.push({
			name,
			type: 'n8n-nodes-base.splitInBatches',
			typeVersion: 3,
			position: [500, 100],
			parameters: { batchSize: loop, options: {} },
		});
		connections.Fetch = { main: [[to(name)]] };
		connections[name] = { main: [[], [to(step)]] };
		connections[step] = { main: [[to(name)]] };
	}
	if (previous) {
		const to = (node: string, index = 0) => ({ node, type: 'main', index });
		connections.Start.main[0].push(to('Previous Addresses'));
		connections['Previous Addresses'] = { main: [[to('Fetch Previous')]] };
		connections['Fetch Previous'] = { main: [[to(step, 1)]] };
	}
	if (behindMissing) {
		nodes.push({ ...ingest, name: stepBehindMissing, position: [800, 200], parameters: behindMissing });
		const to = [{ node: stepBehindMissing, type: 'main', index: 0 }];
		connections[step] = { main: [[], [], to] };
	}
	// A trigger gives what is pinned to it.
	const pinData = from.length > 0 ? { Start: [{ json: { url: from, previous: previous ?? [] } }] } : {};
	return { nodes, connections, pinData, settings: { executionOrder: 'v1' } };
}
