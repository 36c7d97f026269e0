import { problem } from '../core/problem';
import { wallClockTime } from './calendar';

/** A place's or a fixed distance from UTC, for dates that name none. */
export interface TimeZone {
	/** as the user wrote it */
	name: string;
	/**
	 * Minutes east of UTC when the place's clocks show a time. A time that daylight saving skips counts as before the change, one
	 * that it repeats as the first; so a day's beginning stays on its day.
	 * @param wallClock see `wallClockTime`
	 */
	offsetAtWallClock(wallClock: number): number;
	/**
	 * Minutes east of UTC at an instant.
	 * @param milliseconds since 1970-01-01T00:00Z
	 */
	offsetAtInstant(milliseconds: number): number;
}

const MILLISECONDS_PER_MINUTE = 60_000;
const MILLISECONDS_PER_DAY = 86_400_000;
/** Zones change their offset on quarters of an hour only. */
const CACHE_STEP = 15 * MILLISECONDS_PER_MINUTE;
const CACHE_SIZE = 50_000;
const FIXED_OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?$/i;
const UTC = /^(?:Z|UTC|GMT)$/i;
const LARGEST_OFFSET_MINUTES = 14 * 60;

/**
 * Finds a time zone.
 * @param name a name of the IANA database (`Europe/Berlin`), `UTC`, `Z`, or a fixed distance (`+02:00`, `-0730`)
 * @throws Problem of kind `configuration` for a zone that does not exist
 */
export function timeZone(name: string): TimeZone {
	const trimmed = name.trim();
	if (UTC.test(trimmed)) return fixedZone(name, 0);
	const fixed = FIXED_OFFSET.exec(trimmed);
	if (fixed) {
		const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0);
		if (minutes <= LARGEST_OFFSET_MINUTES) return fixedZone(name, fixed[1] === '-' ? 0 - minutes : minutes);
	} else {
		const format = formatIn(trimmed);
		if (format) return placeZone(name, format);
	}
	throw problem.configuration(
		`The time zone "${name}" does not exist.`,
		'Give a name such as Europe/Berlin or America/New_York, or a distance from UTC such as +02:00.',
	);
}

function fixedZone(name: string, minutes: number): TimeZone {
	return { name, offsetAtWallClock: () => minutes, offsetAtInstant: () => minutes };
}

function formatIn(zone: string): Intl.DateTimeFormat | undefined {
	try {
		return new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			calendar: 'gregory',
			numberingSystem: 'latn',
			hourCycle: 'h23',
			era: 'short',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
	} catch {
		return undefined;
	}
}

function placeZone(name: string, format: Intl.DateTimeFormat): TimeZone {
	const cache = new Map<number, number>();

	function offsetAtInstant(milliseconds: number): number {
		const step = Math.floor(milliseconds / CACHE_STEP);
		let offset = cache.get(step);
		if (offset === undefined) {
			offset = shownOffset(format, step * CACHE_STEP);
			if (cache.size >= CACHE_SIZE) cache.clear();
			cache.set(step, offset);
		}
		return offset;
	}

	function offsetAtWallClock(wallClock: number): number {
		// A day earlier and a day later lie on both sides of a change, if there is one.
		const before = offsetAtInstant(wallClock - MILLISECONDS_PER_DAY);
		const after = offsetAtInstant(wallClock + MILLISECONDS_PER_DAY);
		if (before === after) return before;
		const showsTime = (offset: number) =>
			offsetAtInstant(wallClock - offset * MILLISECONDS_PER_MINUTE) === offset;
		return !showsTime(before) && showsTime(after) ? after : before;
	}

	return { name, offsetAtWallClock, offsetAtInstant };
}

/** The offset is what the zone's clocks show, less what UTC's show; old zones differ by seconds, which are rounded. */
function shownOffset(format: Intl.DateTimeFormat, milliseconds: number): number {
	const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
	for (const { type, value } of format.formatToParts(milliseconds)) {
		if (type in shown) shown[type as keyof typeof shown] = Number(value);
	}
	const { year, month, day, hour, minute, second } = shown;
	const local = wallClockTime(year, month, day, hour, minute, second);
	return Math.round((local - milliseconds) / MILLISECONDS_PER_MINUTE);
}
