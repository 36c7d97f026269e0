import { parse } from 'csv-parse/sync';
import { SCENARIO_IDS } from '../../nodes/shared/purview/signals/scenarios';
import { reportLogin } from '../demo/emulatorCredentials';
import { demo, demoReport } from '../emulator/emulator';
import { makeLeavers } from '../emulator/workers';
import { outputItems } from '../host/rest';
import { fileAt, type ExampleBench } from './exampleBench';

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
