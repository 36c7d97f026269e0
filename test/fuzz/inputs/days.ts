import type { DateOrder } from '../../../nodes/shared/dates/dateFormats';
import type { Random } from '../random';

/** A day that exists. */
export interface Day {
	year: number;
	month: number;
	day: number;
}

/** Ways to write a day, as HR systems do. */
export const DATE_WRITERS: Record<string, { write: (day: Day) => string; order?: DateOrder }> = {
	iso: { write: ({ year, month, day }) => `${year}-${two(month)}-${two(day)}` },
	isoTime: { write: ({ year, month, day }) => `${year}-${two(month)}-${two(day)}T00:00:00.000Z` },
	slashes: { write: ({ year, month, day }) => `${two(month)}/${two(day)}/${year}`, order: 'monthFirst' },
	shortSlashes: { write: ({ year, month, day }) => `${month}/${day}/${year}`, order: 'monthFirst' },
	european: { write: ({ year, month, day }) => `${two(day)}/${two(month)}/${year}`, order: 'dayFirst' },
	dots: { write: ({ year, month, day }) => `${two(day)}.${two(month)}.${year}`, order: 'dayFirst' },
	hyphens: { write: ({ year, month, day }) => `${day}-${month}-${year}`, order: 'dayFirst' },
	words: { write: ({ year, month, day }) => `${day}-${MONTHS[month - 1]}-${year}` },
	german: { write: ({ year, month, day }) => `${day}. ${GERMAN[month - 1]} ${year}` },
	compact: { write: ({ year, month, day }) => `${year}${two(month)}${two(day)}` },
	eastAsian: { write: ({ year, month, day }) => `${year}年${month}月${day}日` },
	dotNet: { write: ({ year, month, day }) => `/Date(${Date.UTC(year, month - 1, day)})/` },
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const GERMAN = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
	' ',
);

function two(number: number): string {
	return String(number).padStart(2, '0');
}

/** A day between 1951 and 2048, where also two digits of a year would say which. */
export function randomDay(random: Random): Day {
	const month = random.between(1, 12);
	const year = random.between(1951, 2048);
	return { year, month, day: random.between(1, new Date(Date.UTC(year, month, 0)).getUTCDate()) };
}
