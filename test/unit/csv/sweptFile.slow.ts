import fc from 'fast-check';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import type { RecordBatch, Table } from '../../../nodes/shared/records/recordBatch';
import type { DestinationId } from '../../../nodes/shared/viva/service/destinations';
import { preparePackage } from '../../../nodes/shared/viva/package/preparePackage';
import { packageSettings } from '../../fixtures/packageSettings';
import { inPieces } from './reading';

/** The same table without what its reader tells of all records at once: rules then look at every field. */
function withoutSweep(table: Table): Table {
	async function* batches(): AsyncGenerator<RecordBatch> {
		for await (const batch of table.batches) yield { ...batch, validation: undefined };
	}
	return { ...table, batches: batches() };
}

const weighted = (...values: string[]) => fc.constantFrom(...values);
const email = weighted(
	...['ann@contoso.com', 'ANN@contoso.com', 'bob@contoso.com', 'cy@contoso.com', 'dee@contoso.com'],
	...['', ' ', 'ann', 'ann@x', '"ann@contoso.com"', '"a""b@c.de"'],
);
const date = weighted(
	'2024-01-31',
	'2024-02-29',
	'2024-01-31',
	'31/01/2024',
	'02/03/2024',
	'',
	' ',
	'soon',
	'"2024-05-01"',
	'2023-02-29',
);
const word = weighted(
	'Sales',
	'Sales',
	'R&D',
	'"Sales, North"',
	'"x ""y"""',
	'"a\nb"',
	'',
	' ',
	'""',
	'"plain"',
	"''",
	'l'.repeat(50),
	'a"b',
);
const number = weighted('40', '37.5', '', 'many', '-1', '007', '"40"');

const file = fc
	.record({
		rows: fc.array(fc.tuple(email, email, word, date, number, word), { minLength: 1, maxLength: 12 }),
		lineEnd: weighted('\n', '\r\n'),
		ragged: fc.option(fc.nat(12), { freq: 6 }),
		damaged: fc.option(fc.nat(12), { freq: 8 }),
		order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
		sorted: fc.boolean(),
	})
	.map(({ rows, lineEnd, ragged, damaged, order, sorted }) => {
		const columns = sorted ? [...order].sort() : order;
		const header = ['PersonId', 'ManagerId', 'Organization', 'HireDate', 'HourlyRate', 'Team'];
		const lines = [header, ...rows].map((row) => columns.map((c) => row[c]).join(','));
		if (ragged !== null && ragged + 1 < lines.length) lines[ragged + 1] += ',more';
		const bytes = Buffer.from(lines.join(lineEnd) + lineEnd);
		// No UTF-8, within a value.
		if (damaged !== null && damaged > 6) bytes[Math.floor((bytes.length * damaged) / 13)] = 0xff;
		return bytes;
	});

async function prepared(bytes: Buffer, destination: DestinationId, send: boolean, sweep: boolean) {
	const outcome = await preparePackage(
		{
			async open() {
				const table = await readCsv(inPieces(bytes), { batchBytes: 256 });
				return sweep ? table : withoutSweep(table);
			},
		},
		packageSettings({
			destination,
			bodyType: 'csv',
			otherColumns: 'custom',
			onInvalid: send ? 'send' : 'leaveOut',
		}),
	);
	const pieces: Buffer[] = [];
	if (outcome.file) for await (const piece of outcome.file.open()) pieces.push(Buffer.from(piece));
	await outcome.file?.dispose();
	return {
		text: Buffer.concat(pieces).toString('latin1'),
		records: outcome.records,
		rejected: outcome.rejected,
		totals: outcome.findings.totals(),
	};
}

describe.each<DestinationId>(['vivaHr', 'organizationalData'])('a file for %s', (destination) => {
	it.each([false, true])(
		'comes out the same with a sweep and field by field (sent as it is: %s)',
		async (send) => {
			let sent = 0;
			await fc.assert(
				fc.asyncProperty(file, async (bytes) => {
					const quick = await prepared(bytes, destination, send, true).catch(String);
					const slow = await prepared(bytes, destination, send, false).catch(String);
					expect(quick).toEqual(slow);
					if (typeof quick === 'object' && quick.text !== '') sent++;
				}),
				{ numRuns: 80 },
			);
			expect(sent).toBeGreaterThan(5);
		},
		60_000,
	);
});
