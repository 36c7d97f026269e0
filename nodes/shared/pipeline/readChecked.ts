import { explainHeader } from '../checks/headerShape';
import { cleanTable, type CleaningKind } from '../checks/cleanTable';
import type { RowCheckRequest } from '../checks/valueCheck';
import type { RowCheck } from '../checks/rowCheck';
import type { DatasetCheck } from '../checks/dataset/datasetCheck';
import { checkShrinkage, type ImportSize, type ShrinkRules } from '../checks/dataset/shrinkCheck';
import type { ColumnPlan } from '../columns/columnPlan';
import type { MappingLine } from '../columns/planColumns';
import { createEventLoopYield } from '../core/eventLoop';
import type { DateColumns } from '../dates/dateColumns';
import type { DateOrder } from '../dates/dateFormats';
import type { Findings } from '../findings/findings';
import type { AddressIndex } from '../managers/addressIndex';
import { readAddresses, resolveManagers } from '../managers/resolveManagers';
import type { PeopleIndex } from '../people/peopleIndex';
import type { Conversion } from '../records/convertedValues';
import { translateTable } from './translateTable';
import type { RecordBatch, Table } from '../records/recordBatch';
import { sampleTable } from '../records/sampleTable';
import type { DatasetChecks } from './datasetChecks';
import { beginReading, type Severities, type Watching } from './observers';
import type { Selection } from './selection';

/** How many records the decision about columns looks at. */
const SAMPLED_RECORDS = 300;

/** The user's wishes about the values of an input, the same for every service. */
export interface ValueSettings {
	/** which of the first two numbers of a date is the month; found out where it is missing */
	dateOrder?: DateOrder;
	/** the time of the reading: dates far from it are unlikely */
	now: Date;
	/** faults in values that may be cleaned */
	clean: readonly CleaningKind[];
	severities: Severities;
}

/** Records that can be read from their beginning as often as asked. */
export interface TableSource {
	open(): Promise<Table>;
}

/** What a reading is made of before its first record is checked. */
export interface ReadingParts<Plan extends ColumnPlan> extends RowCheckRequest {
	plan: Plan;
	dates: DateColumns;
}

/** How the records of one input are understood and checked: all in which services and kinds of input differ. */
export interface ReadingRules<Plan extends ColumnPlan = ColumnPlan, Check extends RowCheck = RowCheck> {
	/** Decides which columns are sent; what is wrong with the header becomes a finding. */
	plan(
		header: { columns: readonly string[]; samples: ReadonlyArray<readonly string[]> },
		findings: Findings,
	): { plan: Plan; mapping: MappingLine[] };
	/** faults in values that are cleaned before the checks */
	clean: readonly CleaningKind[];
	/** Makes what understands the columns of dates; a second reading keeps it. */
	dates(plan: Plan): DateColumns;
	/** How the values of a column are rewritten; missing where nothing is. */
	conversion?(column: Plan['columns'][number], dates: DateColumns): Conversion | undefined;
	check(parts: ReadingParts<Plan>): Check;
	/**
	 * Makes the checks of all records together.
	 * @param selects whether only some of the valid records are packed
	 */
	datasetChecks?(parts: ReadingParts<Plan>, selects: boolean): DatasetChecks;
	/** Makes a check of the records that are packed, and of no others: it gets 0 for each of them. */
	packedCheck?(parts: ReadingParts<Plan>): DatasetCheck;
	/** How small the input may be; missing where nobody asks. */
	shrink?: ShrinkRules;
}

/** What is read, and how. */
export interface ReadRequest<Plan extends ColumnPlan, Check extends RowCheck> extends TableSource, Watching {
	rules: ReadingRules<Plan, Check>;
	severities: Severities;
	/** chooses among the valid records; without it all are packed */
	selection?: Selection;
}

/** What one reading of an input learns for the next. */
type Learned = Pick<CheckedReading, 'dates' | 'addresses'>;

/** Checked records; valid until the next ones are asked for. */
export interface CheckedBatch {
	batch: RecordBatch;
	/** one byte for each record: 1 = not to be packed, because it is invalid or not selected */
	skip: Uint8Array;
	/** one byte for each record: 1 = invalid */
	flags: Uint8Array;
}

/** One reading of an input. */
export interface CheckedReading<
	Plan extends ColumnPlan = ColumnPlan,
	Check extends RowCheck = RowCheck,
> extends ReadingParts<Plan> {
	unit: Table['unit'];
	mapping: MappingLine[];
	check: Check;
	/** the people, as they become known */
	people?: PeopleIndex;
	/** the records, once; after the last ones, the findings about the whole are made */
	batches: AsyncIterable<CheckedBatch>;
	/** the addresses of people by their numbers, where managers are found so */
	addresses?: AddressIndex;
	/** Whether records were misunderstood, so that the input must be read once more; known after the last batch. */
	mustRepeat(): boolean;
}

/** What came of reading and checking one input. */
export interface CheckedInput<Plan extends ColumnPlan = ColumnPlan> {
	/** what the rows are called */
	unit: Table['unit'];
	plan: Plan;
	/** the plan in words */
	mapping: MappingLine[];
	findings: Findings;
	/** records read, and of these the invalid ones */
	records: number;
	rejected: number;
	/** people with a valid row; missing where no column names them, or nobody looked */
	people?: number;
}

