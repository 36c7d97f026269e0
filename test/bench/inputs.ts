import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { preparePackage } from '../../nodes/shared/viva/package/preparePackage';
import { readCsv } from '../../nodes/shared/csv/csvReader';
import { csvPieces } from '../emulator/workers';
import { cacheRoot } from '../host/cache';
import { bytesOf, settingsFor } from './core';
import { datedLeavers, datedWorkers } from './makePeople';

/** Where the input files are kept between runs: about 2.5 GB when all are there. */
export function inputFolder(): string {
	const folder = path.join(cacheRoot(), 'bench');
	mkdirSync(folder, { recursive: true });
	return folder;
}

/** A CSV file of employees with twenty columns; made when it is not there yet. */
export async function peopleCsv(rows: number): Promise<string> {
	return await kept(`people-${rows}.csv`, async (draft) => {
		await pipeline(Readable.from(csvPieces(datedWorkers(rows))), createWriteStream(draft));
	});
}

/** The same employees as JSON, an object a line. */
export async function peopleJsonLines(rows: number): Promise<string> {
	return await kept(`people-${rows}.jsonl`, async (draft) => {
		function* lines() {
			for (const worker of datedWorkers(rows)) yield `${JSON.stringify(worker)}\n`;
		}
		await pipeline(Readable.from(lines()), createWriteStream(draft));
	});
}

/** A CSV file of leavers. */
export async function leaversCsv(rows: number): Promise<string> {
	return await kept(`leavers-${rows}.csv`, async (draft) => {
		await pipeline(Readable.from(csvPieces(datedLeavers(rows))), createWriteStream(draft));
	});
}

/** The same leavers, split into files of so many rows, each with the header; gives the folder. */
export async function leaverChunks(rows: number, chunkRows: number): Promise<string> {
	return await kept(`leavers-${rows}-chunks-of-${chunkRows}`, async (draft) => {
		mkdirSync(draft);
		let chunk: object[] = [];
		let number = 0;
		const flush = () => {
			const name = `chunk-${String(++number).padStart(4, '0')}.csv`;
			writeFileSync(path.join(draft, name), Buffer.concat([...csvPieces(chunk)]));
			chunk = [];
		};
		for (const leaver of datedLeavers(rows)) {
			chunk.push(leaver);
			if (chunk.length === chunkRows) flush();
		}
		if (chunk.length > 0) flush();
		await Promise.resolve();
	});
}

/** A zip as the service takes it: data.csv and metadata.json. */
export async function readyZip(rows: number): Promise<string> {
	return await kept(`ready-${rows}.zip`, async (draft) => {
		const source = await peopleCsv(rows);
		const { file, findings } = await preparePackage(
			{ open: async () => await readCsv(bytesOf(source)) },
			settingsFor({ level: 6, onInvalid: 'stop' }),
		);
		if (!file) throw new Error(JSON.stringify(findings.totals()));
		const target = createWriteStream(draft);
		await pipeline(file.open(), target);
		if (!target.closed) await once(target, 'close');
		await file.dispose();
	});
}

/** A file or folder under its final name is complete. */
async function kept(name: string, make: (draft: string) => Promise<void>): Promise<string> {
	const final = path.join(inputFolder(), name);
	if (existsSync(final)) return final;
	const draft = path.join(inputFolder(), `draft-${process.pid}-${name}`);
	try {
		await make(draft);
		renameSync(draft, final);
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
	return final;
}
