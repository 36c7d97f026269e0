import { problem, type Problem } from '../core/problem';

/** One record as n8n, Workday or a JSON file has it. */
export type Item = Record<string, unknown>;

/** The way from an item to a value: names of an object's fields, and indexes of a list's entries. */
export type ItemPath = ReadonlyArray<string | number>;

/** What an item is called in a problem: `Item 3`, `Row 3`. */
export type ItemUnit = 'Item' | 'Row';

/** One column that items have. */
export interface ItemColumn {
	/** as a person writes it, for example `Worker.Emails[1].Value` */
	name: string;
	path: ItemPath;
}

interface Node {
	name: string;
	path: ItemPath;
	/** some item has a value here that is no object and no list */
	valued: boolean;
	children: Map<string | number, Node>;
	/** the children in the order in which an item has them, so that the next item mostly finds them without the map */
	order: Node[];
	orderNames: string[];
}

/** Most columns that items may have, as for files. */
const MOST_COLUMNS = 16_384;

/** Longest names of all columns together, in characters; a file's header is as long at most. */
const LONGEST_NAMES = 16_777_216;

/** Deeper than anything an HR system gives; an object that contains itself ends here. */
const DEEPEST = 16;

/**
 * Learns from items, one after the other, which columns they have.
 *
 * Objects are taken apart by name (`Worker.Name`). Lists are taken apart by index, and their first entry has none:
 * Workday's groups of one entry become `Group.Field`, a second e-mail address becomes `Emails[1].Value`. Nothing is joined
 * and nothing is dropped. What is null, or an empty object or list, in every item is a column of blanks; where other items
 * have an object there, it is none.
 */
export class ItemColumnFinder {
	private readonly root = createNode('', []);
	/** in order of first appearance */
	private readonly nodes: Node[] = [];
	private namesLength = 0;
	private row = 0;

	/** @param unit see {@link ItemUnit} */
	constructor(private readonly unit: ItemUnit) {}

	/**
	 * Adds the columns of one item.
	 * @param row by which the user knows it
	 * @throws Problem `input` for more columns or deeper nesting than can be meant
	 */
	add(item: Item, row: number): void {
		this.row = row;
		this.addObject(this.root, item);
	}

	/** The columns so far, in order of first appearance. */
	columns(): ItemColumn[] {
		return this.nodes.filter(({ valued, children }) => valued || children.size === 0);
	}

	private addObject(node: Node, value: Item): void {
		if (node.path.length > DEEPEST) throw this.tooDeep(node);
		let position = 0;
		for (const name in value) {
			let child = node.order[position];
			if (node.orderNames[position] !== name) {
				child = this.childOf(node, name, node === this.root ? name : `${node.name}.${name}`);
				node.order[position] = child;
				node.orderNames[position] = name;
			}
			position++;
			this.addValue(child, value[name]);
		}
	}

	private addValue(node: Node, value: unknown): void {
		if (typeof value !== 'object') {
			if (value !== undefined) node.valued = true;
		} else if (value !== null) {
			if (isOneValue(value)) node.valued = true;
			else if (Array.isArray(value)) this.addList(node, value);
			else this.addObject(node, value as Item);
		}
	}

	private addList(node: Node, list: unknown[]): void {
		if (node.path.length > DEEPEST) throw this.tooDeep(node);
		for (let index = 0; index < list.length; index++) {
			const own = needsIndex(list[index], index);
			this.addValue(own ? this.childOf(node, index, `${node.name}[${index}]`) : node, list[index]);
		}
	}

	private childOf(node: Node, key: string | number, name: string): Node {
		let child = node.children.get(key);
		if (!child) {
			this.namesLength += name.length;
			if (this.nodes.length >= MOST_COLUMNS) throw this.tooMuch('the rows', MOST_COLUMNS, 'columns');
			if (this.namesLength > LONGEST_NAMES) {
				throw this.tooMuch('the names of the columns', LONGEST_NAMES, 'characters');
			}
			child = createNode(name, [...node.path, key]);
			node.children.set(key, child);
			this.nodes.push(child);
		}
		return child;
	}

	private tooDeep({ name }: Node): Problem {
		return problem.input(
			`${this.unit} ${this.row} is nested more than ${DEEPEST} levels deep, in '${name.slice(0, 80)}'.`,
			'Use a step such as Edit Fields to give each row the fields that are needed.',
		);
	}

	private tooMuch(what: string, limit: number, of: string): Problem {
		return problem.input(
			`With ${this.unit} ${this.row}, ${what} have more than ${limit.toLocaleString('en')} ${of} together.`,
			'Check for names that hold values, such as dates or ids; a step such as Edit Fields gives each row the same names.',
		);
	}
}

/**
 * The value to which a path leads.
 * @returns nothing where the item has none, or where what it has is spread over other columns
 */
export function valueAt(item: Item, path: ItemPath): unknown {
	let value: unknown = item;
	for (let step = 0; step < path.length; step++) {
		const key = path[step];
		if (typeof key === 'number') {
			if (!Array.isArray(value) || !needsIndex(value[key], key)) return undefined;
		} else {
			value = firstEntry(value);
			// A list of lists: its entries are called by index, even where other items have a field `0`.
			if (Array.isArray(value)) return undefined;
		}
		if (typeof value !== 'object' || value === null || isOneValue(value)) return undefined;
		// Only the item's own fields: a column called `constructor` must not find the one that all objects have.
		value = Object.hasOwn(value, key) ? (value as Item)[key] : undefined;
	}
	value = firstEntry(value);
	return typeof value === 'object' && value !== null && !isOneValue(value) ? undefined : value;
}

function firstEntry(value: unknown): unknown {
	return Array.isArray(value) && !needsIndex(value[0], 0) ? value[0] : value;
}

/** A list's first entry stands for the list itself, unless it is a list again. */
function needsIndex(entry: unknown, index: number): boolean {
	return index > 0 || Array.isArray(entry);
}

/** Whether an object is one value and no group of values: a date, or something that cannot be written at all. */
export function isOneValue(value: object): boolean {
	return (
		value instanceof Date ||
		ArrayBuffer.isView(value) ||
		value instanceof ArrayBuffer ||
		value instanceof Map ||
		value instanceof Set ||
		typeof (value as { toISO?: unknown }).toISO === 'function'
	);
}

function createNode(name: string, path: ItemPath): Node {
	return { name, path, valued: false, children: new Map(), order: [], orderNames: [] };
}
