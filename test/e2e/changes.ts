import { outputItems } from '../host/rest';
import { step, type Bench } from './bench';
import { asCsv, byColumn, vivaPeople, type People } from './people';

/** The people a week later: one moved, one is new, one is gone. */
const nextWeek: People = {
	header: vivaPeople.header,
	rows: [
		...vivaPeople.rows.slice(0, 2),
		vivaPeople.rows[2].map((value, i) =>
			vivaPeople.header[i] === 'Organization' ? 'Space, "Works"' : value,
		),
		vivaPeople.rows[3],
		['lea.new@contoso.com', 'ceo@contoso.com', 'Sales, EMEA', '01/31/2025', 'Clerk', '03/01/2025', '1', '30'],
	],
};

/** Only what changed is sent: the emulator's books show the new and the changed, and nobody else. */
export function testChanges(bench: () => Bench): void {
	describe('only what changed', () => {
		const put = (people: People) => bench().source.put('people.csv', asCsv(people), 'text/csv');
		const parameters = { send: 'changes', options: { maximumMissingPercent: 50 } };

		async function importOf(people: People, previous: string[]) {
			const credential = await bench().vivaCredential();
			return await bench().ingest({ from: [put(people)], previous, as: 'files', parameters, credential });
		}
		async function importEverything(): Promise<void> {
			const { emulator } = bench();
			emulator.set({ extractionMs: 0, processingMs: 0 });
			const credential = await bench().vivaCredential();
			await bench().ingest({ from: [put(vivaPeople)], as: 'files', parameters: {}, credential });
			expect(emulator.ingestions).toMatchObject([{ valid: true, bootstrap: true }]);
			emulator.advance(1000);
		}

		it('sends the new and the changed, and names the missing', async () => {
			const { emulator } = bench();
			await importEverything();
			const execution = await importOf(nextWeek, [put(vivaPeople)]);
			expect(execution.error?.message).toBeUndefined();
			const [, sent] = emulator.ingestions;
			expect(sent).toMatchObject({ valid: true, bootstrap: false, errors: [] });
			const changed = { header: nextWeek.header, rows: [nextWeek.rows[2], nextWeek.rows[4]] };
			expect(byColumn(sent)).toEqual(byColumn(changed));
			expect(outputItems(execution, step, 0)).toMatchObject([
				{
					json: {
						ingestionId: sent.id,
						refresh: 'incremental',
						rows: 2,
						changes: { newPeople: 1, changedPeople: 1, unchangedPeople: 3, missingPeople: 1 },
					},
				},
			]);
			expect(outputItems(execution, step, 2).map(({ json }) => json)).toEqual([
				{ PersonId: 'noa.cohen@contoso.com' },
			]);
		});

		it('takes everybody for new in the first run, when the second input gives nothing', async () => {
			const { emulator } = bench();
			await importEverything();
			const execution = await importOf(nextWeek, []);
			expect(execution.error?.message).toBeUndefined();
			expect(emulator.ingestions[1]).toMatchObject({ valid: true, bootstrap: false, acceptedRows: 5 });
			expect(outputItems(execution, step, 0)).toMatchObject([{ json: { changes: { newPeople: 5 } } }]);
		});

		it('is skipped when nothing changed', async () => {
			const { emulator } = bench();
			await importEverything();
			const execution = await importOf(vivaPeople, [put(vivaPeople)]);
			expect(execution.error?.message).toBeUndefined();
			expect(emulator.ingestions).toHaveLength(1);
			expect(outputItems(execution, step, 0)).toMatchObject([
				{
					json: { ingestionId: null, status: 'Skipped', reason: 'Nothing changed since the previous file.' },
				},
			]);
		});
	});
}
