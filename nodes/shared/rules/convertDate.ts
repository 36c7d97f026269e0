import type { DateColumn } from './dateColumn';
import { DATE_STYLES, type DateStyleName } from './dateText';
import type { TimeZone } from './timeZone';

/** Distinct values that are remembered; people share few dates, so most values are met again. */
const REMEMBERED = 20_000;

/**
 * Makes a function that writes a column's dates as a destination takes them.
 * @param column has observed at least the values that it is asked for
 * @param style the destination's form
 * @param zone the zone of dates that name none; UTC where it is missing
 * @returns a function that gives the text to send, '' for "no date", and undefined for a value that is no date
 */
export function dateConverter(
	column: DateColumn,
	style: DateStyleName,
	zone?: TimeZone,
): (text: string) => string | undefined {
	const { write } = DATE_STYLES[style];
	const remembered = new Map<string, string | undefined>();
	let { order } = column.assume();

	return (text) => {
		const now = column.assume().order;
		if (now !== order) {
			order = now;
			remembered.clear();
		}
		if (remembered.has(text)) return remembered.get(text);
		const meaning = column.read(text);
		const written = meaning === 'blank' ? '' : meaning === 'notADate' ? undefined : write(meaning, zone);
		if (remembered.size >= REMEMBERED) remembered.clear();
		remembered.set(text, written);
		return written;
	};
}
