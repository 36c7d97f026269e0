import type { Attribute } from '../../columns/columnPlan';
import type { Certainty } from '../../core/evidence';

/** What an HR file of the Purview connector can tell of employees. */
export type ScenarioId =
	'resignation' | 'jobLevelChange' | 'performanceReview' | 'performanceImprovementPlan' | 'employeeProfile';

/**
 * A column of a scenario: the documented name, which each connector may call otherwise. `required`: every row of the scenario needs a
 * value; `reserved`: optional.
 */
export type ScenarioColumn = Attribute & { name: ScenarioColumnName };

/** Documented names of columns, each of which stands once: in the tables below. */
export type ScenarioColumnName =
	(typeof TABLE)[ScenarioId]['columns'][number]['name'] | typeof IDENTIFIER_COLUMN;

/** One scenario of the connector. */
export interface Scenario {
	displayName: string;
	/** the documents' example of the value that tells the scenario in a file for several */
	identifier: string;
	columns: readonly ScenarioColumn[];
	/** one sentence for the panel's drop-down */
	description: string;
	source: string;
	certainty: Certainty;
}

/** Documented name of the column that tells the scenario of a row (source C5). */
export const IDENTIFIER_COLUMN = 'HRScenario';

/** Documented name of the column that names the employee, the same in all scenarios (source C5). */
export const USER_COLUMN = 'UserPrincipalName';

/** Microsoft's page allows so many records a file; its own script sends 5,000 (source C3, F14). */
export const DEFAULT_CHUNK_ROWS = 500;

/** The most that Microsoft's script ever sent at a time (source C3). */
export const MAXIMUM_CHUNK_ROWS = 50_000;

/** Time limit of one chunk, in milliseconds; the vendor's own (source C3). */
export const CHUNK_TIMEOUT_MS = 400_000;

/** Days after which an employee profile that was not sent again is deleted (source C5). */
export const PROFILE_KEPT_DAYS = 30;

/** How far from the upload a last working day may be, in months (source C5). */
export const LAST_DAY_MONTHS = { before: 6, after: 12 };

/** Days without a file after which policies warn (source C6). */
export const POLICY_WARNING_DAYS = 7;

/** Days within which employee profiles have to be sent again; the lower end of what is documented (source C5). */
export const PROFILE_REFRESH_DAYS = 15;

type Written<Name> = { name: Name } & Pick<Attribute, 'type' | 'description'> & Partial<Attribute>;
type Named<Name> = Attribute & { name: Name };

const required = <Name extends string>(column: Written<Name>): Named<Name> => ({
	need: 'required',
	source: 'C5',
	certainty: 'documented',
	...column,
});
const optional = <Name extends string>(column: Written<Name>): Named<Name> => ({
	...required(column),
	need: 'reserved',
});

const user = required({
	name: USER_COLUMN,
	type: 'email',
	onlySure: true,
	description: 'The user principal name (UPN) with which the employee signs in to Microsoft 365',
});
const effectiveDate = (description: string) => required({ name: 'EffectiveDate', type: 'date', description });
const remarks = (description: string) =>
	optional({ name: 'Remarks', type: 'string', maximumLength: 200, description });
const rating = optional({
	name: 'Rating',
	type: 'string',
	onlySure: true,
	maximumLength: 25,
	description: 'The rating as your company writes it',
	source: 'C5, F20',
});

