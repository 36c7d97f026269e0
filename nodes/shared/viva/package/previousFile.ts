import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ComparedSource, Comparison } from '../../changes/comparison';
import { createSpool, type SpooledFile } from '../../files/spool';
import { Problem, problem } from '../../core/problem';
import type { RuleCode } from '../../findings/catalogue';
import { createDateColumns, type DateColumns } from '../../dates/dateColumns';
import type { DateOrder } from '../../dates/dateFormats';
import type { Severity } from '../../findings/finding';
import { createFindings, type Findings } from '../../findings/findings';
import { cleanTable, type CleaningKind } from '../../checks/cleanTable';
import type { ColumnPlan, PlannedColumn } from '../../columns/columnPlan';
import { createRowCheck, createShapeCheck, type RowCheck } from '../../checks/rowCheck';
import { readCsv } from '../../csv/csvReader';
import { fieldText, type RecordBatch, type Table } from '../../records/recordBatch';
import { sampleTable } from '../../records/sampleTable';
import { ATTRIBUTE_SETS } from '../attributes/attributes';
import { planImport } from '../attributes/planImport';
import type { DestinationId, RefreshKind } from '../service/destinations';
import { planPrebuiltColumns } from '../prebuilt/prebuiltMetadata';
import { datesAsTheyAre, openPrebuiltPackage } from '../prebuilt/prebuiltPackage';

/** The file with which the current one is compared: anything that the step reads. */
export type PreviousFile =
	{ form: 'table'; open: () => Promise<Table> } | { form: 'zip'; open: () => Promise<AsyncIterable<Buffer>> };

/** How the previous file is read: as the current one was, so that only what differs is a difference. */
export interface PreviousReading {
	destination: DestinationId;
	refresh: RefreshKind;
	/** the columns of the current file as they will be sent */
	plan: ColumnPlan;
	onInvalid: 'stop' | 'leaveOut' | 'send';
	severities: Partial<Record<RuleCode, Severity | 'off'>>;
	mend: readonly CleaningKind[];
	dateOrder?: DateOrder;
	zone?: string;
	signal?: AbortSignal;
}

interface OpenedPrevious {
	table: Table;
	/** the current file's columns, where they are in this one; `from` is -1 for those that it lacks */
	columns: PlannedColumn[];
	dates: DateColumns;
	check: RowCheck;
	close(): Promise<void>;
}

const SAMPLED_RECORDS = 300;

/**
 * Reads the previous file into a comparison. Rows that break a rule do not count: they were not sent.
 * @param file see {@link PreviousFile}
 * @param reading see {@link PreviousReading}
 * @param comparison takes its rows
 * @param sourceOf where the compared columns are
 * @throws Problem `input` where it cannot be read, names no people, or leaves open what its dates mean
 */
export async function indexPreviousFile(
	file: PreviousFile,
	reading: PreviousReading,
	comparison: Comparison,
	sourceOf: (columns: readonly PlannedColumn[]) => ComparedSource,
): Promise<void> {
	await explained(async () => {
		let dates: DateColumns | undefined;
		for (;;) {
			const opened = await openPrevious(file, reading, dates);
			dates = opened.dates;
			const remember = comparison.indexPrevious(sourceOf(opened.columns));
			await eachBatch(opened, reading.signal, (batch) => remember(batch, opened.check.check(batch)));
			if (!dates.contradicted()) break;
			comparison.forget();
			dates.restart();
		}
		const findings = createFindings({ severities: reading.severities });
		dates.conclude(findings);
		const unclear = findings.list.find(({ severity }) => severity === 'error');
		if (unclear) {
			throw problem.input(unclear.message, findings.totals()[0].advice, { code: unclear.code });
		}
	});
}

/**
 * Reads the previous file once more, for the addresses of those who are missing now.
 * @param take told each address, in the file's order, each person once
 */
export async function listMissing(
	file: PreviousFile,
	reading: PreviousReading,
	comparison: Comparison,
	sourceOf: (columns: readonly PlannedColumn[]) => ComparedSource,
	take: (address: string) => void,
): Promise<void> {
	await explained(async () => {
		const opened = await openPrevious(file, reading, undefined);
		const source = sourceOf(opened.columns);
		const missing = comparison.listMissing(source);
		await eachBatch(opened, reading.signal, (batch) => {
			const marks = missing(batch);
			for (let r = 0; r < batch.records; r++) {
				if (marks[r] === 1) take(fieldText(batch, batch.fields[r] + source.person));
			}
		});
	});
}

async function eachBatch(
	{ table, close }: OpenedPrevious,
	signal: AbortSignal | undefined,
	take: (batch: RecordBatch) => void,
): Promise<void> {
	try {
		for await (const batch of table.batches) {
			signal?.throwIfAborted();
			take(batch);
		}
	} finally {
		await close();
	}
}

