import { isIsoDateBytes } from './dateBytes';
import { createDateColumn, shareDateOrder, type DateColumn } from './dateColumn';
import type { DateOrder } from './dateFormats';
import { DATE_STYLES, type DateStyleName } from './dateText';
import type { Findings } from '../findings/findings';
import type { PlannedColumn } from '../columns/columnPlan';
import { timeZone } from './timeZone';
import type { Conversion } from '../records/convertedValues';
import { FieldQuoting, fieldText, type RecordBatch } from '../records/recordBatch';

const ZERO = 0x30;

/** What a value of a date column is. */
export type DateState = 'date' | 'blank' | 'notADate';

/** All date columns of one source: what their values mean, and how they are written for the destination. */
export interface DateColumns {
	/** Takes notice of a batch; to be called before its values are judged or converted. */
	observe(batch: RecordBatch): void;
	/** whether every date that is written year first, and exists, is one in every column */
	readonly takesYearFirst: boolean;
	/** Judges one value of the column with this index in the source. */
	stateOf(from: number, batch: RecordBatch, f: number): DateState;
	/** The day of a value as a number that grows with time; 0 for what is no date. */
	dayOf(from: number, batch: RecordBatch, f: number): number;
	/** Rewrites values of a column; what the destination takes as it stands is left so. */
	conversion(from: number): Conversion;
	/** Puts what only the whole column tells into the findings. */
	conclude(findings: Findings): void;
	/** Whether values were read in an order that proved wrong: the source must be read once more, with this same object. */
	contradicted(): boolean;
	/** Begins the second reading. */
	restart(): void;
}

interface ObservedColumn {
	column: DateColumn;
	sourceName: string;
	/** whether a date written year first was seen */
	yearFirst: boolean;
}

/** How dates are read and written. */
export interface DateSettings {
	/** what is told of day and month, of all columns or of each; found out where it is missing */
	order?: DateOrder | ((column: PlannedColumn) => DateOrder | undefined);
	/** IANA name of the zone for dates without one */
	zone?: string;
	/** the form that the destination takes */
	style: DateStyleName;
	/** `YYYY-MM-DD` is taken by the destination too, whatever `style` is (source A10) */
	isoAsItIs: boolean;
}

/**
 * Makes the observers of all date columns of a plan.
 * @param columns the plan's columns
 * @param settings see {@link DateSettings}
 * @throws Problem `configuration` for a zone that does not exist
 */
