/**
 * A value as its source has it: with every member, also those of one name, and with numbers as they are written. `odd` are values
 * that only items of n8n can hold.
 */
export type Tree =
	| { object: Array<[string, Tree]> }
	| { list: Tree[] }
	| { text: string }
	| { number: string }
	| { word: 'true' | 'false' | 'null' }
	| { odd: string };

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const TEXT = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const BLANK = /[ \t\r\n]*/y;
const WORD = /true|false|null/y;

/**
 * Reads JSON in the plainest way.
 * @returns the values that follow one another, or nothing where the text is no JSON
 */
export function refereeJson(text: string): Tree[] | undefined {
	let at = 0;
	const take = (pattern: RegExp): string | undefined => {
		pattern.lastIndex = at;
		const found = pattern.exec(text)?.[0];
		at += found?.length ?? 0;
		return found;
	};

	function value(): Tree | undefined {
		take(BLANK);
		const word = take(WORD);
		if (word !== undefined) return { word: word as 'null' };
		const number = take(NUMBER);
		if (number !== undefined) return { number };
		const string = take(TEXT);
		if (string !== undefined) return { text: JSON.parse(string) as string };
		if (text[at] === '[') return list();
		return text[at] === '{' ? object() : undefined;
	}

	function list(): Tree | undefined {
		const entries: Tree[] = [];
		at++;
		take(BLANK);
		while (text[at] !== ']') {
			if (entries.length > 0 && text[at++] !== ',') return undefined;
			const entry = value();
			if (!entry) return undefined;
			entries.push(entry);
			take(BLANK);
		}
		at++;
		return { list: entries };
	}

	function object(): Tree | undefined {
		const members: Array<[string, Tree]> = [];
		at++;
		take(BLANK);
		while (text[at] !== '}') {
			if (members.length > 0 && text[at++] !== ',') return undefined;
			take(BLANK);
			const name = take(TEXT);
			take(BLANK);
			if (name === undefined || text[at++] !== ':') return undefined;
			const member = value();
			if (!member) return undefined;
			members.push([JSON.parse(name) as string, member]);
			take(BLANK);
		}
		at++;
		return { object: members };
	}

	const values: Tree[] = [];
	for (take(BLANK); at < text.length; take(BLANK)) {
		const next = value();
		if (!next) return undefined;
		values.push(next);
	}
	return values;
}

/** Levels of objects around the list of records. */
const WRAPPERS = 2;

/**
 * The records of a JSON file: entries of a list, values one after the other, those of the one list of objects within an object,
 * or the object itself.
 * @returns nothing where the file has to be refused
 */
export function refereeRecords(values: readonly Tree[]): Tree[] | undefined {
	const [first] = values;
	if (first === undefined) return undefined;
	if (values.length > 1) return onlyObjects(values);
	if ('list' in first) return onlyObjects(first.list);
	if (!('object' in first)) return undefined;
	// Whether an object is a record or holds them, is asked of what a parser makes of it: the last of members with one name.
	const isRecord = listsIn(first, 1, lastOfEachName).every(
		([entry]) => entry !== undefined && !('object' in entry) && !('list' in entry),
	);
	if (isRecord) return [first];
	const lists = listsIn(first, 1, (members) => members);
	const ofObjects = lists.filter(([entry]) => entry !== undefined && 'object' in entry);
	if (ofObjects.length > 1) return undefined;
	// A list of nothing is that of a report without rows.
	return ofObjects.length === 1 ? onlyObjects(ofObjects[0]) : [];
}

type Members = Array<[string, Tree]>;

const lastOfEachName = (members: Members): Members => [...new Map(members)];

function listsIn(tree: Tree, level: number, which: (members: Members) => Members): Tree[][] {
	if (!('object' in tree)) return [];
	return which(tree.object).flatMap(([, member]) => {
		if ('list' in member) return [member.list];
		return level < WRAPPERS ? listsIn(member, level + 1, which) : [];
	});
}

function onlyObjects(entries: readonly Tree[]): Tree[] | undefined {
	return entries.every((entry) => 'object' in entry) ? [...entries] : undefined;
}
