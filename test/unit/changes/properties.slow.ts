import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { compare, csvOf, previousCsv, type Row } from './people';

/*
 * Random edits of a random company: what is sent is just what is new or changed, the counts are right, and the service, which
 * joins what is sent to what it has, then has the current file. The service here is a few lines that follow the documents (A12).
 */

const DAYS = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'];
const values = fc.record({
	ManagerId: fc.constantFrom('', 'boss@contoso.com', 'ann@contoso.com'),
	Organization: fc.constantFrom('HR', 'Vertrieb, "Süd"', '営業部'),
	Location: fc.constantFrom('', 'Rome', 'Oslo'),
	HireDate: fc.constantFrom('', '2019-01-31', '2020-02-29'),
	HourlyRate: fc.constantFrom('', '23.5', '7'),
	Town: fc.constantFrom('', 'a"b', 'x'),
});
const address = fc.nat({ max: 30 }).map((i) => `person${i}@contoso.com`);

const keyOf = ({ PersonId, EffectiveDate = '' }: Row) => `${PersonId.toLowerCase()} ${EffectiveDate}`;
/** One row for each person and day. */
const once = (rows: Row[]): Row[] => [...new Map(rows.map((row) => [keyOf(row), row])).values()];

const withoutDates = fc
	.array(fc.record({ PersonId: address, values }), { minLength: 1, maxLength: 25 })
	.map((rows) => once(rows.map((row) => ({ PersonId: row.PersonId, ...row.values }))));
const withDates = fc
	.array(fc.record({ PersonId: address, EffectiveDate: fc.constantFrom(...DAYS), values }), {
		minLength: 1,
		maxLength: 40,
	})
	.map((rows) =>
		once(rows.map(({ PersonId, EffectiveDate, values: rest }) => ({ PersonId, EffectiveDate, ...rest }))),
	);

/** A company and what became of it. */
const edited = (company: fc.Arbitrary<Row[]>) =>
	fc
		.record({
			before: company,
			more: company,
			edits: fc.array(
				fc.record({ row: fc.nat(), kind: fc.constantFrom('change', 'remove'), values: values }),
				{ maxLength: 8 },
			),
			added: fc.nat({ max: 5 }),
			shuffled: fc.boolean(),
		})
		.map(({ before, more, edits, added, shuffled }) => {
			const now = before.map((row) => ({ ...row }));
			for (const { row, kind, values: next } of edits) {
				const at = row % Math.max(1, now.length);
				if (now.length === 0) break;
				if (kind === 'remove') now.splice(at, 1);
				else now[at] = { ...now[at], ...next };
			}
			const known = new Set(now.map(keyOf));
			now.push(...more.slice(0, added).filter((row) => !known.has(keyOf(row))));
			return { before, now: shuffled ? [...now].reverse() : now };
		})
		.filter(({ now }) => now.length > 0);

/** The same rows as another export might write them. */
const styled = (rows: Row[], style: number): string => {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const other = rows.map((row): Row => ({
		...row,
		PersonId: style % 2 === 1 ? row.PersonId.toUpperCase() : row.PersonId,
		HourlyRate:
			row.HourlyRate && style % 3 === 1 ? `0${row.HourlyRate}.00`.replace('.5.00', '.50') : row.HourlyRate,
		HireDate:
			row.HireDate && style % 3 === 2
				? new Date(row.HireDate).toUTCString().slice(5, 16).replaceAll(' ', '-')
				: row.HireDate,
	}));
	return csvOf(other, style % 4 > 1 ? [...columns].reverse() : columns);
};

const plain = (row: Row): Row => ({ ...row, PersonId: row.PersonId.toLowerCase() });
const same = (a: Row, b: Row) =>
	Object.keys(a).every((name) => name === 'EffectiveDate' || (a[name] ?? '') === (b[name] ?? ''));

/** What the service has of a person on a day: the latest row until then. */
function valuesOn(rows: readonly Row[], person: string, day: string): Row | undefined {
	return rows
		.filter((row) => row.PersonId === person && (row.EffectiveDate ?? '') <= day)
		.sort((a, b) => ((a.EffectiveDate ?? '') < (b.EffectiveDate ?? '') ? 1 : -1))[0];
}

