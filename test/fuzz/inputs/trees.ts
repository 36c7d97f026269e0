import type { Random } from '../random';
import { ODD_VALUES } from '../referees/flatReferee';
import type { Tree } from '../referees/jsonReferee';
import { cell } from './csvText';

const NAMES = [
	'a',
	'b',
	'Name',
	'Work_Email',
	'a.b',
	'é',
	'',
	'__proto__',
	'constructor',
	'toString',
	'0',
	'1',
	'[0]',
];
const NUMBERS = [
	'0',
	'-0',
	'1',
	'-12',
	'23.75',
	'1e3',
	'1E-7',
	'-1.50',
	'9007199254740991',
	'9007199254740993',
	'12345678901234567890',
	'0.1234567890123456789',
	'1e400',
	'1e-400',
	'1e21',
	'100000000000000000000.0',
];

/** A value as JSON, or with `odd` as an item of n8n, may hold it; mostly small and flat. */
export function tree(random: Random, levels: number, odd: boolean): Tree {
	const kind = random.below(levels > 0 ? 14 : 10);
	if (kind < 5)
		return { text: random.oneIn(12) ? random.pick(['\ud800', 'a\udc00b', '\ud83d\ude00']) : cell(random) };
	if (kind < 7) return { number: random.oneIn(4) ? random.pick(NUMBERS) : String(random.between(-99, 9999)) };
	if (kind < 8) return { word: random.pick(['true', 'false', 'null'] as const) };
	if (kind < 10)
		return odd && random.oneIn(3) ? { odd: random.pick(Object.keys(ODD_VALUES)) } : { text: 'a' };
	if (kind < 12) return { list: random.many(0, 3, () => tree(random, levels - 1, odd)) };
	return record(random, levels - 1, odd);
}

/** An object with some members. */
export function record(random: Random, levels: number, odd: boolean): Tree {
	const names = random.many(0, 4, () => random.pick(NAMES));
	return { object: names.map((name) => [name, tree(random, levels, odd)]) };
}

/** Writes a value as JSON, with blanks and escapes as they come. */
export function jsonText(random: Random, value: Tree): string {
	const blank = () => (random.oneIn(6) ? random.pick([' ', '\n', '\t', '\r\n  ']) : '');
	const string = (text: string) => {
		const quoted = JSON.stringify(text);
		return random.oneIn(8) ? quoted.replace(/a/g, '\\u0061').replace(/\//g, '\\/') : quoted;
	};
	if ('text' in value) return string(value.text);
	if ('number' in value) return value.number;
	if ('word' in value) return value.word;
	if ('odd' in value) return 'null';
	if ('list' in value) {
		return `[${blank()}${value.list.map((entry) => jsonText(random, entry)).join(`${blank()},${blank()}`)}${blank()}]`;
	}
	const members = value.object.map(
		([name, member]) => `${string(name)}${blank()}:${blank()}${jsonText(random, member)}`,
	);
	return `{${blank()}${members.join(`,${blank()}`)}${blank()}}`;
}

/** The value itself, as an item of n8n has it. */
export function jsValue(value: Tree): unknown {
	if ('text' in value) return value.text;
	if ('number' in value) return Number(value.number);
	if ('word' in value) return JSON.parse(value.word) as unknown;
	if ('odd' in value) return ODD_VALUES[value.odd].value();
	if ('list' in value) return value.list.map(jsValue);
	const object: Record<string, unknown> = {};
	for (const [name, member] of value.object) {
		Object.defineProperty(object, name, {
			value: jsValue(member),
			enumerable: true,
			configurable: true,
			writable: true,
		});
	}
	return object;
}
