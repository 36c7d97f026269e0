import { isBlank, isEmail } from '../../core/bytes';
import type { DateColumns } from '../../dates/dateColumns';
import type { RuleCode } from '../../findings/catalogue';
import type { FindingFacts } from '../../findings/findings';
import type { ReadingParts } from '../../pipeline/readChecked';
import { FieldQuoting, fieldText, type RecordBatch } from '../../records/recordBatch';
import type { SignalColumn, SignalPlan } from './planSignals';
import {
	IDENTIFIER_COLUMN,
	LAST_DAY_MONTHS,
	needOf,
	SCENARIOS,
	USER_COLUMN,
	type FileLayout,
	type ScenarioId,
} from './scenarios';
import { identifiersOf, type LongTexts } from './signalConversions';

/** What the rules of scenarios need to know. */
export interface SignalRulesRequest extends ReadingParts<SignalPlan> {
	layout: FileLayout;
	longTexts: LongTexts;
	/** the time of the upload */
	now: Date;
}

/** The rules for single records that go beyond single columns; a record has as many fields as the header. */
export interface SignalRules {
	/** the scenario of a record; nothing where it names none */
	scenarioOf(batch: RecordBatch, r: number): ScenarioId | undefined;
	/** Gives whether a record breaks a rule of its scenario. */
	check(batch: RecordBatch, r: number, id: ScenarioId | undefined): boolean;
}

/** Dates are few and come again and again. */
const REMEMBERED_DATES = 20_000;

const DAY_MS = 86_400_000;

/**
 * Makes the rules of a file: a record's scenario decides which of its values are needed (source C5).
 * @param request see {@link SignalRulesRequest}
 */
export function createSignalRules(request: SignalRulesRequest): SignalRules {
	const { layout, plan, findings, dates } = request;
	const sent = plan.columns.filter(({ sourceIndex }) => sourceIndex >= 0);
	const planned = (attribute: string) => sent.find((column) => column.attribute === attribute);
	const user = planned(USER_COLUMN);
	const identifier = planned(IDENTIFIER_COLUMN);
	const identifiers = identifiersOf(layout);
	const several = layout.identifiers !== undefined;
	const code = request.longTexts === 'cut' ? 'purview-text-cut' : 'purview-text-too-long';
	const byScenario = new Map(layout.scenarios.map((id) => [id, columnsOfScenario(id, sent)]));
	const lastDayRule = createLastDayRule(
		{ resignation: planned('ResignationDate'), lastDay: planned('LastWorkingDate') },
		dates,
		request.now,
	);

	const note: Note = (rule, { sourceName, name }, facts) =>
		findings.add(rule, { ...facts, column: sourceName, attribute: name }) === 'error';

	function checkUser(batch: RecordBatch, r: number): boolean {
		if (!user) return false;
		const { bytes, starts, ends, quoting } = batch;
		const f = batch.fields[r] + user.sourceIndex;
		const wellFormed = quoting[f] !== FieldQuoting.escaped && isEmail(bytes, starts[f], ends[f]);
		return !wellFormed && !blank(batch, f) && note('purview-user-name', user, { row: batch.rows[r] });
	}

	/** What only a file for several scenarios needs: in others, the columns themselves say what is required. */
	function checkNeeds(batch: RecordBatch, r: number, id: ScenarioId): boolean {
		const first = batch.fields[r];
		const facts = { row: batch.rows[r], scenario: SCENARIOS[id].displayName };
		const { required = [], unused = [] } = byScenario.get(id) ?? {};
		let bad = false;
		for (const column of required) {
			const f = first + column.sourceIndex;
			const isDate = column.type === 'date';
			if (!blank(batch, f) && !(isDate && dates.stateOf(column.sourceIndex, batch, f) === 'blank')) continue;
			bad = note('purview-value-required', column, facts) || bad;
		}
		for (const column of unused) {
			if (!blank(batch, first + column.sourceIndex)) note('purview-value-unused', column, facts);
		}
		return bad;
	}

	function checkLengths(batch: RecordBatch, r: number, id: ScenarioId): boolean {
		let bad = false;
		for (const { column, limit } of byScenario.get(id)?.limited ?? []) {
			const f = batch.fields[r] + column.sourceIndex;
			if (batch.ends[f] - batch.starts[f] <= limit || fieldText(batch, f).length <= limit) continue;
			bad = note(code, column, { row: batch.rows[r], limit }) || bad;
		}
		return bad;
	}

	return {
		scenarioOf(batch, r) {
			if (!several) return layout.scenarios[0];
			return identifier && identifiers.scenarioOf(fieldText(batch, batch.fields[r] + identifier.sourceIndex));
		},
		check(batch, r, id) {
			const row = batch.rows[r];
			let bad = checkUser(batch, r);
			if (id === undefined) {
				const allowed = identifiers.all;
				return (identifier && note('purview-scenario-unknown', identifier, { row, allowed })) || bad;
			}
			if (several && checkNeeds(batch, r, id)) bad = true;
			if (checkLengths(batch, r, id)) bad = true;
			if (id === 'resignation' && lastDayRule?.(batch, r, note)) bad = true;
			return bad;
		},
	};
}

