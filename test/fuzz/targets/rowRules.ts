import { createFindings } from '../../../nodes/shared/findings/findings';
import { cleanTable, type CleaningKind } from '../../../nodes/shared/checks/cleanTable';
import type { PlannedColumn, ValueType } from '../../../nodes/shared/columns/columnPlan';
import { createRowCheck } from '../../../nodes/shared/checks/rowCheck';
import { FieldQuoting, type RecordBatch, type Table } from '../../../nodes/shared/records/recordBatch';
import { fieldBytes } from '../../fixtures/batch';
import { cell } from '../inputs/csvText';
import { damaged } from '../inputs/mutations';
import type { Random } from '../random';
import { expectSame, Mismatch, type Ending, type Target } from '../target';

/** A column of the test: what its values must be. */
interface ColumnRule {
	type: ValueType;
	required: boolean;
	oneOf?: string[];
	minimum?: number;
	maximum?: number;
}

/** Rows of one batch. */
export interface RowsInput {
	columns: ColumnRule[];
	rows: Buffer[][];
	/** fields lie one behind the other without anything between, as those that were mended do */
	tight: boolean;
}

const LONGEST = 40;
const DELETING = "''";

const EMAILS = [
	'ann@contoso.com',
	'a.b+c@x-y.co.uk',
	'a@b.c1',
	'a@b.co',
	'a@b.xn--p1ai',
	'a..b@c.de',
	'.a@c.de',
	'a.@c.de',
	'a@-c.de',
	'a@c-.de',
	'a@.de',
	'a@b',
	'@b.de',
	'a@b@c.de',
	"o'neil@contoso.com",
	'ü@contoso.com',
	`${'l'.repeat(64)}@c.de`,
	`${'l'.repeat(65)}@c.de`,
	`a@${'d'.repeat(64)}.de`,
	'a@b.c',
];
const NUMBERS = [
	'0',
	'-0',
	'007',
	'2147483647',
	'2147483648',
	'-2147483648',
	'-2147483649',
	'23.75',
	'.5',
	'5.',
	'1.2.3',
];
const MORE_NUMBERS = [
	'-',
	'+1',
	'1e5',
	'1,5',
	'1.234,5',
	'1,234',
	'-12,5',
	' 7',
	'7 ',
	'7.0',
	'1.234',
	'--',
	'٣',
	'99999999999',
];
const WORDS = [
	'\u00a0',
	'\u3000 ',
	'NULL',
	'#REF!',
	'IC',
	'Mngr',
	'Mngr+',
	'mngr',
	'IC ',
	'',
	' ',
	'\t',
	'--',
	"''",
	"'",
	'é',
];

/** The pattern of an SMTP address, put down anew. */
const EMAIL =
	/^(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:(?!-)[A-Za-z0-9-]{1,63}(?<!-)\.)+(?:[A-Za-z]{2,63}|(?!-)[A-Za-z0-9-]{2}--[A-Za-z0-9-]{0,59}(?<!-))$/;

function value(random: Random): Buffer {
	const text = random.pick([
		() => random.pick(EMAILS),
		() => random.pick(NUMBERS),
		() => random.pick(MORE_NUMBERS),
		() => random.pick(WORDS),
		() => cell(random),
		() => 'x'.repeat(random.between(LONGEST - 1, LONGEST + 1)),
	])();
	const bytes = Buffer.from(text);
	return random.oneIn(10) ? damaged(random, bytes, 1) : bytes;
}

function makeRows(random: Random): RowsInput {
	const columns = random.many(1, 4, (): ColumnRule => {
		const type = random.pick(['string', 'email', 'integer', 'double'] as const);
		const rule: ColumnRule = { type, required: random.oneIn(3) };
		if (type === 'string' && random.oneIn(3)) rule.oneOf = ['IC', 'Mngr', 'Mngr+'];
		if (type === 'integer' && random.oneIn(2)) rule.minimum = 0;
		if (type === 'double' && random.oneIn(2)) rule.maximum = 7;
		return rule;
	});
	const rows = random.many(0, 6, () => {
		const width = random.oneIn(10) ? random.below(6) : columns.length;
		return Array.from({ length: width }, () => value(random));
	});
	return { columns, rows, tight: random.oneIn(3) };
}

function plannedColumns(columns: readonly ColumnRule[]): PlannedColumn[] {
	return columns.map((column, sourceIndex) => ({
		...column,
		name: `A${sourceIndex}`,
		sourceIndex,
		sourceName: `c${sourceIndex}`,
		reason: '',
	}));
}

