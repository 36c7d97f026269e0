import { isUtf8 } from 'node:buffer';
import type { Observer } from '../../../nodes/shared/pipeline/observers';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { preparePackage, type PackageSettings } from '../../../nodes/shared/viva/package/preparePackage';
import { checkPrebuiltPackage } from '../../../nodes/shared/viva/prebuilt/prebuiltPackage';
import { prepareSignals } from '../../../nodes/shared/purview/preparation/prepareSignals';
import { packageSettings } from '../../fixtures/packageSettings';
import { handMadeZip } from '../../unit/zip/handMadeZip';
import { inPieces } from '../../unit/csv/reading';
import { damaged } from '../inputs/mutations';
import { people, peopleFile, type HEADERS, type People } from '../inputs/people';
import type { Random } from '../random';
import { refereeCsv } from '../referees/csvReferee';
import { refereeJson } from '../referees/jsonReferee';
import { expectSame, Mismatch, refusedWith, SECRET, type Ending, type Target } from '../target';
import { refereeZip } from './zips';
import type { SpooledFile } from '../../../nodes/shared/files/spool';
import { bytesOf } from '../../helpers/bytesOf';

/** People, and how they are to be sent. */
export interface PrepareInput extends People {
	destination: keyof typeof HEADERS;
	form: 'zip' | 'csv' | 'json';
	onInvalid: PackageSettings['onInvalid'];
	mend: boolean;
}

/** What a package holds, which goes then. */
async function contentOf(file: SpooledFile): Promise<Buffer> {
	const content = await bytesOf(file.open());
	await file.dispose();
	return content;
}

function makePeople(random: Random): PrepareInput {
	const destination = random.pick(['vivaHr', 'organizationalData'] as const);
	const form = destination === 'vivaHr' ? 'zip' : random.pick(['csv', 'json'] as const);
	return {
		...people(random, destination, 10),
		destination,
		form: random.oneIn(4) ? form : random.pick(['csv', 'json'] as const),
		onInvalid: random.pick(['stop', 'leaveOut', 'send'] as const),
		mend: random.oneIn(3),
	};
}

/** The records of what would be sent, each value as bytes; `null` of JSON is nothing. */
function sentRecords(form: PrepareInput['form'], file: Buffer): { header: string[]; rows: string[][] } {
	let text = file;
	if (form === 'zip') {
		const entries = refereeZip(file);
		expectSame(
			'the files of the zip',
			entries?.map(({ name }) => name),
			['data.csv', 'metadata.json'],
		);
		text = entries![0].content;
	}
	if (form !== 'json') {
		const [header, ...records] = refereeCsv(text.toString('latin1'), ',') ?? [];
		return { header: header.fields, rows: records.map(({ fields }) => fields) };
	}
	const [list] = refereeJson(text.toString('utf8')) ?? [];
	if (!list || !('list' in list)) throw new Mismatch('what would be sent is no list of JSON');
	const objects = list.list.map((entry) => ('object' in entry ? entry.object : []));
	const rows = objects.map((members) =>
		members.map(([, value]) => {
			const plain = 'text' in value ? value.text : 'number' in value ? value.number : '';
			return Buffer.from(plain).toString('latin1');
		}),
	);
	return { header: (objects[0] ?? []).map(([name]) => name), rows };
}

