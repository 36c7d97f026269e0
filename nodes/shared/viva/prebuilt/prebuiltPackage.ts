import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createSpool, type SpooledFile } from '../../files/spool';
import { createDateColumns, type DateColumns } from '../../dates/dateColumns';
import type { DateOrder } from '../../dates/dateFormats';
import type { Findings } from '../../findings/findings';
import { quoted } from '../../columns/headerRules';
import type { ColumnPlan } from '../../columns/columnPlan';
import { createRowCheck } from '../../checks/rowCheck';
import { readCsv } from '../../csv/csvReader';
import { fieldText } from '../../records/recordBatch';
import { openZip, type ZipEntry } from '../../files/zipReader';
import { ATTRIBUTE_SETS } from '../attributes/attributes';
import type { DestinationId, RefreshKind } from '../service/destinations';
import { createDatasetChecks } from '../package/datasetChecks';
import type { Notes, Preparation } from '../package/preparePackage';
import { planPrebuiltColumns, readMetadata, type PrebuiltMetadata } from './prebuiltMetadata';
import { observeText } from './conformance';
import { isServiceDate } from './serviceDates';

/** More than any metadata.json needs, in bytes. */
const LARGEST_METADATA = 1024 * 1024;

/** What came of checking a ready-made zip. */
export interface PrebuiltPackage extends Preparation {
	/** what its metadata.json asks for */
	refresh: RefreshKind;
}

/**
 * Checks a zip that somebody else made, and keeps it to be sent as it is: nothing in it is changed, so one error stops it.
 * @param bytes the zip file
 * @param destination where it is to be sent
 * @param findings takes what is wrong with it
 * @param signal stops reading
 * @param watch told of plan and batches, see {@link Notes}
 * @throws Problem `input` for a zip that cannot be read or must not be trusted
 */
export async function checkPrebuiltPackage(
	bytes: AsyncIterable<Buffer>,
	destination: DestinationId,
	findings: Findings,
	signal?: AbortSignal,
	watch: Pick<Notes, 'onPlan' | 'onBatch'> = {},
): Promise<PrebuiltPackage> {
	const spool = createSpool();
	let kept: SpooledFile | undefined;
	try {
		await pipeline(Readable.from(bytes, { objectMode: false }), spool.sink, { signal });
		const file = spool.file();
		const checked = await checkZip(file, destination, findings, signal, watch);
		if (findings.errors === 0) kept = file;
		return { ...checked, file: kept, findings, form: 'zip', leftOut: [] };
	} finally {
		if (!kept) await spool.discard();
	}
}

type Checked = Pick<PrebuiltPackage, 'columns' | 'mapping' | 'records' | 'rejected' | 'refresh'>;

