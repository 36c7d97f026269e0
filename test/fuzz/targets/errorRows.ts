import { readErrorRows } from '../../../nodes/shared/polling/errorRows';
import { csvSoup, csvText } from '../inputs/csvText';
import { damaged, randomBytes } from '../inputs/mutations';
import { jsonText, record, tree } from '../inputs/trees';
import type { Random } from '../random';
import { Mismatch, type Ending, type Target } from '../target';

/** An error file as a service might give it. */
export interface ErrorFileInput {
	file: Buffer;
	limit: number;
	isCut: boolean;
	/** how many rows there are, where the file is a list without a fault */
	rows?: number;
}

function make(random: Random): ErrorFileInput {
	const limit = random.pick([0, 1, 3, 1000]);
	const isCut = random.oneIn(5);
	const rows = random.below(6);
	const list = Array.from({ length: rows }, () => jsonText(random, record(random, 2, false)));
	const headed = (delimiter: string) =>
		`Row${delimiter}Column${delimiter}Error\n${Array.from({ length: rows }, (_, i) => `${i}${delimiter}c${delimiter}no date\n`).join('')}`;
	const sentences = Array.from({ length: rows }, (_, i) => `Row ${i}, column 'HireDate': not a date`).join(
		'\r\n',
	);
	const whole: Buffer = Buffer.from(
		random.pick<() => string>([
			() => `[${list.join(',')}]`,
			() => list.join('\n'),
			() => `{"value":[${list.join(',')}]}`,
			() => headed(random.pick([',', ';', '\t', '|'])),
			() => sentences,
			() => csvText(random, ','),
			() => csvSoup(random),
			() => jsonText(random, tree(random, 5, false)),
			() => '['.repeat(random.below(3000)) + ']'.repeat(random.below(3000)),
			() => '{"a":'.repeat(random.below(2000)),
		])(),
	);
	if (random.oneIn(3)) return { file: whole, limit, isCut };
	if (random.oneIn(6))
		return { file: Buffer.concat([Buffer.from([0xff, 0xfe]), randomBytes(random, 60)]), limit, isCut };
	if (random.oneIn(3)) {
		return { file: Buffer.from(headed(random.pick([',', ';', '\t', '|']))), limit: 1000, isCut: false, rows };
	}
	return { file: damaged(random, whole, 1 + random.below(3)), limit, isCut };
}

/** The text without marks of its encoding; of UTF-16 the bytes, which is enough to tell whether there is any. */
function textOf(file: Buffer): string {
	const isWide = /^(?:\xff\xfe|\xfe\xff)/.test(file.toString('latin1', 0, 2));
	return isWide ? file.toString('latin1', 2) : file.toString('utf8');
}

/** Error files in no known form: always rows, never an error, not more than asked for. */
export const errorRows: Target<ErrorFileInput> = {
	name: 'error-rows',
	weight: 10,
	make,
	check({ file, limit, isCut, rows }): Ending {
		const found = readErrorRows(file, limit, { isCut });
		if (found.rows.length > limit) throw new Mismatch('more rows are given than asked for');
		if (isCut && !found.truncated) throw new Mismatch('a cut file is called whole');
		if (rows !== undefined && found.rows.length !== rows)
			throw new Mismatch('a row of errors is lost', rows, found);
		if (!isCut && found.format === 'empty' && /[^\s\ufeff]/.test(textOf(file))) {
			throw new Mismatch('a file with text is called empty');
		}
		// What is given out becomes an item of n8n, which has to be JSON.
		JSON.stringify(found);
		return found.format === 'binary' ? 'refused' : 'accepted';
	},
};
