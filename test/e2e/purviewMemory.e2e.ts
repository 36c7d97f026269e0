import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { startEmulator, type Emulator } from '../emulator/emulator';

const folder = mkdtempSync(join(tmpdir(), 'purview-memory-'));
let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ settings: { keepRows: false } });
	emulator.writeCa(join(folder, 'ca.pem'));
});
afterAll(async () => {
	await emulator.close();
	rmSync(folder, { recursive: true, force: true });
});

function* leavers(count: number): Generator<string> {
	let piece = 'UserPrincipalName,ResignationDate,LastWorkingDate,Note\r\n';
	for (let i = 0; i < count; i++) {
		const day = String((i % 28) + 1).padStart(2, '0');
		piece += `leaver.${i}@contoso.com,2026-03-${day},2027-01-${day}T17:00:00,"a note,\nnumber ${i}"\r\n`;
		if (piece.length > 65_536) {
			yield piece;
			piece = '';
		}
	}
	yield piece;
}

interface Sent {
	rows: number;
	bytes: number;
	peakMegabytes: number;
}

/** Sends so many rows from a process of its own. */
async function send(count: number): Promise<Sent> {
	const file = join(folder, `${count}.csv`);
	await pipeline(Readable.from(leavers(count)), createWriteStream(file));
	const tsx = require.resolve('tsx/cli');
	const script = join(__dirname, 'purviewManyRows.ts');
	const { stdout } = await promisify(execFile)(process.execPath, [
		...[tsx, script, file],
		...[emulator.origin, join(folder, 'ca.pem')],
	]);
	return JSON.parse(stdout) as Sent;
}

it('a million rows arrive, and need no more memory than a tenth of them', async () => {
	const few = await send(100_000);
	const saved = () => emulator.signals.reduce((sum, { recordsSaved }) => sum + recordsSaved, 0);
	expect(saved()).toBe(100_000);
	emulator.reset();
	const many = await send(1_000_000);
	expect(many.rows).toBe(1_000_000);
	expect(saved()).toBe(1_000_000);
	expect(emulator.signals).toHaveLength(200);
	// The file alone is larger than that.
	expect(many.bytes).toBeGreaterThan(80e6);
	expect(many.peakMegabytes - few.peakMegabytes).toBeLessThan(40);
});
