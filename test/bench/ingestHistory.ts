import { readCsv } from '../../nodes/shared/csv/csvReader';
import { bytesOf, ingestTable, report, run } from './core';

/*
 * The core alone, as one process: a CSV that nobody stores → checks → zip → upload. The rows of a file are repeated for
 * month after month, each month with its own effective date. Prints one line of JSON.
 * Usage: ingestHistory FILE UPLOAD-ADDRESS CA-FILE MONTHS
 */
const [file, url, ca, months] = process.argv.slice(2);

const LINE_FEED = 0x0a;
/** `2025-01-28\r`: the effective date is the last column. */
const DATE_AND_RETURN = 11;
let made = 0;

async function* history(): AsyncGenerator<Buffer> {
	for (let month = 0; month < Number(months); month++) {
		const date = new Date(Date.UTC(2025, -month, 28)).toISOString().slice(0, 10);
		for await (const piece of wholeLines(bytesOf(file), month > 0)) {
			redate(piece, date);
			made += piece.length;
			yield piece;
		}
	}
}

/** The same bytes in pieces that end with a line. */
async function* wholeLines(source: AsyncIterable<Buffer>, skipHeader: boolean): AsyncGenerator<Buffer> {
	let rest: Buffer = Buffer.alloc(0);
	let skip = skipHeader;
	for await (const bytesRead of source) {
		const piece = Buffer.concat([rest, bytesRead]);
		const end = piece.lastIndexOf(LINE_FEED) + 1;
		rest = piece.subarray(end);
		yield piece.subarray(skip ? piece.indexOf(LINE_FEED) + 1 : 0, end);
		skip = false;
	}
}

/** Writes another date at the end of every line but the header. */
function redate(piece: Buffer, date: string): void {
	for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, end + 1)) {
		// A header's name ends with a letter.
		if (piece[end - 2] <= 0x39) piece.write(date, end - DATE_AND_RETURN, 'latin1');
	}
}

run(
	async () =>
		await report(async (start) => {
			start();
			const result = await ingestTable(
				async () => await readCsv(history()),
				{ url, ca },
				{ level: 1, onInvalid: 'stop' },
			);
			return { ...result, bytesRead: made };
		}),
);
