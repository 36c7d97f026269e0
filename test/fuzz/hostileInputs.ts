import { handMadeZip, type HandMadeEntry } from '../unit/zip/handMadeZip';
import { packedRows } from './inputs/hostileZips';

/** A file that is made while it is read. */
export interface HostileFile {
	pieces(): Iterable<Buffer>;
	fileName?: string;
	/** it is only read, not checked and packed too */
	onlyRead?: boolean;
}

/** How it ended with a file. */
export interface HostileOutcome {
	/** `refused`: a problem of the input, with advice; `found`: findings that keep it back; `read` or `sent`: taken */
	ends: string;
	says: string;
	row?: number;
}

/** A file, and what has to come of it. */
export interface HostileCase {
	name: string;
	file(): HostileFile;
	ends: 'refused' | 'found' | 'read';
	says: RegExp;
	row?: number;
	/** no more bytes of the file may be asked for */
	mostTaken?: number;
	/** no more bytes of text may come out of what is packed */
	mostUnpacked?: number;
}

const MB = 1024 ** 2;

/** Some text, over and over. */
function* repeated(text: string | Buffer, bytes: number): Generator<Buffer> {
	const one = Buffer.from(text as string);
	const times = Math.max(1, Math.floor(65_536 / one.length));
	const piece = Buffer.alloc(times * one.length, one);
	for (let left = bytes; left > 0; left -= piece.length)
		yield piece.subarray(0, Math.min(left, piece.length));
}

/** Texts one after the other; a pair is a text and how many bytes of it. */
function text(...parts: Array<string | Buffer | [text: string, bytes: number]>): HostileFile {
	return {
		*pieces() {
			for (const part of parts) {
				if (Array.isArray(part)) yield* repeated(...part);
				else yield Buffer.from(part as string);
			}
		},
	};
}

const json = (...parts: Parameters<typeof text>): HostileFile => ({
	...text(...parts),
	fileName: 'people.json',
});
const names = (count: number) => Array.from({ length: count }, (_, c) => `column ${c}`).join(',');

/** The longest record, and what is read with it. */
const ONE_RECORD = 17 * MB;

/** What has to come of a file whose row is too long to be read; the rest of the file is not asked for. */
const tooLong = (row: number) => ({
	ends: 'refused' as const,
	says: new RegExp(`^Row ${row} is longer than 16 MB\\.$`),
	row,
	mostTaken: 2 * ONE_RECORD,
});

const UNREADABLE_ZIP = /^The zip file cannot be read: it is damaged, incomplete or no zip\.$/;
const SMALL_CSV: HandMadeEntry = { name: 'data.csv', content: 'PersonId\nann@contoso.com\n' };
const METADATA: HandMadeEntry = {
	name: 'metadata.json',
	content: JSON.stringify({
		DatasetType: 'HR',
		IsBootstrap: 'true',
		Mapping: { PersonId: { name: 'PersonId', type: 'EmailType' } },
	}),
};

const zip = (...entries: HandMadeEntry[]): HostileFile => text(handMadeZip(entries));
const emptyFiles = (count: number): HandMadeEntry[] =>
	Array.from({ length: count }, (_, i) => ({ name: `${i}.csv`, content: '', method: 0 }));