export function createDateColumns(columns: readonly PlannedColumn[], settings: DateSettings): DateColumns {
	const zone = settings.zone === undefined ? undefined : timeZone(settings.zone);
	const style = DATE_STYLES[settings.style];
	const observed = new Map<number, ObservedColumn>();
	for (const planned of columns) {
		const { type, sourceIndex, sourceName } = planned;
		if (type !== 'date' || sourceIndex < 0) continue;
		const order = typeof settings.order === 'function' ? settings.order(planned) : settings.order;
		observed.set(sourceIndex, { column: createDateColumn({ order }), sourceName, yearFirst: false });
	}
	const all = [...observed.values()].map(({ column }) => column);

	// Days of the batch that was observed last, by field, where they are written as the destination has them: nearly all.
	let judged: RecordBatch | undefined;
	let days: Uint32Array = new Uint32Array(0);
	/** for batches whose reader does not tell the days */
	let ownDays = days;

	function observe(batch: RecordBatch): void {
		judged = batch;
		if (!batch.validation) {
			const fields = batch.fields[batch.records];
			if (ownDays.length < fields) ownDays = new Uint32Array(Math.ceil(fields * 1.25));
			days = ownDays;
		}
		for (const [from, seen] of observed) observeColumn(batch, from, seen);
		shareDateOrder(all);
	}

	function observeColumn(batch: RecordBatch, from: number, seen: ObservedColumn): void {
		const { bytes, starts, ends, quoting, fields, rows, validation } = batch;
		if (validation) {
			const told = validation.days(from);
			days = told.days;
			if (told.others === 0 && seen.yearFirst) return;
		}
		for (let r = 0; r < batch.records; r++) {
			const f = fields[r] + from;
			if (f >= fields[r + 1]) continue;
			if (!validation) days[f] = isIsoDateBytes(bytes, starts[f], ends[f]) ? isoDay(bytes, starts[f]) : 0;
			if (days[f] > 0) {
				// One of them tells as much as all.
				if (seen.yearFirst) continue;
				seen.yearFirst = true;
			}
			if (quoting[f] === FieldQuoting.escaped) seen.column.observe(fieldText(batch, f), rows[r]);
			else seen.column.observeBytes(bytes, starts[f], ends[f], rows[r]);
		}
	}

	/** The day of a date that is written year first; 0 for any other value. */
	function plainDay(batch: RecordBatch, f: number): number {
		if (batch === judged) return days[f];
		const { bytes, starts, ends } = batch;
		return isIsoDateBytes(bytes, starts[f], ends[f]) ? isoDay(bytes, starts[f]) : 0;
	}

	function stateOf(from: number, batch: RecordBatch, f: number): DateState {
		if (plainDay(batch, f) > 0) return 'date';
		const meaning = observed.get(from)?.column.read(fieldText(batch, f)) ?? 'notADate';
		return typeof meaning === 'string' ? meaning : 'date';
	}

	function dayOf(from: number, batch: RecordBatch, f: number): number {
		const day = plainDay(batch, f);
		if (day > 0) return day;
		const meaning = observed.get(from)?.column.read(fieldText(batch, f)) ?? 'notADate';
		return typeof meaning === 'string' ? 0 : dayNumber(meaning.year, meaning.month, meaning.day);
	}

	function conversion(from: number): Conversion {
		const column = observed.get(from)?.column;
		return {
			convert(text) {
				if (settings.isoAsItIs && isIsoDate(text)) return text;
				const meaning = column?.read(text) ?? 'notADate';
				if (meaning === 'blank') return '';
				return meaning === 'notADate' ? text : style.write(meaning, zone);
			},
			...(settings.isoAsItIs && { stays: (batch, f) => plainDay(batch, f) > 0 }),
		};
	}

	function conclude(findings: Findings): void {
		shareDateOrder(all);
		for (const { column, sourceName } of observed.values()) {
			const verdict = column.verdict();
			if (verdict.kind === 'ambiguous') {
				findings.add('dates-ambiguous', { column: sourceName, rows: rowList(verdict.rows.rows) });
			} else if (verdict.kind === 'conflicting' && verdict.by !== 'told') {
				findings.add('dates-conflicting', {
					column: sourceName,
					monthFirst: rowList(verdict.monthFirst.rows),
					dayFirst: rowList(verdict.dayFirst.rows),
				});
			}
		}
	}

	return {
		takesYearFirst: true,
		observe,
		stateOf,
		dayOf,
		conversion,
		conclude,
		contradicted: () => all.some((column) => column.contradicted()),
		restart: () => all.forEach((column) => column.restart()),
	};
}

function rowList(rows: readonly number[]): string {
	return `${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}`;
}

/** The number of a day in the form `YYYY-MM-DD`. */
function isoDay(bytes: Uint8Array, start: number): number {
	const digit = (at: number) => bytes[start + at] - ZERO;
	const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
	return dayNumber(year, digit(5) * 10 + digit(6), digit(8) * 10 + digit(9));
}

/** Days of a calendar whose months all have 31 days: all that is asked of it is to grow. */
function dayNumber(year: number, month: number, day: number): number {
	return (year * 12 + month) * 31 + day;
}

function isIsoDate(text: string): boolean {
	if (text.length !== 10) return false;
	const bytes = Buffer.from(text, 'latin1');
	return isIsoDateBytes(bytes, 0, bytes.length);
}
