import { parse } from 'csv-parse/sync';
import { SCENARIO_IDS } from '../../nodes/shared/purview/signals/scenarios';
import { reportLogin } from '../demo/emulatorCredentials';
import { demo, demoReport } from '../emulator/emulator';
import { makeLeavers } from '../emulator/workers';
import { outputItems } from '../host/rest';
import { canAnswerGraphSteps, fileAt, type ExampleBench } from './exampleBench';

/** The examples that send to the HR connector of Purview. */
export function testPurviewExamples(bench: () => ExampleBench): void {
	it('Workday leavers to Purview', async () => {
		const { editor, emulator, purview } = bench();
		const login = await editor.createCredential('Workday', 'httpBasicAuth', reportLogin());
		const execution = await bench().run('workday-leavers-to-purview', {
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

	const itWithGraph = canAnswerGraphSteps ? it : it.skip;
	itWithGraph('leavers by e-mail address to Purview, with the user principal names of Entra', async () => {
		const { editor, source, purview } = bench();
		const leaver = (Work_Email: string) => ({
			Work_Email,
			Resignation_Date: '2026-03-14',
			Termination_Date: '2026-04-30',
		});
		const leavers = ['ann.lee@contoso.com', "Pat.O'Neil@contoso.com", 'nobody@contoso.com'].map(leaver);
		// Graph compares addresses without regard to case, and a quote in a text is doubled.
		const users = [
			{ id: '1', mail: 'Ann.Lee@contoso.com', userPrincipalName: 'alee@corp.contoso.com' },
			{ id: '2', mail: "pat.o'neil@contoso.com", userPrincipalName: 'poneil@corp.contoso.com' },
			{ id: '3', mail: 'someone.else@contoso.com', userPrincipalName: 'selse@corp.contoso.com' },
		];
		const filters: string[] = [];
		const graph = source.answer(({ pathname, searchParams }) => {
			const filter = searchParams.get('$filter') ?? '';
			filters.push(filter);
			const mail = /^mail eq '(.*)'$/.exec(filter)?.[1]?.replaceAll("''", "'");
			return pathname.endsWith('/v1.0/users')
				? { value: users.filter((user) => user.mail.toLowerCase() === mail?.toLowerCase()) }
				: {};
		});
		const entra = await editor.createCredential('Entra', 'microsoftEntraOAuth2Api', {
			// As after the sign-in of a person in the browser.
			oauthTokenData: { token_type: 'Bearer', access_token: 'a token of the test' },
			clientId: demo.clientId,
			clientSecret: demo.clientSecret,
			graphApiBaseUrl: graph,
		});
		const runWith = async (rows: unknown[]) =>
			await bench().run('leavers-by-email-to-purview', {
				'Get leavers': {
					parameters: { url: source.put('leavers.json', JSON.stringify(rows), 'application/json') },
				},
				'Find in Entra': { credentials: { microsoftEntraOAuth2Api: entra } },
				'Send to Purview': { parameters: { jobId: demo.jobs.resignation }, credentials: purview },
			});
		const execution = await runWith(leavers);
		expect(execution.error?.message).toBeUndefined();
		expect(filters.sort()).toEqual([
			"mail eq 'ann.lee@contoso.com'",
			"mail eq 'nobody@contoso.com'",
			"mail eq 'pat.o''neil@contoso.com'",
		]);
		expect(
			bench()
				.emulator.signals.at(-1)!
				.rows.map(([user]) => user),
		).toEqual(['alee@corp.contoso.com', 'poneil@corp.contoso.com']);
		const [{ json }] = outputItems(execution, 'Signals sent');
		expect(json).toMatchObject({ status: 'Sent', rowsSent: 2, rejectedRows: 1 });
		expect(JSON.stringify(json)).not.toContain('purview-user-email');
		expect(outputItems(execution, 'Rows left out')).toMatchObject([
			{ json: { Work_Email: 'nobody@contoso.com' } },
		]);
		const before = bench().emulator.signals.length;
		// Nobody is found: no address goes in place of a name, and the run is not green.
		expect((await runWith([leaver('nobody@contoso.com')])).error?.message).toMatch(/nothing was sent/i);
		expect((await runWith([])).error?.message).toBeDefined();
		expect(bench().emulator.signals).toHaveLength(before);
	});

	itWithGraph('each CSV file that arrives in a folder of OneDrive to Purview', async () => {
		const { editor, source, purview, emulator } = bench();
		const at = '2026-03-14T08:30:00Z';
		const csv = (user: string) =>
			`UserPrincipalName,ResignationDate,LastWorkingDate\r\n${user}@contoso.com,${at},${at}\r\n`;
		const inFolder = (id: string) => ({ file: { mimeType: 'text/csv' }, parentReference: { id } });
		const files = [
			{ id: '1', name: 'leavers.csv', ...inFolder('01HRLEAVERS7319') },
			{ id: '2', name: 'Notes.docx', ...inFolder('01HRLEAVERS7319') },
			{ id: '3', name: 'private.csv', ...inFolder('another-folder') },
			{ id: '4', name: 'LATE.CSV', ...inFolder('01HRLEAVERS7319') },
		];
		const asked: string[] = [];
		const graph = source.answer(({ pathname }) => {
			asked.push(pathname.replace(/^.*\/v1\.0/, ''));
			if (pathname.endsWith('/root/delta')) return { value: files };
			const item = /\/items\/(\d)/.exec(pathname)?.[1] ?? '';
			return pathname.endsWith('/content') ? Buffer.from(csv(`user${item}`)) : files[Number(item) - 1];
		});
		const oneDrive = {
			microsoftOneDriveOAuth2Api: await editor.createCredential('OneDrive', 'microsoftOneDriveOAuth2Api', {
				// As after the sign-in of a person in the browser.
				oauthTokenData: { token_type: 'Bearer', access_token: 'a token of the test' },
				clientId: demo.clientId,
				clientSecret: demo.clientSecret,
				graphApiBaseUrl: graph,
			}),
		};
		const before = emulator.signals.length;
		const folderId = { __rl: true, mode: 'id', value: '01HRLEAVERS7319' };
		const id = await bench().start(
			'file-arrives-to-purview',
			{
				'A file arrives': { parameters: { folderId }, credentials: oneDrive },
				'Download the file': { credentials: oneDrive },
				'Send to Purview': { parameters: { jobId: demo.jobs.resignation }, credentials: purview },
			},
			{ trigger: 'A file arrives' },
		);
		const execution = await editor.waitForEnd(id);
		expect(execution.error?.message).toBeUndefined();
		expect(outputItems(execution, 'Signals sent')).toMatchObject([
			{ json: { status: 'Sent', rowsSent: 1 } },
			{ json: { status: 'Sent', rowsSent: 1 } },
		]);
		const users = emulator.signals.slice(before).map(({ rows }) => rows[0][0]);
		expect(users).toEqual(['user1@contoso.com', 'user4@contoso.com']);
		expect(asked.filter((path) => /items\/[23]/.test(path))).toEqual([]);
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
		const execution = await bench().run('hr-events-to-purview', {
			'Download the file': { parameters: { url: bench().source.put('events.csv', csv, 'text/csv') } },
			// The stand-in's connector was set up for all five scenarios.
			'Send to Purview': {
				parameters: { jobId: demo.jobs.allScenarios, scenarios: SCENARIO_IDS },
				credentials: bench().purview,
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
		const signal = bench().emulator.signals.at(-1)!;
		expect(signal.recordsSaved).toBe(4);
		expect(signal.rows.map((row) => row[signal.header.indexOf('UserPrincipalName')])).toEqual(
			['a', 'b', 'c', 'd'].map((name) => `${name}@contoso.com`),
		);
	});

	it('SharePoint file to Purview', async () => {
		const csv =
			'UserPrincipalName,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode,EmployeeCity\r\na@contoso.com,さくら,Ó Briain,"1, ""The Mews""",00-950,Łódź\r\n';
		const execution = await bench().run('sharepoint-file-to-purview', {
			'Download the file': fileAt(bench(), csv),
			'Send to Purview': { parameters: { jobId: demo.jobs.employeeProfile }, credentials: bench().purview },
		});
		expect(execution.error?.message).toBeUndefined();
		expect(outputItems(execution, 'Profiles sent')).toMatchObject([{ json: { rowsSent: 1 } }]);
		const signal = bench().emulator.signals.at(-1)!;
		expect(signal.recordsSaved).toBe(1);
		const [header, ...rows] = parse(csv) as string[][];
		expect(signal.rows.map((row) => header.map((name) => row[signal.header.indexOf(name)]))).toEqual(rows);
	});
}
