/** A date as its source says it: no zone is added and none is taken away. */
export interface DateValue {
	year: number;
	/** 1 to 12 */
	month: number;
	/** 1 to 31 */
	day: number;
	/** 0 to 23; absent for a date without a time */
	hour?: number;
	minute?: number;
	second?: number;
	/** digits after the second's decimal point, up to nine, as written */
	fraction?: string;
	/** minutes east of UTC; absent where the source names no zone */
	offsetMinutes?: number;
}

/**
 * The wall clock in UTC at an instant.
 * @param milliseconds since 1970-01-01T00:00Z
 */
export function utcDateValue(milliseconds: number): DateValue {
	const date = new Date(milliseconds);
	const rest = date.getUTCMilliseconds();
	return {
		year: date.getUTCFullYear(),
		month: date.getUTCMonth() + 1,
		day: date.getUTCDate(),
		hour: date.getUTCHours(),
		minute: date.getUTCMinutes(),
		second: date.getUTCSeconds(),
		...(rest > 0 && { fraction: String(rest).padStart(3, '0') }),
		offsetMinutes: 0,
	};
}
