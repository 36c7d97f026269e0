import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createSpool, type SpooledFile } from '../package/spool';
import { createDateColumns } from '../rules/dateColumns';
import type { Findings } from '../rules/findings';
import { quoted } from '../rules/headerRules';
import { createRowCheck } from '../rules/rowCheck';
import { readCsv } from '../table/csvReader';
import { openZip, type ZipEntry } from '../table/zipReader';
import { ATTRIBUTE_SETS } from './attributes';
import type { DestinationId, RefreshKind } from './destinations';
import { createSetChecks } from './setChecks';
import type { Preparation } from './preparePackage';
import { planReadyColumns, readMetadata } from './readyMetadata';

/** More than any metadata.json needs, in bytes. */
const LARGEST_METADATA = 1024 * 1024;

/** What came of checking a ready-made zip. */
export interface ReadyZip extends Preparation {
	/** what its metadata.json asks for */
	refresh: RefreshKind;
}

/**
 * Checks a zip that somebody else made, and keeps it to be sent as it is: nothing in it is changed, so one error stops it.
 * @param bytes the zip file
 * @param destination where it is to be sent
 * @param findings takes what is wrong with it
 * @param signal stops reading
 * @throws Problem `input` for a zip that cannot be read or must not be trusted
 */
export async function prepareReadyZip(
	bytes: AsyncIterable<Buffer>,
	destination: DestinationId,
	findings: Findings,
	signal?: AbortSignal,
): Promise<ReadyZip> {
	const spool = createSpool();
	let kept: SpooledFile | undefined;
	try {
		await pipeline(Readable.from(bytes, { objectMode: false }), spool.sink, { signal });
		const file = spool.file();
		const checked = await checkZip(file, destination, findings, signal);
		if (findings.errors === 0) kept = file;
		return { ...checked, file: kept, findings, form: 'zip', leftOut: [] };
	} finally {
		if (!kept) await spool.discard();
	}
}

type Checked = Pick<ReadyZip, 'columns' | 'mapping' | 'records' | 'rejected' | 'refresh'>;

async function checkZip(
	file: SpooledFile,
	destination: DestinationId,
	findings: Findings,
	signal: AbortSignal | undefined,
): Promise<Checked> {
	const nothing: Checked = { columns: [], mapping: [], records: 0, rejected: 0, refresh: 'full' };
	const entries = await openZip(file.location);
	const csv = only(entries, '.csv');
	const json = only(entries, '.json');
	const names = entries.map(({ name }) => name);
	if (!csv || !json || entries.length !== 2) {
		findings.add('zip-entries', { found: names.length === 0 ? 'no file' : quoted(names) });
		return nothing;
	}
	if (csv.name !== 'data.csv' || json.name !== 'metadata.json') {
		findings.add('zip-names', { found: quoted(names) });
	}
	const metadata = readMetadata(await textOf(json, findings), destination, findings);
	if (csv.size === 0) findings.add('file-empty');
	if (!metadata || csv.size === 0) return nothing;

	const table = await readCsv(csv.open(), { delimiter: ',' });
	const plan = planReadyColumns(table.columns, metadata, destination, findings);
	const dates = createDateColumns(plan.columns, {
		order: metadata.mapping.some(({ type }) => /ddmm/i.test(type)) ? 'dayFirst' : 'monthFirst',
		style: 'monthDayYear',
		isoAsItIs: true,
	});
	const limits = {
		maximumValueBytes: ATTRIBUTE_SETS[destination].maximumValueBytes?.value ?? Infinity,
		lineBreaks: false,
	};
	const check = createRowCheck(table, plan, limits, findings, dates);
	const together = createSetChecks(destination, metadata.refresh, plan, dates, findings);
	for await (const batch of table.batches) {
		signal?.throwIfAborted();
		together.observe(batch, check.check(batch));
	}
	if (check.records === 0) findings.add('no-records');
	together.conclude(findings);
	return {
		columns: plan.columns.map(({ name }) => name),
		mapping: plan.columns.map(({ sourceName, name, type, reason }) => ({
			column: sourceName,
			attribute: name,
			type,
			by: 'user',
			reason,
		})),
		records: check.records,
		rejected: check.rejected,
		refresh: metadata.refresh,
	};
}

/** The one entry with this ending, or nothing. */
function only(entries: readonly ZipEntry[], ending: string): ZipEntry | undefined {
	const found = entries.filter(({ name }) => name.toLowerCase().endsWith(ending));
	return found.length === 1 ? found[0] : undefined;
}

async function textOf(entry: ZipEntry, findings: Findings): Promise<string> {
	if (entry.size > LARGEST_METADATA) {
		findings.add('metadata-not-json');
		return '';
	}
	const pieces: Buffer[] = [];
	for await (const piece of entry.open()) pieces.push(piece);
	return Buffer.concat(pieces).toString('utf8');
}
