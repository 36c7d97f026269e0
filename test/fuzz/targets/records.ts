import { isUtf8 } from 'node:buffer';
import { jsonTable } from '../../../nodes/shared/json/jsonReader';
import { readItems } from '../../../nodes/shared/json/itemReader';
import { inPieces } from '../../unit/csv/reading';
import { damaged, pieceSizes, randomBytes } from '../inputs/mutations';
import { jsonText, jsValue, record, tree } from '../inputs/trees';
import type { Random } from '../random';
import { latin1, refereeTable, type FlatTable } from '../referees/flatReferee';
import { refereeJson, refereeRecords, type Tree } from '../referees/jsonReferee';
import { expectSame, Mismatch, refusedWith, type Ending, type Target } from '../target';
import { readBytes, type ReadBytes } from './csvReading';

/** Nesting that the readers take, as they tell it. */
const DEEPEST = 16;

/** A table with its columns in the order of their names: which order they have is nobody's promise. */
function sorted({ columns, rows }: Pick<FlatTable, 'columns' | 'rows'>): unknown {
	const order = columns.map((name, c) => ({ name, c })).sort((a, b) => (a.name < b.name ? -1 : 1));
	const named = order.map(({ name, c }) => ({ name, cells: rows.map((row) => row[c]) }));
	// Columns of one name are told apart by their values alone.
	return named.map((column) => JSON.stringify(column)).sort();
}

/** Judges a table that was read, or refused, by what the referee has. */
function judge(found: ReadBytes | undefined, wanted: FlatTable | undefined, bytesAreText = true): Ending {
	if (!found) {
		const mayRefuse = !bytesAreText || !wanted || wanted.unwritable || wanted.depth > DEEPEST;
		if (!mayRefuse) throw new Mismatch('records are refused that an independent reader reads', wanted);
		return 'refused';
	}
	if (!wanted) throw new Mismatch('a file is read that has to be refused', undefined, found);
	if (wanted.unwritable) throw new Mismatch('a value is written that cannot be', wanted, found);
	expectSame('the number of records', found.rows.length, wanted.rows.length);
	expectSame('a record', sorted(found), sorted(wanted));
	return 'accepted';
}

/** A JSON file and how it is read. */
export interface JsonInput {
	file: Buffer;
	sizes: number[];
	/** size of the pieces that are worked on */
	batchBytes: number;
}

function wantedOf(file: Buffer): FlatTable | undefined {
	const values = refereeJson(new TextDecoder().decode(file));
	const records = values && refereeRecords(values);
	return records && refereeTable(records);
}

function makeJsonFile(random: Random): Buffer {
	if (random.oneIn(15)) return randomBytes(random, random.length(200));
	const records = random.many(0, 5, () => record(random, 2, false));
	const texts = records.map((value) => jsonText(random, value));
	const list = `[${texts.join(random.pick([',', ',\n', ' , ']))}]`;
	switch (random.below(8)) {
		case 0:
			return Buffer.from(texts.join(random.pick(['\n', '\r\n', ' ', ''])));
		case 1:
			return Buffer.from(`{"Report_Entry":${list}}`);
		case 2:
			return Buffer.from(`{"@context":"x","d":{"count":3,"results":${list},"next":null},"end":[1,2]}`);
		case 3:
			return Buffer.from(jsonText(random, tree(random, 4, false)));
		case 4: {
			const depth = random.below(40);
			return Buffer.from(`[${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}]`);
		}
		default:
			return Buffer.from(list);
	}
}

/** JSON files of every shape: read, or refused, as the referee does; `JSON.parse` agrees with it on what is JSON. */
export const jsonReading: Target<JsonInput> = {
	name: 'json-reading',
	weight: 25,
	make(random) {
		let file = makeJsonFile(random);
		if (random.oneIn(8)) file = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), file]);
		if (random.oneIn(2)) file = damaged(random, file, 1 + random.below(2));
		return { file, sizes: pieceSizes(random), batchBytes: random.pick([8, 64, 4096]) };
	},
	async check({ file, sizes, batchBytes }): Promise<Ending> {
		checkReferee(file);
		// Less than a byte order mark would never be read.
		const limits = { batchBytes: Math.max(8, batchBytes) };
		let found: ReadBytes | undefined;
		try {
			const open = jsonTable(async () => inPieces(file, sizes), limits);
			found = await readBytes(await open());
		} catch (error) {
			refusedWith(error);
		}
		const bytesAreText = isUtf8(file);
		// What is no UTF-8 must not become a character that says so.
		if (found && !bytesAreText && JSON.stringify(found).includes(latin1('\ufffd'))) {
			throw new Mismatch('bytes that are no UTF-8 are replaced', undefined, found);
		}
		return judge(found, wantedOf(file), bytesAreText);
	},
};

function checkReferee(file: Buffer): void {
	const text = new TextDecoder().decode(file);
	let isJson = true;
	try {
		JSON.parse(text);
	} catch {
		isJson = false;
	}
	expectSame('what JSON.parse calls JSON', refereeJson(text)?.length === 1, isJson);
}

/** Items of n8n that hold anything that JavaScript knows. */
export const itemReading: Target<Tree[]> = {
	name: 'item-reading',
	weight: 20,
	make: (random) => random.many(0, 6, () => record(random, 3, random.oneIn(2))),
	async check(trees): Promise<Ending> {
		let found: ReadBytes | undefined;
		try {
			found = await readBytes(await readItems(trees.map((item) => jsValue(item) as Record<string, unknown>)));
		} catch (error) {
			refusedWith(error);
		}
		return judge(found, refereeTable(trees));
	},
};
