import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attributeVocabulary } from '../../../nodes/shared/viva/attributes/aliases';
import { readDate } from '../../../nodes/shared/dates/dateFormats';
import { DATE_STYLES } from '../../../nodes/shared/dates/dateText';
import { normalizeColumnName } from '../../../nodes/shared/columns/normalizeColumnName';

const text = readFileSync(join(__dirname, '../../../docs/mapping.md'), 'utf8');

/** Texts in back quotes of one row of one of the document's tables. */
function examples(rowBegins: string): string[] {
	const row = text.split('\n').find((line) => line.startsWith(`| ${rowBegins}`)) ?? '';
	const [, , cell = ''] = row.split(/(?<!`)\|/);
	return [...cell.matchAll(/`([^`]+)`/g)].map(([, example]) => example);
}

describe('docs/mapping.md', () => {
	it.each([
		['year first', 4],
		['month or day first', 3],
		['names of months', 7],
		['Japanese', 5],
		['digits only', 4],
		['databases', 3],
		["Excel's serial numbers", 2],
		['seconds or milliseconds', 2],
		['SuccessFactors', 1],
	])('shows dates under "%s" that are read as 14 March 2026', (row, count) => {
		const shown = examples(row);
		expect(shown).toHaveLength(count);
		for (const example of shown) {
			const reading = readDate(example, 2028);
			expect([example, reading.kind === 'date' && DATE_STYLES.yearMonthDay(reading.value)]).toEqual([
				example,
				'2026-03-14',
			]);
		}
	});

	it('shows what counts as no date', () => {
		expect(examples('no date').map((example) => readDate(example, 2028).kind)).toEqual([
			...Array(2).fill('blank'),
			...Array(7).fill('placeholder'),
		]);
	});

	it('names only columns that are known', () => {
		const known = attributeVocabulary('vivaHr').aliases;
		const row = text.split('\n').find((line) => line.startsWith('| sure | a name of an HR system')) ?? '';
		const names = [...row.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
		expect(names).toHaveLength(6);
		const sure = (name: string) =>
			known.get(normalizeColumnName(name))?.some(({ sureness }) => sureness === 'sure');
		expect(names.filter((name) => !sure(name))).toEqual([]);
	});
});
