import { Transform, type Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';

/** A CSV file on its way through the parser. */
export interface CsvRecords {
	/** the records, header included; throws {@link UnreadableCsv} */
	records: AsyncIterable<string[]>;
	/** true as soon as bytes that are not UTF-8 went by */
	hasForeignBytes(): boolean;
}

/** The text is no CSV: a quote out of place, or one that never ends. */
export class UnreadableCsv extends Error {}

/**
 * Parses CSV strictly: the delimiter, double quotes, CRLF or LF, no byte order mark taken away, nothing trimmed,
 * no empty line skipped.
 */
export function readCsv(source: Readable, delimiter = ','): CsvRecords {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	let foreign = false;
	const look = (chunk: Buffer | undefined): void => {
		if (foreign) return;
		try {
			decoder.decode(chunk, { stream: chunk !== undefined });
		} catch {
			foreign = true;
		}
	};
	const watch = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			look(chunk);
			done(null, chunk);
		},
		flush(done) {
			look(undefined);
			done();
		},
	});
	const parser = parse({
		bom: false,
		delimiter,
		relax_column_count: true,
		relax_quotes: false,
		skip_empty_lines: false,
		trim: false,
		record_delimiter: ['\r\n', '\n'],
	});
	source.on('error', (error) => watch.destroy(error));
	watch.on('error', (error) => parser.destroy(error));
	source.pipe(watch).pipe(parser);
	return {
		hasForeignBytes: () => foreign,
		records: {
			async *[Symbol.asyncIterator]() {
				try {
					for await (const record of parser as AsyncIterable<string[]>) yield record;
				} catch (error) {
					if (error instanceof CsvError) throw new UnreadableCsv(error.message);
					throw error;
				} finally {
					source.destroy();
				}
			},
		},
	};
}
