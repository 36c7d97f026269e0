import type { ColumnVocabulary } from '../../columns/alias';
import { namesAsWords, vocabularyOf, type AttributeNames } from '../../vocabulary/vocabularyOf';
import { EMPLOYEE_NUMBERS } from '../../vocabulary/employeeNumbers';
import { EMPLOYEE_NUMBER, MANAGER_NUMBER } from '../../managers/numberAttributes';
import type { Meaning } from '../../vocabulary/english';
import type { SourceWords } from '../../vocabulary/sourceWords';
import type { DestinationId } from '../service/destinations';
import type { OrganizationalDataAttribute, VivaHrAttribute } from './attributes';

const VIVA_HR = {
	personEmail: 'PersonId',
	signInName: 'PersonId',
	managerEmail: 'ManagerId',
	organization: 'Organization',
	effectiveDate: 'EffectiveDate',
	level: 'LevelDesignation',
	jobFunction: 'FunctionType',
	hireDate: 'HireDate',
	hourlyRate: 'HourlyRate',
	layer: 'Layer',
	supervisorIndicator: 'SupervisorIndicator',
	onsiteDays: 'WeeklyBadgeOnsiteDays',
	location: 'Location',
	workCountry: 'CountryOrRegion',
	country: 'CountryOrRegion',
} as const satisfies Partial<Record<Meaning, VivaHrAttribute>>;

const ORGANIZATIONAL_DATA = {
	personEmail: 'Microsoft_PersonEmail',
	signInName: 'Microsoft_PersonEmail',
	managerEmail: 'Microsoft_ManagerEmail',
	organization: 'Microsoft_Organization',
	level: 'Microsoft_LevelDesignation',
	jobFunction: 'Microsoft_JobDiscipline',
	hireDate: 'Microsoft_HireDate',
	hourlyRate: 'Microsoft_HourlyRate',
	layer: 'Microsoft_Layer',
	supervisorIndicator: 'Microsoft_SupervisorIndicator',
	location: 'Microsoft_CompanyOfficeLocation',
	workCountry: 'Microsoft_CompanyOfficeCountryOrRegion',
	country: 'Microsoft_CompanyOfficeCountryOrRegion',
	firstName: 'Microsoft_FirstName',
	lastName: 'Microsoft_LastName',
	displayName: 'Microsoft_DisplayName',
	jobTitle: 'Microsoft_JobTitle',
	secondaryJobTitle: 'Microsoft_SecondaryJobTitle',
	officeStreet: 'Microsoft_CompanyOfficeStreet',
	officeCity: 'Microsoft_CompanyOfficeCity',
	officeState: 'Microsoft_CompanyOfficeState',
	officePostalCode: 'Microsoft_CompanyOfficePostalCode',
	officePostBox: 'Microsoft_CompanyPostOfficeBox',
	company: 'Microsoft_Company',
	companyCode: 'Microsoft_CompanyCode',
	skills: 'Microsoft_UserSkillNames',
	employmentStatus: 'Microsoft_GlintEmploymentStatus',
	dottedLineManagers: 'Microsoft_DotLineManagersEmailAndLabel',
	assistants: 'Microsoft_AssistantsEmail',
} as const satisfies Partial<Record<Meaning, OrganizationalDataAttribute>>;

const NAMES: Readonly<Record<DestinationId, AttributeNames>> = {
	vivaHr: VIVA_HR,
	// Nothing is known of a survey's columns.
	vivaSurvey: {},
	organizationalData: ORGANIZATIONAL_DATA,
};

/** The names of the attributes themselves, for data that was prepared for another destination. */
export const ATTRIBUTE_WORDS: readonly SourceWords[] = [
	{
		system: 'Viva Insights',
		certainty: 'documented',
		note: "the service's own attribute names, for data prepared for another destination (A10)",
		// OnsiteDays is the former name.
		words: { ...namesAsWords(VIVA_HR), onsiteDays: 'OnsiteDays' },
	},
	{
		system: 'Organizational Data',
		certainty: 'documented',
		note: "the service's own attribute names, for data prepared for another destination (B4)",
		words: namesAsWords(ORGANIZATIONAL_DATA),
	},
];

const known = new Map<DestinationId, ColumnVocabulary>();

/**
 * The names under which the attributes of a destination are looked for besides their own.
 * @param destination see {@link DestinationId}
 */
export function attributeVocabulary(destination: DestinationId): ColumnVocabulary {
	const vocabulary =
		known.get(destination) ??
		// Viva knows people by their e-mail address: primary SMTP address or alias (source A10).
		vocabularyOf({ attributes: NAMES[destination], own: ATTRIBUTE_WORDS, secondBest: 'signInName' });
	known.set(destination, vocabulary);
	return vocabulary;
}

let numbers: ColumnVocabulary | undefined;

/** The names of columns by which people and their managers are numbered; the same for every destination. */
export function numberVocabulary(): ColumnVocabulary {
	return (numbers ??= vocabularyOf({
		attributes: { personNumber: EMPLOYEE_NUMBER, managerNumber: MANAGER_NUMBER },
		own: EMPLOYEE_NUMBERS,
		secondBest: 'signInName',
	}));
}
