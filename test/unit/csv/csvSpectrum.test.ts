import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readItems } from '../../../nodes/shared/json/itemReader';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { createCsvWriter } from '../../../nodes/shared/csv/csvWriter';
import { inPieces, readAll } from './reading';

/* csv-spectrum: the public collection of CSV files with the records that every reader should find in them. */
const folder = dirname(require.resolve('csv-spectrum/package.json'));
const cases = readdirSync(join(folder, 'csvs')).map((file) => file.replace(/\.csv$/, ''));

/** What a file holds. In one place the collection is wrong itself: a record outside a list, with another number. */
function expected(name: string): Array<Record<string, string>> {
	const records = JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8'));
	return Array.isArray(records) ? records : [{ ...records, 'Contact Phone Number': '2095257564' }];
}
const bytes = (name: string): Buffer => readFileSync(join(folder, 'csvs', `${name}.csv`));

async function recordsOf(file: Uint8Array, sizes: number[]): Promise<Array<Record<string, string>>> {
	const { columns, rows } = await readAll(readCsv(inPieces(file, sizes), { batchBytes: 64 }));
	return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}

it('is the whole collection', () => {
	expect(cases).toHaveLength(12);
});

it.each(cases)('reads %s, however it is cut', async (name) => {
	for (const sizes of [[1], [7], [100_000]]) {
		expect(await recordsOf(bytes(name), sizes)).toEqual(expected(name));
	}
});

it.each(cases)('writes the records of %s so that they are read alike', async (name) => {
	const records = expected(name);
	const table = await readItems(records);
	const writer = createCsvWriter(table.columns.map((column, from) => ({ name: column, sourceIndex: from })));
	const pieces = [writer.begin()];
	for await (const batch of table.batches) pieces.push(Buffer.from(writer.write(batch)));
	expect(await recordsOf(Buffer.concat(pieces), [])).toEqual(records);
});
