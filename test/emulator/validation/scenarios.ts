import type { PurviewJobSetup, RowError, ScenarioName, ScenarioSetup } from '../model';
import { isIsoDateTime } from './valueForms';

interface Scenario {
	/** value of the identifier column in the documents' examples */
	identifier: string;
	required: string[];
	optional: string[];
	dates: string[];
	limits: Record<string, number>;
}

/** Scenarios of the HR connector with their documented column names (C5). */
export const scenarios: Record<ScenarioName, Scenario> = {
	resignation: {
		identifier: 'Resignation',
		required: ['UserPrincipalName', 'ResignationDate', 'LastWorkingDate'],
		optional: [],
		dates: ['ResignationDate', 'LastWorkingDate'],
		limits: {},
	},
	jobLevelChange: {
		identifier: 'Job level change',
		required: ['UserPrincipalName', 'EffectiveDate'],
		optional: ['Remarks', 'OldLevel', 'NewLevel'],
		dates: ['EffectiveDate'],
		limits: { Remarks: 200 },
	},
	performanceReview: {
		identifier: 'Performance review',
		required: ['UserPrincipalName', 'EffectiveDate'],
		optional: ['Remarks', 'Rating'],
		dates: ['EffectiveDate'],
		limits: { Remarks: 200, Rating: 25 },
	},
	performanceImprovementPlan: {
		identifier: 'Performance improvement plan',
		required: ['UserPrincipalName', 'EffectiveDate'],
		optional: ['Remarks', 'Rating'],
		dates: ['EffectiveDate'],
		limits: { Remarks: 200, Rating: 25 },
	},
	employeeProfile: {
		identifier: 'Employee profile',
		required: [
			'UserPrincipalName',
			'EmployeeFirstName',
			'EmployeeLastName',
			'EmployeeAddressLine1',
			'EmployeeZipCode',
		],
		optional: [
			'EmployeeAddressLine2',
			'EmployeeCity',
			'EmployeeState',
			'EmployeeCountry',
			'EmployeeDepartment',
			'EmployeeType',
			'EmployeeRole',
		],
		dates: [],
		limits: {},
	},
};

/** Name of a documented column in this connector's files. */
function columnOf(setup: ScenarioSetup, documented: string): string {
	return setup.columns?.[documented] ?? documented;
}

/** The mapped columns that a header lacks. Names are compared without case, blanks count (C4). */
export function checkHeader(job: PurviewJobSetup, header: string[]): string[] {
	const present = new Set(header.map((name) => name.toLowerCase()));
	const needed = new Set<string>();
	if (job.scenarioColumn !== undefined) needed.add(job.scenarioColumn);
	for (const setup of job.scenarios) {
		for (const name of [...scenarios[setup.scenario].required, ...(setup.optionalColumns ?? [])]) {
			needed.add(columnOf(setup, name));
		}
	}
	return [...needed].filter((name) => !present.has(name.toLowerCase()));
}

/**
 * Which scenario a row belongs to, and why the connector would not save it. The caller of the service never hears of
 * it: only the connector's log counts saved records (C6).
 */
export function rejectionOf(
	job: PurviewJobSetup,
	header: string[],
	record: string[],
): { scenario: string; rejected: Omit<RowError, 'row'> | null } {
	const lower = header.map((name) => name.toLowerCase());
	const valueOf = (name: string): string => record[lower.indexOf(name.toLowerCase())] ?? '';
	let setup: ScenarioSetup | undefined = job.scenarios[0];
	let label: string = setup?.scenario ?? '';
	if (job.scenarioColumn !== undefined) {
		label = valueOf(job.scenarioColumn);
		setup = job.scenarios.find(
			(candidate) => (candidate.value ?? scenarios[candidate.scenario].identifier) === label,
		);
	}
	if (!setup) {
		const message = 'The identifier names no scenario of the connector.';
		return { scenario: label, rejected: { column: job.scenarioColumn ?? null, rule: 'scenario', message } };
	}
	const scenario = scenarios[setup.scenario];
	for (const name of scenario.required) {
		if (valueOf(columnOf(setup, name)) === '') {
			return {
				scenario: label,
				rejected: { column: name, rule: 'requiredBlank', message: 'The value is blank.' },
			};
		}
	}
	for (const name of scenario.dates) {
		if (!isIsoDateTime(valueOf(columnOf(setup, name)))) {
			return {
				scenario: label,
				rejected: { column: name, rule: 'date', message: 'The value is no ISO 8601 date.' },
			};
		}
	}
	for (const [name, limit] of Object.entries(scenario.limits)) {
		if ([...valueOf(columnOf(setup, name))].length > limit) {
			const message = `The value has more than ${limit} characters.`;
			return { scenario: label, rejected: { column: name, rule: 'length', message } };
		}
	}
	return { scenario: label, rejected: null };
}