function columnsOfScenario(id: ScenarioId, sent: readonly SignalColumn[]) {
	return {
		// The user column is required of every row, so it is checked with the other values.
		required: sent.filter(
			({ attribute }) => attribute !== USER_COLUMN && needOf(id, attribute) === 'required',
		),
		unused: sent.filter(
			({ attribute }) => attribute !== IDENTIFIER_COLUMN && needOf(id, attribute) === undefined,
		),
		limited: sent.flatMap((column) => {
			const { attribute, maximumLength: limit } = column;
			return limit === undefined || needOf(id, attribute) === undefined ? [] : [{ column, limit }];
		}),
	};
}

/** Takes a finding about a column; gives whether it is an error. */
type Note = (rule: RuleCode, column: SignalColumn, facts: FindingFacts) => boolean;

/**
 * Finds a last working day before the resignation, too far from the upload, or both; nothing where its column is missing (source C5).
 */
function createLastDayRule(
	{ resignation, lastDay: column }: Partial<Record<'resignation' | 'lastDay', SignalColumn>>,
	dates: DateColumns,
	now: Date,
) {
	if (!column) return undefined;
	const resignedAt = resignation && instantReader(resignation, dates);
	const leavesAt = instantReader(column, dates);
	const { earliest, latest } = lastDayWindow(now);
	return (batch: RecordBatch, r: number, note: Note): boolean => {
		// Comparing with what is no date is never true.
		const leaves = leavesAt(batch, r);
		const row = batch.rows[r];
		let bad = false;
		if (resignedAt && leaves < resignedAt(batch, r)) bad = note('purview-last-day-before', column, { row });
		if (leaves < earliest || leaves > latest) bad = note('purview-last-day-far', column, { row }) || bad;
		return bad;
	};
}

/** The first and the last instant of a last working day that an upload may bring, in whole days (source C5). */
export function lastDayWindow(now: Date): { earliest: number; latest: number } {
	return {
		earliest: dayMonthsFrom(now, -LAST_DAY_MONTHS.before),
		latest: dayMonthsFrom(now, LAST_DAY_MONTHS.after) + DAY_MS - 1,
	};
}

/** The begin of the same day some months away; of the month's last day, where the month is too short. */
function dayMonthsFrom(now: Date, months: number): number {
	const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() + months];
	const lastOfMonth = Date.UTC(year, month + 1, 0);
	return Math.min(Date.UTC(year, month, now.getUTCDate()), lastOfMonth);
}

/** Reads a date of the column as milliseconds since 1970; NaN for what is none. */
function instantReader({ sourceIndex }: SignalColumn, dates: DateColumns) {
	const { convert } = dates.conversion(sourceIndex);
	const known = new Map<string, number>();
	return (batch: RecordBatch, r: number): number => {
		const text = fieldText(batch, batch.fields[r] + sourceIndex);
		let instant = known.get(text);
		if (instant === undefined) {
			if (known.size >= REMEMBERED_DATES) known.clear();
			// Six digits of a second are more than JavaScript reads.
			instant = Date.parse(convert(text).replace(/(\.\d{3})\d+/, '$1'));
			known.set(text, instant);
		}
		return instant;
	};
}

function blank({ bytes, starts, ends }: RecordBatch, f: number): boolean {
	return isBlank(bytes, starts[f], ends[f]);
}