const TABLE = {
	resignation: {
		displayName: 'Employee Resignation',
		identifier: 'Resignation',
		description: 'Who leaves, since when that is known, and the last working day',
		source: 'C5',
		certainty: 'documented',
		columns: [
			user,
			required({
				name: 'ResignationDate',
				type: 'date',
				description: 'When the employee resigned or was given notice',
			}),
			required({ name: 'LastWorkingDate', type: 'date', description: "The employee's last day at work" }),
		],
	},
	jobLevelChange: {
		displayName: 'Job Level Change',
		identifier: 'Job level change',
		description: 'Whose job level changed, and when',
		source: 'C5',
		certainty: 'documented',
		columns: [
			user,
			effectiveDate('When the new level took effect'),
			remarks('Remarks about the change, up to 200 characters'),
			optional({ name: 'OldLevel', type: 'string', description: 'The level before' }),
			optional({ name: 'NewLevel', type: 'string', description: 'The level after' }),
		],
	},
	performanceReview: {
		displayName: 'Performance Review',
		identifier: 'Performance review',
		description: 'How an employee was reviewed',
		source: 'C5',
		certainty: 'documented',
		columns: [
			user,
			effectiveDate('When the employee learned of the review'),
			remarks('Remarks about the review, up to 200 characters'),
			rating,
		],
	},
	performanceImprovementPlan: {
		displayName: 'Performance Improvement Plan',
		identifier: 'Performance improvement plan',
		description: 'Who was put on an improvement plan',
		source: 'C5',
		certainty: 'documented',
		columns: [
			user,
			effectiveDate('When the employee learned of the plan'),
			remarks('Remarks about the plan, up to 200 characters'),
			rating,
		],
	},
	employeeProfile: {
		displayName: 'Employee Profile (Preview)',
		identifier: 'Employee profile',
		description: 'Name, home address and role of employees; has to be sent again every 15 to 20 days',
		source: 'C5',
		certainty: 'documented',
		columns: [
			user,
			required({ name: 'EmployeeFirstName', type: 'string', description: 'First name' }),
			required({ name: 'EmployeeLastName', type: 'string', description: 'Last name' }),
			required({
				name: 'EmployeeAddressLine1',
				type: 'string',
				onlySure: true,
				description: 'First line of the home address',
			}),
			optional({
				name: 'EmployeeAddressLine2',
				type: 'string',
				onlySure: true,
				description: 'Second line of the home address',
			}),
			optional({
				name: 'EmployeeCity',
				type: 'string',
				onlySure: true,
				description: 'City of the home address',
			}),
			optional({
				name: 'EmployeeState',
				type: 'string',
				onlySure: true,
				description: 'State of the home address',
			}),
			required({
				name: 'EmployeeZipCode',
				type: 'string',
				onlySure: true,
				description: 'Zip or postal code of the home address',
			}),
			optional({
				name: 'EmployeeCountry',
				type: 'string',
				onlySure: true,
				description: 'Country of the home address',
			}),
			optional({ name: 'EmployeeDepartment', type: 'string', description: 'Department' }),
			optional({
				name: 'EmployeeType',
				type: 'string',
				description: 'Kind of employment, for example employee or contractor',
			}),
			optional({ name: 'EmployeeRole', type: 'string', description: 'Role or job title' }),
		],
	},
} as const satisfies Record<ScenarioId, Omit<Scenario, 'columns'> & { columns: readonly Attribute[] }>;

/** All scenarios, in the order of the documents. */
export const SCENARIOS: Readonly<Record<ScenarioId, Scenario>> = TABLE;

/** The ids of all scenarios, in the order of the documents. */
export const SCENARIO_IDS = Object.keys(SCENARIOS) as readonly ScenarioId[];

/** The scenarios of one file, and how its rows tell theirs. */
export interface FileLayout {
	/** one or more, each once */
	scenarios: readonly ScenarioId[];
	/** the value that tells each scenario, as the connector has it; missing for a file of one scenario only */
	identifiers?: Readonly<Record<ScenarioId, string>>;
	/** documented name → name of the column in this connector; names that are the same may be left out */
	headers: Readonly<Record<string, string>>;
}

/**
 * The columns of a file, each once: the identifier first, then those of the scenarios in the documented order.
 * @param layout see {@link FileLayout}
 * @returns the columns under their documented names; in a file for several scenarios a column is required where every
 * one of them needs it
 */
export function columnsOf({ scenarios, identifiers }: FileLayout): ScenarioColumn[] {
	const columns = new Map<string, ScenarioColumn>();
	if (identifiers) {
		columns.set(
			IDENTIFIER_COLUMN,
			required({
				name: IDENTIFIER_COLUMN,
				type: 'string',
				description: 'Tells which scenario the row belongs to',
			}),
		);
	}
	const ordered = SCENARIO_IDS.filter((id) => scenarios.includes(id));
	for (const id of ordered) {
		for (const column of SCENARIOS[id].columns) {
			if (!columns.has(column.name)) columns.set(column.name, column);
		}
	}
	return [...columns.values()].map((column) => {
		if (column.name === IDENTIFIER_COLUMN) return column;
		const always = ordered.every((id) => needOf(id, column.name) === 'required');
		return { ...column, need: always ? 'required' : 'reserved' };
	});
}

/** Whether a scenario requires a column, knows it as optional, or does not know it (undefined). */
export function needOf(id: ScenarioId, column: string): Attribute['need'] | undefined {
	return SCENARIOS[id].columns.find(({ name }) => name === column)?.need;
}

/** The name of a documented column in the files of this connector. */
export function headerOf({ headers }: FileLayout, column: string): string {
	return headers[column] ?? column;
}

/** The names of all columns of a file, as its header has them: what an admin maps when setting up the connector. */
export function headerNames(layout: FileLayout): string[] {
	return columnsOf(layout).map(({ name }) => headerOf(layout, name));
}
