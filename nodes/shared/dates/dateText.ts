import { wallClockTime } from './calendar';
import { utcDateValue, type DateValue } from './dateValue';
import type { Certainty } from '../core/evidence';
import type { TimeZone } from './timeZone';

/** A way to write dates that a destination takes. */
export interface DateStyle {
	/** as users know it */
	label: string;
	/** where this is written: key of the reference */
	source: string;
	certainty: Certainty;
	/**
	 * Writes a date.
	 * @param value the date as the source says it
	 * @param zone the zone of dates that name none; UTC where it is missing
	 */
	write(value: DateValue, zone?: TimeZone): string;
}

/** Our names for the forms of dates that destinations take. */
export type DateStyleName = 'monthDayYear' | 'yearMonthDay' | 'instant';

/** The forms of dates that our destinations take. */
export const DATE_STYLES: Readonly<Record<DateStyleName, DateStyle>> = {
	/** Viva Insights with the type DateTime_MMDDYYYY */
	monthDayYear: {
		label: 'MM/DD/YYYY',
		source: 'A10',
		certainty: 'documented',
		write: (value, zone) => {
			const { year, month, day } = dayOf(value, zone);
			return `${two(month)}/${two(day)}/${four(year)}`;
		},
	},
	yearMonthDay: {
		label: 'YYYY-MM-DD',
		source: 'A10',
		certainty: 'documented',
		write: (value, zone) => {
			const { year, month, day } = dayOf(value, zone);
			return `${four(year)}-${two(month)}-${two(day)}`;
		},
	},
	/** Purview HR connector: always with a time and an offset (F22) */
	instant: {
		label: 'YYYY-MM-DDThh:mm:ss.nnnnnn±hh:mm',
		source: 'C5, F22',
		certainty: 'documented',
		write: writeInstant,
	},
};

/** The documented form has six digits; more are cut, not rounded, so that no second runs over. */
const FRACTION_DIGITS = 6;
const MILLISECONDS_PER_MINUTE = 60_000;

function writeInstant(value: DateValue, zone?: TimeZone): string {
	const { year, month, day, hour = 0, minute = 0, second = 0, fraction = '' } = value;
	const wallClock = wallClockTime(year, month, day, hour, minute, second);
	const offset = value.offsetMinutes ?? zone?.offsetAtWallClock(wallClock) ?? 0;
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
	const { year, month, day, hour = 0, minute = 0, second = 0, offsetMinutes } = value;
	if (zone === undefined || offsetMinutes === undefined || hour + minute + second === 0) return value;
	const instant =
		wallClockTime(year, month, day, hour, minute, second) - offsetMinutes * MILLISECONDS_PER_MINUTE;
	const there = utcDateValue(instant + zone.offsetAtInstant(instant) * MILLISECONDS_PER_MINUTE);
	return there.hour === 0 && there.minute === 0 && there.second === 0 ? there : value;
}

function two(number: number): string {
	return number < 10 ? `0${number}` : String(number);
}

function four(number: number): string {
	return String(number).padStart(4, '0');
}