async function openPrevious(
	file: PreviousFile,
	reading: PreviousReading,
	known: DateColumns | undefined,
): Promise<OpenedPrevious> {
	// Its faults were told when it was sent.
	const findings = createFindings({ severities: reading.severities });
	const opened =
		file.form === 'zip'
			? await openZipTable(file, reading, findings)
			: await openTable(file, reading, findings);
	let usable = false;
	try {
		const columns = reading.plan.columns.map(
			(current) =>
				opened.columns.find(({ name }) => name === current.name) ?? { ...current, sourceIndex: -1 },
		);
		const { people } = ATTRIBUTE_SETS[reading.destination];
		const person = columns.find(({ name }) => name === people?.person);
		if (!person || person.sourceIndex < 0) {
			throw problem.input(
				`None of its columns is ${people?.person ?? 'that of the person'}.`,
				'Give the file of the last import: the same export, or the package that Validate put out.',
				{ code: 'previousWithoutPeople' },
			);
		}
		const there: ColumnPlan = { columns: columns.filter(({ sourceIndex }) => sourceIndex >= 0), leftOut: [] };
		const dates = known ?? opened.dates(there);
		for (const column of there.columns) {
			if (column.type === 'date') column.conversion = dates.conversion(column.sourceIndex);
		}
		const table = cleanTable(opened.table, there, reading.mend, findings);
		const set = ATTRIBUTE_SETS[reading.destination];
		const limits = {
			maximumValueBytes: set.maximumValueBytes?.value ?? Infinity,
			lineBreaks: false,
			deletingValue: set.deletingValue?.value,
		};
		const check =
			reading.onInvalid === 'send'
				? createShapeCheck(table, findings, dates)
				: createRowCheck(table, there, limits, findings, dates);
		usable = true;
		return { table, columns, dates, check, close: opened.close };
	} finally {
		if (!usable) await opened.close();
	}
}

interface PlannedTable {
	table: Table;
	columns: PlannedColumn[];
	dates: (plan: ColumnPlan) => DateColumns;
	close(): Promise<void>;
}

/** A table whose columns are those of the current file: those with the same names first, the others as if it came alone. */
async function openTable(
	file: Extract<PreviousFile, { form: 'table' }>,
	{ destination, refresh, plan, dateOrder, zone }: PreviousReading,
	findings: Findings,
): Promise<PlannedTable> {
	const { table, samples } = await sampleTable(await file.open(), SAMPLED_RECORDS);
	const once = (name: string) => table.columns.filter((column) => column === name).length === 1;
	const mapping = plan.columns
		.filter(({ sourceIndex, sourceName }) => sourceIndex >= 0 && once(sourceName))
		.map(({ sourceName, name, type }) => ({ column: sourceName, attribute: name, type }));
	const planned = planImport(
		{ columns: table.columns, samples },
		{ destination, refresh, mapping, otherColumns: 'custom' },
		findings,
	);
	return {
		table,
		columns: planned.plan.columns,
		dates: ({ columns }) =>
			createDateColumns(columns, { order: dateOrder, zone, style: 'monthDayYear', isoAsItIs: true }),
		close: async () => undefined,
	};
}

async function openZipTable(
	file: Extract<PreviousFile, { form: 'zip' }>,
	{ destination, signal }: PreviousReading,
	findings: Findings,
): Promise<PlannedTable> {
	const spool = createSpool();
	let zip: SpooledFile | undefined;
	const close = async () => await (zip ? zip.dispose() : spool.discard());
	let usable = false;
	try {
		await pipeline(Readable.from(await file.open(), { objectMode: false }), spool.sink, { signal });
		zip = spool.file();
		const content = await openPrebuiltPackage(zip, destination, findings);
		if (!content) {
			const [finding] = findings.totals();
			throw problem.input(findings.list[0]?.message ?? 'It cannot be read.', finding?.advice ?? '');
		}
		const table = await readCsv(content.csv.open(), { delimiter: ',' });
		const { columns } = planPrebuiltColumns(table.columns, content.metadata, destination, findings);
		usable = true;
		return { table, columns, dates: (plan) => datesAsTheyAre(plan, content.metadata), close };
	} finally {
		if (!usable) await close();
	}
}

/**
 * Does something with the previous file; a problem with it then says of which of the two files it tells.
 * @throws Problem `input` with the sentence completed
 */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => Promise.reject(aboutPrevious(error)));
}

function aboutPrevious(error: unknown): unknown {
	if (!(error instanceof Problem) || error.kind !== 'input') return error;
	const message = `The previous file cannot be compared with. ${error.message}`;
	return problem.input(message, error.advice, error.details);
}
