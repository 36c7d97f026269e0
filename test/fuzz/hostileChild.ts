import { readFileSync } from 'node:fs';
import { Problem } from '../../nodes/shared/core/problem';
import type { Findings } from '../../nodes/shared/findings/findings';
import { openTableFile } from '../../nodes/shared/files/openTableFile';
import { preparePackage } from '../../nodes/shared/viva/package/preparePackage';
import { checkPrebuiltPackage } from '../../nodes/shared/viva/prebuilt/prebuiltPackage';
import { packageSettings } from '../fixtures/packageSettings';
import { HOSTILE, type HostileFile, type HostileOutcome } from './hostileInputs';

/** What the parent is told of one file. */
export interface HostileReport extends HostileOutcome {
	name: string;
	/** bytes of the file that were asked for, each reading counted */
	taken: number;
	/** bytes of text that came out of the reader */
	unpacked: number;
	/** milliseconds for which the processor worked */
	milliseconds: number;
	/** most memory of the process so far, in megabytes */
	peakMB: number;
}

/**
 * Most memory that the process ever held. Linux keeps `maxRSS` over the start of another program: in a child it may be that of
 * the parent, so it is only asked where nothing better is known.
 */
function peakMB(): number {
	try {
		return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))![1]) / 1024;
	} catch {
		return process.resourceUsage().maxRSS / 1024;
	}
}

async function run(file: HostileFile): Promise<Omit<HostileReport, 'name' | 'milliseconds' | 'peakMB'>> {
	let taken = 0;
	let unpacked = 0;
	async function* source(): AsyncGenerator<Buffer> {
		for (const piece of file.pieces()) {
			taken += piece.length;
			yield piece;
		}
	}
	let outcome: HostileOutcome;
	try {
		outcome = await outcomeOf();
	} catch (error) {
		if (error instanceof Problem) {
			outcome = {
				ends: error.kind === 'input' && error.advice !== '' ? 'refused' : error.kind,
				says: error.message,
				row: error.details.row as number | undefined,
			};
		} else outcome = { ends: 'crash', says: (error as Error).stack ?? String(error) };
	}
	return { ...outcome, taken, unpacked };

	async function outcomeOf(): Promise<HostileOutcome> {
		const told = { fileName: file.fileName ?? '', mimeType: '', open: async () => source() };
		const opened = await openTableFile(told, {});
		let findings: Findings;
		if (opened.format === 'zip') {
			const settings = { destination: 'vivaHr', severities: {} } as const;
			const checked = await checkPrebuiltPackage(source(), settings);
			await checked.file?.dispose();
			({ findings } = checked);
		} else if (file.onlyRead) {
			let records = 0;
			let first: number | undefined;
			for await (const batch of (await opened.open()).batches) {
				records += batch.records;
				first ??= batch.rows[0];
				unpacked += batch.ends[batch.fields[batch.records] - 1];
			}
			return { ends: 'read', says: `${records} records`, row: first };
		} else {
			const prepared = await preparePackage(opened, packageSettings({ otherColumns: 'custom' }));
			await prepared.file?.dispose();
			({ findings } = prepared);
		}
		const errors = findings.list.filter(({ severity }) => severity === 'error');
		return errors.length > 0
			? { ends: 'found', says: errors.map(({ message }) => message).join(' '), row: errors[0].row }
			: { ends: 'sent', says: 'nothing is wrong' };
	}
}

async function main(): Promise<void> {
	for (const { name, file } of HOSTILE[process.argv[2]]) {
		const made = file();
		const begun = process.cpuUsage();
		const outcome = await run(made);
		const { user, system } = process.cpuUsage(begun);
		const report: HostileReport = {
			name,
			...outcome,
			milliseconds: (user + system) / 1000,
			peakMB: peakMB(),
		};
		process.send?.(report);
	}
	process.disconnect?.();
}

void main();
