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

const AROUND = 'in the object around its list';

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
	try {
		await window.fill();
		skipByteOrderMark(window);
		yield* new RecordReader(window, limits).file();
	} finally {
		await window.close();
	}
}

class RecordReader {
	/** records so far */
	private count = 0;
	/** lists of objects so far */
	private lists = 0;
	/** bytes of records since a run was given out */
	private taken = 0;
	/** bytes passed over around the list */
	private passed = 0;

	constructor(
		private readonly window: ByteWindow,
		private readonly limits: JsonLimits,
	) {}

	async *file(): AsyncGenerator<Item[], void, void> {
		const first = await this.nextByte();
		if (first === NOTHING)
			throw problem.input('The JSON file is empty.', 'Check the step that makes the file.');
		if (first === OPEN_LIST) {
			this.window.begin++;
			yield* this.records(true);
		} else if (first !== OPEN) {
			throw problem.input(
				'The file holds no JSON records: it begins neither with a list nor with an object.',
				'Give a list of objects: [{"name": "value", …}, …].',
			);
		} else if (await this.isOneWrapper()) {
			this.window.begin++;
			yield* this.wrapper(1);
		} else yield* this.records(false);
		if ((await this.nextByte()) !== NOTHING) throw this.invalid('after the end of its list');
	}

	/** The next byte that is no blank, not yet taken. */
	private async nextByte(): Promise<number> {
		for (;;) {
			const next = this.nextByteAtHand();
			if (next !== NOTHING || this.window.last) return next;
			await this.window.fill();
		}
	}

	/** As `nextByte`, but only within what is at hand. */
	private nextByteAtHand(): number {
		const { window } = this;
		window.begin = blanksEnd(window, window.begin);
		return window.begin < window.end ? window.bytes[window.begin] : NOTHING;
	}

	private async fillMore(): Promise<void> {
		const { window } = this;
		if (window.begin === 0 && window.end === window.bytes.length - 1) window.grow();
		await window.fill();
	}

	/** Whether the object at the beginning is no record but holds the records. */
	private async isOneWrapper(): Promise<boolean> {
		const { window, limits } = this;
		while (!window.last && window.end - window.begin < limits.firstLineBytes) await this.fillMore();
		const end = valueEnd(window);
		// No record is that long; and what is cut is reported where it is read.
		if (end < 0) return true;
		if (blanksEnd(window, end) < window.end || !window.last) return false;
		return holdsList(this.parse(end), 1);
	}

	/** The rest of an object around the list of records; its opening brace is taken. */
	private async *wrapper(level: number): AsyncGenerator<Item[], void, void> {
		const { window } = this;
		for (let next = await this.nextByte(); next !== CLOSE;) {
			if (next !== QUOTE) throw this.invalid(AROUND);
			await this.passValue();
			if ((await this.nextByte()) !== COLON) throw this.invalid(AROUND);
			window.begin++;
			yield* this.wrappedValue(level);
			next = await this.nextByte();
			if (next === CLOSE) break;
			if (next !== COMMA) throw this.invalid(AROUND);
			window.begin++;
			next = await this.nextByte();
			if (next === CLOSE) throw this.invalid(AROUND);
		}
		window.begin++;
	}

	private async *wrappedValue(level: number): AsyncGenerator<Item[], void, void> {
		const first = await this.nextByte();
		if (first === OPEN && level < DEEPEST_WRAPPER) {
			this.window.begin++;
			yield* this.wrapper(level + 1);
		} else if (first === OPEN_LIST && (await this.listsObjects())) {
			if (++this.lists > 1) {
				throw problem.input(
					'The JSON file holds several lists of objects, and any of them could be the rows.',
					'Read the file with the step Extract from File and pick the right list with Split Out, then give the rows as items.',
				);
			}
			this.window.begin++;
			yield* this.records(true);
		} else await this.passValue();
	}

	/** Whether the first entry of the list at the next byte is an object. */
	private async listsObjects(): Promise<boolean> {
		const { window } = this;
		for (;;) {
			const entry = blanksEnd(window, window.begin + 1);
			if (entry < window.end) return window.bytes[entry] === OPEN;
			if (window.last) return false;
			if (window.end - window.begin > this.limits.recordBytes) throw this.tooMuchAround();
			await this.fillMore();
		}
	}

	/** Records one after the other: the rest of a list, whose opening bracket is taken, or up to the end of the file. */
	private async *records(inList: boolean): AsyncGenerator<Item[], void, void> {
		const { window, limits } = this;
		const stop = inList ? CLOSE_LIST : NOTHING;
		let begun = false;
		for (;;) {
			const items: Item[] = [];
			let next = await this.nextByte();
			while (next !== stop && this.taken < limits.batchBytes) {
				if (inList && begun) {
					if (next !== COMMA)
						throw next === NOTHING ? this.cut() : this.invalid(`after record ${this.count}`);
					window.begin++;
					next = await this.nextByte();
				}
				if (next !== OPEN) throw next === NOTHING ? this.cut() : this.notAnObject();
				begun = true;
				const end = valueEnd(window);
				items.push(this.take(end < 0 ? await this.distantEnd() : end));
				next = this.nextByteAtHand();
				if (next === NOTHING) break;
			}
			this.taken = 0;
			if (items.length === 0) break;
			yield items;
		}
		if (inList) window.begin++;
	}

