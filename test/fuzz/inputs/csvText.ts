import type { Random } from '../random';
import { SECRET } from '../target';

/** What stands in cells: harmless, and everything that makes trouble in one program or another. */
const CELLS = [
	'',
	'a',
	SECRET,
	'Doe, John',
	'say "hi"',
	'two\nlines',
	'two\r\nlines',
	'=1+1',
	'+49 89',
	'-1',
	'@cmd',
	'\tx',
	' blank ',
	'é',
	'山',
	'👩‍💻',
	'\u00a0',
	'\ufeff',
	'\u2028',
	'"',
	"''",
	'a;b',
	'a|b',
	'a\tb',
	'NULL',
	'0',
	'1e5',
	'2026-03-14',
	'ann@contoso.com',
];

/** A cell: one of the known troublemakers, or letters put together by chance. */
export function cell(random: Random): string {
	if (random.below(4) > 0) return random.pick(CELLS);
	return random
		.many(0, 6, () => random.pick(['a', 'b', ' ', '"', ',', ';', '\n', '\r', 'é', '山', '|']))
		.join('');
}

/** Records as text, quoted where they need it or at will; line ends of all kinds, mixed now and then. */
export function csvText(random: Random, delimiter: string): string {
	const width = 1 + random.length(8);
	const height = random.length(20);
	const quoteAll = random.oneIn(4);
	const lineEnds = random.pick([['\r\n'], ['\n'], ['\r'], ['\r\n', '\n', '\r'], ['\n\n', '\n']]);
	let text = '';
	for (let r = 0; r <= height; r++) {
		const fields = random.oneIn(15) ? random.length(10) + 1 : width;
		for (let c = 0; c < fields; c++) {
			if (c > 0) text += delimiter;
			const value = r === 0 && random.below(8) > 0 ? `Column ${c}` : cell(random);
			text += quoteAll || needsQuotes(value, delimiter) ? `"${value.split('"').join('""')}"` : value;
		}
		if (r < height || random.oneIn(2)) text += random.pick(lineEnds);
	}
	return text;
}

function needsQuotes(value: string, delimiter: string): boolean {
	return value.includes(delimiter) || /["\r\n]/.test(value);
}

/** Pieces that are not far from CSV, in any order. */
export function csvSoup(random: Random): string {
	const pieces = [
		'a',
		'b,',
		',',
		';',
		'"',
		'""',
		'\n',
		'\r\n',
		'\r',
		'"x"',
		'"a,b"',
		' ',
		'\t',
		'|',
		'é',
		'sep=;\n',
	];
	return random.many(0, 24, () => random.pick(pieces)).join('');
}