/** Files that want memory or time without end, by the process in which they are read. */
export const HOSTILE: Record<string, HostileCase[]> = {
	columns: [
		{
			name: 'a header and rows of 100,000 columns',
			file: () => text(`${names(100_000)}\n`, ['x,', 200_000], '\n'),
			ends: 'refused',
			says: /^Row 1 has more than 16,384 fields\.$/,
			row: 1,
		},
		{
			name: 'a row of 100,000 fields',
			file: () => text('PersonId,Layer\na,1\n', ['x,', 200_000], '\n'),
			ends: 'refused',
			says: /^Row 3 has more than 16,384 fields\.$/,
			row: 3,
		},
		{
			name: 'as many columns as may be',
			file: () => text(`PersonId,${names(16_383)}\n`, [`${'x,'.repeat(16_383)}x\n`, 20 * 32_768]),
			ends: 'found',
			says: /^No column holds 'ManagerId', which this import needs\./,
		},
		{
			name: '50 MB of commas',
			file: () => text([',', 50 * MB]),
			ends: 'refused',
			says: /^Row 1 has more than 16,384 fields\.$/,
			row: 1,
			mostTaken: 2 * MB,
		},
		{
			name: '50 MB of semicolons behind a header',
			file: () => text('PersonId;Layer\n', [';', 50 * MB]),
			...tooLong(2),
		},
	],
	quotes: [
		{
			name: 'a quoted field of 500 MB without an end',
			file: () => text('PersonId,Layer\na,1\nb,"', ['never closed\n', 500 * MB]),
			...tooLong(3),
		},
		{
			name: '50 MB of quotes',
			file: () => text(['"', 50 * MB]),
			...tooLong(1),
		},
		{
			name: '50 MB of quotes that open no field',
			file: () => text('PersonId\nx', ['"', 50 * MB]),
			...tooLong(2),
		},
		{
			name: '50 MB of NUL',
			file: () => text(['\0', 50 * MB]),
			ends: 'refused',
			says: /^Row 1 holds a NUL byte, which no text file has\.$/,
			row: 1,
			mostTaken: MB,
		},
	],
	lines: [
		{
			name: '50 MB of carriage returns',
			file: () => text(['\r', 50 * MB]),
			ends: 'refused',
			says: /^The file is empty: it has no header and no rows\.$/,
		},
		{
			name: '50 MB of carriage returns behind a header',
			file: () => text('PersonId,Layer', ['\r', 50 * MB]),
			ends: 'found',
			says: /There is a header but not a single row below it\.$/,
		},
		{
			name: 'a million blank lines before the header',
			file: () => ({ ...text(['\r\n', 2_000_000], 'PersonId,Layer\na,1\nb,2\n'), onlyRead: true }),
			ends: 'read',
			says: /^2 records$/,
			row: 1_000_002,
		},
		{
			name: 'a million blank lines between two records',
			file: () => ({ ...text('PersonId,Layer\na,1', ['\n', 1_000_000], 'b,2,3,4\n'), onlyRead: true }),
			ends: 'read',
			says: /^2 records$/,
			row: 2,
		},
	],
	packed: [
		{
			name: 'a zip of 2 MB that unpacks to 2 GB',
			file: () => zip(packedRows('data.csv', 2048 * MB), METADATA),
			ends: 'refused',
			says: /^'data\.csv' would unpack to 2,048 MB, which is suspiciously large\.$/,
		},
		{
			name: 'the same, declared as 10 MB',
			file: () => zip({ ...packedRows('data.csv', 2048 * MB), size: 10 * MB }, METADATA),
			ends: 'refused',
			says: /^'data\.csv' in the zip is damaged: it is larger than the zip declares\.$/,
		},
		{
			name: 'the same as metadata.json, declared as 1 MB',
			file: () => zip({ ...packedRows('metadata.json', 2048 * MB), size: MB }, SMALL_CSV),
			ends: 'refused',
			says: /^'metadata\.json' in the zip is damaged: it is larger than the zip declares\.$/,
		},
		{
			name: 'a gzip of 2 MB that unpacks to 2 GB',
			file: () => {
				const { packed, crc, size } = packedRows('', 2048 * MB);
				const end = Buffer.alloc(8);
				end.writeUInt32LE(crc, 0);
				end.writeUInt32LE(size, 4);
				return { ...text(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), packed, end), onlyRead: true };
			},
			ends: 'refused',
			says: /^The compressed file unpacks to more than 64 MB, which is suspiciously large\.$/,
			mostUnpacked: 65 * MB,
		},
	],
	zips: [
		{
			name: 'a zip of 100,000 files, counted in Zip64',
			file: () => text(handMadeZip(emptyFiles(100_000), { zip64: true })),
			ends: 'refused',
			says: /^The zip holds more than 100 files\.$/,
		},
		{
			name: 'a zip of 100,000 files that counts two',
			file: () => text(handMadeZip(emptyFiles(100_000), { entries: 2 })),
			ends: 'refused',
			says: /^Programs may read the zip in different ways: its end record counts or measures other files/,
		},
		{
			name: 'a zip in a zip',
			file: () => zip({ name: 'data.zip', content: handMadeZip([SMALL_CSV, METADATA]) }),
			ends: 'found',
			says: /data\.zip/,
		},
		{
			name: 'a zip that calls itself data.csv in a zip',
			file: () => zip({ name: 'data.csv', content: handMadeZip([SMALL_CSV, METADATA]) }, METADATA),
			ends: 'refused',
			says: /^Row 1 holds a NUL byte, which no text file has\.$/,
			row: 1,
		},
		{
			name: 'Zip64: a file that would unpack to an exabyte',
			file: () => zip({ ...SMALL_CSV, size: 2 ** 60 }, METADATA),
			ends: 'refused',
			says: /^'data\.csv' would unpack to 1,099,511,627,776 MB, which is suspiciously large\.$/,
		},
		{
			name: 'Zip64: a file of a petabyte that says it is packed to as much',
			file: () => zip({ ...SMALL_CSV, size: 2 ** 50, packedSize: 2 ** 50 }, METADATA),
			ends: 'refused',
			says: /^'data\.csv' would unpack to 1,073,741,824 MB, which is suspiciously large\.$/,
		},
		{
			name: 'Zip64: a small file that says it is packed to a petabyte',
			file: () => zip(METADATA, { ...SMALL_CSV, packedSize: 2 ** 50 }),
			ends: 'refused',
			says: UNREADABLE_ZIP,
		},
		{
			name: 'Zip64: a file that lies far behind the end',
			file: () => zip(METADATA, { ...SMALL_CSV, offset: 2 ** 50 }),
			ends: 'refused',
			says: /^Programs may read the zip in different ways: bytes behind 'metadata\.json' belong to no file\.$/,
		},
		{
			name: 'Zip64: a directory that lies far behind the end',
			file: () => text(handMadeZip([SMALL_CSV, METADATA], { zip64: true, directoryOffset: 2n ** 50n })),
			ends: 'refused',
			says: UNREADABLE_ZIP,
		},
		{
			name: 'Zip64: numbers larger than JavaScript can count',
			file: () => text(handMadeZip([SMALL_CSV, METADATA], { zip64: true, directoryOffset: 2n ** 63n })),
			ends: 'refused',
			says: UNREADABLE_ZIP,
		},
	],
	json: [
		{
			name: 'a string of 300 MB in a record',
			file: () => json('[{"a":"', ['x', 300 * MB], '"}]'),
			ends: 'refused',
			says: /^Record 1 of the JSON file is longer than 16 MB\.$/,
			row: 1,
			mostTaken: 2 * ONE_RECORD,
		},
		{
			name: 'a string of 300 MB alone',
			file: () => json('"', ['x', 300 * MB], '"'),
			ends: 'refused',
			says: /^The file holds no JSON records: it begins neither with a list nor with an object\.$/,
			mostTaken: MB,
		},
		{
			name: 'a string of 300 MB around the list',
			file: () => json('{"a":"', ['x', 300 * MB], '","rows":[{"b":1}]}'),
			ends: 'refused',
			says: /^The JSON file holds more than 16 MB around its list of objects, before the first record\.$/,
			row: 0,
			mostTaken: 2 * ONE_RECORD,
		},
		{
			name: '50 million members around the list',
			file: () => json('{"rows":[{"b":1}]', [',"a":1', 300 * MB], '}'),
			ends: 'refused',
			says: /^The JSON file holds more than 16 MB around its list of objects, after record 1\.$/,
			row: 1,
			mostTaken: 3 * ONE_RECORD,
		},
		{
			name: '100,000 lists in one another',
			file: () => json(['[', 100_000], [']', 100_000]),
			ends: 'refused',
			says: /^Record 1 of the JSON file is not an object\.$/,
			row: 1,
		},
		{
			name: '100,000 lists in one another in a record',
			file: () => json('[{"a":', ['[', 100_000], [']', 100_000], '}]'),
			ends: 'refused',
			says: /^Row 1 is nested more than 16 levels deep, in 'a/,
		},
		{
			name: '100,000 objects in one another',
			file: () => json(['{"a":', 500_000], '1', ['}', 100_000]),
			ends: 'refused',
			says: /^(?:Record 1 of the JSON file holds more than 65,536 values\.|Row 1 is nested more than 16 levels deep, in 'a)/,
		},
		{
			name: '10 million empty lists',
			file: () => json('[[]', [',[]', 30_000_000], ']'),
			ends: 'refused',
			says: /^Record 1 of the JSON file is not an object\.$/,
			row: 1,
			mostTaken: MB,
		},
		{
			name: '10 million numbers',
			file: () => json('[1', [',1', 20_000_000], ']'),
			ends: 'refused',
			says: /^Record 1 of the JSON file is not an object\.$/,
			row: 1,
			mostTaken: MB,
		},
		{
			name: '5 million empty lists in a record',
			file: () => json('[{"a":[[]', [',[]', 15_000_000], ']}]'),
			ends: 'refused',
			says: /^Record 1 of the JSON file holds more than 65,536 values\.$/,
			row: 1,
		},
		{
			name: '8 million numbers in a record',
			file: () => json('[{"a":[1', [',1', 16_000_000], ']}]'),
			ends: 'refused',
			says: /^Record 1 of the JSON file holds more than 65,536 values\.$/,
			row: 1,
		},
		{
			name: '50 records, each with a name of 2 MB of its own',
			file: () =>
				json(
					'[{"a":1}',
					...(Array.from(
						{ length: 50 },
						(_, i) => [`,{"${i}`, ['x', 2 * MB], '":1}'] as const,
					).flat() as string[]),
					']',
				),
			ends: 'refused',
			says: /^With Row \d, the names of the columns have more than 16,777,216 characters together\.$/,
		},
	],
};