	/** Where the value at the next byte ends, which may be beyond what is at hand. */
	private async distantEnd(): Promise<number> {
		const { window, limits } = this;
		for (;;) {
			const end = valueEnd(window);
			if (end >= 0) return end;
			if (window.last) throw this.cut();
			if (window.end - window.begin > limits.recordBytes) {
				throw this.aboutNext(
					`is longer than ${Math.round(limits.recordBytes / 1_048_576)} MB`,
					'Give a list of objects with only the fields that are to be sent.',
				);
			}
			await this.fillMore();
		}
	}

	/** Takes the record at the next byte. */
	private take(end: number): Item {
		const { window, limits } = this;
		if (end - window.begin > limits.batchBytes && hasMoreValues(window, end, limits.recordValues)) {
			throw this.aboutNext(
				`holds more than ${limits.recordValues.toLocaleString('en')} values`,
				'Check whether a whole list got into one record; give a list of objects with only the fields that are to be sent.',
			);
		}
		const item = this.parse(end);
		this.taken += end - window.begin;
		window.begin = end;
		this.count++;
		return item;
	}

	private parse(end: number): Item {
		const text = this.window.bytes.subarray(this.window.begin, end);
		if (!isUtf8(text)) {
			throw this.aboutNext(
				'holds bytes that are not UTF-8',
				'Choose the encoding of the file, or export it in UTF-8, which JSON asks for.',
			);
		}
		try {
			return JSON.parse(text.toString('utf8')) as Item;
		} catch {
			// The reason that JSON.parse gives would show values.
			throw this.invalid(`in record ${this.count + 1}`);
		}
	}

	/** Passes over the value at the next byte, in pieces, so that its length takes no memory. */
	private async passValue(): Promise<void> {
		const first = await this.nextByte();
		if (first === NOTHING) throw this.cut();
		const isWord = first !== QUOTE && first !== OPEN && first !== OPEN_LIST;
		const state = { depth: 0, inString: false, isWord };
		while (!this.passPiece(state)) {
			if (this.window.last) throw this.cut();
			await this.window.fill();
		}
	}

	/** Passes over as much of a value as is at hand; gives whether it has ended. */
	private passPiece(state: { depth: number; inString: boolean; isWord: boolean }): boolean {
		const { window, limits } = this;
		const { bytes, begin, end } = window;
		let i = begin;
		let ended = false;
		while (i < end && !ended) {
			const byte = bytes[i];
			if (state.isWord) {
				// A number or a word, up to what cannot belong to it.
				ended = !/[\w.+-]/.test(String.fromCharCode(byte));
				if (ended) break;
			} else if (state.inString) {
				if (byte === BACKSLASH) {
					if (i + 1 === end) break;
					i++;
				} else if (byte === QUOTE) {
					state.inString = false;
					ended = state.depth === 0;
				}
			} else if (byte === QUOTE) state.inString = true;
			else if (byte === OPEN || byte === OPEN_LIST) state.depth++;
			else if (byte === CLOSE || byte === CLOSE_LIST) ended = --state.depth === 0;
			i++;
		}
		window.begin = i;
		this.passed += i - begin;
		if (this.passed > limits.recordBytes) throw this.tooMuchAround();
		return ended;
	}

	private invalid(where: string): Problem {
		return problem.input(
			`The file is not valid JSON: something is wrong ${where}.`,
			'Export the file again, or check it with a JSON validator.',
			{ row: this.count + 1 },
		);
	}

	private tooMuchAround(): Problem {
		const where = this.count === 0 ? 'before the first record' : `after record ${this.count}`;
		const most = Math.round(this.limits.recordBytes / 1_048_576);
		return problem.input(
			`The JSON file holds more than ${most} MB around its list of objects, ${where}.`,
			'Give the list alone: [{"name": "value", …}, …].',
			{ row: this.count },
		);
	}

	private cut(): Problem {
		return problem.input(
			`The JSON file ends in the middle, after record ${this.count}.`,
			'Export the file again, and check that the step before gives the whole file.',
			{ row: this.count },
		);
	}

	private notAnObject(): Problem {
		return this.aboutNext('is not an object', 'Give a list of objects: [{"name": "value", …}, …].');
	}

	private aboutNext(what: string, advice: string): Problem {
		const row = this.count + 1;
		return problem.input(`Record ${row} of the JSON file ${what}.`, advice, { row });
	}
}

function holdsList(value: object, level: number): boolean {
	return Object.values(value).some((inner: unknown) => {
		if (typeof inner !== 'object' || inner === null) return false;
		if (!Array.isArray(inner)) return level < DEEPEST_WRAPPER && holdsList(inner, level + 1);
		return inner.length === 0 || (typeof inner[0] === 'object' && inner[0] !== null);
	});
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

/** The first byte, from a place on, that is no blank; the window's end where there is none. */
function blanksEnd({ bytes, end }: ByteWindow, from: number): number {
	let i = from;
	while (i < end && (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09)) i++;
	return i;
}
