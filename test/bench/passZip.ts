import { checkPrebuiltPackage } from '../../nodes/shared/viva/prebuilt/prebuiltPackage';
import { bytesOf, report, run, upload } from './core';

/*
 * The core alone, as one process: a prebuilt zip → checks → upload as it is. Prints one line of JSON with its own figures.
 * Usage: passZip FILE UPLOAD-ADDRESS CA-FILE
 */
const [file, url, ca] = process.argv.slice(2);

run(
	async () =>
		await report(async (start) => {
			start();
			const settings = { destination: 'vivaHr', severities: {}, now: new Date('2026-06-30') } as const;
			const prepared = await checkPrebuiltPackage(bytesOf(file), settings);
			if (!prepared.file) throw new Error(JSON.stringify(prepared.findings.totals()));
			const { records, rejected, file: spooled } = prepared;
			return { records, rejected, bytes: spooled.size, status: await upload(spooled, { url, ca }) };
		}),
);
