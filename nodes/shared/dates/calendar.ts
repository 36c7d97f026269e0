import type { DateValue } from './dateValue';

const MILLISECONDS_PER_DAY = 86_400_000;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a day exists in the Gregorian calendar, in a year of four digits from 1000 on. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
	if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
	return day <= DAYS_IN_MONTH[month - 1] || (day === 29 && month === 2 && isLeapYear(year));
}

function isLeapYear(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Milliseconds from 1970-01-01T00:00 to a wall clock's reading, as if that clock stood in UTC. */
export function wallClockTime({ year, month, day, hour = 0, minute = 0, second = 0 }: DateValue): number {
	return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Day of the week, 0 = Sunday. */
export function weekdayOf(year: number, month: number, day: number): number {
	const days = Math.floor(wallClockTime({ year, month, day }) / MILLISECONDS_PER_DAY);
	return (((days + 4) % 7) + 7) % 7;
}

/** The number of a day: it grows with time. Days of a calendar whose months all have 31 days. */
export function dayNumber(year: number, month: number, day: number): number {
	return (year * 12 + month) * 31 + day;
}
