import type { RowCheck } from '../../checks/rowCheck';
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
				if (fields[r + 1] - fields[r] === columns.length) {
					const scenario = rules.scenarioOf(batch, r);
					if (scenario) seen.add(scenario);
					if (rules.check(batch, r, scenario)) flags[r] = 1;
					if (flags[r] === 0) {
						const counted = scenario ?? 'unknown';
						perScenario[counted] = (perScenario[counted] ?? 0) + 1;
					}
				}
				if (flags[r] !== 0) rejected++;
			}
			errors += findings.errors - errorsBefore;
			return flags;
		},
		conclude(into) {
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
			return rejected;
		},
		get errors() {
			return errors;
		},
	};
}