/** A batch as a reader gives it: values with quotes in them lie there with each quote doubled. */
function batchOf({ rows, tight }: RowsInput): RecordBatch {
	const pieces: Buffer[] = [];
	const starts: number[] = [];
	const ends: number[] = [];
	const forms: number[] = [];
	const fields = [0];
	let length = 0;
	for (const row of rows) {
		for (const content of row) {
			const text = content.toString('latin1');
			const raw = Buffer.from(text.replaceAll('"', '""'), 'latin1');
			forms.push(
				text.includes('"')
					? FieldQuoting.escaped
					: /[,\r\n]/.test(text)
						? FieldQuoting.quoted
						: FieldQuoting.plain,
			);
			starts.push(length);
			ends.push(length + raw.length);
			pieces.push(raw, Buffer.from(tight ? '' : ','));
			length += raw.length + (tight ? 0 : 1);
		}
		fields.push(starts.length);
	}
	return {
		bytes: Buffer.concat(pieces),
		records: rows.length,
		rows: Uint32Array.from(rows, (_, r) => r + 2),
		fields: Uint32Array.from(fields),
		starts: Uint32Array.from(starts),
		ends: Uint32Array.from(ends),
		quoting: Uint8Array.from(forms),
	};
}

/** Blanks of ASCII, and others by their bytes in UTF-8. */
const BLANK = /^(?:[ \t]|\xc2\xa0|\xe2\x80[\x80-\x8b\xaf]|\xe2\x81\x9f|\xe3\x80\x80|\xef\xbb\xbf)*$/;

/** Codes of the errors that a row has, as the referee finds them: `column code`. */
function faultsOf(row: readonly Buffer[], columns: readonly ColumnRule[], mayHaveSurplus: boolean): string[] {
	const texts = row.map((content) => content.toString('latin1'));
	if (columns.some(({ required }) => required) && texts.every((text) => BLANK.test(text))) return [];
	const surplus = row.length === columns.length + 1 && texts.at(-1) === '' && mayHaveSurplus;
	if (row.length !== columns.length && !surplus) return [' row-ragged'];
	const isBlank = (text: string) => BLANK.test(text);
	return columns.flatMap((column, c) => {
		const text = texts[c];
		const codes: string[] = [];
		const typed = column.type !== 'string' || column.oneOf !== undefined;
		const deletes = text === DELETING && column.type === 'string';
		if (isBlank(text)) {
			if (column.required) codes.push('value-required');
			if (typed && text !== '' && !(column.required && !column.oneOf)) codes.push('value-only-blanks');
		} else if (!deletes) {
			if (column.type === 'email' && !(EMAIL.test(text) && text.length <= 320)) codes.push('value-not-email');
			if (column.type === 'integer' && !isInteger(text)) codes.push('value-not-integer');
			if (column.type === 'double' && !isNumber(text)) codes.push('value-not-double');
			if (column.oneOf && !column.oneOf.includes(row[c].toString('utf8'))) codes.push('value-not-allowed');
			if (
				isNumber(text) &&
				(Number(text) < (column.minimum ?? -Infinity) || Number(text) > (column.maximum ?? Infinity))
			) {
				codes.push('value-out-of-range');
			}
		}
		// Longer where quotes in it are doubled.
		if (text.replaceAll('"', '""').length > LONGEST) codes.push('value-too-long');
		if (/[\r\n]/.test(text)) codes.push('value-newline');
		if (!isText(row[c])) codes.push('value-not-utf8');
		return codes.map((code) => `c${c} ${code}`);
	});
}

function isNumber(text: string): boolean {
	return /^-?\d+(?:\.\d+)?$/.test(text);
}

function isInteger(text: string): boolean {
	if (!/^-?\d{1,10}$/.test(text)) return false;
	const number = BigInt(text);
	return number <= 2_147_483_647n && number >= -2_147_483_648n;
}

function isText(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}

