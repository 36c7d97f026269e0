import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { filledExample, type Filling } from '../demo/exampleFile';
import { exitOnSignals, setStage, type Stage } from '../demo/stage';
import { demo } from '../emulator/emulator';
import { needsWire, testedHost } from '../host/install';
import { toTerminal } from '../host/progress';
import type { Execution } from '../host/rest';
import { startHrDatabase, type HrDatabase } from './hrDatabase';
import { startMailSink, type MailSink } from './mailSink';
import { startSftpServer, type SftpServer } from './sftpServer';
import { startSource, type Source } from './source';

/** Credentials of a step by their type. */
type Credentials = Record<string, { id: string; name: string }>;

/** One n8n for all examples, and everything outside that they read from and write to. */
export interface ExampleBench extends Stage {
	source: Source;
	mail: MailSink;
	database: HrDatabase;
	sftp: SftpServer;
	/** a folder in which n8n may read and write */
	files: string;
	viva: Credentials;
	purview: Credentials;
	smtp: Credentials;
	graph: Credentials;
	/** Examples that have been started. */
	started: Set<string>;
	/** Starts an example by hand; gives the id of the execution. */
	start(name: string, fillings: Record<string, Filling>, more?: StartOptions): Promise<string>;
	/** Starts an example by hand, and waits for its end. */
	run(name: string, fillings: Record<string, Filling>): Promise<Execution>;
	/** Gives the imports that came since; first it lets the one before end, because there is one at a time. */
	newIngestions(): () => Stage['emulator']['ingestions'];
}

/** How to start an example. */
export interface StartOptions {
	/** the trigger; 'Run by hand' unless told */
	trigger?: string;
	/** a step that sleeps over its own wire where this n8n cannot do without, as the notes of the examples say */
	asleep?: string;
}

/** Nobody wants to wait for a minute here; asleep in the database the step looks every 75 seconds at most. */
export const soon = { waiting: 'inStep', options: { firstSeconds: 1, longestSeconds: 1 } };

const quick = { extractionMs: 500, processingMs: 1_000 };

/**
 * Starts everything.
 * @param sql what the HR database holds
 */
export async function setExampleBench(sql: string): Promise<ExampleBench> {
	exitOnSignals();
	const files = mkdtempSync(path.join(tmpdir(), 'microsoft-hr-files-'));
	const [source, mail, database, sftp] = await Promise.all([
		startSource(),
		startMailSink(),
		startHrDatabase(sql),
		startSftpServer(),
	]);
	const closeOutside = async () => {
		await Promise.all([source, mail, database, sftp].map(async (server) => await server.close()));
		rmSync(files, { recursive: true, force: true });
	};
	try {
		const env = { N8N_RESTRICT_FILE_ACCESS_TO: files };
		const stage = await setStage({ log: toTerminal, version: testedHost, nodesInclude, env });
		const started = new Set<string>();
		const bench: ExampleBench = {
			...stage,
			...(await makeCredentials(stage, source, mail)),
			source,
			mail,
			database,
			sftp,
			files,
			started,
			async start(name, fillings, { asleep, trigger = 'Run by hand' } = {}) {
				started.add(name);
				const workflow = filledExample(name, fillings);
				if (asleep && needsWire(testedHost)) {
					const { main } = workflow.connections[asleep];
					main[0] = [{ node: asleep, type: 'main', index: 0 }];
				}
				const { id } = await stage.editor.createWorkflow(workflow);
				return await stage.editor.run(id, trigger);
			},
			async run(name, fillings) {
				return await stage.editor.waitForEnd(await bench.start(name, fillings));
			},
			newIngestions() {
				const { emulator } = stage;
				stage.forgetSent();
				emulator.advance(120_000);
				emulator.set(quick);
				const before = emulator.ingestions.length;
				return () => emulator.ingestions.slice(before);
			},
			async close() {
				await stage.close();
				await closeOutside();
			},
		};
		return bench;
	} catch (error) {
		await closeOutside();
		throw error;
	}
}

/** Whether n8n's own steps for Microsoft Graph take another address than Microsoft's, so that a test can answer them. */
export const canAnswerGraphSteps = !/^(1\.|2\.8\.)/.test(testedHost);

/** What a step that downloads a file from SharePoint gets. */
export function fileAt({ source, graph }: ExampleBench, csv: string): Filling {
	return { parameters: { url: source.put('file.csv', csv, 'text/csv') }, credentials: graph };
}

async function makeCredentials({ editor, emulator }: Stage, source: Source, mail: MailSink) {
	return {
		viva: { vivaHrApi: await editor.createCredential('Viva', 'vivaHrApi', vivaHrApi(emulator)) },
		purview: {
			purviewHrApi: await editor.createCredential('Purview', 'purviewHrApi', purviewHrApi(emulator)),
		},
		smtp: {
			smtp: await editor.createCredential('Mail', 'smtp', {
				host: '127.0.0.1',
				port: mail.port,
				secure: false,
				disableStartTls: true,
				user: '',
				password: '',
			}),
		},
		graph: {
			oAuth2Api: await editor.createCredential('Graph', 'oAuth2Api', {
				grantType: 'clientCredentials',
				accessTokenUrl: source.put(
					'token',
					JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: 'a token of the test' }),
					'application/json',
				),
				clientId: demo.clientId,
				clientSecret: demo.clientSecret,
				scope: 'https://graph.microsoft.com/.default',
				authentication: 'body',
			}),
		},
	};
}

const nodesInclude = [
	...['manualTrigger', 'scheduleTrigger', 'httpRequest', 'splitOut', 'stickyNote', 'noOp', 'set'],
	...[
		'emailSend',
		'postgres',
		'ftp',
		'readWriteFile',
		'filter',
		'if',
		'merge',
		'executeWorkflowTrigger',
		'microsoftOneDrive',
		'microsoftOneDriveTrigger',
	],
	...['microsoftEntra'],
]
	.map((name) => `n8n-nodes-base.${name}`)
	.concat(
		['vivaHrIngest', 'pollIngestion', 'purviewHrSignal'].map((name) => `n8n-nodes-microsoft-hr.${name}`),
	);
