import type { TimeZone } from './timeZone';
import { dayFirstDay, monthFirstDay, yearFirstDay } from './dateBytes';
import { EARLIEST_YEAR, isSerial, readDate, type DateOrder, type DateReading } from './dateFormats';
import { DATE_STYLES, eveningTime } from './dateText';
import { dayNumber } from './calendar';
import type { DateValue } from './dateValue';
import { FieldQuoting, fieldText, type RecordBatch } from '../records/recordBatch';

/** Some rows, and how many there are in all. */
export interface RowSample {
	count: number;
	/** numbers of the first of them */
	rows: number[];
}

/** What is known of the order of day and month in a column. */
export type OrderVerdict =
	/** every date has one meaning; without `order` no value needed one */
	| { kind: 'decided'; order?: DateOrder }
	/** dates that can be read in two ways, and nothing says which: the user's choice of an order solves it */
	| { kind: 'ambiguous'; rows: RowSample }
	/** values that are dates only with the month first, and others only with the day first */
	| { kind: 'conflicting'; monthFirst: RowSample; dayFirst: RowSample }
	/** values that are dates only if a year of two digits stands in front, as in 24/05/31 */
	| { kind: 'yearInFront'; rows: RowSample };

/** A value as the column means it. */
export type DateMeaning = DateValue | 'blank' | 'notADate';

/** Options of {@link DateColumn}. */
export interface DateColumnOptions {
	/** what the user or the column's name says of its order; absent to find out */
	order?: DateOrder;
	/** the last year that is likely */
	latestYear: number;
	/** the zone of the user, for times that are midnight there */
	zone?: TimeZone;
	/** a day that stands for no date: 1970-01-01 where the column is about what happens now; 0 = none */
	noDay?: number;
}

const ROWS_SHOWN = 5;
/** Distinct values that are remembered; people share few dates, so most values are met again. */
const REMEMBERED = 20_000;
/** While nothing is known: the order that the services take. */
const FIRST_GUESS: DateOrder = 'monthFirst';
/** Midnight elsewhere is one time of the UTC day, or two where clocks change. */
const MOST_TIMES = 2;

/**
 * Learns from the values of a column how its dates are written, and reads them.
 *
 * For one pass: observe all values of a batch, then read them. A column that is clear, or becomes clear within the first
 * batch, never has to be read twice. At the end ask {@link DateColumn.contradicted}, then {@link DateColumn.verdict}.
 */
export class DateColumn {
	/** values that are placeholders, and those of years in which nobody was hired or will be */
	readonly placeholders = noRows();
	readonly unlikely = noRows();
	private readonly proof: Record<DateOrder, RowSample> = { monthFirst: noRows(), dayFirst: noRows() };
	private readonly either = noRows();
	private readonly yearInFront = noRows();
	/** orders in which values that have two readings were read */
	private readonly used = new Set<DateOrder>();
	/** the order of the first value that is a date in one order only, and its day */
	private proven?: DateOrder;
	private provenDay = 0;
	private provenByOthers = false;
	private borrowed?: DateOrder;
	private onlyDots = true;
	private readonly remembered = new Map<string, DateReading>();
	private learning = true;
	/** see {@link eveningTime} */
	private readonly times = new Set<number>();
	private otherTimes = false;
	/** the latest day number of a spreadsheet, as YYYY-MM-DD; blank as soon as another date was met */
	private latestSerial?: string;
	private readonly latestDay: number;

	constructor(private readonly options: DateColumnOptions) {
		this.latestDay = dayNumber(options.latestYear, 12, 31);
	}

	/**
	 * Takes notice of a value.
	 * @param text the value
	 * @param row number of the record as the user knows it
	 */
	observe(text: string, row: number): void {
		if (!this.learning) return;
		const reading = this.readingOf(text);
		if (reading.kind === 'placeholder') note(this.placeholders, row);
		else if (reading.kind === 'yearInFront') note(this.yearInFront, row);
		else if (reading.kind === 'eitherOrder') {
			if (reading.separator !== '.') this.onlyDots = false;
			note(this.either, row);
			this.latestSerial = '';
			this.noteDay(reading.monthFirst, row);
		} else if (reading.kind === 'date') {
			const { year, month, day } = reading.value;
			if (!isSerial(text)) this.latestSerial = '';
			else if (this.latestSerial !== '') {
				const written = DATE_STYLES.yearMonthDay(reading.value);
				if (written > (this.latestSerial ?? '')) this.latestSerial = written;
			}
			if (reading.order) this.prove(reading.order, dayNumber(year, month, day), row);
			this.noteDay(reading.value, row);
		}
	}

	/** As {@link DateColumn.observe}, for a field; the usual forms need no string. */
	observeField(batch: RecordBatch, f: number, row: number): void {
		if (!this.learning) return;
		const { bytes, starts, ends } = batch;
		if (batch.quoting[f] === FieldQuoting.escaped) return this.observe(fieldText(batch, f), row);
		const monthFirst = monthFirstDay(bytes, starts[f], ends[f]);
		const dayFirst = dayFirstDay(bytes, starts[f], ends[f]);
		const day = monthFirst || dayFirst || yearFirstDay(bytes, starts[f], ends[f]);
		if (day === 0 || day === this.options.noDay) return this.observe(fieldText(batch, f), row);
		if (monthFirst === 0 && dayFirst > 0) this.prove('dayFirst', day, row);
		else if (monthFirst > 0 && dayFirst === 0) this.prove('monthFirst', day, row);
		else if (monthFirst !== dayFirst) {
			this.onlyDots = false;
			note(this.either, row);
		}
		this.observeDay(day, row);
	}

