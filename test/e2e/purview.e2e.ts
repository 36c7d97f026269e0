import { readdirSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { exitOnSignals, setStage, type Stage } from '../demo/stage';
import { purviewHrApi } from '../demo/emulatorCredentials';
import { demo } from '../emulator/emulator';
import { ensureHost, testedHost as version } from '../host/install';
import { startN8n } from '../host/n8n';
import { toTerminal } from '../host/progress';
import { outputItems, signIn, type Execution, type Workflow, type WorkflowNode } from '../host/rest';
import { startSource, type Source } from './source';

const step = 'Purview HR Signal';

const nodesInclude = [
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.httpRequest',
	'n8n-nodes-microsoft-hr.purviewHrSignal',
];

describe('Purview HR Signal in a real n8n', () => {
	let stage: Stage;
	let source: Source;
	let credential: { id: string; name: string };

	beforeAll(async () => {
		exitOnSignals();
		stage = await setStage({
			log: toTerminal,
			version,
			nodesInclude,
		});
		source = await startSource();
		credential = await stage.editor.createCredential(
			'Purview HR API',
			'purviewHrApi',
			purviewHrApi(stage.emulator),
		);
	});
	beforeEach(() => stage.emulator.reset());
	afterAll(async () => {
		await source?.close();
		await stage?.close();
	});

	/** Runs a file through the step. */
	async function send(csv: string, parameters: Record<string, unknown>): Promise<Execution> {
		const { editor } = stage;
		const { id } = await editor.createWorkflow(
			workflowOf(source.put('signals.csv', csv, 'text/csv'), parameters, credential),
		);
		return await editor.waitForEnd(await editor.run(id, 'Start'));
	}

	// Purview takes no last working day that is far from today.
	const at = `${new Date().toISOString().slice(0, 10)}T08:30:00.000000+01:00`;
	const awkward = 'He said ""no"",\r\nthen left — 佐藤, Łukasz';
	const files = {
		resignation: `UserPrincipalName,ResignationDate,LastWorkingDate\r\no.sato@contoso.com,${at},${at}\r\n`,
		jobLevelChange: `UserPrincipalName,EffectiveDate,Remarks,OldLevel,NewLevel\r\nd'arc@contoso.com,${at},"${awkward}","IC ""3""","L4, M"\r\n`,
		performanceReview: `UserPrincipalName,EffectiveDate,Remarks,Rating\r\na@contoso.com,${at},"${awkward}",3 – genügend\r\n`,
		performanceImprovementPlan: `UserPrincipalName,EffectiveDate,Remarks,Rating\r\na@contoso.com,${at},,\r\n`,
		employeeProfile:
			'UserPrincipalName,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeAddressLine2,EmployeeCity,EmployeeState,EmployeeZipCode,EmployeeCountry,EmployeeDepartment,EmployeeType,EmployeeRole\r\na@b.com,さくら,Ó Briain,"1, ""The Mews""",,Łódź,,00-950,PL,R&D,FTE,"Line\r\nbreak"\r\n',
	};

	it.each(Object.keys(files) as Array<keyof typeof files>)('%s arrives row for row', async (scenario) => {
		const execution = await send(files[scenario], { scenario, jobId: demo.jobs[scenario] });
		expect(execution.error?.message).toBeUndefined();
		const [header, ...rows] = parse(files[scenario]) as string[][];
		const [signal] = stage.emulator.signals;
		expect(signal).toMatchObject({ jobId: demo.jobs[scenario], header, rows, recordsSaved: 1, rejected: [] });
		// Profiles that are sent for the first time cannot be compared with others.
		const warnings = scenario === 'employeeProfile' ? 1 : 0;
		expect(outputItems(execution, step)[0].json).toMatchObject({ status: 'Sent', rowsSent: 1, warnings });
	});

	it.each([
		['tabs', '\t', 'tsv'],
		['pipes', '|', 'psv'],
	] as const)(
		'a connector that expects %s gets them, and the report goes with the result',
		async (_, delimiter, ending) => {
			const jobId = '30000000-aaaa-4bbb-8ccc-000000000003';
			stage.emulator.addTenant({
				tenantId: demo.tenantId,
				apps: [{ clientId: demo.clientId, secrets: [demo.clientSecret] }],
				purview: {
					jobs: [{ jobId, appId: demo.clientId, delimiter, scenarios: [{ scenario: 'performanceReview' }] }],
				},
			});
			const csv = `${files.performanceReview}b@contoso.com,${at},"tab\there, pipe|here",2\r\n`;
			const options = { delimiterSent: delimiter, outputReport: true };
			const execution = await send(csv, { scenario: 'performanceReview', jobId, options });
			expect(execution.error?.message).toBeUndefined();
			const [header, ...rows] = parse(csv) as string[][];
			expect(stage.emulator.signals).toMatchObject([
				{ header, rows, recordsSaved: 2, rejected: [], partFileName: `signals-0001.${ending}` },
			]);
			expect(outputItems(execution, step)).toMatchObject([
				{ json: { status: 'Sent', rowsSent: 2 }, binary: { report: { fileName: 'report.html' } } },
			]);
		},
	);

	it('only rows that the previous file does not hold arrive', async () => {
		const { editor, emulator } = stage;
		const row = (name: string) => `${name}@contoso.com,${at},${at}\r\n`;
		const header = 'UserPrincipalName,ResignationDate,LastWorkingDate\r\n';
		const put = (...names: string[]) =>
			source.put('signals.csv', `${header}${names.map(row).join('')}`, 'text/csv');
		const run = async (current: string, previous: string) => {
			const parameters = {
				scenario: 'resignation',
				jobId: demo.jobs.resignation,
				options: { send: 'changes' },
			};
			const workflow = workflowOf(current, parameters, credential);
			const fetch = workflow.nodes.find(({ name }) => name === 'Fetch') as WorkflowNode;
			const { options } = fetch.parameters;
			workflow.nodes.push({ ...fetch, name: 'Fetch Previous', parameters: { url: previous, options } });
			workflow.connections.Start.main[0]?.push({ node: 'Fetch Previous', type: 'main', index: 0 });
			workflow.connections['Fetch Previous'] = { main: [[{ node: step, type: 'main', index: 1 }]] };
			const { id } = await editor.createWorkflow(workflow);
			const execution = await editor.waitForEnd(await editor.run(id, 'Start'));
			expect(execution.error?.message).toBeUndefined();
			return outputItems(execution, step)[0].json;
		};
		const users = () => emulator.signals.flatMap(({ rows }) => rows.map(([user]) => user));
		expect(await run(put('ann', 'bob', 'cid'), put('ann', 'cid', 'eve'))).toMatchObject({
			status: 'Sent',
			changes: { previousRows: 3, newRows: 1, unchangedRows: 2, missingRows: 1 },
		});
		expect(users()).toEqual(['bob@contoso.com']);
		expect(await run(put('ann'), put('ann', 'bob'))).toMatchObject({ status: 'Skipped' });
		expect(users()).toEqual(['bob@contoso.com']);
	});

	it('addresses that may be no user names and a last working day far from today are told, or stop the run', async () => {
		const csv = `Email,ResignationDate,LastWorkingDate\r\na@contoso.com,2019-01-02T00:00:00Z,2019-01-31T00:00:00Z\r\n`;
		const job = { scenario: 'resignation', jobId: demo.jobs.resignation };
		const ruleSettings = { rules: [{ code: 'purview-last-day-far', severity: 'error' }] };
		const stopped = await send(csv, { ...job, options: { ruleSettings } });
		expect(stopped.error?.message).toMatch(/^Row 2: 'LastWorkingDate' lies more than six months back/);
		expect(stage.emulator.signals).toEqual([]);
		const sent = await send(csv, job);
		expect(sent.error?.message).toBeUndefined();
		const [{ json }] = outputItems(sent, step);
		const codes = (json.findingTotals as Array<{ code: string }>).map(({ code }) => code);
		expect(codes.sort()).toEqual(['purview-last-day-far', 'purview-user-email']);
		expect(stage.emulator.signals).toMatchObject([{ rowCount: 1 }]);
	});

	it('unchanged data is skipped, and sent again before policies warn after seven days', async () => {
		const job = {
			scenario: 'resignation',
			jobId: demo.jobs.resignation,
			options: { skipUnchanged: true },
		};
		const csv = files.resignation.replaceAll('o.sato', 'quiet');
		const status = async () => outputItems(await send(csv, job), step)[0].json.status;
		expect([await status(), await status()]).toEqual(['Sent', 'Skipped']);
		// The age of the note counts by its file.
		const storage = path.join(stage.userFolder, '.n8n', 'storage');
		const notes = readdirSync(storage, { recursive: true, encoding: 'utf8' })
			.filter((name) => path.basename(name).startsWith('complete'))
			.map((name) => path.join(storage, name));
		expect(notes.length).toBeGreaterThan(0);
		for (const note of notes) {
			const written = new Date(statSync(note).mtimeMs - 6.99 * 86_400_000);
			utimesSync(note, written, written);
		}
		expect([await status(), await status()]).toEqual(['Sent', 'Skipped']);
	});

	it('several scenarios in one file arrive row for row', async () => {
		const header =
			'HRScenario,UserPrincipalName,ResignationDate,LastWorkingDate,EffectiveDate,Remarks,OldLevel,NewLevel,Rating,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeAddressLine2,EmployeeCity,EmployeeState,EmployeeZipCode,EmployeeCountry,EmployeeDepartment,EmployeeType,EmployeeRole';
		const csv = [
			header,
			`Resignation,a@b.com,${at},${at},,,,,,,,,,,,,,,,`,
			`Job level change,b@b.com,,,${at},"${awkward}",6,7,,,,,,,,,,,,`,
			`Performance review,c@b.com,,,${at},,,,A,,,,,,,,,,,`,
			`Performance improvement plan,d@b.com,,,${at},"a, b",,,C,,,,,,,,,,,`,
			'Employee profile,e@b.com,,,,,,,,さくら,佐藤,"1-1, 千代田",,,,100-0001,,,,',
			'',
		].join('\r\n');
		const scenarios = Object.keys(files);
		const execution = await send(csv, { scenario: 'several', scenarios, jobId: demo.jobs.allScenarios });
		expect(execution.error?.message).toBeUndefined();
		const [names, ...rows] = parse(csv) as string[][];
		expect(stage.emulator.signals).toHaveLength(1);
		expect(stage.emulator.signals[0]).toMatchObject({ header: names, rows, recordsSaved: 5, rejected: [] });
	});

	it('12,345 rows arrive through a cut connection, 503 twice, 429 and a token that ends; then a failure resumes', async () => {
		const { emulator } = stage;
		const count = 12_345;
		const users = Array.from({ length: count }, (_, i) => `leaver${i}@contoso.com`);
		const csv = `UserPrincipalName,ResignationDate,LastWorkingDate\r\n${users.map((user) => `${user},${at},${at}\r\n`).join('')}`;
		const parameters = {
			scenario: 'resignation',
			jobId: demo.jobs.resignation,
			options: { chunkRows: 5_000 },
		};

		const skip = 1;
		emulator.fault({ service: 'signal', skip, action: { kind: 'cutAfterBody', processed: true } });
		emulator.fault({ service: 'signal', skip, times: 2, action: { kind: 'status', status: 503 } });
		emulator.fault({
			service: 'signal',
			skip,
			action: { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
		});
		emulator.fault({ service: 'signal', skip, action: { kind: 'status', status: 401 } });
		const first = await send(csv, parameters);
		expect(first.error?.message).toBeUndefined();
		expect(outputItems(first, step)[0].json).toMatchObject({
			rowsSent: count,
			chunks: 3,
			confirmedRows: count,
			possiblyDuplicatedRanges: [{ firstRow: 5_002, lastRow: 10_001, records: 5_000 }],
		});
		expect(emulator.signals.map(({ rowCount }) => rowCount)).toEqual([5_000, 5_000, 5_000, 2_345]);
		expect(arrived()).toEqual([...users.slice(0, 10_000), ...users.slice(5_000)]);

		emulator.reset();
		emulator.fault({ service: 'signal', skip, action: { kind: 'status', status: 400 } });
		const failed = await send(csv, parameters);
		expect(failed.status).toBe('error');
		expect(failed.error?.message).toMatch(/^Chunk 2 of 3 \(rows 5002 to 10001 \(5,000\)\)/);
		expect(failed.error?.description).toContain('Not sent: rows 5002 to 12346 (7,345).');
		const rest = await send(csv, parameters);
		expect(outputItems(rest, step)[0].json).toMatchObject({ rowsSent: 7_345, rowsSentBefore: 5_000 });
		expect(arrived()).toEqual(users);
	});

	/** 30 rows that go in three chunks, as a workflow. */
	async function thirtyRows(name: string): Promise<{ id: string; users: string[] }> {
		const users = Array.from({ length: 30 }, (_, i) => `${name}${i}@contoso.com`);
		const csv = `UserPrincipalName,ResignationDate,LastWorkingDate\r\n${users.map((user) => `${user},${at},${at}\r\n`).join('')}`;
		const parameters = {
			scenario: 'resignation',
			jobId: demo.jobs.resignation,
			options: { chunkRows: 10 },
		};
		const address = source.put(`${name}.csv`, csv, 'text/csv');
		return { users, ...(await stage.editor.createWorkflow(workflowOf(address, parameters, credential))) };
	}

	/** Waits until the service has seen so many chunks. */
	async function chunksSeen(count: number): Promise<void> {
		const seen = () => stage.emulator.requests.filter(({ service }) => service === 'signal').length;
		while (seen() < count) await new Promise((resolve) => setTimeout(resolve, 50));
	}

	const arrived = () => stage.emulator.signals.flatMap(({ rows }) => rows.map(([user]) => user));

	it('stopped by its user in the middle: the next run goes on', async () => {
		const { editor, emulator } = stage;
		emulator.fault({ service: 'signal', skip: 1, action: { kind: 'status', status: 503 } });
		const { id, users } = await thirtyRows('stopped');
		const execution = await editor.run(id, 'Start');
		await chunksSeen(2);
		await editor.stop(execution);
		await editor.waitForEnd(execution);
		expect(emulator.signals.map(({ rowCount }) => rowCount)).toEqual([10]);
		const next = await editor.waitForEnd(await editor.run(id, 'Start'));
		expect(next.error?.message).toBeUndefined();
		expect(outputItems(next, step)[0].json).toMatchObject({ rowsSent: 20, rowsSentBefore: 10 });
		expect(arrived()).toEqual(users);
	});

	// The last one: it puts another n8n in the place of the first.
	it('n8n is killed in the middle: the next run goes on, and tells what was on its way', async () => {
		const { emulator, editor, n8n, folder } = stage;
		emulator.fault({ service: 'signal', skip: 1, action: { kind: 'hang', processed: true } });
		const { id, users } = await thirtyRows('killed');
		await editor.run(id, 'Start');
		await chunksSeen(2);
		await n8n.kill();
		const revived = await startN8n({
			host: await ensureHost(version, toTerminal),
			userFolder: path.join(folder, 'n8n'),
			caPem: emulator.caPem(),
			nodesInclude,
		});
		try {
			const again = await signIn(revived, editor.owner);
			const next = await again.waitForEnd(await again.run(id, 'Start'));
			expect(next.error?.message).toBeUndefined();
			expect(outputItems(next, step)[0].json).toMatchObject({
				rowsSent: 20,
				rowsSentBefore: 10,
				confirmedRows: 30,
				possiblyDuplicatedRanges: [{ firstRow: 12, lastRow: 21, records: 10 }],
			});
			expect([...new Set(arrived())]).toEqual(users);
		} finally {
			await revived.stop();
		}
	});
});

function workflowOf(
	url: string,
	parameters: Record<string, unknown>,
	credential: { id: string; name: string },
): Workflow {
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		more: Partial<WorkflowNode>,
	): WorkflowNode => ({
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Fetch', 'n8n-nodes-base.httpRequest', 4.2, {
			parameters: {
				url,
				options: { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } },
			},
		}),
		node(step, 'n8n-nodes-microsoft-hr.purviewHrSignal', 1, {
			parameters: { input: 'file', ...parameters },
			credentials: { purviewHrApi: credential },
		}),
	];
	const link = (to: string) => ({ main: [[{ node: to, type: 'main', index: 0 }]] });
	return {
		name: `Signals from ${url}`,
		nodes,
		connections: { Start: link('Fetch'), Fetch: link(step) },
		settings: { executionOrder: 'v1' },
	};
}
