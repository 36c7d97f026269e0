import { isBlank, isEmail } from '../../core/bytes';
import type { RuleCode } from '../../findings/catalogue';
import type { DateColumns } from '../../dates/dateColumns';
import type { Findings } from '../../findings/findings';
import type { RowCheck } from '../../checks/rowCheck';
import type { ReadingParts } from '../../pipeline/readChecked';
import { FieldQuoting, fieldText, RecordFlag, type RecordBatch } from '../../records/recordBatch';
import type { SignalColumn, SignalPlan } from './planSignals';
import {
	headerOf,
	IDENTIFIER_COLUMN,
	needOf,
	SCENARIOS,
	USER_COLUMN,
	type FileLayout,
	type ScenarioId,
} from './scenarios';

/** What {@link createScenarioCheck} needs. */
export interface ScenarioCheckRequest extends ReadingParts<SignalPlan> {
	layout: FileLayout;
	/** the general checks of values; its flags are taken over */
	base: RowCheck;
	/** what happens to texts that are longer than the service takes */
	longTexts: 'reject' | 'cut';
}

/** Checks rows by the rules of their scenario, and counts them. */
export interface ScenarioCheck extends RowCheck {
	/** rows without an error, by scenario; `unknown` where rows were not checked and name none */
	readonly perScenario: Readonly<Partial<Record<ScenarioId | 'unknown', number>>>;
}

/** Dates are few and come again and again. */
const REMEMBERED_DATES = 20_000;

/**
 * Makes the checks that go beyond single columns: a row's scenario decides which of its values are needed (source C5).
 * @param request see {@link ScenarioCheckRequest}
 */
