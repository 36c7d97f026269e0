import fc from 'fast-check';
import type { DateValue } from '../../../nodes/shared/dates/dateValue';

/** A day that exists; told by JavaScript's own calendar, which is the referee. */
export function days(firstYear: number, lastYear: number): fc.Arbitrary<DateValue> {
	const first = new Date(Date.UTC(2000, 0, 1));
	first.setUTCFullYear(firstYear);
	const from = Math.floor(first.getTime() / 86_400_000);
	const last = Math.floor(Date.UTC(lastYear, 11, 30) / 86_400_000);
	return fc.integer({ min: from, max: last }).map((number) => {
		const date = new Date(number * 86_400_000);
		return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
	});
}

export const times = fc.record({
	hour: fc.integer({ min: 0, max: 23 }),
	minute: fc.integer({ min: 0, max: 59 }),
	second: fc.integer({ min: 0, max: 59 }),
});

/** Distances from UTC that occur, and their neighbours. */
export const offsets = fc.integer({ min: -48, max: 56 }).map((quarters) => quarters * 15);

export const two = (number: number) => String(number).padStart(2, '0');
export const four = (number: number) => String(number).padStart(4, '0');
export const offsetText = (minutes: number, colon = ':') =>
	`${minutes < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(minutes) / 60))}${colon}${two(Math.abs(minutes) % 60)}`;
