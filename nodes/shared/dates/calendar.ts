const MILLISECONDS_PER_DAY = 86_400_000;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** First year that we take for a date: older four-digit years in HR data are typing errors or placeholders. */
export const EARLIEST_YEAR = 1000;
/** Last year that fits the four digits of every destination. */
export const LATEST_YEAR = 9999;

/**
 * Whether a day exists in the Gregorian calendar.
 * @param year full year
 * @param month 1 to 12
 * @param day 1 to 31
 */
export function isCalendarDay(year: number, month: number, day: number): boolean {
	if (year < EARLIEST_YEAR || year > LATEST_YEAR || month < 1 || month > 12 || day < 1) return false;
	return day <= DAYS_IN_MONTH[month - 1] || (day === 29 && month === 2 && isLeapYear(year));
}

function isLeapYear(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Milliseconds from 1970-01-01T00:00 to a wall clock's reading, as if that clock stood in UTC. */
export function wallClockTime(
	year: number,
	month: number,
	day: number,
	hour = 0,
	minute = 0,
	second = 0,
): number {
	return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Day of the week, 0 = Sunday. */
export function weekdayOf(year: number, month: number, day: number): number {
	const days = Math.floor(wallClockTime(year, month, day) / MILLISECONDS_PER_DAY);
	return (((days + 4) % 7) + 7) % 7;
}
