import {
	columnsOf,
	headerNames,
	SCENARIOS,
	type ScenarioId,
} from '../../../nodes/shared/purview/signals/scenarios';

/** The tables of the reference (C5), written out: required columns, then optional ones with their limits. */
const reference: Record<ScenarioId, { identifier: string; required: string[]; optional: string[] }> = {
	resignation: {
		identifier: 'Resignation',
		required: ['UserPrincipalName', 'ResignationDate', 'LastWorkingDate'],
		optional: [],
	},
	jobLevelChange: {
		identifier: 'Job level change',
		required: ['UserPrincipalName', 'EffectiveDate'],
		optional: ['Remarks 200', 'OldLevel', 'NewLevel'],
	},
	performanceReview: {
		identifier: 'Performance review',
		required: ['UserPrincipalName', 'EffectiveDate'],
		optional: ['Remarks 200', 'Rating 25'],
	},
	performanceImprovementPlan: {
		identifier: 'Performance improvement plan',
		required: ['UserPrincipalName', 'EffectiveDate'],
		optional: ['Remarks 200', 'Rating 25'],
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
	},
};

const ids = Object.keys(reference) as ScenarioId[];

it.each(ids)('%s has the documented identifier and columns', (id) => {
	const { identifier, columns } = SCENARIOS[id];
	const named = (need: string) =>
		columns
			.filter((column) => column.need === need)
			.map(({ name, maximumLength }) => (maximumLength === undefined ? name : `${name} ${maximumLength}`));
	expect({ identifier, required: named('required'), optional: named('reserved') }).toEqual(reference[id]);
	for (const { name, type } of columns) {
		expect(type).toBe(/Date$/.test(name) ? 'date' : name === 'UserPrincipalName' ? 'email' : 'string');
	}
});

it('a file for several scenarios has the identifier first, each column once, and requires what all of them do', () => {
	const identifiers = Object.fromEntries(ids.map((id) => [id, id])) as Record<ScenarioId, string>;
	const layout = {
		scenarios: ['performanceReview', 'resignation'] as ScenarioId[],
		identifiers,
		headers: {},
	};
	expect(columnsOf(layout).map(({ name, need }) => [name, need])).toEqual([
		['HRScenario', 'required'],
		['UserPrincipalName', 'required'],
		['ResignationDate', 'reserved'],
		['LastWorkingDate', 'reserved'],
		['EffectiveDate', 'reserved'],
		['Remarks', 'reserved'],
		['Rating', 'reserved'],
	]);
	expect(headerNames({ ...layout, headers: { HRScenario: 'Kind', Rating: 'Note' } })).toEqual([
		'Kind',
		'UserPrincipalName',
		'ResignationDate',
		'LastWorkingDate',
		'EffectiveDate',
		'Remarks',
		'Note',
	]);
});
