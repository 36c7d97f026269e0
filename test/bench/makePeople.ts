import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvPieces, makeWorkers } from '../emulator/workers';

/*
 * Writes realistic HR data as CSV. Usage: makePeople.ts ROWS FILE
 */
const [rows, file] = process.argv.slice(2);
void pipeline(Readable.from(csvPieces(makeWorkers(Number(rows)))), createWriteStream(file));