/** The whole way of a table, from the file to what would be sent: each row arrives as it was, or is told. */
export const preparing: Target<PrepareInput> = {
	name: 'preparing',
	weight: 2,
	make: makePeople,
	async check(input): Promise<Ending> {
		const { header, rows, days, destination, form, onInvalid, mend } = input;
		const told = new Set<number>();
		const flagged = new Set<number>();
		const source = peopleFile(input);
		const observer: Observer = {
			...flaggedRows(flagged),
			restart() {
				told.clear();
				flagged.clear();
			},
			onFinding({ row, message }) {
				if (row !== undefined) told.add(row - 2);
				if (message.includes(SECRET)) throw new Mismatch('a finding shows a value', undefined, message);
			},
		};
		let prepared;
		try {
			prepared = await preparePackage(
				{ open: async () => await readCsv(inPieces(source), { batchBytes: 256, delimiter: ',' }) },
				packageSettings({
					destination,
					bodyType: form,
					onInvalid,
					otherColumns: 'custom',
					clean: mend ? ['blanks', 'lineBreaks', 'letterCase', 'decimalComma'] : [],
				}),
				{ observers: [observer] },
			);
		} catch (error) {
			return refusedWith(error);
		}
		const { file, findings } = prepared;
		for (const row of flagged) if (!told.has(row)) throw new Mismatch('a row is left out without a word');
		if (!file) {
			if (findings.errors === 0) throw new Mismatch('nothing would be sent, and nothing is said about it');
			return 'found';
		}
		const sent = sentRecords(form, await contentOf(file));
		const kept = rows.map((row, r) => ({ row, r })).filter(({ r }) => !flagged.has(r));
		expectSame('the number of rows', sent.rows.length, kept.length);
		const sources = new Map(prepared.mapping.map(({ attribute, column }) => [attribute, column]));
		const columns = prepared.plan.columns.map(({ name }) => name);
		const order = columns.map((name) => header.indexOf(sources.get(name) ?? ''));
		if (sent.rows.length > 0) expectSame('the header', sent.header, columns);
		for (const [k, { row, r }] of kept.entries()) {
			for (const [c, from] of order.entries()) {
				const isDay = header[from].endsWith('HireDate');
				const found = sent.rows[k][c];
				const wanted = row.length === header.length ? row[from] : undefined;
				if (!wanted) throw new Mismatch('a row with too few or too many fields is sent', row.length);
				const text = wanted.toString('latin1');
				if (isDay && days[r] !== undefined) {
					const [month, day, year] = days[r].split('/');
					if (found !== days[r] && found !== `${year}-${month}-${day}`) {
						throw new Mismatch('a day becomes another one', days[r], found);
					}
				} else if (found === '' && isNothingButBlanks(wanted)) {
					if (text !== '' && !told.has(r)) throw new Mismatch('blanks are lost without a word');
				} else if (found !== text && !(isDay && isDayOrBlank(found)) && !(mend && told.has(r))) {
					throw new Mismatch('a value is changed', text, found);
				}
				if (!isUtf8(Buffer.from(found, 'latin1'))) throw new Mismatch('bytes that are no UTF-8 are sent');
			}
		}
		return findings.errors > 0 ? 'found' : 'accepted';
	},
};

/** Notes the numbers of rows that were left out, from 0. */
function flaggedRows(into: Set<number>): Observer {
	return {
		restart: () => into.clear(),
		batch(batch, flags) {
			for (let r = 0; r < batch.records; r++) if (flags[r] !== 0) into.add(batch.rows[r] - 2);
		},
	};
}

/** A text of nothing but blanks is no value. */
function isNothingButBlanks(wanted: Buffer): boolean {
	return /^[\s\u200b]*$/.test(wanted.toString('utf8'));
}

/** What a damaged date means is not known here: it may be another day, or none. */
function isDayOrBlank(found: string): boolean {
	return found === '' || /^(?:\d\d\/\d\d\/\d{4}|\d{4}-\d\d-\d\d)$/.test(found);
}

/** A prebuilt zip, with what is wrong about it. */
export interface ReadyZipInput {
	csv: Buffer;
	metadata: Buffer;
	extra: string[];
}

function makeReadyZip(random: Random): ReadyZipInput {
	const made = people(random, 'vivaHr', 6);
	const Mapping = Object.fromEntries(
		made.header.map((name, c) => [
			name,
			{
				name: random.oneIn(15) ? 'Other' : name,
				type:
					c < 2
						? 'EmailType'
						: c === 3
							? 'DateTime_MMDDYYYY'
							: c === 4
								? 'int32'
								: c === 5
									? 'double'
									: 'string',
			},
		]),
	);
	const text = JSON.stringify({ DatasetType: 'HR', IsBootstrap: random.pick(['true', 'false']), Mapping });
	let metadata: Buffer = Buffer.from(text);
	let csv = peopleFile({ header: made.header, rows: made.rows.map((row, r) => withDay(row, made.days[r])) });
	if (random.oneIn(3)) metadata = damaged(random, metadata, 1);
	if (random.oneIn(3)) csv = damaged(random, csv, 1 + random.below(2));
	if (random.oneIn(20)) {
		const odd = ['', '[]', 'null', '{"Mapping":{"__proto__":{"name":"PersonId"}}}', '['.repeat(5000)];
		metadata = Buffer.from(random.pick(odd));
	}
	return { csv, metadata, extra: random.oneIn(10) ? [random.pick(['x.txt', 'b.csv', 'B.JSON'])] : [] };
}

function withDay(row: Buffer[], day: string | undefined): Buffer[] {
	return row.map((value, c) => (c === 3 && day !== undefined && row.length > 8 ? Buffer.from(day) : value));
}