export function createScenarioCheck(request: ScenarioCheckRequest): ScenarioCheck {
	const { layout, plan, base, findings, dates, longTexts } = request;
	const width = request.columns.length;
	const sent = plan.columns.filter(({ sourceIndex }) => sourceIndex >= 0);
	const column = (attribute: string) => sent.find((candidate) => candidate.attribute === attribute);
	const user = column(USER_COLUMN);
	const identifier = column(IDENTIFIER_COLUMN);
	const resignation = column('ResignationDate');
	const lastDay = column('LastWorkingDate');
	const several = layout.identifiers !== undefined;
	const byIdentifier = identifierTable(layout);
	const allowed = [...byIdentifier.values()].map((id) => identifierOf(layout, id)).join(', ');
	const scenarioColumns = new Map(
		layout.scenarios.map((id) => [
			id,
			{
				required: sent.filter(({ attribute }) => needOf(id, attribute) === 'required'),
				unused: sent.filter(
					({ attribute }) => attribute !== IDENTIFIER_COLUMN && needOf(id, attribute) === undefined,
				),
				limited: sent.filter(
					({ attribute, maximumLength }) =>
						maximumLength !== undefined && needOf(id, attribute) !== undefined,
				),
			},
		]),
	);
	const instants = new Map<SignalColumn, (text: string) => number>();
	for (const date of [resignation, lastDay]) if (date) instants.set(date, instantReader(date, dates));
	const perScenario: Partial<Record<ScenarioId | 'unknown', number>> = {};
	const seen = new Set<ScenarioId>();
	let rejected = 0;
	let errors = 0;

	function check(batch: RecordBatch): Uint8Array {
		const errorsBefore = findings.errors;
		const flags = base.check(batch);
		const { fields, records } = batch;
		for (let r = 0; r < records; r++) {
			const first = fields[r];
			// The fields of others are not where they should be, or there are none.
			const inPlace = flags[r] === 0 || flags[r] === RecordFlag.invalid;
			if (inPlace && fields[r + 1] - first >= width) {
				const scenario = several ? scenarioOf(batch, first) : layout.scenarios[0];
				if (scenario) seen.add(scenario);
				if (checkRow(batch, r, first, scenario) && flags[r] === 0) {
					flags[r] = RecordFlag.invalid;
					rejected++;
				}
				if (flags[r] === 0) {
					const counted = scenario ?? 'unknown';
					perScenario[counted] = (perScenario[counted] ?? 0) + 1;
				}
			}
		}
		errors += findings.errors - errorsBefore;
		return flags;
	}

	function scenarioOf(batch: RecordBatch, first: number): ScenarioId | undefined {
		return identifier && byIdentifier.get(fold(fieldText(batch, first + identifier.sourceIndex)));
	}

	function checkRow(batch: RecordBatch, r: number, first: number, id: ScenarioId | undefined): boolean {
		let bad = false;
		if (user) {
			const f = first + user.sourceIndex;
			const { bytes, starts, ends, quoting } = batch;
			const wellFormed = quoting[f] !== FieldQuoting.escaped && isEmail(bytes, starts[f], ends[f]);
			if (!wellFormed && !blank(batch, f)) bad = note('purview-user-name', batch, r, user);
		}
		if (id === undefined) {
			if (!identifier) return bad;
			return note('purview-scenario-unknown', batch, r, identifier, { allowed }) || bad;
		}
		const columns = scenarioColumns.get(id);
		if (!columns) return bad;
		const scenario = SCENARIOS[id].displayName;
		if (several) {
			for (const needed of columns.required) {
				const f = first + needed.sourceIndex;
				// The user column is required of every row, so it is seen to with the other values.
				if (needed === user) continue;
				const missing =
					blank(batch, f) ||
					(needed.type === 'date' && dates.stateOf(needed.sourceIndex, batch, f) === 'blank');
				if (missing) bad = note('purview-value-required', batch, r, needed, { scenario }) || bad;
			}
			for (const unused of columns.unused) {
				if (!blank(batch, first + unused.sourceIndex))
					note('purview-value-unused', batch, r, unused, { scenario });
			}
		}
		for (const limited of columns.limited) {
			const limit = limited.maximumLength as number;
			const f = first + limited.sourceIndex;
			if (batch.ends[f] - batch.starts[f] <= limit || fieldText(batch, f).length <= limit) continue;
			const code = longTexts === 'cut' ? 'purview-text-cut' : 'purview-text-too-long';
			bad = note(code, batch, r, limited, { limit }) || bad;
		}
		if (id === 'resignation' && resignation && lastDay) {
			const from = instants.get(resignation)?.(fieldText(batch, first + resignation.sourceIndex));
			const to = instants.get(lastDay)?.(fieldText(batch, first + lastDay.sourceIndex));
			// Comparing with what is no date is never true.
			if ((to as number) < (from as number)) note('purview-last-day-before', batch, r, lastDay);
		}
		return bad;
	}

	function note(
		code: RuleCode,
		batch: RecordBatch,
		r: number,
		about: SignalColumn,
		facts: Record<string, string | number> = {},
	): boolean {
		const where = { row: batch.rows[r], column: about.sourceName, attribute: about.name };
		return findings.add(code, { ...facts, ...where }) === 'error';
	}

	function conclude(into: Findings): void {
		base.conclude?.(into);
		for (const { scenario, attribute } of plan.missing) {
			if (!seen.has(scenario)) continue;
			into.add('purview-column-missing', {
				scenario: SCENARIOS[scenario].displayName,
				attribute: headerOf(layout, attribute),
			});
		}
	}

	return {
		check,
		conclude,
		perScenario,
		get records() {
			return base.records;
		},
		get rejected() {
			return base.rejected + rejected;
		},
		get errors() {
			return errors;
		},
	};
}

/**
 * Makes the function that writes an identifier as the connector has it, however the source spells its letters' case.
 * What is no identifier is left as it is.
 */
export function identifierConverter(layout: FileLayout): (text: string) => string {
	const byIdentifier = identifierTable(layout);
	return (text) => {
		const id = byIdentifier.get(fold(text));
		return id === undefined ? text : identifierOf(layout, id);
	};
}

/**
 * Cuts a text to a number of characters, and no character in two. Characters are counted as UTF-16 counts them: that is
 * never fewer than other ways to count.
 */
export function cutText(text: string, limit: number): string {
	if (text.length <= limit) return text;
	const halved = /[\ud800-\udbff]/.test(text[limit - 1]);
	return text.slice(0, halved ? limit - 1 : limit);
}

function identifierTable(layout: FileLayout): Map<string, ScenarioId> {
	return new Map(layout.scenarios.map((id) => [fold(identifierOf(layout, id)), id]));
}

function identifierOf({ identifiers }: FileLayout, id: ScenarioId): string {
	return identifiers?.[id] ?? SCENARIOS[id].identifier;
}

function fold(text: string): string {
	return text.trim().toLowerCase();
}

function blank({ bytes, starts, ends }: RecordBatch, f: number): boolean {
	return isBlank(bytes, starts[f], ends[f]);
}

/** Reads a date of the column as milliseconds since 1970; NaN for what is none. */
function instantReader({ sourceIndex }: SignalColumn, dates: DateColumns): (text: string) => number {
	const { convert } = dates.conversion(sourceIndex);
	const known = new Map<string, number>();
	return (text) => {
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