	/** As {@link DateColumn.observe}, for a date without a time that has one meaning only. */
	observeDay(day: number, row: number): void {
		if (!this.learning) return;
		this.otherTimes = true;
		this.latestSerial = '';
		if (day > this.latestDay) note(this.unlikely, row);
	}

	/** The latest day as YYYY-MM-DD, where all dates are day numbers of a spreadsheet; else blank. */
	get latestSpreadsheetDay(): string {
		return this.latestSerial ?? '';
	}

	private noteDay(value: DateValue, row: number): void {
		if (value.year < EARLIEST_YEAR || value.year > this.options.latestYear) note(this.unlikely, row);
		const time = eveningTime(value, this.options.zone);
		if (time !== undefined && this.times.size <= MOST_TIMES) this.times.add(time);
		this.otherTimes ||= time === undefined;
	}

	private prove(order: DateOrder, day: number, row: number): void {
		if (this.proven && day !== this.provenDay) this.provenByOthers = true;
		this.proven ??= order;
		this.provenDay ||= day;
		note(this.proof[order], row);
	}

	/** The order that at least two different days settle: good enough for other columns of the source. */
	get clearOrder(): DateOrder | undefined {
		const { monthFirst, dayFirst } = this.proof;
		return this.provenByOthers && (monthFirst.count === 0 || dayFirst.count === 0) ? this.proven : undefined;
	}

	/** Takes over an order for as long as the column's own values say nothing. */
	borrow(order: DateOrder | undefined): void {
		this.borrowed = order;
	}

	private get order(): DateOrder | undefined {
		// Nobody writes the month first with dots between the numbers.
		const byDots = this.either.count > 0 && this.onlyDots ? 'dayFirst' : undefined;
		return this.options.order ?? this.proven ?? byDots ?? this.borrowed;
	}

	/** Reads a value in the order that is known now. */
	read(text: string): DateMeaning {
		const reading = this.readingOf(text);
		if (reading.kind === 'placeholder') return 'blank';
		if (reading.kind === 'yearInFront') return 'notADate';
		if (reading.kind === 'eitherOrder') {
			const order = this.order ?? FIRST_GUESS;
			this.used.add(order);
			return reading[order];
		}
		if (reading.kind !== 'date') return reading.kind;
		const { order } = this.options;
		return order && reading.order && reading.order !== order ? 'notADate' : reading.value;
	}

	private readingOf(text: string): DateReading {
		let reading = this.remembered.get(text);
		if (!reading) {
			reading = readDate(text, this.options.latestYear);
			if (reading.kind === 'date' && this.options.noDay === wholeDay(reading.value)) {
				reading = { kind: 'placeholder' };
			}
			if (this.remembered.size >= REMEMBERED) this.remembered.clear();
			this.remembered.set(text, reading);
		}
		return reading;
	}

	/**
	 * Whether values were read in an order that turned out to be wrong. Then read the source once more, from its beginning and with
	 * this same column, which now knows; call {@link DateColumn.restart} first.
	 */
	contradicted(): boolean {
		return [...this.used].some((order) => order !== (this.order ?? FIRST_GUESS));
	}

	/** Forgets how values were read, not what was learned. */
	restart(): void {
		this.used.clear();
		this.learning = false;
	}

	/** What is known of the order after the values so far. */
	verdict(): OrderVerdict {
		const { monthFirst, dayFirst } = this.proof;
		const { order, either, yearInFront } = this;
		if (!this.options.order) {
			if (monthFirst.count > 0 && dayFirst.count > 0) return { kind: 'conflicting', monthFirst, dayFirst };
			if (yearInFront.count > 0) return { kind: 'yearInFront', rows: yearInFront };
			if (either.count > 0 && !order) return { kind: 'ambiguous', rows: either };
		}
		return order && either.count + monthFirst.count + dayFirst.count > 0
			? { kind: 'decided', order }
			: { kind: 'decided' };
	}

	/** The times of all dates, where they are the one or two that midnight of another zone has; in minutes of the UTC day. */
	midnightsElsewhere(): number[] | undefined {
		const times = [...this.times].sort((a, b) => a - b);
		if (this.otherTimes || times.length === 0 || times.length > MOST_TIMES) return undefined;
		// Noon alone is what programs write that fear another zone's day.
		return times.length === 2 || times[0] > NOON ? times : undefined;
	}
}

const NOON = 720;

/**
 * Lets columns that could be read in two ways follow the clear ones of the same source, where those agree: one export writes its
 * dates in one way.
 */
export function shareDateOrder(columns: readonly DateColumn[]): void {
	const [order, other] = new Set(columns.flatMap(({ clearOrder }) => clearOrder ?? []));
	for (const column of columns) column.borrow(other === undefined ? order : undefined);
}

/** The number of a day without a time; NaN where there is one. */
function wholeDay({ year, month, day, hour = 0, minute = 0, second = 0 }: DateValue): number {
	return hour + minute + second === 0 ? dayNumber(year, month, day) : NaN;
}

function noRows(): RowSample {
	return { count: 0, rows: [] };
}

function note(sample: RowSample, row: number): void {
	if (sample.rows.length < ROWS_SHOWN) sample.rows.push(row);
	sample.count++;
}
