import { readdirSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { SCENARIO_IDS } from '../../nodes/shared/purview/scenarios';
import { purviewHrApi, reportLogin, vivaHrApi } from '../demo/emulatorCredentials';
import { examplesFolder, filledExample, type Filling } from '../demo/exampleFile';
import { exitOnSignals, setStage, type Stage } from '../demo/stage';
import { demo, demoReport } from '../emulator/emulator';
import { makeLeavers } from '../emulator/workers';
import { toTerminal } from '../host/progress';
import { outputItems, type Execution } from '../host/rest';
import { completed, plant } from '../node/plantedIngestion';
import { startHrDatabase, type HrDatabase } from './hrDatabase';
import { startMailSink, type MailSink } from './mailSink';
import { asCsv, byColumn, profiles, vivaPeople } from './people';
import { startSource, type Source } from './source';

type Reference = { id: string; name: string };

/** Nobody wants to wait for a minute here; asleep in the database the step looks every 75 seconds at most. */
const soon = { waiting: 'inStep', options: { firstSeconds: 1, longestSeconds: 1 } };
const quick = { extractionMs: 500, processingMs: 1_000 };

/** Examples that another suite of this folder runs. */
const elsewhere = ['workday-to-viva'];
/** Examples that no test runs yet. */
const notRunYet = ['only-what-changed'];
const ran = new Set<string>();

// Only what stands outside is replaced: addresses, credentials, ids; and waits are shorter. The schedule is pressed by hand.
describe('the examples in a real n8n', () => {
	let stage: Stage;
	let source: Source;
	let mail: MailSink;
	let database: HrDatabase;
	let follower: { execution: string; ingestionId: string };
	let viva: { vivaHrApi: Reference };
	let purview: { purviewHrApi: Reference };
	let smtp: { smtp: Reference };
	let graph: { oAuth2Api: Reference };

	// Long enough for a first installation of n8n.
	beforeAll(async () => {
		exitOnSignals();
		[source, mail, database] = await Promise.all([
			startSource(),
			startMailSink(),
			startHrDatabase(employees),
		]);
		stage = await setStage({ log: toTerminal, version: process.env.N8N_HR_TEST_VERSION, nodesInclude });
		const { editor, emulator } = stage;
		viva = { vivaHrApi: await editor.createCredential('Viva', 'vivaHrApi', vivaHrApi(emulator)) };
		purview = {
			purviewHrApi: await editor.createCredential('Purview', 'purviewHrApi', purviewHrApi(emulator)),
		};
		smtp = {
			smtp: await editor.createCredential('Mail', 'smtp', {
				host: '127.0.0.1',
				port: mail.port,
				secure: false,
				disableStartTls: true,
				user: '',
				password: '',
			}),
		};
		graph = {
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
		};
		// It sleeps for 75 seconds, while the others run.
		const ingestionId = plant(emulator, completed(30_000));
		follower = {
			ingestionId,
			execution: await start('follow-an-import-with-wire', {
				'Which import': {
					parameters: {
						assignments: {
							assignments: [
								{ id: 'a', name: 'ingestionId', type: 'string', value: ingestionId },
								{ id: 'b', name: 'destination', type: 'string', value: 'vivaHr' },
							],
						},
					},
				},
				'Poll Ingestion': { credentials: viva },
			}),
		};
	}, 25 * 60_000);
	beforeEach(() => {
		mail.mails.length = 0;
	});
	afterAll(async () => {
		await stage?.close();
		await Promise.all([source?.close(), mail?.close(), database?.close()]);
	}, 60_000);

	async function start(name: string, fillings: Record<string, Filling>): Promise<string> {
		ran.add(name);
		const { id } = await stage.editor.createWorkflow(filledExample(name, fillings));
		return await stage.editor.run(id, 'Run by hand');
	}

	async function run(name: string, fillings: Record<string, Filling>): Promise<Execution> {
		return await stage.editor.waitForEnd(await start(name, fillings));
	}

	/** Imports that came since; the planted one stays. */
	function newIngestions(): () => Stage['emulator']['ingestions'] {
		const { emulator } = stage;
		// One import at a time: the one before must have ended.
		emulator.advance(120_000);
		emulator.set(quick);
		const before = emulator.ingestions.length;
		return () => emulator.ingestions.slice(before);
	}

	const fileAt = (csv: string): Filling => ({
		parameters: { url: source.put('file.csv', csv, 'text/csv') },
		credentials: graph,
	});

	describe('SharePoint file to Viva', () => {
		const fillings = (csv: string, parameters = {}): Record<string, Filling> => ({
			'Download the file': fileAt(csv),
			'Send to Viva Insights': { credentials: viva, parameters },
			'Follow the import': { credentials: viva, parameters: soon },
			'Import failed': { credentials: smtp },
			'Nothing was sent': { credentials: smtp },
		});

		it('imports the file', async () => {
			const ingestions = newIngestions();
			const execution = await run('sharepoint-to-viva', fillings(asCsv(vivaPeople)));
			expect(execution.error?.message).toBeUndefined();
			expect(outputItems(execution, 'Imported')).toMatchObject([{ json: { status: 'Completed' } }]);
			expect(byColumn(ingestions()[0])).toEqual(byColumn(vivaPeople));
			expect(mail.mails).toEqual([]);
		});

		it('says by e-mail which rows kept the file from being sent', async () => {
			const ingestions = newIngestions();
			const csv = asCsv(vivaPeople).replace('ji.wang@contoso.com', 'ji.wang at contoso');
			const execution = await run('sharepoint-to-viva', fillings(csv));
			expect(execution.status).toBe('success');
			expect(ingestions()).toEqual([]);
			expect(mail.mails).toHaveLength(1);
			const text = bodyOf(mail.mails[0]);
			expect(text).toMatch(/nothing was sent/);
			expect(text).toMatch(/Row 5: 'PersonId' is not an e-mail address/);
			expect(text).not.toContain('ji.wang');
		});

		it('sends the error rows by e-mail when Microsoft refuses the import later', async () => {
			const ingestions = newIngestions();
			const csv = asCsv({
				header: ['PersonId', 'ManagerId', 'Organization'],
				rows: [
					['ceo@contoso.com', '', 'Office'],
					['ji.wang@contoso.com', '1042', 'Office'],
				],
			});
			const mapping = { entries: [{ column: 'ManagerId', attribute: 'ManagerId' }] };
			const execution = await run(
				'sharepoint-to-viva',
				fillings(csv, { onInvalidRows: 'send', columnMapping: mapping }),
			);
			expect(execution.status).toBe('success');
			expect(ingestions()).toMatchObject([{ valid: false }]);
			expect(mail.mails).toHaveLength(1);
			expect(mail.mails[0]).toMatch(/^Subject: Viva Insights refused the import of \d{4}-\d\d-\d\d/m);
			const text = bodyOf(mail.mails[0]);
			expect(text).toMatch(/ended as ValidationFailed/);
			expect(text).toMatch(/Row 3, ManagerId: \S+/);
			expect(mail.mails[0]).toMatch(/Content-Disposition: attachment/i);
		});
	});

	it('Postgres rows to Organizational Data', async () => {
		const ingestions = newIngestions();
		const postgres = await stage.editor.createCredential('HR database', 'postgres', {
			host: '127.0.0.1',
			port: database.port,
			database: 'postgres',
			user: 'postgres',
			password: 'postgres',
			maxConnections: 1,
			ssl: 'disable',
			sshTunnel: false,
		});
		const execution = await run('postgres-to-organizational-data', {
			'Get people from the database': { credentials: { postgres } },
			'Send to Organizational Data': { credentials: viva },
			'Follow the import': { credentials: viva, parameters: soon },
		});
		expect(execution.error?.message).toBeUndefined();
		expect(outputItems(execution, 'Imported')).toMatchObject([{ json: { status: 'Completed' } }]);
		const [ingestion] = ingestions();
		expect(ingestion.destination).toBe('organizational-data');
		expect(byColumn(ingestion)).toEqual(
			byColumn({
				header: profiles.header.slice(0, 4),
				rows: profiles.rows.map((row) => row.slice(0, 4)),
			}),
		);
	});

	it('Workday leavers to Purview', async () => {
		const { editor, emulator } = stage;
		const login = await editor.createCredential('Workday', 'httpBasicAuth', reportLogin());
		const execution = await run('workday-leavers-to-purview', {
			'Get leavers from Workday': {
				parameters: { url: `${emulator.origin}${demoReport.leaversPath}` },
				credentials: { httpBasicAuth: login },
			},
			'Send to Purview': { parameters: { jobId: demo.jobs.resignation }, credentials: purview },
		});
		expect(execution.error?.message).toBeUndefined();
		const leavers = [...makeLeavers(2_400)];
		const signal = emulator.signals.at(-1)!;
		expect(signal.recordsSaved).toBe(leavers.length);
		expect(
			signal.rows.map(([user, resigned, last]) => [user, resigned.slice(0, 10), last.slice(0, 10)]),
		).toEqual(leavers.map((leaver) => [leaver.Work_Email, leaver.Resignation_Date, leaver.Termination_Date]));
	});

	it('HR events of several kinds to Purview', async () => {
		const at = '2026-03-14T08:30:00Z';
		const csv = [
			'HRScenario,UserPrincipalName,ResignationDate,LastWorkingDate,EffectiveDate,Remarks,OldLevel,NewLevel,Rating',
			`Resignation,a@contoso.com,${at},${at},,,,,`,
			`Job level change,b@contoso.com,,,${at},"Promoted, at last",6,7,`,
			`Performance review,c@contoso.com,,,${at},,,,A`,
			`Performance improvement plan,d@contoso.com,,,${at},,,,C`,
			`Resignation,nobody,${at},${at},,,,,`,
		].join('\r\n');
		const execution = await run('hr-events-to-purview', {
			'Download the file': { parameters: { url: source.put('events.csv', csv, 'text/csv') } },
			// The stand-in's connector was set up for all five scenarios.
			'Send to Purview': {
				parameters: { jobId: demo.jobs.allScenarios, scenarios: SCENARIO_IDS },
				credentials: purview,
			},
		});
		expect(execution.error?.message).toBeUndefined();
		expect(outputItems(execution, 'Signals sent')).toMatchObject([
			{
				json: {
					status: 'Sent',
					rowsSent: 4,
					perScenario: {
						resignation: 1,
						jobLevelChange: 1,
						performanceReview: 1,
						performanceImprovementPlan: 1,
					},
				},
			},
		]);
		expect(outputItems(execution, 'Rows left out')).toMatchObject([
			{ json: { UserPrincipalName: 'nobody' } },
		]);
		const signal = stage.emulator.signals.at(-1)!;
		expect(signal.recordsSaved).toBe(4);
		expect(signal.rows.map((row) => row[signal.header.indexOf('UserPrincipalName')])).toEqual(
			['a', 'b', 'c', 'd'].map((name) => `${name}@contoso.com`),
		);
	});

	it('SharePoint file to Purview', async () => {
		const csv =
			'UserPrincipalName,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode,EmployeeCity\r\na@contoso.com,さくら,Ó Briain,"1, ""The Mews""",00-950,Łódź\r\n';
		const execution = await run('sharepoint-file-to-purview', {
			'Download the file': fileAt(csv),
			'Send to Purview': { parameters: { jobId: demo.jobs.employeeProfile }, credentials: purview },
		});
		expect(execution.error?.message).toBeUndefined();
		expect(outputItems(execution, 'Profiles sent')).toMatchObject([{ json: { rowsSent: 1 } }]);
		const signal = stage.emulator.signals.at(-1)!;
		expect(signal.recordsSaved).toBe(1);
		const [header, ...rows] = parse(csv) as string[][];
		expect(signal.rows.map((row) => header.map((name) => row[signal.header.indexOf(name)]))).toEqual(rows);
	});

	it('follows an import over a wire, asleep in the database in between', async () => {
		const execution = await stage.editor.waitForEnd(follower.execution, 200_000);
		expect(execution.error?.message).toBeUndefined();
		expect(outputItems(execution, 'Import is done')).toMatchObject([
			{ json: { ingestionId: follower.ingestionId, status: 'Completed' } },
		]);
	}, 220_000);

	it('leaves no example out', () => {
		const all = readdirSync(examplesFolder).map((file) => file.replace(/\.json$/, ''));
		expect([...ran, ...elsewhere, ...notRunYet].sort()).toEqual(all.sort());
	});
});

/** The people of the table, and one who has not changed lately. */
const employees = `
	CREATE TABLE employees (work_email text, manager_email text, department text, job_title text, changed_at timestamptz);
	INSERT INTO employees VALUES
		${profiles.rows.map((row) => `(${row.slice(0, 4).map(sqlText).join(', ')}, now())`).join(', ')},
		('left.long.ago@contoso.com', '', 'Sales', 'Clerk', now() - interval '3 days');
`;

function sqlText(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}

const nodesInclude = [
	...['manualTrigger', 'scheduleTrigger', 'httpRequest', 'splitOut', 'stickyNote', 'noOp', 'set'],
	...['emailSend', 'postgres', 'executeWorkflowTrigger'],
]
	.map((name) => `n8n-nodes-base.${name}`)
	.concat(
		['vivaHrIngest', 'pollIngestion', 'purviewHrSignal'].map((name) => `n8n-nodes-microsoft-hr.${name}`),
	);

/** The text of a mail that n8n has sent, whatever it was encoded with. */
function bodyOf(raw: string): string {
	const part = raw.slice(/^Content-Type: text\/plain/im.exec(raw)?.index ?? 0);
	const [headers, ...rest] = part.split('\r\n\r\n');
	const body = rest.join('\r\n\r\n').split(/\r\n--/)[0];
	const encoding = `${headers}\r\n${raw.split('\r\n\r\n')[0]}`;
	if (/quoted-printable/i.test(encoding)) {
		const bytes = body
			.replace(/=\r\n/g, '')
			.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
		return Buffer.from(bytes, 'latin1').toString('utf8');
	}
	if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8');
	return body;
}
