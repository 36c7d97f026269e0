/** A number of bytes as a person reads it: `1,204 MB`. */
export function megabytes(bytes: number): string {
	return `${Math.round(bytes / 1024 ** 2).toLocaleString('en')} MB`;
}
