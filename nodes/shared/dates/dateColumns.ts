import { dayNumber } from './calendar';
import { yearFirstDay } from './dateBytes';
import { DateColumn, shareDateOrder, type DateMeaning, type RowSample } from './dateColumn';
import type { DateOrder } from './dateFormats';
import { DATE_STYLES, type DateStyleName } from './dateText';
import { timeZone } from './timeZone';
import type { PlannedColumn } from '../columns/columnPlan';
import { count } from '../core/format';
import type { Findings } from '../findings/findings';
import type { Conversion } from '../records/convertedValues';
import { fieldText, type RecordBatch, type Table } from '../records/recordBatch';

/** What a value of a date column is. */
export type DateState = 'date' | 'blank' | 'notADate';

/** All date columns of one source: what their values mean, and how they are written for the destination. */
export interface DateColumns {
	/** Takes notice of a batch; to be called before its values are validated or converted. */
	observe(batch: RecordBatch): void;
	/** whether every date that is written year first, and exists, is one in every column */
	readonly takesYearFirst: boolean;
	/** What a value of the column with this index in the source is. */
	stateOf(from: number, batch: RecordBatch, f: number): DateState;
	/** The day of a value as a number that grows with time; 0 for what is no date. */
	dayOf(from: number, batch: RecordBatch, f: number): number;
	/** Rewrites values of a column; what the destination takes as it stands is left so. */
	conversion(from: number): Conversion;
	/** Puts what only the whole column tells into the findings; rows are called as in the source. */
	conclude(findings: Findings, unit?: Table['unit']): void;
	/** Whether values were read in an order that proved wrong: the source must be read once more, with this same object. */
	contradicted(): boolean;
	/** Begins the second reading. */
	restart(): void;
}

interface ObservedColumn {
	column: DateColumn;
	sourceName: string;
	style: DateStyleName;
	/** whether a date written year first was seen */
	yearFirst: boolean;
	/** the day that stands for no date although it is one; 0 = none */
	noDay: number;
	isRecent?: true;
}

/** How dates are read and written. */
export interface DateSettings {
	/** what is known of day and month, of all columns or of each; found out where it is missing */
	order?: DateOrder | ((column: PlannedColumn) => DateOrder | undefined);
	/** IANA name of the zone for dates without one */
	zone?: string;
	/** the form that the destination takes, for columns that have none of their own */
	style: DateStyleName;
	/** `YYYY-MM-DD` is taken by the destination too, whatever `style` is (source A10) */
	isoAsItIs: boolean;
	/** years more than two later than this are unlikely */
	now: Date;
}

/** Years to come of which HR data has dates. */
const YEARS_AHEAD = 2;
const EPOCH = dayNumber(1970, 1, 1);
/** Nobody's latest effective date is older. */
const YEARS_AGO = 3;

/**
 * Makes the observers of all date columns of a plan.
 * @param columns the plan's columns
 * @param settings see {@link DateSettings}
 * @throws Problem `configuration` for a zone that does not exist
 */
export function createDateColumns(columns: readonly PlannedColumn[], settings: DateSettings): DateColumns {
	const zone = settings.zone === undefined ? undefined : timeZone(settings.zone);
	const latestYear = settings.now.getUTCFullYear() + YEARS_AHEAD;
	const latestDay = dayNumber(latestYear, 12, 31);
	const observed = new Map<number, ObservedColumn>();
	for (const planned of columns) {
		const { type, sourceIndex, sourceName, dateStyle, isRecent } = planned;
		if (type !== 'date' || sourceIndex < 0) continue;
		const known = typeof settings.order === 'function' ? settings.order(planned) : settings.order;
		const style = dateStyle ?? settings.style;
		const column = new DateColumn({
			order: known ?? orderInName(sourceName),
			latestYear,
			zone,
			noDay: style === 'instant' ? EPOCH : 0,
		});
		observed.set(sourceIndex, {
			column,
			sourceName,
			style,
			isRecent,
			yearFirst: false,
			noDay: style === 'instant' ? EPOCH : 0,
		});
	}

	// Days of the batch that was observed last, by field, where they are written as the destination has them: nearly all.
	let last: RecordBatch | undefined;
	let days: Uint32Array = new Uint32Array(0);
	/** for batches whose reader does not tell the days */
	let ownDays = days;

	function observe(batch: RecordBatch): void {
		last = batch;
		if (!batch.validation) {
			const fields = batch.fields[batch.records];
			if (ownDays.length < fields) ownDays = new Uint32Array(Math.ceil(fields * 1.25));
			days = ownDays;
		}
		for (const [from, seen] of observed) observeColumn(batch, from, seen);
		shareDateOrder([...observed.values()].map(({ column }) => column));
	}

	function observeColumn(batch: RecordBatch, from: number, seen: ObservedColumn): void {
		const { bytes, starts, ends, fields, rows, validation } = batch;
		if (validation) {
			const found = validation.days(from);
			days = found.days;
			if (found.others === 0 && found.latest <= latestDay && seen.yearFirst && seen.noDay === 0) return;
		}
		for (let r = 0; r < batch.records; r++) {
			const f = fields[r] + from;
			if (f >= fields[r + 1]) continue;
			if (!validation) days[f] = yearFirstDay(bytes, starts[f], ends[f]);
			if (days[f] === 0 || days[f] === seen.noDay) seen.column.observeField(batch, f, rows[r]);
			else if (!seen.yearFirst || days[f] > latestDay) {
				// One of them tells as much as all.
				seen.yearFirst = true;
				seen.column.observeDay(days[f], rows[r]);
			}
		}
	}

	/** The day of a date that is written year first; 0 for any other value. */
	function plainDay(batch: RecordBatch, f: number): number {
		return batch === last ? days[f] : yearFirstDay(batch.bytes, batch.starts[f], batch.ends[f]);
	}

	function meaningOf(from: number, batch: RecordBatch, f: number): DateMeaning {
		return observed.get(from)?.column.read(fieldText(batch, f)) ?? 'notADate';
	}

	function conversion(from: number): Conversion {
		const found = observed.get(from);
		const write = DATE_STYLES[found?.style ?? settings.style];
		return {
			convert(text) {
				if (settings.isoAsItIs && isYearFirst(text)) return text;
				const meaning = found?.column.read(text) ?? 'notADate';
				if (meaning === 'blank') return '';
				return meaning === 'notADate' ? text : write(meaning, zone);
			},
			...(settings.isoAsItIs && { stays: (batch, f) => plainDay(batch, f) > 0 }),
		};
	}

	return {
		takesYearFirst: [...observed.values()].every(({ noDay }) => noDay === 0),
		observe,
		stateOf(from, batch, f) {
			const day = plainDay(batch, f);
			if (day > 0 && day !== observed.get(from)?.noDay) return 'date';
			const meaning = meaningOf(from, batch, f);
			return typeof meaning === 'string' ? meaning : 'date';
		},
		dayOf(from, batch, f) {
			const day = plainDay(batch, f);
			if (day > 0) return day;
			const meaning = meaningOf(from, batch, f);
			return typeof meaning === 'string' ? 0 : dayNumber(meaning.year, meaning.month, meaning.day);
		},
		conversion,
		conclude(findings, unit = 'row') {
			for (const seen of observed.values()) concludeColumn({ ...seen, unit }, latestYear, findings);
			for (const seen of observed.values()) concludeSpreadsheetDays(seen, settings.now, findings);
		},
		contradicted: () => [...observed.values()].some(({ column }) => column.contradicted()),
		restart: () => observed.forEach(({ column }) => column.restart()),
	};
}

