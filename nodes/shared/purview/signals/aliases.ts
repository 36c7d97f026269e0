import type { Alias } from '../../columns/alias';
import { ATTRIBUTE_WORDS } from '../../viva/attributes/aliases';
import { aliasesOf } from '../../vocabulary/aliasesOf';
import type { Meaning } from '../../vocabulary/words';
import type { ScenarioColumnName } from './scenarios';

const COLUMNS = {
	personEmail: 'UserPrincipalName',
	signInName: 'UserPrincipalName',
	organization: 'EmployeeDepartment',
	effectiveDate: 'EffectiveDate',
	eventDate: 'EffectiveDate',
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

let known: readonly Alias[] | undefined;

/** The names under which the columns of all scenarios are looked for besides their own. */
export function scenarioAliases(): readonly Alias[] {
	// The connector knows people by their user principal name (source C5).
	known ??= aliasesOf({ attributes: COLUMNS, own: ATTRIBUTE_WORDS, secondBest: 'personEmail' });
	return known;
}