/**
 * Reads an input and checks every record.
 *
 * One reading is enough, unless a date late in the source shows that earlier ones of its column were read with day and month
 * exchanged, or the selection needs to see all records again: then the input is read once more, and what the first reading came to
 * no longer counts.
 * @param request see {@link ReadRequest}
 * @param take takes the records of a reading, for example {@link pack}
 * @returns what the checks came to, and what was made of the records
 * @throws Problem of the reader, the rules, the selection or `take`; the signal's reason
 */
export async function readChecked<Plan extends ColumnPlan, Check extends RowCheck, Taken>(
	request: ReadRequest<Plan, Check>,
	take: (reading: CheckedReading<Plan, Check>) => Promise<Taken>,
): Promise<{ checked: CheckedInput<Plan>; check: Check; taken: Taken }> {
	let known: Learned | undefined;
	for (;;) {
		const findings = beginReading(request.observers, request.severities);
		const reading = await openReading(request, findings, known);
		const taken = await take(reading);
		if (!reading.mustRepeat()) return { checked: checkedInput(reading), check: reading.check, taken };
		known = reading;
		known.dates.restart();
	}
}

/**
 * Opens an input for one reading: decides about its columns and makes the checks.
 * @param request see {@link ReadRequest}
 * @param findings takes what is found, see {@link beginReading}
 * @param known what an earlier reading learned
 */
export async function openReading<Plan extends ColumnPlan, Check extends RowCheck>(
	request: Omit<ReadRequest<Plan, Check>, 'severities'>,
	findings: Findings,
	known?: Learned,
): Promise<CheckedReading<Plan, Check>> {
	const { rules, selection, observers = [], signal } = request;
	const yieldToEventLoop = createEventLoopYield();
	const { table: source, samples, rows } = await sampleTable(await request.open(), SAMPLED_RECORDS);
	await yieldToEventLoop();
	const { columns, unit } = source;
	const { plan, mapping } = rules.plan({ columns, samples }, findings);
	explainHeader({ columns, samples, rows, unit }, findings);
	await yieldToEventLoop();
	const addresses = known?.addresses ?? (await readAddresses(request.open, plan, signal));
	const managers = resolveManagers(source, plan, addresses);
	const translated = translateTable(managers.table, plan, findings);
	const table = cleanTable(translated, { plan, kinds: rules.clean, findings });
	const dates = known?.dates ?? rules.dates(plan);
	for (const column of plan.columns) column.conversion = rules.conversion?.(column, dates);
	const parts = { columns, plan, dates, findings };
	const check = rules.check(parts);
	const selects = (await selection?.begin(plan, findings)) ?? false;
	const dataset = rules.datasetChecks?.(parts, selects);
	const packed = rules.packedCheck?.(parts);
	for (const observer of observers) observer.begin?.(plan, { columns, unit, people: dataset?.people });
	let repeat = false;

	async function* batches(): AsyncGenerator<CheckedBatch> {
		for await (const batch of table.batches) {
			signal?.throwIfAborted();
			const flags = check.check(batch);
			dataset?.observe(batch, flags);
			for (const observer of observers) observer.batch?.(batch, flags);
			const skip = selects && selection ? selection.choose(batch, flags) : flags;
			packed?.observe(batch, skip);
			yield { batch, flags, skip };
		}
		if (check.records === 0) findings.add('no-records');
		dates.conclude(findings, unit);
		check.conclude?.(findings);
		managers.conclude(findings);
		dataset?.conclude(findings);
		packed?.conclude(findings);
		if (rules.shrink) {
			const { records, rejected } = check;
			const people = dataset?.people?.withRows;
			checkShrinkage(sizeOf({ plan, records, rejected, people }), rules.shrink, findings);
		}
		if (selects) selection?.conclude(findings);
		repeat = dates.contradicted() || (selects && selection?.mustRepeat() === true);
	}

	return {
		...parts,
		unit,
		mapping,
		check,
		addresses,
		people: dataset?.people,
		batches: batches(),
		mustRepeat: () => repeat,
	};
}

/** Checks all records of a reading that nobody packs. */
export async function checkOnly(reading: CheckedReading): Promise<CheckedInput> {
	const records = reading.batches[Symbol.asyncIterator]();
	while ((await records.next()).done !== true);
	return checkedInput(reading);
}

function checkedInput<Plan extends ColumnPlan>({
	unit,
	plan,
	mapping,
	findings,
	check: { records, rejected },
	people,
}: CheckedReading<Plan>): CheckedInput<Plan> {
	return { unit, plan, mapping, findings, records, rejected, people: people?.withRows };
}

/** How large an input is without its invalid rows. */
export function sizeOf({
	plan,
	records,
	rejected,
	people,
}: Omit<CheckedInput, 'findings' | 'unit' | 'mapping'>): ImportSize {
	return { people, rows: records - rejected, columns: plan.columns.map(({ name }) => name) };
}
