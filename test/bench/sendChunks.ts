import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepConnection } from '../../nodes/shared/http/transport/keptConnection';
import { acquireTransferLock } from '../../nodes/shared/purview/delivery/transferLock';
import { createSignalClient } from '../../nodes/shared/purview/delivery/client';
import { prepareSignals } from '../../nodes/shared/purview/preparation/prepareSignals';
import { openProgress, transferKey } from '../../nodes/shared/purview/delivery/progress';
import { sendSignals } from '../../nodes/shared/purview/delivery/sendSignals';
import { readCsv } from '../../nodes/shared/csv/csvReader';
import { reusedBytesOf, report, run, sender } from './core';

/*
 * The core alone, as one process: CSV file of leavers → checks → chunks of 5,000 rows unless told, one request each over one connection. Prints one line of
 * JSON with its own figures.
 * Usage: sendChunks FILE ADDRESS CA-FILE [ROWS-OF-A-CHUNK]
 */
const [path, signalsUrl, ca, chunkRows = '5000'] = process.argv.slice(2);
const jobId = 'bench';

async function sendFile(folder: string): Promise<Record<string, unknown>> {
	const began = performance.now();
	const prepared = await prepareSignals(
		{ open: async () => await readCsv(reusedBytesOf(path)) },
		{
			layout: { scenarios: ['resignation'], headers: {} },
			mapping: [],
			matching: 'sure',
			sendColumns: 'all',
			onInvalid: 'stop',
			longTexts: 'reject',
			chunkLimits: { records: Number(chunkRows), bytes: 10 * 1024 * 1024 },
			delimiter: ',',
			zone: 'UTC',
			clean: [],
			severities: {},
			now: new Date('2026-06-30'),
		},
	);
	const { file, header, chunks, unit, contentHash } = prepared;
	if (!file) throw new Error(JSON.stringify(prepared.findings.totals()));
	const checked = performance.now();
	const connection = keepConnection();
	const client = createSignalClient({
		send: await sender(ca),
		getToken: async () => await Promise.resolve('bench'),
		connection,
		signalsUrl,
		jobId,
		policy: { attempts: 1, totalMs: 60_000, firstWaitMs: 1_000, maxWaitMs: 60_000 },
		whenInDoubt: 'stop',
	});
	const transfer = { signalsUrl, tenantId: 'bench', jobId, contentHash };
	const progress = openProgress({ folder, transfer, run: 'only' });
	const { confirmed, chunks: sent } = await sendSignals(
		{ file, header, delimiter: ',', chunks, unit, rows: prepared.records },
		{
			client,
			progress,
			acquireLock: async () => await acquireTransferLock({ folder, key: transferKey(transfer) }),
			whenInDoubt: 'stop',
			startOver: false,
		},
	);
	connection.close();
	await file.dispose();
	return {
		records: confirmed.reduce((sum, { records }) => sum + records, 0),
		chunks: sent.length,
		bytes: file.size,
		checkSeconds: (checked - began) / 1000,
	};
}

run(
	async () =>
		await report(async (start) => {
			start();
			const folder = mkdtempSync(join(tmpdir(), 'bench-chunks-'));
			try {
				return await sendFile(folder);
			} finally {
				rmSync(folder, { recursive: true, force: true });
			}
		}),
);
