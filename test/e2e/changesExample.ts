import { readFileSync } from 'node:fs';
import path from 'node:path';
import { reportLogin } from '../demo/emulatorCredentials';
import type { Filling } from '../demo/exampleFile';
import { until } from '../helpers/until';
import { outputItems, type Execution } from '../host/rest';
import { soon, type ExampleBench } from './exampleBench';
import { asCsv, byColumn, vivaPeople, type People } from './people';

const name = 'only-what-changed';

/** The people a week later: one moved, one is new, one is gone. */
const nextWeek: People = {
	header: vivaPeople.header,
	rows: [
		...vivaPeople.rows.slice(0, 2),
		vivaPeople.rows[2].map((value, i) => (vivaPeople.header[i] === 'Organization' ? 'Workshop' : value)),
		vivaPeople.rows[3],
		['lea.new@contoso.com', 'ceo@contoso.com', 'Sales, EMEA', '01/31/2025', 'Clerk', '03/01/2025', '1', '30'],
	],
};

/** The file that the example keeps from week to week. */
const keptFile = ({ files }: ExampleBench) => path.join(files, 'viva-previous.csv');

/**
 * Starts the first import of the example, of everything, as its notes say; it sleeps in the database until the import is done.
 * @returns the id of the execution
 */
export async function startFirstImport(bench: ExampleBench): Promise<string> {
	const { emulator, start } = bench;
	const everything = { refresh: 'full', options: {} };
	const filled = await fillings(bench, vivaPeople, everything, {});
	const execution = await start(name, filled, { asleep: 'Follow the import' });
	// One import at a time: those of other tests must not come before.
	await until(() => emulator.ingestions.length > 0);
	return execution;
}

/** The example that compares with the file of the week before. */
export function testChangesExample(bench: () => ExampleBench, firstImport: () => string): void {
	describe('only what changed', () => {
		async function week(people: People, sending = {}): Promise<Execution> {
			return await bench().run(name, await fillings(bench(), people, sending, soon));
		}

		it('keeps the file of the first import, once that has slept to its end', async () => {
			const execution = await bench().editor.waitForEnd(firstImport());
			expect(execution.error?.message).toBeUndefined();
			expect(outputItems(execution, 'Follow the import', 1)).toMatchObject([
				{ json: { status: 'Completed', refresh: 'full' } },
			]);
			expect(readFileSync(keptFile(bench()), 'utf8')).toBe(asCsv(vivaPeople));
		});

		it('sends the new and the changed, names the missing, and keeps the new file', async () => {
			const ingestions = bench().newIngestions();
			// One of five is gone: more than the step takes for granted.
			const execution = await week(nextWeek, { options: { send: 'changes', maximumMissingPercent: 50 } });
			expect(execution.error?.message).toBeUndefined();
			const [sent] = ingestions();
			expect(sent).toMatchObject({ valid: true, bootstrap: false });
			const changed = { header: nextWeek.header, rows: [nextWeek.rows[2], nextWeek.rows[4]] };
			expect(byColumn(sent)).toEqual(byColumn(changed));
			expect(outputItems(execution, 'Missing people')).toMatchObject([
				{ json: { PersonId: 'noa.cohen@contoso.com' } },
			]);
			expect(readFileSync(keptFile(bench()), 'utf8')).toBe(asCsv(nextWeek));
		});

		it('does nothing when nothing changed', async () => {
			const ingestions = bench().newIngestions();
			const execution = await week(nextWeek);
			expect(execution.error?.message).toBeUndefined();
			expect(ingestions()).toEqual([]);
			expect(outputItems(execution, 'Send the changes')).toMatchObject([{ json: { status: 'Skipped' } }]);
			expect(execution.runs).not.toHaveProperty(['Follow the import']);
			expect(readFileSync(keptFile(bench()), 'utf8')).toBe(asCsv(nextWeek));
		});

		it('keeps the old file when the import fails, so that the same people are sent again', async () => {
			const ingestions = bench().newIngestions();
			// Sent unchecked, so that the service has to find out.
			const named = { entries: [{ column: 'ManagerId', attribute: 'ManagerId' }] };
			const rows = nextWeek.rows.map(([person, manager, ...rest]) => [
				person,
				manager && 'The Boss',
				...rest,
			]);
			const sending = { options: { send: 'changes', onInvalidRows: 'send' }, columnMapping: named };
			const execution = await week({ ...nextWeek, rows }, sending);
			expect(execution.error?.message).toBeUndefined();
			expect(ingestions()).toMatchObject([{ valid: false }]);
			expect(outputItems(execution, 'Error rows').length).toBeGreaterThan(0);
			expect(readFileSync(keptFile(bench()), 'utf8')).toBe(asCsv(nextWeek));
		});
	});
}

async function fillings(
	bench: ExampleBench,
	people: People,
	sending: Record<string, unknown>,
	following: Record<string, unknown>,
): Promise<Record<string, Filling>> {
	const { editor, source, viva } = bench;
	const login = await editor.createCredential('Report', 'httpBasicAuth', reportLogin());
	const file = keptFile(bench);
	return {
		'Get the report': {
			parameters: { url: source.put('report.csv', asCsv(people), 'text/csv') },
			credentials: { httpBasicAuth: login },
		},
		"Read last week's file": { parameters: { fileSelector: file } },
		'Send the changes': { credentials: viva, parameters: sending },
		'Follow the import': { credentials: viva, parameters: following },
		"Keep this week's file": { parameters: { fileName: file } },
	};
}
