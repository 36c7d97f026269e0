import { isUtf8 } from 'node:buffer';
import { problem, type Problem } from '../core/problem';
import { createByteWindow, skipByteOrderMark, type ByteWindow } from '../records/byteWindow';
import type { Item } from './itemColumns';

/** Bounds of a JSON file. */
export interface JsonLimits {
	/** longest record, and longest text around the list of records, in bytes */
	recordBytes: number;
	/** most values, lists and objects in a record that is longer than a piece: each takes many times its bytes of memory */
	recordValues: number;
	/** size of the pieces that are worked on, in bytes */
	batchBytes: number;
	/** a file that begins with a longer object than this is no JSON lines, in bytes */
	firstLineBytes: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** No byte: the file has ended. */
const NOTHING = -1;

/** Levels of objects around the list of records: `{"d":{"results":[…]}}` has two. */
const DEEPEST_WRAPPER = 2;

/** 1 for the bytes that the search for a value's end must look at, outside and inside of strings. */
const structure = new Uint8Array(256);
for (const byte of [QUOTE, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE]) structure[byte] = 1;
const inString = new Uint8Array(256);
for (const byte of [QUOTE, BACKSLASH]) inString[byte] = 1;

/**
 * Takes a JSON file apart into its records, while it is read: a list of objects (`[{…},…]`), JSON lines (objects one
 * after the other), or the one list of objects within an object, as Workday (`{"Report_Entry":[{…},…]}`) and OData have it.
 * An object alone is a record if it holds no list of objects.
 * @param source JSON in UTF-8, with or without byte order mark
 * @param limits see {@link JsonLimits}
 * @returns records in runs of some size
 * @throws Problem `input` that names the record (1 first): invalid or cut JSON, records that are no objects, bytes that are no
 * UTF-8, several lists of which each could be meant, an empty file, a record beyond the limits, too much around the list
 */
export async function* jsonRecords(
	source: AsyncIterable<Uint8Array>,
	limits: JsonLimits,
): AsyncGenerator<Item[], void, void> {
	const window = createByteWindow(source, limits.batchBytes);
	/** records so far */
	let count = 0;
	/** lists of objects so far */
	let lists = 0;
	/** bytes of records since a run was given out */
	let taken = 0;
	/** bytes passed over around the list, and up to where the window was counted */
	let passed = 0;
	let countedUpTo = 0;
	try {
		await window.fill();
		skipByteOrderMark(window);
		const first = await nextByte();
		if (first === NOTHING) throw emptyFile();
		if (first === OPEN_LIST) {
			window.begin++;
			yield* listOfRecords();
		} else if (first !== OPEN) throw noRecords();
		else if (await isOneWrapper()) {
			window.begin++;
			yield* wrapper(1);
		} else yield* lines();
		if ((await nextByte()) !== NOTHING) throw invalid('after the end of its list');
	} finally {
		await window.close();
	}

	/** The next byte that is no blank, not yet taken. */
	async function nextByte(): Promise<number> {
		for (;;) {
			const { bytes, end } = window;
			while (window.begin < end && isBlank(bytes[window.begin])) window.begin++;
			if (window.begin < end) return bytes[window.begin];
			if (window.last) return NOTHING;
			await window.fill();
		}
	}

	/** Whether the object at the beginning is no record but holds the records. */
	async function isOneWrapper(): Promise<boolean> {
		while (!window.last && window.end - window.begin < limits.firstLineBytes) {
			if (window.end === window.bytes.length - 1) window.grow();
			await window.fill();
		}
		const end = valueEnd(window);
		// No record is that long; and what is cut is told where it is read.
		if (end < 0) return true;
		let after = end;
		while (after < window.end && isBlank(window.bytes[after])) after++;
		if (after < window.end || !window.last) return false;
		return holdsList(parse(window.begin, end), 1);
	}

	function holdsList(value: object, level: number): boolean {
		return Object.values(value).some((inner: unknown) => {
			if (typeof inner !== 'object' || inner === null) return false;
			if (!Array.isArray(inner)) return level < DEEPEST_WRAPPER && holdsList(inner, level + 1);
			return inner.length === 0 || (typeof inner[0] === 'object' && inner[0] !== null);
		});
	}

	/** The rest of an object around the list of records; its opening brace is taken. */
	async function* wrapper(level: number): AsyncGenerator<Item[], void, void> {
		for (let next = nextByteAtHand() ?? (await nextByte()); next !== CLOSE;) {
			if (next !== QUOTE) throw invalid('in the object around its list');
			await skipValue();
			if ((nextByteAtHand() ?? (await nextByte())) !== COLON) throw invalid('in the object around its list');
			window.begin++;
			const value = nextByteAtHand() ?? (await nextByte());
			if (value === OPEN && level < DEEPEST_WRAPPER) {
				window.begin++;
				yield* wrapper(level + 1);
			} else if (value === OPEN_LIST) {
				window.begin++;
				if ((nextByteAtHand() ?? (await nextByte())) === OPEN) {
					if (++lists > 1) throw severalLists();
					yield* listOfRecords();
				} else {
					countedUpTo = window.begin;
					await skipNested();
					countPassed();
				}
			} else await skipValue();
			next = nextByteAtHand() ?? (await nextByte());
			if (next === COMMA) {
				window.begin++;
				next = nextByteAtHand() ?? (await nextByte());
				if (next === CLOSE) throw invalid('in the object around its list');
			} else if (next !== CLOSE) throw invalid('in the object around its list');
		}
		window.begin++;
	}

	/** The rest of a list of records; its opening bracket is taken. */
	async function* listOfRecords(): AsyncGenerator<Item[], void, void> {
		let begun = false;
		for (;;) {
			const items: Item[] = [];
			let next = await nextByte();
			while (next !== CLOSE_LIST) {
				if (begun) {
					if (next !== COMMA) throw next === NOTHING ? cut() : invalid(`after record ${count}`);
					window.begin++;
					next = await nextByte();
				}
				if (next !== OPEN) throw next === NOTHING ? cut() : notAnObject();
				begun = true;
				const end = valueEnd(window);
				items.push(end < 0 ? await record() : take(end));
				next = nextByteHere();
				if (next === NOTHING || taken >= limits.batchBytes) break;
			}
			taken = 0;
			if (items.length > 0) yield items;
			if (next === CLOSE_LIST) {
				window.begin++;
				return;
			}
		}
	}

	/** Records one after the other up to the end of the file. */
	async function* lines(): AsyncGenerator<Item[], void, void> {
		for (let next = await nextByte(); next !== NOTHING; next = await nextByte()) {
			const items: Item[] = [];
			while (next !== NOTHING && taken < limits.batchBytes) {
				if (next !== OPEN) throw notAnObject();
				const end = valueEnd(window);
				items.push(end < 0 ? await record() : take(end));
				next = nextByteHere();
			}
			taken = 0;
			yield items;
		}
	}

	/** As `nextByte`, but only within what is at hand: there a run of records ends. */
	function nextByteHere(): number {
		const { bytes, end } = window;
		while (window.begin < end && isBlank(bytes[window.begin])) window.begin++;
		return window.begin < end ? bytes[window.begin] : NOTHING;
	}

	/** As `nextByte`, without a wait: nothing where it is not at hand. */
	function nextByteAtHand(): number | undefined {
		const next = nextByteHere();
		return next === NOTHING ? undefined : next;
	}

	/** Takes the record that begins at the next byte and may reach beyond what is at hand. */
	async function record(): Promise<Item> {
		let end = valueEnd(window);
		while (end < 0) {
			if (window.last) throw cut();
			if (window.end - window.begin > limits.recordBytes) throw tooLong(limits.recordBytes);
			if (window.begin === 0 && window.end === window.bytes.length - 1) window.grow();
			await window.fill();
			end = valueEnd(window);
		}
		return take(end);
	}

	function take(end: number): Item {
		if (end - window.begin > limits.batchBytes && hasMoreValues(window, end, limits.recordValues)) {
			throw tooManyValues();
		}
		const item = parse(window.begin, end);
		taken += end - window.begin;
		window.begin = end;
		count++;
		return item;
	}

	function parse(begin: number, end: number): Item {
		const text = window.bytes.subarray(begin, end);
		if (!isUtf8(text)) throw notUtf8();
		try {
			return JSON.parse(text.toString('utf8')) as Item;
		} catch {
			// The reason that JSON.parse gives would show values.
			throw invalid(`in record ${count + 1}`);
		}
	}

	/** Passes over the value at the next byte. */
	async function skipValue(): Promise<void> {
		const first = nextByteAtHand() ?? (await nextByte());
		if (first === NOTHING) throw cut();
		countedUpTo = window.begin;
		if (first === QUOTE) {
			window.begin++;
			await skipString();
		} else if (first === OPEN || first === OPEN_LIST) {
			window.begin++;
			await skipNested();
		} else {
			// A number or a word, up to what cannot belong to it.
			for (let byte = first; /[\w.+-]/.test(String.fromCharCode(byte));) {
				window.begin++;
				byte = byteAtHand() ?? (await byteHere());
				if (byte === NOTHING) throw cut();
			}
		}
		countPassed();
	}

	/** Passes over the rest of a list or an object; its opening bracket is taken. */
	async function skipNested(): Promise<void> {
		for (let depth = 1; depth > 0;) {
			const byte = byteAtHand() ?? (await byteHere());
			if (byte === NOTHING) throw cut();
			window.begin++;
			if (byte === QUOTE) await skipString();
			else if (byte === OPEN || byte === OPEN_LIST) depth++;
			else if (byte === CLOSE || byte === CLOSE_LIST) depth--;
		}
	}

	async function skipString(): Promise<void> {
		for (;;) {
			const byte = byteAtHand() ?? (await byteHere());
			if (byte === NOTHING) throw cut();
			window.begin++;
			if (byte === QUOTE) return;
			if (byte === BACKSLASH) {
				if ((await byteHere()) === NOTHING) throw cut();
				window.begin++;
			}
		}
	}

	/** The next byte of what is passed over; without a wait, which would cost more than all else. */
	function byteAtHand(): number | undefined {
		return window.begin < window.end ? window.bytes[window.begin] : undefined;
	}

	async function byteHere(): Promise<number> {
		if (window.begin === window.end && !window.last) {
			countPassed();
			await window.fill();
			countedUpTo = window.begin;
		}
		return byteAtHand() ?? NOTHING;
	}

	function countPassed(): void {
		passed += window.begin - countedUpTo;
		countedUpTo = window.begin;
		if (passed > limits.recordBytes) throw tooMuchAround(limits.recordBytes);
	}

	function invalid(where: string): Problem {
		return problem.input(
			`The file is not valid JSON: something is wrong ${where}.`,
			'Export the file again, or check it with a JSON validator.',
			{ row: count + 1 },
		);
	}

	function cut(): Problem {
		return problem.input(
			`The JSON file ends in the middle, after record ${count}.`,
			'Export the file again, and check that the step before gives the whole file.',
			{ row: count },
		);
	}

	function notAnObject(): Problem {
		return problem.input(
			`Record ${count + 1} of the JSON file is not an object.`,
			'Give a list of objects: [{"name": "value", …}, …].',
			{ row: count + 1 },
		);
	}

	function notUtf8(): Problem {
		return problem.input(
			`Record ${count + 1} of the JSON file holds bytes that are not UTF-8.`,
			'Choose the encoding of the file, or export it in UTF-8, which JSON asks for.',
			{ row: count + 1 },
		);
	}

	function tooLong(limit: number): Problem {
		return problem.input(
			`Record ${count + 1} of the JSON file is longer than ${Math.round(limit / 1_048_576)} MB.`,
			'Give a list of objects with only the fields that are to be sent.',
			{ row: count + 1 },
		);
	}

	function tooManyValues(): Problem {
		return problem.input(
			`Record ${count + 1} of the JSON file holds more than ${limits.recordValues.toLocaleString('en')} values.`,
			'Check whether a whole list got into one record; give a list of objects with only the fields that are to be sent.',
			{ row: count + 1 },
		);
	}

	function tooMuchAround(limit: number): Problem {
		return problem.input(
			`The JSON file holds more than ${Math.round(limit / 1_048_576)} MB around its list of objects, ${count === 0 ? 'before the first record' : `after record ${count}`}.`,
			'Give the list alone: [{"name": "value", …}, …].',
			{ row: count },
		);
	}

	function severalLists(): Problem {
		return problem.input(
			'The JSON file holds several lists of objects, and any of them could be the rows.',
			'Read the file with the step Extract From File and pick the right list with Split Out, then give the rows as items.',
		);
	}
}

/**
 * Where the object or list at the window's beginning ends.
 * @returns position behind it; -1 if it does not end in the window
 */
function valueEnd(window: ByteWindow): number {
	const { bytes, begin, end } = window;
	// Stops both inner loops behind the text.
	bytes[end] = QUOTE;
	let depth = 0;
	let i = begin;
	for (;;) {
		while (structure[bytes[i]] === 0) i++;
		if (i >= end) return -1;
		const byte = bytes[i++];
		if (byte === QUOTE) {
			for (;;) {
				while (inString[bytes[i]] === 0) i++;
				if (i >= end) return -1;
				if (bytes[i++] === QUOTE) break;
				// The escaped character.
				i++;
			}
		} else if (byte === OPEN || byte === OPEN_LIST) depth++;
		else if (--depth === 0) return i;
	}
}

/** Whether the value from the window's beginning to `end` holds more than `most` values, lists and objects. */
function hasMoreValues({ bytes, begin }: ByteWindow, end: number, most: number): boolean {
	let values = 0;
	for (let i = begin; i < end && values <= most; i++) {
		const byte = bytes[i];
		if (byte === QUOTE) {
			for (i++; bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++;
		} else if (byte === COMMA || byte === OPEN || byte === OPEN_LIST) values++;
	}
	return values > most;
}

function isBlank(byte: number): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function emptyFile(): Problem {
	return problem.input('The JSON file is empty.', 'Check the step that makes the file.');
}

function noRecords(): Problem {
	return problem.input(
		'The file holds no JSON records: it begins neither with a list nor with an object.',
		'Give a list of objects: [{"name": "value", …}, …].',
	);
}
