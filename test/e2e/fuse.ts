import { outputItems, type Execution } from '../host/rest';
import { step, type Bench, type IngestRun } from './bench';
import { asCsv, asItems, type People } from './people';

const company = (size: number, more: string[] = []): People => ({
	header: ['PersonId', 'ManagerId', 'Organization', 'EffectiveDate', ...more],
	rows: Array.from({ length: size }, (_, i) => [
		`p${i}@contoso.com`,
		i === 0 ? '' : 'p0@contoso.com',
		'HR',
		'01/31/2025',
		...more.map(() => '1'),
	]),
});

/** A full refresh that would lose people, as n8n makes them: cut exports, Execute Once, loops and several files. */
export function testFuse(bench: () => Bench): void {
	describe('full refreshes', () => {
		const sizes = () => bench().emulator.ingestions.map(({ rowCount }) => rowCount);
		const nothingRuns = () => bench().emulator.advance(3_600_000);

		async function full(people: People, more: Partial<IngestRun> = {}): Promise<Execution> {
			nothingRuns();
			const { source } = bench();
			const from = [source.put('people.json', JSON.stringify(asItems(people)), 'application/json')];
			const parameters = { destination: 'vivaHr', refresh: 'full', ...more.parameters };
			return await bench().ingest({
				from,
				as: 'items',
				credential: await bench().vivaCredential(),
				...more,
				parameters,
			});
		}

		it('after 500 people: 3 and 399 are refused, 401 are sent', async () => {
			expect((await full(company(500))).error?.message).toBeUndefined();
			for (const size of [3, 399]) {
				const { status, error } = await full(company(size));
				expect(status).toBe('error');
				expect(error?.message).toMatch(
					new RegExp(`^There are ${size} people now and 500 in the last accepted import`),
				);
				expect(error?.description).toContain("'Largest Drop (Percent)'");
			}
			const validated = await full(company(399), { parameters: { operation: 'validate' } });
			expect(outputItems(validated, step, 0)).toMatchObject([{ json: { valid: false, errors: 1 } }]);
			expect((await full(company(401))).error?.message).toBeUndefined();
			expect(sizes()).toEqual([500, 401]);
			const agreed = { parameters: { options: { maximumMissingPercent: 100 } } };
			expect((await full(company(3), agreed)).error?.message).toBeUndefined();
			expect(sizes()).toEqual([500, 401, 3]);
		});

		it('without a column that the last one had is refused', async () => {
			await full(company(5, ['Layer']));
			const { error } = await full(company(5));
			expect(error?.message).toMatch(/^The last accepted import had 5 columns, .* gone: 'Layer'/);
			expect(sizes()).toEqual([5]);
		});

		it('of the one item that Execute Once leaves is refused', async () => {
			const { error } = await full(company(50), { executeOnce: true });
			expect(error?.message).toBe(
				"The setting 'Execute Once' of this step leaves one of 50 items, and each item is a row.",
			);
			expect(sizes()).toEqual([]);
			expect((await full(company(1), { executeOnce: true })).error?.message).toBeUndefined();
			expect(sizes()).toEqual([1]);
		});

		it('in a later round of a loop is refused', async () => {
			const { status, error } = await full(company(25), { loop: 10 });
			expect(status).toBe('error');
			expect(error?.message).toMatch(/^This execution has already sent a full import of 10 rows/);
			expect(error?.description).toContain("the loop's output 'done'");
			expect(sizes()).toEqual([10]);
		});

		it('of two files is refused before the first is sent', async () => {
			const { source } = bench();
			const from = [3, 4].map((size) => source.put(`${size}.csv`, asCsv(company(size)), 'text/csv'));
			const { error } = await full(company(0), { from, as: 'files' });
			expect(error?.message).toMatch(/^2 files would be full imports/);
			expect(sizes()).toEqual([]);
		});
	});
}