async function check({ before, now }: { before: Row[]; now: Row[] }, style: number) {
	const more = { otherColumns: 'custom', onInvalid: 'send', dateOrder: 'monthFirst' } as const;
	const result = await compare(previousCsv(csvOf(before)), styled(now, style), more);
	const sent = (parse([result.header!, ...result.sent!].join('\n'), { columns: true }) as Row[]).map(plain);
	return { ...result, rows: sent };
}

const people = (rows: readonly Row[]) => new Set(rows.map(({ PersonId }) => PersonId));

it('without dates: just the new and the changed are sent, and all counts are right', async () => {
	await fc.assert(
		fc.asyncProperty(edited(withoutDates), fc.nat({ max: 11 }), async ({ before, now }, style) => {
			const { rows, counts, missing } = await check({ before, now }, style);
			const known = new Map(before.map((row) => [row.PersonId, row]));
			const isNew = now.filter(({ PersonId }) => !known.has(PersonId));
			const changed = now.filter((row) => known.has(row.PersonId) && !same(row, known.get(row.PersonId)!));
			expect(people(rows)).toEqual(people([...isNew, ...changed]));
			const gone = before.filter(({ PersonId }) => !people(now).has(PersonId));
			expect(missing).toEqual(gone.map(({ PersonId }) => PersonId));
			const differing = (name: string) =>
				changed.filter((row) => row[name] !== known.get(row.PersonId)![name]).length;
			expect(counts).toMatchObject({
				previousPeople: before.length,
				newPeople: isNew.length,
				changedPeople: changed.length,
				unchangedPeople: now.length - isNew.length - changed.length,
				missingPeople: gone.length,
				rejectedPeople: 0,
				sentRows: isNew.length + changed.length,
				unchangedRows: now.length - isNew.length - changed.length,
			});
			const names = ['ManagerId', 'Organization', 'Location', 'HireDate', 'HourlyRate', 'Town'];
			const columns = names.map((column) => ({ column, rows: differing(column) })).filter((c) => c.rows > 0);
			expect(new Set(counts.columns)).toEqual(new Set(columns));
		}),
		{ numRuns: 100 },
	);
});

it('with dates: what the service then has on any day of the file is what the file says', async () => {
	await fc.assert(
		fc.asyncProperty(edited(withDates), fc.nat({ max: 11 }), async ({ before, now }, style) => {
			const { rows, counts, missing } = await check({ before, now }, style);
			const sent = new Map(rows.map((row) => [keyOf(row), row]));
			const day = (row: Row): Row => ({ ...row, EffectiveDate: row.EffectiveDate });
			const service = [...before.filter((row) => !sent.has(keyOf(row))), ...rows.map(day)];
			const gone = before.filter((row) => !now.some((other) => keyOf(other) === keyOf(row)));
			for (const row of now) {
				// What vanished from the history stays with the service; it is not what this is about.
				const has = valuesOn(
					service.filter((other) => !gone.includes(other) || same(other, row)),
					row.PersonId,
					row.EffectiveDate,
				);
				expect(has && same(plainDates(row), plainDates(has))).toBe(true);
			}
			for (const row of rows) {
				const old = before.find((other) => keyOf(other) === keyOf(row));
				expect(old !== undefined && same(plainDates(row), plainDates(old))).toBe(false);
			}
			expect(new Set(missing)).toEqual(new Set([...people(before)].filter((one) => !people(now).has(one))));
			const groups = counts.changedPeople + counts.unchangedPeople + counts.missingPeople;
			expect(groups).toBe(counts.previousPeople);
			expect(counts.previousPeople).toBe(people(before).size);
			expect(counts.newPeople).toBe([...people(now)].filter((one) => !people(before).has(one)).length);
			expect(counts.sentRows).toBe(rows.length);
			expect(counts.sentRows + counts.unchangedRows).toBe(now.length);
		}),
		{ numRuns: 150 },
	);
});

/** A row as it is compared here: numbers and days in one form. */
function plainDates(row: Row): Row {
	const { HireDate, HourlyRate } = row;
	const us = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(HireDate ?? '');
	return {
		...row,
		HireDate: us ? `${us[3]}-${us[1]}-${us[2]}` : HireDate,
		HourlyRate: HourlyRate ? String(Number(HourlyRate)) : HourlyRate,
	};
}
