import { createCsvWriter, type WrittenColumn } from '../../../nodes/shared/csv/csvWriter';
import { createFindings } from '../../../nodes/shared/findings/findings';
import { createJsonWriter } from '../../../nodes/shared/json/jsonWriter';
import { pack } from '../../../nodes/shared/pipeline/pack';
import type { CheckedReading } from '../../../nodes/shared/pipeline/readChecked';
import { batchOf } from '../../fixtures/batch';
import type * as ZipWriter from '../../../nodes/shared/zip/zipWriter';
import { checkCsv } from '../../fixtures/checkedInput';

/** What the writer says otherwise than it is. */
let mockWrong: Partial<ZipWriter.WrittenContent> = {};

jest.mock('../../../nodes/shared/zip/zipWriter', () => {
	const { writeZip } = jest.requireActual<typeof ZipWriter>('../../../nodes/shared/zip/zipWriter');
	const writeWrongly: typeof writeZip = async (...args) => ({ ...(await writeZip(...args)), ...mockWrong });
	return { writeZip: writeWrongly };
});

it.each<[string, Partial<ZipWriter.WrittenContent>]>([
	['another size', { size: 1 }],
	['another checksum', { checksum: 1 }],
])('gives no zip that holds a table of %s than was written', async (_what, wrong) => {
	const people =
		'PersonId,ManagerId,Organization,EffectiveDate\nann@contoso.com,,HR,2026-01-31\nbob@contoso.com,ann@contoso.com,HR,2026-01-31\n';
	mockWrong = {};
	expect((await checkCsv(people)).file).toBeDefined();
	mockWrong = wrong;
	await expect(checkCsv(people)).rejects.toThrow('The zip holds another table.');
});

describe('rows that do not add up', () => {
	/** Three valid records, one of them left out by choice; `wrong` is what counts wrongly. */
	async function packed(wrong: { written?: number; rejected?: number; records?: number } = {}) {
		const batch = batchOf([['a'], ['b'], ['c']]);
		const flags = new Uint8Array(3);
		const skip = Uint8Array.of(0, 1, 0);
		async function* batches() {
			yield { batch, flags, skip };
		}
		const reading = {
			findings: createFindings(),
			check: { records: wrong.records ?? 3, rejected: wrong.rejected ?? 0, errors: 0 },
			batches: batches(),
			mustRepeat: () => false,
		} as unknown as CheckedReading;
		const csv = createCsvWriter([{ name: 'Name', sourceIndex: 0 }]);
		const writer = { ...csv, write: csv.write, records: wrong.written ?? 2 };
		const file = await pack(reading, { writer, onInvalid: 'stop' });
		await file?.dispose();
		return file !== undefined;
	}

	it('make no package', async () => {
		expect(await packed()).toBe(true);
		await expect(packed({ written: 1 })).rejects.toThrow(
			'The rows do not add up: of 3, 1 packed, 0 rejected, 1 left out by choice; 1 row is missing.',
		);
		await expect(packed({ written: 3 })).rejects.toThrow('1 row too many.');
		await expect(packed({ records: 500 })).rejects.toThrow('497 rows are missing.');
		await expect(packed({ rejected: 1 })).rejects.toThrow('1 row too many.');
	});
});

it.each([
	['CSV', createCsvWriter],
	[
		'JSON',
		(columns: WrittenColumn[]) => createJsonWriter(columns.map((column) => ({ ...column, type: 'string' }))),
	],
])('a writer of %s counts what it writes', (_, create) => {
	const writer = create([{ name: 'Name', sourceIndex: 0 }]);
	writer.write(batchOf([['a'], ['b'], ['c']]), Uint8Array.of(0, 1, 0));
	writer.write(batchOf([['d'], ['"e,"']]));
	expect(writer.records).toBe(4);
});
