/** A number as it is read. */
export function number(value: number): string {
	return value.toLocaleString('en', { maximumFractionDigits: 1 });
}

/** A number with its noun: `1 row`, `5,000 rows`. */
export function count(value: number, noun: string, plural = `${noun}s`): string {
	return `${number(value)} ${value === 1 ? noun : plural}`;
}

/** A share in percent, as a language writes it (BCP 47); neither rounded up to all nor down to nothing. */
export function percent(part: number, whole: number, locale = 'en'): string {
	if (whole === 0) return '–';
	const share = (part / whole) * 100;
	if (part > 0 && share < 0.1) return `< ${(0.1).toLocaleString(locale)} %`;
	const tenths = part < whole ? Math.min(99.9, Math.round(share * 10) / 10) : 100;
	return `${tenths.toLocaleString(locale)} %`;
}

/** A number of bytes as a person reads it: `1,204 MB`. */
export function megabytes(bytes: number): string {
	return `${Math.round(bytes / 1024 ** 2).toLocaleString('en')} MB`;
}
