import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createRowCheck } from '../../checks/rowCheck';
import type { ShrinkRules } from '../../checks/dataset/shrinkCheck';
import type { ColumnPlan } from '../../columns/columnPlan';
import { quoted } from '../../columns/headerRules';
import { readCsv } from '../../csv/csvReader';
import { createDateColumns, type DateColumns } from '../../dates/dateColumns';
import type { DateOrder } from '../../dates/dateFormats';
import { createSpool, type SpooledFile } from '../../files/spool';
import { openZip, type ZipEntry } from '../../zip/zipReader';
import type { Findings } from '../../findings/findings';
import { createDatasetChecks } from '../../pipeline/datasetChecks';
import { beginReading, type Severities, type Watching } from '../../pipeline/observers';
import {
	checkOnly,
	openReading,
	type CheckedInput,
	type ReadingRules,
	type TableSource,
} from '../../pipeline/readChecked';
import { fieldText } from '../../records/recordBatch';
import { datasetRules, valueLimits } from '../attributes/importChecks';
import type { Readiness } from '../readiness/answer';
import type { AppId } from '../readiness/apps';
import { createReadinessCheck } from '../readiness/readiness';
import type { DestinationId, RefreshKind } from '../service/destinations';
import { observeText, type TextConformance } from './conformance';
import { planPrebuiltColumns, readMetadata, type PrebuiltMetadata } from './prebuiltMetadata';
import { isServiceDate } from './serviceDates';

/** More than any metadata.json needs, in bytes. */
const LARGEST_METADATA = 1024 * 1024;

/** What came of checking a ready-made zip. */
export interface PrebuiltPackage extends CheckedInput {
	/** the zip as it came; missing where an error stopped it */
	file?: SpooledFile;
	bodyType: 'zip';
	/** what its metadata.json asks for */
	refresh: RefreshKind;
	/** where an app is named, and rows are sent */
	readiness?: Readiness;
}

/** Where a prebuilt package is to be sent, and how it is checked. */
export interface PrebuiltSettings {
	destination: DestinationId;
	severities: Severities;
	now: Date;
	/** the app that the rows are for; missing where nobody says so */
	prepareFor?: AppId;
	/** how small it may be; counts where it replaces what the service has */
	shrink?: ShrinkRules;
}

/**
 * Checks a zip that somebody else made, and keeps it to be sent as it is: nothing in it is changed, so one error stops it.
 * @param bytes the zip file
 * @param settings see {@link PrebuiltSettings}
 * @param watching see {@link Watching}
 * @throws Problem `input` for a zip that cannot be read or must not be trusted
 */
export async function checkPrebuiltPackage(
	bytes: AsyncIterable<Buffer>,
	settings: PrebuiltSettings,
	watching: Watching = {},
): Promise<PrebuiltPackage> {
	const { destination, severities } = settings;
	const spool = createSpool();
	let kept: SpooledFile | undefined;
	const checkContent = async (content: PrebuiltContent, findings: Findings) => {
		const { open, rules } = prebuiltSource(content, settings);
		const { refresh } = content.metadata;
		const { minimumPeople = 0, replaces } = settings.shrink ?? {};
		const shrink = { minimumPeople, replaces: refresh === 'full' ? replaces : undefined };
		const { prepareFor: app } = settings;
		const readiness = app && createReadinessCheck({ app, destination, refresh, onlyChanges: false });
		const packedCheck: ReadingRules['packedCheck'] =
			readiness && (({ plan }) => readiness.begin(plan, findings));
		const reading = { open, rules: { ...rules, shrink, packedCheck }, ...watching };
		const checked = await checkOnly(await openReading(reading, findings));
		return { ...checked, readiness: readiness?.found() };
	};
	try {
		const { signal } = watching;
		await pipeline(Readable.from(bytes, { objectMode: false }), spool.sink, { signal });
		const file = spool.file();
		const findings = beginReading(watching.observers, severities);
		const content = await openPrebuiltPackage(file, destination, findings);
		const refresh = content?.metadata.refresh ?? 'full';
		const checked = content ? await checkContent(content, findings) : { ...NOTHING, findings };
		if (findings.errors === 0) kept = file;
		return { ...checked, file: kept, bodyType: 'zip', refresh };
	} finally {
		if (!kept) await spool.discard();
	}
}

/** What is known of a zip that does not hold what it should. */
const NOTHING: Omit<CheckedInput, 'findings'> = {
	unit: 'row',
	plan: { columns: [], leftOut: [], proposals: [] },
	mapping: [],
	records: 0,
	rejected: 0,
};

/**
 * The table of a ready-made zip, and how it is understood: as the service would, since nothing of it is rewritten.
 * @param content see {@link openPrebuiltPackage}
 * @param settings where it was made for, and the time of the reading
 */
export function prebuiltSource(
	{ csv, metadata }: PrebuiltContent,
	{ destination, prepareFor, now }: Pick<PrebuiltSettings, 'destination' | 'prepareFor' | 'now'>,
): TableSource & { rules: ReadingRules } {
	let habits: TextConformance | undefined;
	return {
		async open() {
			const observed = observeText(csv.open());
			({ habits } = observed);
			return await readCsv(observed.bytes, { delimiter: ',' });
		},
		rules: {
			plan({ columns }, findings) {
				const plan = planPrebuiltColumns(columns, { metadata, destination, prepareFor }, findings);
				const mapping = plan.columns.map(({ sourceName, name, type, reason }) => ({
					column: sourceName,
					attribute: name,
					type,
					by: 'user' as const,
					sureness: 'sure' as const,
					reason,
				}));
				return { plan, mapping };
			},
			clean: [],
			dates: (plan) => datesAsTheyAre(plan, metadata, now),
			check: (parts) => createRowCheck(parts, { ...valueLimits(destination), exactShape: true }),
			datasetChecks(parts) {
				const dataset = createDatasetChecks(datasetRules(destination, metadata.refresh), parts);
				return {
					...dataset,
					conclude(findings) {
						if (habits) noteHabits(habits, csv.name, findings);
						dataset.conclude(findings);
					},
				};
			},
		},
	};
}

/** Puts into the findings what our reader forgives, and the service need not. */
function noteHabits(habits: TextConformance, name: string, findings: Findings): void {
	if (habits.byteOrderMark) findings.add('zip-byte-order-mark', { found: name });
	if (habits.blankLines > 0) findings.add('zip-blank-lines', { count: habits.blankLines });
	if (habits.lonelyReturns > 0) findings.add('zip-line-ends');
}

/** The two files of a ready-made zip. */
export interface PrebuiltContent {
	csv: ZipEntry;
	metadata: PrebuiltMetadata;
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
): Promise<PrebuiltContent | undefined> {
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

/** Dates of a prebuilt zip as the service reads them, since nothing of it is rewritten. */
function datesAsTheyAre(plan: ColumnPlan, metadata: PrebuiltMetadata, now: Date): DateColumns {
	const orders = new Map<number, DateOrder>();
	for (const { sourceIndex, sourceName } of plan.columns) {
		const type = metadata.mapping.find(({ column }) => column === sourceName)?.type ?? '';
		orders.set(sourceIndex, /ddmm/i.test(type) ? 'dayFirst' : 'monthFirst');
	}
	const dates = createDateColumns(plan.columns, {
		order: ({ sourceIndex }) => orders.get(sourceIndex),
		style: 'monthDayYear',
		isoAsItIs: true,
		now,
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
