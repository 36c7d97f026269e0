import { open, type FileHandle } from 'node:fs/promises';
import { readCsv } from '../../nodes/shared/csv/csvReader';
import { DESTINATIONS } from '../../nodes/shared/viva/service/destinations';
import { preparePackage } from '../../nodes/shared/viva/package/preparePackage';

/*
 * What it costs to send only what changed, as one process: previous CSV file and current CSV file → checks → zip of the changes.
 * Prints one line of JSON with its own figures.
 * Usage: onlyChanges.ts CURRENT-FILE [PREVIOUS-FILE]: without a previous file everything is packed, for comparison.
 */
const [current, previous] = process.argv.slice(2);
const PIECE = 1024 * 1024;

async function* bytesOf(handle: FileHandle): AsyncGenerator<Buffer> {
	try {
		for (;;) {
			const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE));
			if (bytesRead === 0) return;
			yield buffer.subarray(0, bytesRead);
		}
	} finally {
		await handle.close();
	}
}

const tableOf = (file: string) => async () => await readCsv(bytesOf(await open(file)));

async function main(): Promise<void> {
	const began = performance.now();
	const types = DESTINATIONS.vivaHr.serviceTypes;
	const { file, findings, records, changes } = await preparePackage(
		{ open: tableOf(current), previous: previous ? { format: 'table', open: tableOf(previous) } : undefined },
		{
			destination: 'vivaHr',
			refresh: previous ? 'incremental' : 'full',
			bodyType: 'zip',
			mapping: [],
			matching: 'sure',
			otherColumns: 'leaveOut',
			onInvalid: 'leaveOut',
			clean: [],
			severities: {},
			now: new Date('2026-06-30'),
			level: 1,
			serviceTypes: {
				string: types.string.word,
				email: types.email.word,
				date: types.date.word,
				integer: types.integer.word,
				double: types.double.word,
			},
			changes: previous ? { maximumMissingShare: 0.2 } : undefined,
		},
	);
	const { user, system } = process.cpuUsage();
	console.log(
		JSON.stringify({
			records,
			counts: changes?.counts,
			errors: findings.errors,
			packageBytes: file?.size,
			cpuSeconds: (user + system) / 1e6,
			wallSeconds: (performance.now() - began) / 1000,
			peakRssMB: process.resourceUsage().maxRSS / 1024,
		}),
	);
	await file?.dispose();
}

void main();
