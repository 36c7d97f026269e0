import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { reportLogin } from '../demo/emulatorCredentials';
import { demo } from '../emulator/emulator';
import { outputItems } from '../host/rest';
import { soon, type ExampleBench } from './exampleBench';
import { asCsv, byColumn, profiles, type People } from './people';

/** The people a week later: one has moved, the last one is gone. */
const nextWeek: People = {
	header: profiles.header,
	rows: profiles.rows
		.slice(0, -1)
		.map((row, number) =>
			row.map((value, i) =>
				number === 0 && profiles.header[i] === 'Microsoft_Organization' ? 'Workshop' : value,
			),
		),
};
const [gone] = profiles.rows[profiles.rows.length - 1];

/** The example that sends the changes of a week and makes a deletion file of who is gone. */
export function testDeletionExample(bench: () => ExampleBench): void {
	it('changes to Organizational Data, and a deletion file that goes nowhere', async () => {
		const { editor, emulator, files, newIngestions, run, source, viva } = bench();
		const ingestions = newIngestions();
		const [kept, deletions] = ['people-previous.csv', 'delete.csv'].map((name) => path.join(files, name));
		writeFileSync(kept, asCsv(profiles));
		expect(existsSync(deletions)).toBe(false);
		const httpBasicAuth = await editor.createCredential('Report', 'httpBasicAuth', reportLogin());
		const execution = await run('changes-and-deletion-file', {
			'Get the report': {
				parameters: { url: source.put('report.csv', asCsv(nextWeek), 'text/csv') },
				credentials: { httpBasicAuth },
			},
			"Read last week's file": { parameters: { fileSelector: kept } },
			// One of a few is gone: more than the step takes for granted.
			'Send the changes': {
				credentials: viva,
				parameters: { options: { send: 'changes', maximumMissingPercent: 50 } },
			},
			'Follow the import': { credentials: viva, parameters: soon },
			"Keep this week's file": { parameters: { fileName: kept } },
			'Keep the deletion file': { parameters: { fileName: deletions } },
		});
		expect(execution.error?.message).toBeUndefined();
		const sent = ingestions();
		expect(sent).toMatchObject([{ destination: 'organizational-data', valid: true }]);
		expect(byColumn(sent[0])).toEqual(byColumn({ header: nextWeek.header, rows: nextWeek.rows.slice(0, 1) }));
		expect(outputItems(execution, 'Make the deletion file')).toMatchObject([{ json: { people: 1 } }]);
		const [header, ...rows] = parse(readFileSync(deletions)) as string[][];
		expect(rows.map((row) => row[header.indexOf('Microsoft_PersonEmail')])).toEqual([gone]);
		expect(readFileSync(kept, 'utf8')).toBe(asCsv(nextWeek));
		const people = emulator.state.tenants.get(demo.tenantId)?.organizationalData?.profiles.people;
		expect(people?.get(profiles.rows[0][0])).toMatchObject({ Microsoft_Organization: 'Workshop' });
	});
}