async function checkZip(
	file: SpooledFile,
	destination: DestinationId,
	findings: Findings,
	signal: AbortSignal | undefined,
	watch: Pick<Notes, 'onPlan' | 'onBatch'>,
): Promise<Checked> {
	const nothing: Checked = { columns: [], mapping: [], records: 0, rejected: 0, refresh: 'full' };
	const content = await openPrebuiltPackage(file, destination, findings);
	if (!content) return nothing;
	const { csv, metadata } = content;

	const { bytes, habits } = observeText(csv.open());
	const table = await readCsv(bytes, { delimiter: ',' });
	const plan = planPrebuiltColumns(table.columns, metadata, destination, findings);
	const dates = datesAsTheyAre(plan, metadata);
	const limits = {
		maximumValueBytes: ATTRIBUTE_SETS[destination].maximumValueBytes?.value ?? Infinity,
		lineBreaks: false,
	};
	const check = createRowCheck(table, plan, limits, findings, dates);
	const together = createDatasetChecks(
		{ destination, refresh: metadata.refresh, width: table.columns.length, plan, dates },
		findings,
	);
	watch.onPlan?.(plan, { columns: table.columns, people: together.people });
	for await (const batch of table.batches) {
		signal?.throwIfAborted();
		const flags = check.check(batch);
		together.observe(batch, flags);
		watch.onBatch?.(batch, flags);
	}
	if (check.records === 0) findings.add('no-records');
	if (habits.byteOrderMark) findings.add('zip-byte-order-mark', { found: csv.name });
	if (habits.blankLines > 0) findings.add('zip-blank-lines', { count: habits.blankLines });
	if (habits.lonelyReturns > 0) findings.add('zip-line-ends');
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

/**
 * Finds the table and the mapping of a ready-made zip.
 * @param file the zip
 * @param destination where it was made for
 * @param findings takes what is wrong with it
 * @returns nothing where it cannot be used at all
 * @throws Problem `input` for a zip that cannot be read or must not be trusted
 */
export async function openPrebuiltPackage(
	file: SpooledFile,
	destination: DestinationId,
	findings: Findings,
): Promise<{ csv: ZipEntry; metadata: PrebuiltMetadata } | undefined> {
	const entries = await openZip(file.location);
	const csv = only(entries, '.csv');
	const json = only(entries, '.json');
	const names = entries.map(({ name }) => name);
	if (!csv || !json || entries.length !== 2) {
		findings.add('zip-entries', { found: names.length === 0 ? 'no file' : quoted(names) });
		return undefined;
	}
	checkNames(csv.name, json.name, findings);
	const text = await textOf(json, findings);
	if (text?.startsWith('\uFEFF')) findings.add('zip-byte-order-mark', { found: json.name });
	const metadata = text === undefined ? undefined : readMetadata(text, destination, findings);
	if (csv.size === 0) findings.add('file-empty');
	return metadata && csv.size > 0 ? { csv, metadata } : undefined;
}

function checkNames(csv: string, json: string, findings: Findings): void {
	const right = (same: (name: string) => string) =>
		same(csv) === 'data.csv' && same(json) === 'metadata.json';
	if (right((name) => name)) return;
	const code = right((name) => name.toLowerCase()) ? 'zip-names-case' : 'zip-names';
	findings.add(code, { found: quoted([csv, json], 'and') });
}

/** Dates of a ready zip as the service reads them, since nothing of it is rewritten. */
export function datesAsTheyAre(plan: ColumnPlan, metadata: PrebuiltMetadata): DateColumns {
	const orders = new Map<number, DateOrder>();
	for (const { sourceIndex, sourceName } of plan.columns) {
		const type = metadata.mapping.find(({ column }) => column === sourceName)?.type ?? '';
		orders.set(sourceIndex, /ddmm/i.test(type) ? 'dayFirst' : 'monthFirst');
	}
	const dates = createDateColumns(plan.columns, {
		order: ({ sourceIndex }) => orders.get(sourceIndex),
		style: 'monthDayYear',
		isoAsItIs: true,
	});
	return {
		...dates,
		takesYearFirst: [...orders.values()].every((order) => order === 'monthFirst'),
		stateOf: (from, batch, f) =>
			isServiceDate(fieldText(batch, f), orders.get(from) ?? 'monthFirst') ? 'date' : 'notADate',
	};
}

/** The one entry with this ending, or nothing. */
function only(entries: readonly ZipEntry[], ending: string): ZipEntry | undefined {
	const found = entries.filter(({ name }) => name.toLowerCase().endsWith(ending));
	return found.length === 1 ? found[0] : undefined;
}

/** The text of metadata.json; nothing where it is none. */
async function textOf(entry: ZipEntry, findings: Findings): Promise<string | undefined> {
	if (entry.size > LARGEST_METADATA) {
		findings.add('metadata-not-json');
		return undefined;
	}
	const pieces: Buffer[] = [];
	for await (const piece of entry.open()) pieces.push(piece);
	const bytes = Buffer.concat(pieces);
	if (isUtf8(bytes)) return bytes.toString('utf8');
	findings.add('metadata-not-json');
	return undefined;
}
