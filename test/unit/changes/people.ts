import { Readable } from 'node:stream';
import type { ChangeCounts } from '../../../nodes/shared/changes/changeCounts';
import type { Findings } from '../../../nodes/shared/findings/findings';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import type { ChangesSettings } from '../../../nodes/shared/viva/package/changedPeople';
import { preparePackage, type PackageSettings } from '../../../nodes/shared/viva/package/preparePackage';
import type { PreviousFile } from '../../../nodes/shared/pipeline/previousFile';
import { packageSettings } from '../../fixtures/packageSettings';
import { bytesOf } from '../../helpers/bytesOf';

/** One row of an export. */
export type Row = Record<string, string>;

const quoted = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** Rows as a CSV file. */
export function csvOf(rows: readonly Row[], columns = [...new Set(rows.flatMap(Object.keys))]): string {
	return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
		.map((line) => `${line.map(quoted).join(',')}\r\n`)
		.join('');
}

/** A CSV file as the previous one. */
export function previousCsv(content: string): PreviousFile {
	return { format: 'table', open: async () => await readCsv(Readable.from([Buffer.from(content)])) };
}

/** What came of comparing two files. */
export interface Compared {
	counts: ChangeCounts;
	findings: Findings;
	/** the lines that would be sent, without the header; nothing where an error stops them */
	sent?: string[];
	header?: string;
	missing: string[];
	/** how often the current file was read */
	readings: number;
}

/** Compares two files as the step does, and gives what would be sent as CSV. */
export async function compare(
	previous: PreviousFile | undefined,
	current: string,
	more: Omit<Partial<PackageSettings>, 'changes'> & { changes?: Partial<ChangesSettings> } = {},
): Promise<Compared> {
	let readings = 0;
	const prepared = await preparePackage(
		{
			async open() {
				readings++;
				return await readCsv(Readable.from([Buffer.from(current)]));
			},
			previous,
		},
		packageSettings({
			refresh: 'incremental',
			bodyType: 'csv',
			...more,
			changes: { maximumMissingShare: 1, ...more.changes },
		}),
	);
	const { findings, file, changes } = prepared;
	const missing: string[] = [];
	await changes!.eachMissing((address) => missing.push(address));
	const result = { counts: changes!.counts, findings, missing, readings };
	if (!file) return result;
	const content = await bytesOf(file.open());
	await file.dispose();
	const [header, ...sent] = content.toString('utf8').trimEnd().split('\r\n');
	return { ...result, header, sent };
}
