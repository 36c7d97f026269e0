import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvPieces, makeWorkers } from '../emulator/workers';

/*
 * Writes realistic HR data as CSV, one row for each employee, with effective dates of thirteen months.
 * Usage: makePeople.ts ROWS FILE
 */
const [rows, file] = process.argv.slice(2);
const MONTHS = 13;

function* datedWorkers(count: number): Generator<object> {
	let index = 0;
	for (const worker of makeWorkers(count)) {
		const month = index++ % MONTHS;
		const date = new Date(Date.UTC(2025, month, 28)).toISOString().slice(0, 10);
		yield { ...worker, Effective_Date: date };
	}
}

void pipeline(Readable.from(csvPieces(datedWorkers(Number(rows)))), createWriteStream(file));
