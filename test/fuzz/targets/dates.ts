import { createDateColumn } from '../../../nodes/shared/dates/dateColumn';
import { readDate } from '../../../nodes/shared/dates/dateFormats';
import type { DateValue } from '../../../nodes/shared/dates/dateValue';
import { DATE_WRITERS, randomDay, type Day } from '../inputs/days';
import { damaged } from '../inputs/mutations';
import type { Random } from '../random';
import { expectSame, Mismatch, type Ending, type Target } from '../target';

const JUNK = [
	'',
	' ',
	'-',
	'n/a',
	'0000-00-00',
	'9999-12-31',
	'30.02.2026',
	'2026-13-01',
	'1/2',
	'45000',
	'1e5',
	'٢٠٢٦-٠٣-١٤',
];

/** Values of one column. */
export interface DatesInput {
	values: string[];
	/** how they were written, and which days they are, where nothing else is among them */
	made?: { writer: string; days: Day[] };
}

function make(random: Random): DatesInput {
	const writer = random.pick(Object.keys(DATE_WRITERS));
	const days = random.many(1, 8, () => randomDay(random));
	const values = days.map((day) => DATE_WRITERS[writer].write(day));
	if (random.oneIn(2)) return { values, made: { writer, days } };
	const mixed = values.map((value) => {
		if (random.oneIn(4)) return random.pick(JUNK);
		const other = random.oneIn(4)
			? DATE_WRITERS[random.pick(Object.keys(DATE_WRITERS))].write(randomDay(random))
			: value;
		return random.oneIn(2) ? damaged(random, Buffer.from(other), 1).toString('utf8') : other;
	});
	if (random.oneIn(10)) mixed.push(random.pick(['1', '/', ' ', '.', '年']).repeat(random.below(200)));
	return { values: mixed };
}

function exists({ year, month, day }: DateValue): boolean {
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const dayOf = ({ year, month, day }: DateValue): Day => ({ year, month, day });

/** Dates in every form, and what is none: a day that exists, the very one that was written, or none at all. */
export const dates: Target<DatesInput> = {
	name: 'dates',
	weight: 20,
	make,
	check({ values, made }): Ending {
		const byText = createDateColumn();
		const byBytes = createDateColumn();
		for (const [row, value] of values.entries()) {
			const reading = readDate(value);
			const days = reading.kind === 'date' ? [reading.value] : [];
			if (reading.kind === 'eitherOrder') days.push(reading.monthFirst, reading.dayFirst);
			if (!days.every(exists)) throw new Mismatch('a day is read that does not exist', undefined, reading);
			byText.observe(value, row);
			const bytes = Buffer.from(`,${value},`);
			byBytes.observeBytes(bytes, 1, bytes.length - 1, row);
		}
		expectSame('what bytes tell of a column', byBytes.verdict(), byText.verdict());
		const verdict = byText.verdict();
		if (!made) return verdict.kind === 'decided' ? 'accepted' : 'found';
		const { order } = DATE_WRITERS[made.writer];
		if (verdict.kind === 'conflicting' || verdict.kind === 'none') {
			throw new Mismatch('a column of one form is not understood', undefined, verdict);
		}
		if (verdict.kind === 'ambiguous') {
			if (order === undefined) throw new Mismatch('a column without a doubt is called ambiguous');
			return 'found';
		}
		expectSame(
			'a day',
			values.map((value) => readAsDay(byText.read(value))),
			made.days.map(dayOf),
		);
		return 'accepted';
	},
};

function readAsDay(meaning: DateValue | 'blank' | 'notADate'): Day | string {
	return typeof meaning === 'string' ? meaning : dayOf(meaning);
}
