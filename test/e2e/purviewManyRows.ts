import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTokenSource } from '../../nodes/shared/entra/token';
import { createSend } from '../../nodes/shared/http/transport/send';
import { readPurviewCredential } from '../../nodes/shared/n8n/credentials/credentials';
import { createSignalClient } from '../../nodes/shared/purview/delivery/client';
import { prepareSignals } from '../../nodes/shared/purview/preparation/prepareSignals';
import { acquireTransferLock } from '../../nodes/shared/purview/delivery/transferLock';
import { openProgress, transferKey } from '../../nodes/shared/purview/delivery/progress';
import { sendSignals } from '../../nodes/shared/purview/delivery/sendSignals';
import { openTableFile } from '../../nodes/shared/files/openTableFile';
import { demo } from '../emulator/emulator';

/**
 * Sends a file of leavers to an emulator in a process that does nothing else, and prints its peak memory:
 * `tsx purviewManyRows.ts <file> <origin of the emulator> <its authority>`.
 */
async function main([path, origin, authority]: string[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'purview-many-rows-'));
	const { send } = createSend({ ca: [readFileSync(authority, 'utf8')] });
	const tokens = createTokenSource({ send });
	const jobId = demo.jobs.resignation;
	const { app, audience, signalsUrl } = readPurviewCredential({
		tenantId: demo.tenantId,
		clientId: demo.clientId,
		clientSecret: demo.clientSecret,
		cloud: 'custom',
		loginHost: origin.replace('https://', ''),
		signalsUrl: `${origin}/api/signals`,
	});
	const opened = await openTableFile(
		{ fileName: '', mimeType: '', open: async () => createReadStream(path, { highWaterMark: 1024 * 1024 }) },
		{},
	);
	if (opened.format !== 'table') throw new Error('the file is no table');
	const began = performance.now();
	const prepared = await prepareSignals(opened, {
		layout: { scenarios: ['resignation'], headers: {} },
		mapping: [],
		matching: 'sure',
		sendColumns: 'all',
		onInvalid: 'stop',
		longTexts: 'reject',
		chunkLimits: { records: 5_000, bytes: 10 * 1024 * 1024 },
		delimiter: ',',
		zone: 'Europe/Berlin',
		clean: [],
		severities: {},
		now: new Date('2026-06-30'),
	});
	if (!prepared.file) throw new Error(JSON.stringify(prepared.findings.list[0]));
	const checked = performance.now();
	const client = createSignalClient({
		send,
		getToken: async (renew) => (await tokens.getToken(app, audience, { renew })).value,
		signalsUrl,
		jobId,
		policy: { attempts: 6, totalMs: 60_000, firstWaitMs: 1_000, maxWaitMs: 60_000 },
		whenInDoubt: 'stop',
	});
	const { contentHash, file, header, chunks, unit } = prepared;
	const transfer = { signalsUrl, tenantId: demo.tenantId, jobId, contentHash };
	const progress = openProgress({ folder, transfer, run: 'only' });
	try {
		const { confirmed } = await sendSignals(
			{ file, header, delimiter: ',', chunks, unit, rows: prepared.records },
			{
				client,
				progress,
				acquireLock: async () => await acquireTransferLock({ folder, key: transferKey(transfer) }),
				whenInDoubt: 'stop',
				startOver: false,
			},
		);
		const rows = confirmed.reduce((sum, { records }) => sum + records, 0);
		const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
		const checkMs = Math.round(checked - began);
		const sendMs = Math.round(performance.now() - checked);
		console.log(JSON.stringify({ rows, bytes: file.size, peakMegabytes, checkMs, sendMs }));
	} finally {
		await file.dispose();
		rmSync(folder, { recursive: true, force: true });
	}
}

main(process.argv.slice(2)).catch((error: Error) => {
	console.error(error);
	process.exitCode = 1;
});
