import type { ColumnVocabulary } from '../../columns/alias';
import { ATTRIBUTE_WORDS } from '../../viva/attributes/aliases';
import { vocabularyOf } from '../../vocabulary/vocabularyOf';
import type { Meaning } from '../../vocabulary/english';
import type { ScenarioColumnName, ScenarioId } from './scenarios';

const COLUMNS = {
	personEmail: 'UserPrincipalName',
	signInName: 'UserPrincipalName',
	organization: 'EmployeeDepartment',
	effectiveDate: 'EffectiveDate',
	reviewDate: 'EffectiveDate',
	promotionDate: 'EffectiveDate',
	planDate: 'EffectiveDate',
	homeCountry: 'EmployeeCountry',
	country: 'EmployeeCountry',
	firstName: 'EmployeeFirstName',
	lastName: 'EmployeeLastName',
	jobTitle: 'EmployeeRole',
	resignationDate: 'ResignationDate',
	lastWorkingDate: 'LastWorkingDate',
	remarks: 'Remarks',
	rating: 'Rating',
	oldLevel: 'OldLevel',
	newLevel: 'NewLevel',
	newLevelFromLevel: 'NewLevel',
	homeAddress1: 'EmployeeAddressLine1',
	homeAddress2: 'EmployeeAddressLine2',
	homeCity: 'EmployeeCity',
	homeState: 'EmployeeState',
	homeZip: 'EmployeeZipCode',
	employeeType: 'EmployeeType',
	scenario: 'HRScenario',
} as const satisfies Partial<Record<Meaning, ScenarioColumnName>>;

/** The date of each event is the effective date of its own scenario only. */
const EVENT_DATES: Readonly<Partial<Record<ScenarioId, Meaning>>> = {
	jobLevelChange: 'promotionDate',
	performanceReview: 'reviewDate',
	performanceImprovementPlan: 'planDate',
};

const known = new Map<string, ColumnVocabulary>();

/**
 * The names under which the columns of a file are looked for besides their own.
 * @param scenarios those of the file
 */
export function scenarioVocabulary(scenarios: readonly ScenarioId[]): ColumnVocabulary {
	const key = scenarios.length === 1 ? scenarios[0] : 'several';
	const event = scenarios.length === 1 ? EVENT_DATES[scenarios[0]] : undefined;
	const vocabulary =
		known.get(key) ??
		vocabularyOf({
			attributes: COLUMNS,
			own: ATTRIBUTE_WORDS,
			// The connector knows people by their user principal name (source C5).
			secondBest: 'personEmail',
			unclear: Object.values(EVENT_DATES).filter((meaning) => meaning !== event),
		});
	known.set(key, vocabulary);
	return vocabulary;
}
