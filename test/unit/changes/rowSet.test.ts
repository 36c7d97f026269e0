import { Readable } from 'node:stream';
import fc from 'fast-check';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { RowSet } from '../../../nodes/shared/changes/rowSet';
import type { HashedColumn } from '../../../nodes/shared/changes/recordHash';
import { csvOf, type Row } from './people';

const NAMES = ['a', 'b', 'c'];
const COLUMNS: HashedColumn[] = NAMES.map((_, sourceIndex) => ({ sourceIndex, type: 'string' }));
const rowOf = fc.record({
	a: fc.constantFrom('', 'x', 'y"z', '営'),
	b: fc.constantFrom('', 'x', '1,5'),
	c: fc.constantFrom('', 'xx', 'X'),
});
const keyOf = (row: Row) => JSON.stringify(NAMES.map((name) => row[name]));
const opened = async (rows: Row[]) => await readCsv(Readable.from([Buffer.from(csvOf(rows, NAMES))]));

/** Compares two files; with the rows that are said to be new. */
async function compared(before: Row[], now: Row[], isInvalid: (row: Row) => boolean = () => false) {
	const set = new RowSet(7);
	const add = set.addFrom(COLUMNS);
	for await (const batch of (await opened(before)).batches) {
		add(
			batch,
			Uint8Array.from({ length: batch.records }, (_, r) => (isInvalid(before[r]) ? 1 : 0)),
		);
	}
	const sent: Row[] = [];
	// A second reading counts anew.
	for (let reading = 0; reading < 2; reading++) {
		const choose = set.compare(COLUMNS);
		sent.length = 0;
		for await (const batch of (await opened(now)).batches) {
			const skip = choose(
				batch,
				Uint8Array.from({ length: batch.records }, (_, r) => (isInvalid(now[r]) ? 1 : 0)),
			);
			for (let r = 0; r < batch.records; r++) if (skip[r] === 0) sent.push(now[r]);
		}
	}
	return { sent, counts: set.counts() };
}

it('the rows that are sent are those that a set of texts does not hold', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(rowOf, { minLength: 1, maxLength: 12 }),
			fc.array(rowOf, { minLength: 1, maxLength: 12 }),
			async (before, now) => {
				const isInvalid = ({ b }: Row) => b === '1,5';
				const valid = (rows: Row[]) => rows.filter((row) => !isInvalid(row));
				const old = new Set(valid(before).map(keyOf));
				const there = new Set(valid(now).map(keyOf));
				const fresh = valid(now).filter((row) => !old.has(keyOf(row)));
				const { sent, counts } = await compared(before, now, isInvalid);
				expect(sent).toEqual(fresh);
				expect(counts).toEqual({
					previousRows: old.size,
					newRows: fresh.length,
					unchangedRows: valid(now).length - fresh.length,
					missingRows: [...old].filter((key) => !there.has(key)).length,
				});
			},
		),
	);
});

it('values do not run into each other', async () => {
	const { sent } = await compared([{ a: 'x', b: '', c: 'xx' }], [{ a: '', b: 'x', c: 'xx' }]);
	expect(sent).toHaveLength(1);
});

it('takes at most 48 bytes a row', async () => {
	const rows = Array.from({ length: 20_000 }, (_, i) => ({ a: String(i), b: '', c: 'x' }));
	const set = new RowSet(7);
	const add = set.addFrom(COLUMNS);
	for await (const batch of (await opened(rows)).batches) add(batch, new Uint8Array(batch.records));
	const choose = set.compare(COLUMNS);
	for await (const batch of (await opened(rows)).batches) choose(batch, new Uint8Array(batch.records));
	expect(set.counts()).toMatchObject({ previousRows: 20_000, unchangedRows: 20_000, missingRows: 0 });
	expect(set.bytes).toBeLessThanOrEqual(rows.length * 48);
});
