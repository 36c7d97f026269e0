import type { RowCheck } from '../../checks/rowCheck';
import { RecordFlag } from '../../records/recordBatch';
import { headerOf, SCENARIOS, type ScenarioId } from './scenarios';
import { createSignalRules, type SignalRulesRequest } from './signalRules';

/** Checks rows by the rules of their scenario, and counts them. */
export interface ScenarioCheck extends RowCheck {
	/** rows without an error, by scenario; `unknown` where rows were not checked and name none */
	readonly perScenario: Readonly<Partial<Record<ScenarioId | 'unknown', number>>>;
}

/**
 * Makes the checks that go beyond single columns.
 * @param request see {@link SignalRulesRequest}
 * @param base the general checks of values; its flags are taken over
 */
export function createScenarioCheck(request: SignalRulesRequest, base: RowCheck): ScenarioCheck {
	const { columns, layout, plan, findings } = request;
	const rules = createSignalRules(request);
	const perScenario: Partial<Record<ScenarioId | 'unknown', number>> = {};
	const seen = new Set<ScenarioId>();
	let rejected = 0;
	let errors = 0;

	return {
		check(batch) {
			const errorsBefore = findings.errors;
			const flags = base.check(batch);
			const { fields, records } = batch;
			for (let r = 0; r < records; r++) {
				// The fields of others are not where they should be, or there are none.
				const inPlace = flags[r] === 0 || flags[r] === RecordFlag.invalid;
				if (!inPlace || fields[r + 1] - fields[r] < columns.length) continue;
				const scenario = rules.scenarioOf(batch, r);
				if (scenario) seen.add(scenario);
				if (rules.check(batch, r, scenario) && flags[r] === 0) {
					flags[r] = RecordFlag.invalid;
					rejected++;
				}
				if (flags[r] === 0) {
					const counted = scenario ?? 'unknown';
					perScenario[counted] = (perScenario[counted] ?? 0) + 1;
				}
			}
			errors += findings.errors - errorsBefore;
			return flags;
		},
		conclude(into) {
			base.conclude?.(into);
			for (const { scenario, attribute } of plan.missing) {
				if (!seen.has(scenario)) continue;
				into.add('purview-column-missing', {
					scenario: SCENARIOS[scenario].displayName,
					attribute: headerOf(layout, attribute),
				});
			}
		},
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