function concludeColumn(
	{ column, sourceName, style, unit }: ObservedColumn & Pick<Table, 'unit'>,
	latestYear: number,
	findings: Findings,
): void {
	const verdict = column.verdict();
	const about = { column: sourceName };
	if (verdict.kind === 'ambiguous')
		findings.add('dates-ambiguous', { ...about, rows: rowList(verdict.rows, unit) });
	if (verdict.kind === 'yearInFront') {
		findings.add('dates-year-in-front', { ...about, rows: rowList(verdict.rows, unit) });
	}
	if (verdict.kind === 'conflicting') {
		const [monthFirst, dayFirst] = [verdict.monthFirst, verdict.dayFirst].map((rows) => rowList(rows, unit));
		findings.add('dates-conflicting', { ...about, monthFirst, dayFirst });
	}
	const { placeholders, unlikely } = column;
	if (placeholders.count > 0) findings.add('dates-placeholder', { ...about, ...counted(placeholders, unit) });
	if (unlikely.count > 0) {
		findings.add('dates-unlikely-year', { ...about, ...counted(unlikely, unit), latest: latestYear });
	}
	const times = style === 'instant' ? undefined : column.midnightsElsewhere();
	if (times) {
		const clock = (minutes: number) => new Date(minutes * 60_000).toISOString().slice(11, 16);
		findings.add('dates-other-zone', { ...about, times: times.map(clock).join(' or ') });
	}
}

/** Day numbers of Excel's 1904 date system are read 1,462 days too early; recent dates show it. */
function concludeSpreadsheetDays(
	{ column, sourceName, isRecent }: ObservedColumn,
	now: Date,
	findings: Findings,
): void {
	const latest = column.latestSpreadsheetDay;
	const longAgo = new Date(now);
	longAgo.setUTCFullYear(now.getUTCFullYear() - YEARS_AGO);
	if (!isRecent || latest === '' || latest > longAgo.toISOString().slice(0, 10)) return;
	findings.add('dates-1904', { column: sourceName, latest });
}

function counted(sample: RowSample, unit: Table['unit']): { found: string; rows: string } {
	return { found: count(sample.count, 'date'), rows: rowList(sample, unit) };
}

function rowList({ count: all, rows }: RowSample, unit: Table['unit']): string {
	const more = all > rows.length ? ' …' : '';
	return `${unit}${rows.length === 1 ? '' : 's'} ${rows.join(', ')}${more}`;
}

const MARK = { day: '(?:dd?|tt?|jj?|gg?)', month: 'mm?', year: '(?:yyyy|yy|jjjj|jj|aaaa|aa|rrrr|rr)' };
const noteOf = (first: string, second: string, compact: string) =>
	new RegExp(
		`(?<!\\p{L})(?:${first}[-/. ]${second}[-/. ]${MARK.year}|${compact}(?:yyyy|yy|jjjj|aaaa))(?!\\p{L})`,
		'iu',
	);
const DAY_FIRST = noteOf(MARK.day, MARK.month, '(?:dd|tt|jj|gg)mm');
const MONTH_FIRST = noteOf(MARK.month, MARK.day, 'mm(?:dd|tt)');

/** The order that a column's name tells: `Hire Date (DD/MM/YYYY)`, `Eintritt TT.MM.JJJJ`. */
export function orderInName(name: string): DateOrder | undefined {
	const dayFirst = DAY_FIRST.test(name);
	if (dayFirst === MONTH_FIRST.test(name)) return undefined;
	return dayFirst ? 'dayFirst' : 'monthFirst';
}

function isYearFirst(text: string): boolean {
	if (text.length !== 10) return false;
	const bytes = Buffer.from(text, 'latin1');
	return yearFirstDay(bytes, 0, bytes.length) > 0;
}
