import { readCsv } from '../../nodes/shared/csv/csvReader';
import type { PackageSettings } from '../../nodes/shared/viva/package/preparePackage';
import { reusedBytesOf, ingestTable, report, run } from './core';

/*
 * The core alone, as one process: CSV file → checks → zip → upload. Prints one line of JSON with its own figures.
 * Usage: ingestFile FILE UPLOAD-ADDRESS CA-FILE [LEVEL [stop|leaveOut|send]]
 */
const [file, url, ca, level = '1', onInvalid = 'leaveOut'] = process.argv.slice(2);

run(
	async () =>
		await report(async (start) => {
			start();
			return await ingestTable(
				async () => await readCsv(reusedBytesOf(file)),
				{ url, ca },
				{ level: Number(level), onInvalid: onInvalid as PackageSettings['onInvalid'] },
			);
		}),
);
