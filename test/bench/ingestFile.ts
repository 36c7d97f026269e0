import { open, readFile, type FileHandle } from 'node:fs/promises';
import { createSend } from '../../nodes/shared/http/send';
import { multipartBody } from '../../nodes/shared/http/multipart';
import { createFindings } from '../../nodes/shared/rules/findings';
import { readCsv } from '../../nodes/shared/table/csvReader';
import { prepareTable } from '../../nodes/shared/viva/preparePackage';
import { DESTINATIONS } from '../../nodes/shared/viva/destinations';

/*
 * The core alone, as one process: CSV file → checks → zip → upload. Prints one line of JSON with its own figures.
 * Usage: ingestFile.ts FILE UPLOAD-ADDRESS CA-FILE [LEVEL]
 */
const [file, url, ca, level = '1'] = process.argv.slice(2);
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

async function main(): Promise<void> {
	const began = performance.now();
	const types = DESTINATIONS.vivaHr.serviceTypes;
	const prepared = await prepareTable(
		async () => await readCsv(bytesOf(await open(file))),
		{
			destination: 'vivaHr',
			refresh: 'full',
			form: 'zip',
			mapping: [],
			otherColumns: 'custom',
			onInvalid: 'leaveOut',
			mend: [],
			level: Number(level),
			serviceTypes: {
				string: types.string.word,
				email: types.email.word,
				date: types.date.word,
				integer: types.integer.word,
				double: types.double.word,
			},
		},
		() => ({ findings: createFindings() }),
	);
	const packed = performance.now();
	const { file: spooled, findings, records, rejected } = prepared;
	if (!spooled) throw new Error(JSON.stringify(findings.totals()));
	const { send } = createSend({ ca: [await readFile(ca, 'utf8')] });
	const source = { length: spooled.size, open: spooled.open };
	const answer = await send({
		step: 'The upload',
		method: 'POST',
		url,
		body: multipartBody({ name: 'info', fileName: 'info.zip', source }),
		timeoutMs: 600_000,
	});
	await spooled.dispose();
	const { user, system } = process.cpuUsage();
	console.log(
		JSON.stringify({
			records,
			rejected,
			warnings: findings.warnings,
			bytes: spooled.size,
			status: answer.status,
			cpuSeconds: (user + system) / 1e6,
			packSeconds: (packed - began) / 1000,
			wallSeconds: (performance.now() - began) / 1000,
			peakRssMB: process.resourceUsage().maxRSS / 1024,
		}),
	);
}

void main();
