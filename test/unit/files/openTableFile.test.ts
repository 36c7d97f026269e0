import { gzipSync } from 'node:zlib';
import { openTableFile, type TableFileSettings } from '../../../nodes/shared/files/openTableFile';
import { handMadeZip } from '../zip/handMadeZip';
import { inPieces, readAll, type ReadTable } from '../csv/reading';

const names = { fileName: '', mimeType: '' };

async function read(
	bytes: string | Uint8Array,
	settings: TableFileSettings = {},
	known: Partial<typeof names> = {},
): Promise<ReadTable | 'zip'> {
	for (const sizes of [[1], [50_000]]) {
		const opened = await openTableFile(
			{ ...names, ...known, open: async () => inPieces(bytes, sizes) },
			settings,
		);
		if (opened.format === 'zip') return 'zip';
		const table = await readAll(opened.open());
		expect(await readAll(opened.open())).toEqual(table);
		if (sizes[0] > 1) return table;
	}
	throw new Error('not reached');
}

const csv = 'Name;Ort\r\nJürgen;Köln\r\n';
const fromCsv = { columns: ['Name', 'Ort'], rows: [['Jürgen', 'Köln']], numbers: [2] };
const json = '{"Report_Entry":[{"Name":"Jürgen","Ort":"Köln"}]}';
const fromJson = { ...fromCsv, numbers: [1] };
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('openTableFile', () => {
	it.each<[string, string | Uint8Array, ReadTable | 'zip', TableFileSettings?]>([
		['CSV', csv, fromCsv],
		['CSV as Excel saves Unicode text', utf16(csv.replaceAll(';', '\t')), fromCsv],
		['CSV in an older encoding', Buffer.from(csv, 'latin1'), fromCsv, { encoding: 'windows-1252' }],
		['CSV with gzip', gzipSync(csv), fromCsv],
		['CSV in UTF-16 with gzip', gzipSync(utf16(csv)), fromCsv],
		[
			'CSV with title and footer',
			`Titel\n${csv}Summe;1\n`,
			{ ...fromCsv, numbers: [3] },
			{ skipLinesBefore: 1, skipLinesAfter: 1 },
		],
		[
			'CSV whose delimiter is told',
			csv,
			{ columns: ['Name;Ort'], rows: [['Jürgen;Köln']], numbers: [2] },
			{ delimiter: ',' },
		],
		['JSON', json, fromJson],
		['JSON lines', '{"Name":"Jürgen","Ort":"Köln"}\n', fromJson],
		['JSON with gzip', gzipSync(json), fromJson],
		['JSON in UTF-16', utf16(` ${json}`), fromJson],
		['JSON in an older encoding', Buffer.from(json, 'latin1'), fromJson, { encoding: 'iso-8859-1' }],
		['an empty list', '[ ]', { columns: [], rows: [], numbers: [] }],
		[
			'CSV that begins with a bracket',
			'[Name],[Ort]\n1,2\n',
			{ columns: ['[Name]', '[Ort]'], rows: [['1', '2']], numbers: [2] },
		],
		[
			'CSV that begins with a brace',
			'{x},y\n1,2\n',
			{ columns: ['{x}', 'y'], rows: [['1', '2']], numbers: [2] },
		],
		['a zip', handMadeZip([{ name: 'data.csv', content: csv }]), 'zip'],
		['an empty zip', handMadeZip([]), 'zip'],
	])('opens %s', async (_, bytes, table, ...[settings]) => {
		expect(await read(bytes, settings)).toEqual(table);
	});

	it('lets names decide where the bytes leave it open', async () => {
		for (const known of [
			{ fileName: 'x.json' },
			{ fileName: 'X.NDJSON.gz' },
			{ mimeType: 'application/json; charset=utf-8' },
		]) {
			await expect(read('"text"', {}, known)).rejects.toThrow('The file holds no JSON records');
		}
		expect(await read(csv, {}, { fileName: 'json.csv', mimeType: 'text/csv' })).toEqual(fromCsv);
		expect(await read(json, {}, { fileName: 'x.csv', mimeType: 'text/csv' })).toEqual(fromJson);
	});

	it.each<[string, string | Uint8Array, string, string]>([
		[
			'Excel',
			handMadeZip([{ name: '[Content_Types].xml', content: '<x/>' }]),
			'an Excel file (.xlsx)',
			'Extract from File',
		],
		[
			'Excel in another order',
			handMadeZip([{ name: '_rels/.rels', content: '<x/>' }]),
			'an Excel file (.xlsx)',
			'Extract from File',
		],
		[
			'OpenDocument',
			handMadeZip([
				{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', method: 0 },
			]),
			'(.ods)',
			'Extract from File',
		],
		['old Excel', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '(.xls)', 'Extract from File'],
		['PDF', '%PDF-1.7\n', 'a PDF', 'CSV'],
		['a sign-in page', '\ufeff\n<!DOCTYPE html><html>', 'a web page (HTML)', 'sign-in'],
		['a page', '<HTML><body>', 'a web page (HTML)', 'sign-in'],
		['XML', '<?xml version="1.0"?><wd:Report_Data/>', 'XML', 'format=json'],
		['XML without declaration', '<wd:Report_Data xmlns:wd="x">', 'XML', 'format=json'],
		['XML in UTF-16', utf16('<?xml version="1.0"?>'), 'XML', 'format=json'],
		['a zip in gzip', gzipSync(handMadeZip([])), 'a zip that is packed once more', 'the zip itself'],
	])('says what to do with %s', async (_, bytes, message, advice) => {
		await expect(read(bytes)).rejects.toMatchObject({
			kind: 'input',
			message: expect.stringContaining(message),
			advice: expect.stringContaining(advice),
		});
	});

	it.each<[string, { fileName?: string; mimeType?: string }, string]>([
		['Headcount.XLSX', { fileName: 'Headcount.XLSX' }, 'an Excel file (.xlsx)'],
		['a macro workbook', { fileName: 'x.xlsm' }, 'an Excel file (.xlsx)'],
		[
			'a workbook by its type',
			{ mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
			'an Excel file (.xlsx)',
		],
		['x.ods', { fileName: 'x.ods' }, 'an OpenDocument file (.ods)'],
	])('a cut zip that is called %s is a spreadsheet, not a prebuilt zip', async (_, known, message) => {
		const cut = handMadeZip([{ name: 'a', content: 'b' }]).subarray(0, 20);
		await expect(read(cut, {}, known)).rejects.toMatchObject({
			message: expect.stringContaining(message),
			advice: expect.stringContaining('Extract from File'),
		});
	});

	it('refuses a delimiter and an encoding that are none', async () => {
		await expect(read(csv, { delimiter: 'x' })).rejects.toMatchObject({ kind: 'configuration' });
		await expect(read(csv, { encoding: 'x' })).rejects.toMatchObject({ kind: 'configuration' });
	});

	it('tells an empty file', async () => {
		await expect(read('')).rejects.toThrow('The file is empty');
		await expect(read(gzipSync(''))).rejects.toThrow('The file is empty');
	});

	it('closes each source that it opens', async () => {
		let open = 0;
		const file = {
			...names,
			async open() {
				open++;
				return (async function* () {
					try {
						yield* inPieces(csv.repeat(2000), [5000]);
					} finally {
						open--;
					}
				})();
			},
		};
		const opened = await openTableFile(file, {});
		expect(open).toBe(0);
		if (opened.format === 'zip') throw new Error('not reached');
		const { batches } = await opened.open();
		await batches[Symbol.asyncIterator]().return?.();
		expect(open).toBe(0);
	});
});
