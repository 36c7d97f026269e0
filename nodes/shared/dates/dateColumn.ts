import { isDayMonthYearBytes, isIsoDateBytes, isMonthDayYearBytes } from './dateBytes';
import { readDate, type DateFormat, type DateOrder, type DateReading } from './dateFormats';
import type { DateValue } from './dateValue';

/**
 * Why a column's dates are read in an order: `told`: the user said so · `values`: a value is a date in this order only ·
 * `dots`: nobody writes the month first with dots between the numbers · `otherColumns`: see {@link shareDateOrder}.
 */
export type OrderSource = 'told' | 'values' | 'dots' | 'otherColumns';

/** Some rows, and how many there are in all. */
export interface RowSample {
	count: number;
	/** numbers of the first of them */
	rows: number[];
}

/** What a column of dates turned out to be. */
export type DateVerdict = {
	/** forms that its values have */
	forms: DateFormat[];
	/** values that are no date at all */
	unreadable: RowSample;
} & (
	| { kind: 'none' }
	/** every date has one meaning; without `order` no value needed one */
	| { kind: 'decided'; order?: DateOrder; by?: OrderSource }
	/** dates that can be read in two ways, and nothing says which: the user's choice of an order solves it */
	| { kind: 'ambiguous'; rows: RowSample }
	/** values that are dates only with the month first, and others only with the day first (or as the user said) */
	| { kind: 'conflicting'; monthFirst: RowSample; dayFirst: RowSample; by?: 'told' }
);

/** A value as the column means it. */
export type DateMeaning = DateValue | 'blank' | 'notADate';

/** Learns from the values of a column how its dates are written. */
export interface DateColumn {
	/**
	 * Takes notice of a value.
	 * @param text the value
	 * @param row number of the record as the user knows it
	 */
	observe(text: string, row: number): void;
	/**
	 * As {@link DateColumn.observe}, for the bytes of a field that holds no doubled quotes; the usual forms need no string.
	 * @param start index of the first byte
	 * @param end index after the last byte
	 */
	observeBytes(bytes: Buffer, start: number, end: number, row: number): void;
	/** The order to read dates in now; `certain` where the user or a value settles it. */
	assume(): { order: DateOrder; certain: boolean };
	/** Reads a value in the order that {@link DateColumn.assume} gives. */
	read(text: string): DateMeaning;
	/**
	 * Whether values were read in an order that turned out to be wrong. Then read the source once more, from its beginning and with
	 * this same column, which now knows; call {@link DateColumn.restart} first.
	 */
	contradicted(): boolean;
	/** Forgets how values were read, not what was learned. */
	restart(): void;
	/** What is known after the values so far. */
	verdict(): DateVerdict;
	/** Takes over an order for as long as the column's own values say nothing. */
	borrow(order: DateOrder | undefined): void;
}

/** Options of {@link createDateColumn}. */
export interface DateColumnOptions {
	/** what the user says of the column; absent to find out */
	order?: DateOrder;
	/** two-digit years below it belong to the 2000s, see `TWO_DIGIT_YEAR_PIVOT` */
	pivot?: number;
}

const ROWS_SHOWN = 5;
/** Distinct values that are remembered; people share few dates, so most values are met again. */
const REMEMBERED = 20_000;
/** While nothing is known: the order that the services take. */
const FIRST_GUESS: DateOrder = 'monthFirst';

/**
 * Makes an observer of one column of dates.
 *
 * For one pass: observe all values of a batch, then read them. A column that is clear, or becomes clear within the first
 * batch, never has to be read twice. At the end ask {@link DateColumn.contradicted}, then {@link DateColumn.verdict}.
 * @param options what is known beforehand
 */