/** Ready zips: sent byte for byte as they came, and only where a plain reader finds whole rows of text in them. */
export const readyZips: Target<ReadyZipInput> = {
	name: 'ready-zips',
	weight: 1,
	make: makeReadyZip,
	async check({ csv, metadata, extra }): Promise<Ending> {
		const zip = handMadeZip([
			{ name: 'data.csv', content: csv },
			{ name: 'metadata.json', content: metadata },
			...extra.map((name) => ({ name, content: '' })),
		]);
		const settings = { destination: 'vivaHr', severities: {}, now: new Date('2026-06-30') } as const;
		let prepared;
		try {
			prepared = await checkPrebuiltPackage(inPieces(zip, [100_000]), settings);
		} catch (error) {
			return refusedWith(error);
		}
		if (!prepared.file) {
			if (prepared.findings.errors === 0)
				throw new Mismatch('nothing would be sent, and nothing is said about it');
			return 'found';
		}
		expectSame('what would be sent', await contentOf(prepared.file), zip);
		const text = csv.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
		const [header, ...records] = refereeCsv(text, ',') ?? [];
		if (!header || extra.length > 0 || !isUtf8(csv)) throw new Mismatch('a broken zip would be sent');
		expectSame('the number of rows', prepared.records, records.length);
		const mapping = (JSON.parse(metadata.toString('utf8').replace(/^\ufeff/, '')) as { Mapping: object })
			.Mapping;
		expectSame('the mapped columns', [...Object.keys(mapping)].sort(), utf8(header.fields).sort());
		if (records.some(({ fields }) => fields.length !== header.fields.length)) {
			throw new Mismatch('a row with too few or too many fields would be sent');
		}
		return 'accepted';
	},
};

function utf8(fields: readonly string[]): string[] {
	return fields.map((field) => Buffer.from(field, 'latin1').toString('utf8'));
}

/** Resignations for Purview. */
export interface SignalsInput {
	rows: Buffer[][];
	onInvalid: 'stop' | 'leaveOut' | 'send';
	records: number;
	mend: boolean;
}

const SIGNAL_HEADER = ['UserPrincipalName', 'ResignationDate', 'LastWorkingDate'];

/** Signals of Purview on their whole way: each row arrives in exactly one chunk, or is told. */
export const signals: Target<SignalsInput> = {
	name: 'signals',
	weight: 1,
	make: (random) => ({
		rows: random.many(0, 10, () => {
			const row = [
				random.pick(['ann@contoso.com', 'bob@contoso.com', '=cmd@contoso.com', '', 'x']),
				random.pick(['2026-03-14', '2026-03-14T08:00:00Z', '', '31.12.2026']),
				random.pick(['2026-04-30', '2026-04-30', ' ', 'never']),
			].map((text): Buffer => Buffer.from(text));
			if (random.oneIn(10)) row[random.below(3)] = damaged(random, Buffer.from('ann@contoso.com'), 1);
			if (random.oneIn(20)) row.pop();
			return row;
		}),
		onInvalid: random.pick(['stop', 'leaveOut', 'send'] as const),
		records: random.between(1, 4),
		mend: random.oneIn(3),
	}),
	async check({ rows, onInvalid, records, mend }): Promise<Ending> {
		const flagged = new Set<number>();
		const source = peopleFile({ header: SIGNAL_HEADER, rows });
		let prepared;
		try {
			prepared = await prepareSignals(
				{ open: async () => await readCsv(inPieces(source), { delimiter: ',' }) },
				{
					layout: { scenarios: ['resignation'], headers: {} },
					mapping: [],
					matching: 'sure',
					sendColumns: 'all',
					onInvalid,
					longTexts: 'reject',
					chunkLimits: { records: Math.max(1, records), bytes: 100_000 },
					delimiter: ',',
					clean: mend ? ['blanks'] : [],
					severities: {},
					now: new Date('2026-06-30'),
					zone: 'UTC',
				},
				{ observers: [flaggedRows(flagged)] },
			);
		} catch (error) {
			return refusedWith(error);
		}
		const { file, chunks, findings } = prepared;
		if (!file) {
			if (findings.errors === 0) throw new Mismatch('nothing would be sent, and nothing is said about it');
			return 'found';
		}
		const bytes = await contentOf(file);
		const sent = chunks.flatMap(({ offset, length }) =>
			(refereeCsv(bytes.subarray(offset, offset + length).toString('latin1'), ',') ?? []).map(
				({ fields }) => fields,
			),
		);
		const kept = rows.filter((_, r) => !flagged.has(r));
		expectSame('the number of rows', sent.length, kept.length);
		for (const [k, row] of kept.entries()) {
			const [user, day] = row.map((value) => value.toString('latin1'));
			const known = { found: sent[k][0], wanted: mend ? user.trim() : user };
			if (known.found !== known.wanted) throw new Mismatch('a value is changed', known.wanted, known.found);
			const date = /^\d{4}-\d\d-\d\d/.exec(day)?.[0];
			if (date && !sent[k][1].startsWith(date))
				throw new Mismatch('a day becomes another one', day, sent[k][1]);
		}
		return findings.errors > 0 ? 'found' : 'accepted';
	},
};
