import type { Alias, ColumnVocabulary } from '../../../nodes/shared/columns/alias';
import { normalizeColumnName } from '../../../nodes/shared/columns/normalizeColumnName';
import { HR_SYSTEMS } from '../../../nodes/shared/vocabulary/hrSystems';
import { LANGUAGES } from '../../../nodes/shared/vocabulary/languages';
import { scenarioVocabulary } from '../../../nodes/shared/purview/signals/aliases';
import { attributeVocabulary } from '../../../nodes/shared/viva/attributes/aliases';

type Destination = 'vivaHr' | 'organizationalData' | 'purview';
const listed = ({ aliases }: ColumnVocabulary): readonly Alias[] => [...aliases.values()].flat();
const ALIASES: Record<Destination, readonly Alias[]> = {
	vivaHr: listed(attributeVocabulary('vivaHr')),
	organizationalData: listed(attributeVocabulary('organizationalData')),
	purview: listed(scenarioVocabulary(['resignation'])),
};
const DESTINATIONS = Object.keys(ALIASES) as Destination[];

/** Attributes by destination, written down again from the reference (A10, B4, C5) on purpose. */
const ATTRIBUTES: Record<Destination, string> = {
	vivaHr:
		'PersonId ManagerId Organization EffectiveDate LevelDesignation FunctionType HireDate HourlyRate Layer ' +
		'SupervisorIndicator WeeklyBadgeOnsiteDays Location CountryOrRegion',
	organizationalData:
		'Microsoft_PersonEmail Microsoft_ManagerEmail Microsoft_Organization Microsoft_LevelDesignation ' +
		'Microsoft_JobDiscipline Microsoft_Layer Microsoft_FirstName Microsoft_LastName Microsoft_DisplayName ' +
		'Microsoft_JobTitle Microsoft_SecondaryJobTitle Microsoft_CompanyOfficeLocation ' +
		'Microsoft_CompanyPostOfficeBox Microsoft_CompanyOfficeStreet Microsoft_CompanyOfficeCity ' +
		'Microsoft_CompanyOfficeState Microsoft_CompanyOfficeCountryOrRegion Microsoft_CompanyOfficePostalCode ' +
		'Microsoft_Company Microsoft_CompanyCode Microsoft_UserSkillNames Microsoft_HireDate Microsoft_HourlyRate ' +
		'Microsoft_SupervisorIndicator Microsoft_GlintEmploymentStatus Microsoft_DotLineManagersEmailAndLabel ' +
		'Microsoft_AssistantsEmail',
	purview:
		'UserPrincipalName ResignationDate LastWorkingDate EffectiveDate Remarks OldLevel NewLevel Rating ' +
		'EmployeeFirstName EmployeeLastName EmployeeAddressLine1 EmployeeAddressLine2 EmployeeCity EmployeeState ' +
		'EmployeeZipCode EmployeeCountry EmployeeDepartment EmployeeType EmployeeRole HRScenario',
};

describe.each(DESTINATIONS)('the aliases of %s', (destination) => {
	const aliases = ALIASES[destination];

	it('lead to every attribute that the destination knows, and to no other', () => {
		expect([...new Set(aliases.map(({ attribute }) => attribute))].sort()).toEqual(
			ATTRIBUTES[destination].split(' ').sort(),
		);
	});

	it('are found by their folded name', () => {
		for (const alias of aliases) {
			expect(alias.folded).not.toBe('');
			expect(alias.folded).toBe(normalizeColumnName(alias.name));
		}
	});

	it('lead from one name to one attribute wherever nothing else decides', () => {
		const conflicts = aliases.filter((alias) =>
			aliases.some(
				(other) =>
					other.folded === alias.folded &&
					other.preference === alias.preference &&
					other.attribute !== alias.attribute,
			),
		);
		// Leavers' files often have one date only: where the last day has a column of its own, it is the resignation.
		const allowed = destination === 'purview' ? ['terminationdate'] : [];
		expect([...new Set(conflicts.map(({ folded }) => folded))]).toEqual(allowed);
	});
});

it('never take an employee number for a person by its name alone', () => {
	for (const destination of DESTINATIONS) {
		for (const name of [
			'Employee_ID',
			'Worker',
			'PERNR',
			'Personalnummer',
			'Matricule',
			'社員番号',
			'Manager',
			'Supervisor',
		]) {
			for (const alias of ALIASES[destination].filter(({ folded }) => folded === normalizeColumnName(name))) {
				expect([name, alias.onlyEmails]).toEqual([name, true]);
			}
		}
	}
});

it('prefer the e-mail address for Viva and the user principal name for Purview', () => {
	const preference = (destination: Destination, name: string) =>
		ALIASES[destination].find(({ folded }) => folded === normalizeColumnName(name))?.preference;
	expect([preference('vivaHr', 'Work_Email'), preference('vivaHr', 'UPN')]).toEqual([1, 2]);
	expect([preference('purview', 'Work_Email'), preference('purview', 'UPN')]).toEqual([2, 1]);
});

it('know German names with and without umlauts', () => {
	const names = ALIASES.vivaHr.map(({ folded }) => folded);
	expect(names).toEqual(expect.arrayContaining(['gultigab', 'gueltigab', 'fuhrungskraft', 'fuehrungskraft']));
});

it('call documented only what a reference lists', () => {
	const certainty = (system: string, name: string) =>
		ALIASES.vivaHr.find((alias) => alias.system === system && alias.folded === normalizeColumnName(name))
			?.certainty;
	expect(certainty('BambooHR', 'Work Email')).toBe('documented');
	expect(certainty('BambooHR', 'Supervisor Email')).toBe('common');
	expect(certainty('SAP HCM', 'USRID_LONG')).toBe('documented');
	expect(certainty('SAP HCM', 'ORGTX')).toBe('common');
	expect(certainty('SAP HCM', 'MGR_EMAIL')).toBe('inferred');
	expect(certainty('Microsoft Entra', 'mail')).toBe('documented');
	expect(
		ALIASES.vivaHr.filter(({ system, certainty: sure }) => system === 'Workday' && sure === 'documented'),
	).toEqual([]);
});

it('name no word twice for one meaning', () => {
	const sources = [...HR_SYSTEMS, ...LANGUAGES];
	for (const { system, words: lists } of sources) {
		for (const list of Object.values(lists)) {
			const text = typeof list === 'string' ? list : Object.values(list).join(' | ');
			const folded = text.replaceAll('@', '').split('|').map(normalizeColumnName);
			const twice = folded.filter((word, i) => word === '' || folded.indexOf(word) !== i);
			expect([system, twice]).toEqual([system, []]);
		}
	}
});