/** Values of all types: found at fault, or passed, as regular expressions say. */
export const rowRules: Target<RowsInput> = {
	name: 'row-rules',
	weight: 30,
	make: makeRows,
	check(input): Ending {
		const found: string[][] = input.rows.map(() => []);
		const findings = createFindings({
			onFinding: ({ severity, row, column = '', code }) => {
				if (severity === 'error') found[row! - 2].push(`${column} ${code}`);
			},
		});
		const check = createRowCheck(
			{
				columns: input.columns.map((_, c) => `c${c}`),
				plan: { columns: plannedColumns(input.columns), leftOut: [], proposals: [] },
				findings,
			},
			{ maximumValueBytes: LONGEST, lineBreaks: false, deletingValue: DELETING },
		);
		const flags = check.check(batchOf(input));
		let fits = false;
		for (const [r, row] of input.rows.entries()) {
			expectSame('what is wrong with a row', found[r].sort(), faultsOf(row, input.columns, !fits).sort());
			fits ||= row.length === input.columns.length && flags[r] !== 2;
			expectSame('the flag of a row', flags[r] === 1 || flags[r] === 3, found[r].length > 0);
		}
		return findings.errors > 0 ? 'found' : 'accepted';
	},
};

const CLEANED: Record<CleaningKind, (text: string, column: ColumnRule) => string> = {
	lineBreaks: (text) =>
		text
			.split(/[\r\n]+/)
			.map((part, i, parts) => {
				const left = i > 0 ? part.trimStart() : part;
				return i < parts.length - 1 ? left.trimEnd() : left;
			})
			.join(' '),
	blanks: (text) => text.trim(),
	letterCase: (text, { oneOf }) => oneOf?.find((word) => word.toLowerCase() === text.toLowerCase()) ?? text,
	decimalComma(text, { type }) {
		if (type !== 'double') return text;
		const [whole, fraction, ...more] = text.split(',');
		if (fraction === undefined || more.length > 0 || !/^\d+$/.test(fraction)) return text;
		if (/^-?\d+$/.test(whole)) return fraction.length === 3 ? text : `${whole}.${fraction}`;
		return /^-?\d{1,3}(?:\.\d{3})+$/.test(whole) ? `${whole.split('.').join('')}.${fraction}` : text;
	},
	wholeNumbers(text, { type }) {
		const [whole, zeros, ...more] = text.split('.');
		if (type !== 'integer' || zeros === undefined || more.length > 0) return text;
		return /^-?\d+$/.test(whole) && /^0+$/.test(zeros) ? whole : text;
	},
};

/** Values that are mended: each change is counted, nothing else changes, and what is no UTF-8 stays so. */
export const mending: Target<RowsInput & { kinds: CleaningKind[] }> = {
	name: 'mending',
	weight: 10,
	make: (random) => ({
		...makeRows(random),
		kinds: random.many(1, 4, () =>
			random.pick(['blanks', 'lineBreaks', 'letterCase', 'decimalComma', 'wholeNumbers'] as const),
		),
	}),
	async check(input): Promise<Ending> {
		const mended: number[] = [];
		const findings = createFindings({
			onFinding: ({ row, code }) => code !== 'numbers-ambiguous' && mended.push(row!),
		});
		const table: Table = {
			columns: input.columns.map((_, c) => `c${c}`),
			unit: 'row',
			batches: (async function* () {
				yield batchOf(input);
			})(),
		};
		const plan = { columns: plannedColumns(input.columns), leftOut: [], proposals: [] };
		const order = (['lineBreaks', 'blanks', 'letterCase', 'decimalComma', 'wholeNumbers'] as const).filter(
			(kind) => input.kinds.includes(kind),
		);
		for await (const batch of cleanTable(table, { plan, kinds: input.kinds, findings }).batches) {
			for (const [r, row] of input.rows.entries()) {
				const rowsMended = mended.filter((number) => number === r + 2).length;
				let changed = 0;
				for (const [c, content] of row.entries()) {
					const bytes = fieldBytes(batch, batch.fields[r] + c);
					const column = input.columns[c];
					const wanted = column && isText(content) ? mendedText(content, column, order) : content;
					expectSame('a mended value', Buffer.from(bytes), wanted);
					if (!content.equals(wanted)) changed++;
				}
				if (changed > rowsMended) throw new Mismatch('a value was changed without a word');
				if (changed === 0 && rowsMended > 0) throw new Mismatch('a change is told that there was not');
			}
		}
		return findings.warnings > 0 ? 'found' : 'accepted';
	},
};

function mendedText(content: Buffer, column: ColumnRule, kinds: readonly CleaningKind[]): Buffer {
	// No mark is taken for one: these are values, not files.
	let text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
	for (const kind of kinds) text = CLEANED[kind](text, column);
	return Buffer.from(text);
}
