import type { Tree } from './jsonReferee';

/** A table as the referee has it: names of the columns, and for each record its values, one character for each byte. */
export interface FlatTable {
	columns: string[];
	rows: string[][];
	/** a value that cannot be written, or whose digits nobody can be sure of, stands somewhere */
	unwritable: boolean;
	/** the deepest nesting */
	depth: number;
}

type Path = ReadonlyArray<string | number>;

interface Place {
	name: string;
	path: Path;
	valued: boolean;
	parent: boolean;
}

/** Values that only items can hold, and how they have to be written; nothing for those that cannot be. */
export const ODD_VALUES: Record<string, { value: () => unknown; text?: string }> = {
	undefined: { value: () => undefined, text: '' },
	notANumber: { value: () => NaN },
	infinite: { value: () => Infinity },
	bigint: { value: () => 9007199254740993n, text: '9007199254740993' },
	date: { value: () => new Date(Date.UTC(2026, 2, 14)), text: '2026-03-14T00:00:00.000Z' },
	noDate: { value: () => new Date(NaN) },
	luxon: {
		value: () => ({ toISO: () => '2026-03-14T00:00:00.000+01:00' }),
		text: '2026-03-14T00:00:00.000+01:00',
	},
	noLuxon: { value: () => ({ toISO: () => null }) },
	function: { value: () => () => 1 },
	symbol: { value: () => Symbol('a') },
	map: { value: () => new Map([['a', 1]]) },
	bytes: { value: () => Buffer.from('a') },
	// Not seen as a value: it makes a column, and leaves it blank.
	hole: { value: () => null, text: '' },
};

/** Values that are nothing: they make a column, but do not keep one that other records take apart. */
const NOTHING = ['undefined', 'hole'];

/** Takes records apart into columns: objects by name, lists by index, the first entry without one. */
export function refereeTable(records: readonly Tree[]): FlatTable {
	const places = new Map<string, Place>();
	const cells: Array<Map<string, string>> = [];
	let unwritable = false;
	let depth = 0;

	const keyOf = (path: Path) => JSON.stringify(path);
	function place(path: Path, name: string): Place {
		const found = places.get(keyOf(path));
		if (found) return found;
		const made = { name, path, valued: false, parent: false };
		places.set(keyOf(path), made);
		return made;
	}

	function walk(tree: Tree, path: Path, name: string, record: Map<string, string>): void {
		depth = Math.max(depth, path.length);
		if ('object' in tree) {
			// Of members with one name the last counts, as for every reader of JSON.
			for (const [member, inner] of new Map(tree.object)) {
				step(inner, [...path, member], path.length === 0 ? member : `${name}.${member}`, path, record);
			}
		} else if ('list' in tree) {
			for (const [index, entry] of tree.list.entries()) {
				if (index === 0 && !('list' in entry)) walk(entry, path, name, record);
				else step(entry, [...path, index], `${name}[${index}]`, path, record);
			}
		} else {
			const text = textOf(tree);
			if (text === undefined) unwritable = true;
			const isNothing = 'word' in tree ? tree.word === 'null' : 'odd' in tree && NOTHING.includes(tree.odd);
			if (isNothing) return;
			place(path, name).valued = true;
			record.set(keyOf(path), text ?? '');
		}
	}

	function step(tree: Tree, path: Path, name: string, parent: Path, record: Map<string, string>): void {
		const above = places.get(keyOf(parent));
		if (above) above.parent = true;
		place(path, name);
		walk(tree, path, name, record);
	}

	for (const tree of records) {
		const record = new Map<string, string>();
		walk(tree, [], '', record);
		cells.push(record);
	}
	const columns = [...places.values()].filter(({ valued, parent }) => valued || !parent);
	return {
		columns: columns.map(({ name }) => name),
		rows: cells.map((record) => columns.map(({ path }) => latin1(record.get(keyOf(path)) ?? ''))),
		unwritable,
		depth,
	};
}

function textOf(tree: Exclude<Tree, { object: unknown } | { list: unknown }>): string | undefined {
	if ('text' in tree) return tree.text;
	if ('word' in tree) return tree.word === 'null' ? '' : tree.word;
	if ('odd' in tree) return ODD_VALUES[tree.odd].text;
	return plainDigits(tree.number);
}

/**
 * A number without exponent and without idle zeros, worked out from its digits alone; nothing for whole numbers beyond those that
 * JavaScript tells apart. Digits behind the fifteenth of a fraction are left to `Number`.
 */
export function plainDigits(text: string): string | undefined {
	const value = Number(text);
	if (!Number.isFinite(value)) return undefined;
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) return undefined;
	const written = digitsOf(text).length > 15 ? value.toExponential() : text;
	const [, sign, whole, fraction = '', exponent = '0'] = NUMBER_PARTS.exec(written)!;
	let digits = whole + fraction;
	let point = whole.length + Number(exponent);
	const significant = digits.replace(/^0+/, '');
	if (significant === '' || value === 0) return '0';
	if (point <= 0) {
		digits = '0'.repeat(1 - point) + digits;
		point = 1;
	}
	digits = digits.padEnd(point, '0');
	const left = digits.slice(0, point).replace(/^0+(?=\d)/, '');
	const right = withoutTrailingZeros(digits.slice(point));
	return sign + (right === '' ? left : `${left}.${right}`);
}

const NUMBER_PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** The digits of a number that say something. */
function digitsOf(text: string): string {
	const [, , whole, fraction = ''] = NUMBER_PARTS.exec(text)!;
	return withoutTrailingZeros((whole + fraction).replace(/^0+/, ''));
}

function withoutTrailingZeros(digits: string): string {
	let end = digits.length;
	while (digits[end - 1] === '0') end--;
	return digits.slice(0, end);
}

/** UTF-8 as one character for each byte; half of a surrogate pair keeps its own three bytes, so that it does not vanish. */
export function latin1(text: string): string {
	let bytes = '';
	for (const character of text) {
		const code = character.codePointAt(0)!;
		if (code < 0xd800 || code > 0xdfff) bytes += Buffer.from(character, 'utf8').toString('latin1');
		else bytes += String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
	}
	return bytes;
}
