import { wallClockTime } from './calendar';
import { utcDateValue, type DateValue } from './dateValue';
import type { TimeZone } from './timeZone';

/** Our names for the forms of dates that destinations take. */
export type DateStyleName = 'monthDayYear' | 'yearMonthDay' | 'instant';

/** The forms of dates that our destinations take: each writes a date in a zone for dates that name none, else in UTC. */
export const DATE_STYLES: Readonly<Record<DateStyleName, (value: DateValue, zone?: TimeZone) => string>> = {
	/** MM/DD/YYYY: Viva Insights with the type DateTime_MMDDYYYY (source A10) */
	monthDayYear: (value, zone) => {
		const { year, month, day } = dayOf(value, zone);
		return `${two(month)}/${two(day)}/${four(year)}`;
	},
	/** YYYY-MM-DD (source A10) */
	yearMonthDay: (value, zone) => {
		const { year, month, day } = dayOf(value, zone);
		return `${four(year)}-${two(month)}-${two(day)}`;
	},
	/** YYYY-MM-DDThh:mm:ss.nnnnnn±hh:mm: Purview HR connector, always with a time and an offset (sources C5, F22) */
	instant: writeInstant,
};

/** The documented form has six digits; more are cut, not rounded, so that no second runs over. */
const FRACTION_DIGITS = 6;
const MILLISECONDS_PER_MINUTE = 60_000;

function writeInstant(value: DateValue, zone?: TimeZone): string {
	const { year, month, day, hour = 0, minute = 0, second = 0, fraction = '' } = value;
	const offset = value.offsetMinutes ?? zone?.offsetAtWallClock(wallClockTime(value)) ?? 0;
	const digits = fraction.slice(0, FRACTION_DIGITS).padEnd(FRACTION_DIGITS, '0');
	const date = `${four(year)}-${two(month)}-${two(day)}`;
	return `${date}T${two(hour)}:${two(minute)}:${two(second)}.${digits}${writeOffset(offset)}`;
}

function writeOffset(minutes: number): string {
	if (minutes === 0) return 'Z';
	const distance = Math.abs(minutes);
	return `${minutes < 0 ? '-' : '+'}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}

/**
 * The day of a date, for destinations that take no time: the day that the source wrote. One exception: programs that keep a date as
 * midnight of their own zone write it in UTC, where it falls on the evening before. So an instant that is not midnight as
 * written, but is in the user's zone, is that zone's day.
 */
function dayOf(value: DateValue, zone: TimeZone | undefined): DateValue {
	const { offsetMinutes } = value;
	if (zone === undefined || offsetMinutes === undefined || isMidnight(value)) return value;
	const instant = wallClockTime(value) - offsetMinutes * MILLISECONDS_PER_MINUTE;
	const there = utcDateValue(instant + zone.offsetAtInstant(instant) * MILLISECONDS_PER_MINUTE);
	return isMidnight(there) ? there : value;
}

function isMidnight({ hour = 0, minute = 0, second = 0 }: DateValue): boolean {
	return hour + minute + second === 0;
}

/**
 * The time of a date whose day is likely to be another one where it was written, in minutes of the UTC day: from 11 a.m. on, and not
 * midnight in the zone. Programs that keep a date as midnight of their own zone, east of Greenwich, write such times.
 * @returns nothing for all other dates, and for times with seconds
 */
export function eveningTime(value: DateValue, zone: TimeZone | undefined): number | undefined {
	const { hour = 0, minute = 0, second = 0, offsetMinutes } = value;
	if (second !== 0 || isMidnight(value) || dayOf(value, zone) !== value) return undefined;
	// A time without a zone may be a real one; only the hours of Central and Eastern Europe are telling.
	if (offsetMinutes === undefined) return hour >= 21 && minute === 0 ? hour * 60 : undefined;
	const minutes = (((hour * 60 + minute - offsetMinutes) % 1440) + 1440) % 1440;
	return minutes >= 660 ? minutes : undefined;
}

function two(number: number): string {
	return number < 10 ? `0${number}` : String(number);
}

function four(number: number): string {
	return String(number).padStart(4, '0');
}
