import { outputItems } from '../host/rest';
import { step, type Bench } from './bench';
import { asCsv, asItems } from './people';

/** Nobody's attribute by name: each column is chosen by hand, or not sent. */
const PEOPLE = {
	header: ['Login', 'Boss login', 'Team', 'Shoe size'],
	rows: [
		['ceo@contoso.com', '', 'Office', '41'],
		['ji.wang@contoso.com', 'ceo@contoso.com', 'Sales', '38'],
	],
};

const BY_NUMBER = {
	header: ['Employee ID', 'Work Email', 'Manager ID', 'Organization'],
	rows: [
		['00017', 'ceo@contoso.com', '', 'Office'],
		['00042', 'ji.wang@contoso.com', '17', 'Sales'],
		['00043', 'amal@contoso.com', '00042', 'Sales'],
	],
};

/** Columns that are mapped by hand as n8n's users do it, and managers that a source gives by their number. */
export function testColumns(bench: () => Bench): void {
	describe('columns', () => {
		it('are mapped by choosing, typing and dragging a field', async () => {
			const { emulator, source } = bench();
			const execution = await bench().ingest({
				from: [source.put('people.json', JSON.stringify(asItems(PEOPLE)), 'application/json')],
				as: 'items',
				parameters: {
					columnMapping: {
						entries: [
							{ column: 'Login', attribute: 'PersonId' },
							{ column: "={{ $json['Boss login'] }}", attribute: 'ManagerId' },
							{ column: '={{ $json.Team }}', attribute: 'Organization' },
						],
					},
				},
				credential: await bench().vivaCredential(),
			});
			expect(execution.error?.message).toBeUndefined();
			const [{ header, rows }] = emulator.ingestions;
			expect(header).toEqual(['PersonId', 'ManagerId', 'Organization']);
			expect(rows).toEqual(PEOPLE.rows.map((row) => row.slice(0, 3)));
			expect(outputItems(execution, step, 0)).toMatchObject([{ json: { rows: 2, errors: 0 } }]);
		});

		it.each(['items', 'files'] as const)('give managers by number, of %s', async (as) => {
			const { emulator, source } = bench();
			const from =
				as === 'items'
					? source.put('people.json', JSON.stringify(asItems(BY_NUMBER)), 'application/json')
					: source.put('people.csv', asCsv(BY_NUMBER), 'text/csv');
			const execution = await bench().ingest({
				from: [from],
				as,
				parameters: {},
				credential: await bench().vivaCredential(),
			});
			expect(execution.error?.message).toBeUndefined();
			const [{ header, rows }] = emulator.ingestions;
			const manager = rows.map((row) => row[header.indexOf('ManagerId')]);
			expect(manager).toEqual(['', 'ceo@contoso.com', 'ji.wang@contoso.com']);
			expect(emulator.ingestions[0].valid).toBe(true);
		});
	});
}