export function createDateColumn({ order: told, pivot }: DateColumnOptions = {}): DateColumn {
	const forms = new Set<DateFormat>();
	const proof: Record<DateOrder, RowSample> = { monthFirst: noRows(), dayFirst: noRows() };
	const either = noRows();
	const unreadable = noRows();
	/** orders in which values that have two readings were read */
	const used = new Set<DateOrder>();
	/** the order of the first value that is a date in one order only */
	let proven: DateOrder | undefined;
	const remembered = new Map<string, DateReading>();
	let onlyDots = true;
	let borrowed: DateOrder | undefined;
	let learning = true;

	function readingOf(text: string): DateReading {
		let reading = remembered.get(text);
		if (!reading) {
			reading = readDate(text, pivot);
			if (remembered.size >= REMEMBERED) remembered.clear();
			remembered.set(text, reading);
		}
		return reading;
	}

	function observe(text: string, row: number): void {
		if (!learning) return;
		const reading = readingOf(text);
		if (reading.kind === 'notADate') note(unreadable, row);
		else if (reading.kind === 'eitherOrder') {
			if (reading.separator !== '.') onlyDots = false;
			note(either, row);
		} else if (reading.kind === 'date') {
			forms.add(reading.form);
			if (needsOrder(reading.form, reading.value)) prove(reading.form, row);
		}
	}

	function observeBytes(bytes: Buffer, start: number, end: number, row: number): void {
		if (!learning) return;
		const monthFirst = isMonthDayYearBytes(bytes, start, end);
		const dayFirst = isDayMonthYearBytes(bytes, start, end);
		if (monthFirst && dayFirst) {
			const same = bytes[start] === bytes[start + 3] && bytes[start + 1] === bytes[start + 4];
			if (same) forms.add('monthFirst');
			else {
				onlyDots = false;
				note(either, row);
			}
		} else if (monthFirst || dayFirst) {
			const order = monthFirst ? 'monthFirst' : 'dayFirst';
			forms.add(order);
			prove(order, row);
		} else if (isIsoDateBytes(bytes, start, end)) forms.add('yearFirst');
		else observe(bytes.toString('utf8', start, end), row);
	}

	function prove(order: DateOrder, row: number): void {
		proven ??= order;
		note(proof[order], row);
	}

	function settled(): { order: DateOrder; by: OrderSource } | undefined {
		if (told) return { order: told, by: 'told' };
		if (proven) return { order: proven, by: 'values' };
		if (either.count > 0 && onlyDots) return { order: 'dayFirst', by: 'dots' };
		return borrowed && { order: borrowed, by: 'otherColumns' };
	}

	function assume(): { order: DateOrder; certain: boolean } {
		const known = settled();
		return { order: known?.order ?? FIRST_GUESS, certain: known?.by === 'told' || known?.by === 'values' };
	}

	function read(text: string): DateMeaning {
		const reading = readingOf(text);
		if (reading.kind === 'blank' || reading.kind === 'notADate') return reading.kind;
		if (reading.kind === 'eitherOrder') {
			const { order } = assume();
			used.add(order);
			return reading[order];
		}
		const { form, value } = reading;
		return told && form !== told && needsOrder(form, value) ? 'notADate' : value;
	}

	function verdict(): DateVerdict {
		const [monthFirst, dayFirst, rows] = [proof.monthFirst, proof.dayFirst, either].map(copy);
		const known = settled();
		const all = { forms: [...forms], unreadable: copy(unreadable) };
		if (told && proof[told === 'monthFirst' ? 'dayFirst' : 'monthFirst'].count > 0) {
			return { ...all, kind: 'conflicting', monthFirst, dayFirst, by: 'told' };
		}
		if (monthFirst.count > 0 && dayFirst.count > 0) {
			return { ...all, kind: 'conflicting', monthFirst, dayFirst };
		}
		if (rows.count > 0) {
			if (!known) return { ...all, kind: 'ambiguous', rows };
			return { ...all, forms: [...new Set([...forms, known.order])], kind: 'decided', ...known };
		}
		if (forms.size === 0) return { ...all, kind: 'none' };
		return { ...all, kind: 'decided', ...(proven && known) };
	}

	return {
		observe,
		observeBytes,
		assume,
		read,
		verdict,
		contradicted: () => [...used].some((order) => order !== assume().order),
		restart: () => {
			used.clear();
			learning = false;
		},
		borrow: (order) => {
			borrowed = order;
		},
	};
}

/**
 * Lets columns that could be read in two ways follow the others of the same source, where those agree: one export writes its dates
 * in one way. Call it after each batch was observed, before values are read, and once more at the end.
 * @param columns all columns of dates of one source
 */
export function shareDateOrder(columns: readonly DateColumn[]): void {
	const orders = new Set<DateOrder>();
	for (const column of columns) {
		const verdict = column.verdict();
		if (verdict.kind === 'decided' && verdict.order && verdict.by === 'values') orders.add(verdict.order);
	}
	const [order] = orders;
	for (const column of columns) column.borrow(orders.size === 1 ? order : undefined);
}

/** Whether a date has this meaning only because of its order: on 03/03 day and month may change places. */
function needsOrder(form: DateFormat, { month, day }: DateValue): form is DateOrder {
	return (form === 'monthFirst' || form === 'dayFirst') && month !== day;
}

function noRows(): RowSample {
	return { count: 0, rows: [] };
}

function copy({ count, rows }: RowSample): RowSample {
	return { count, rows: [...rows] };
}

function note(sample: RowSample, row: number): void {
	if (sample.rows.length < ROWS_SHOWN) sample.rows.push(row);
	sample.count++;
}
