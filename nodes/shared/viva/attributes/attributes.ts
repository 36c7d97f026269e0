import type { Attribute, ValueType } from '../../columns/columnPlan';
import type { Evidence, Fact } from '../../core/evidence';
import type { DestinationId, RefreshKind } from '../service/destinations';

/** A number that the service sets as a bound. */
export interface Limit extends Evidence {
	value: number;
}

/** Names that the service keeps for itself. */
export interface SystemNames extends Evidence {
	names: readonly string[];
	/** no custom attribute may begin so */
	prefixes: readonly string[];
}

/** How values are deleted that the service has stored. */
export interface Deletion<Name extends string = string> {
	/** by type of attribute; a type without one has no documented way */
	markers: Readonly<Partial<Record<ValueType, Fact<string>>>>;
	/** attributes whose form is not documented, so that no marker is known to fit */
	unknownFor: readonly Name[];
}

/** What a destination knows about columns. */
export interface AttributeSet<Name extends string = string> {
	/** in the order in which panels show and files carry them */
	attributes: ReadonlyArray<Attribute & { name: Name }>;
	/** columns that must be there, by kind of refresh */
	requiredFor: Readonly<Partial<Record<RefreshKind, readonly Name[]>>>;
	/** columns that must be there besides when people are added whom the service does not know yet */
	requiredForNewPeople: readonly Name[];
	/** where these columns are there, every row must have a value */
	filledWherePresent: readonly Name[];
	/** the columns that name people, their organization, and the day from which a row counts; source A10, B4 */
	people?: { person: Name; manager: Name; organization: Name; date?: Name };
	/** attributes that are stored only when all of a group are filled; source B4 */
	together?: ReadonlyArray<readonly Name[]>;
	/** what every header must match */
	headerPattern: Evidence & { pattern: RegExp; sentence: string };
	systemNames: SystemNames;
	/** highest number of attributes in all */
	maximumAttributes?: Limit;
	/** as above, where sources differ: more are taken for an app whose own limit is higher */
	doubtfulAttributes?: Limit;
	/** longest value, in bytes */
	maximumValueBytes?: Limit;
	/** values that delete what the service has stored, where a blank one keeps it */
	deletion?: Deletion<Name>;
}

type Written<Name> = { name: Name } & Pick<Attribute, 'type' | 'description'> & Partial<Attribute>;

const knownBy =
	(source: string, certainty: Attribute['certainty']) =>
	<Name extends string>(attribute: Written<Name>): Attribute & { name: Name } => ({
		need: 'reserved',
		source,
		certainty,
		...attribute,
	});

const viva = knownBy('A10', 'documented');

const VIVA_HR_ATTRIBUTES = [
	viva({
		name: 'PersonId',
		type: 'email',
		onlySure: true,
		need: 'required',
		description: "The employee's e-mail address: the primary SMTP address or an alias.",
	}),
	viva({
		name: 'ManagerId',
		type: 'email',
		onlySure: true,
		need: 'required',
		mayBeBlank: true,
		description: "The manager's e-mail address; blank only for the person at the top.",
		source: 'A10, F9',
	}),
	viva({
		name: 'Organization',
		type: 'string',
		need: 'required',
		description: 'The organization that the employee belongs to.',
	}),
	viva({
		name: 'EffectiveDate',
		type: 'date',
		isRecent: true,
		description: 'The day from which the values of the row apply; without the column, the day of the upload.',
	}),
	viva({
		name: 'LevelDesignation',
		type: 'string',
		description: 'The level or seniority, as your company names it.',
	}),
	viva({
		name: 'FunctionType',
		type: 'string',
		description: 'The job function, for example Engineering or Sales.',
	}),
	viva({ name: 'HireDate', type: 'date', description: 'The day on which the employee was last hired.' }),
	viva({ name: 'Location', type: 'string', description: 'The place of work.' }),
	viva({ name: 'CountryOrRegion', type: 'string', description: 'The country or region of work.' }),
	viva({
		name: 'HourlyRate',
		type: 'double',
		onlySure: true,
		currency: 'USD',
		description: 'The hourly pay in US dollars, digits and decimal point only.',
	}),
	viva({
		name: 'Layer',
		type: 'integer',
		minimum: 0,
		description: 'The distance from the top of the company; the person at the top has 0.',
	}),
	viva({
		name: 'SupervisorIndicator',
		type: 'string',
		oneOf: ['IC', 'Mngr', 'Mngr+'],
		description: 'IC for no reports, Mngr for a manager, Mngr+ for a manager of managers.',
	}),
	viva({
		name: 'WeeklyBadgeOnsiteDays',
		type: 'double',
		minimum: 0,
		maximum: 7,
		description: 'Days on site in a week, from 0 to 7.',
	}),
];

const orgData = knownBy('B4', 'documented');
const newInOrgData = knownBy('B4 (2026)', 'documented');

const ORGANIZATIONAL_DATA_ATTRIBUTES = [
	orgData({
		name: 'Microsoft_PersonEmail',
		type: 'email',
		onlySure: true,
		need: 'required',
		description: "The employee's e-mail address.",
	}),
	orgData({
		name: 'Microsoft_ManagerEmail',
		type: 'email',
		onlySure: true,
		mayBeBlank: true,
		description:
			"The manager's e-mail address; blank for the person at the top. Needed by the Copilot Dashboard.",
	}),
	orgData({
		name: 'Microsoft_Organization',
		type: 'string',
		description: 'The organization that the employee belongs to. Needed by the Copilot Dashboard.',
	}),
	orgData({
		name: 'Microsoft_LevelDesignation',
		type: 'string',
		description: 'The level or seniority, as your company names it.',
	}),
	orgData({
		name: 'Microsoft_JobDiscipline',
		type: 'string',
		description: 'The job function; Viva Insights calls it FunctionType.',
	}),
	orgData({
		name: 'Microsoft_Layer',
		type: 'integer',
		minimum: -1,
		description: 'The distance from the top of the company, from 0; -1 deletes the stored value.',
		source: 'B2, B4',
	}),
	orgData({
		name: 'Microsoft_FirstName',
		type: 'string',
		description: 'First name; stored only together with last name and display name.',
	}),
	orgData({
		name: 'Microsoft_LastName',
		type: 'string',
		description: 'Last name; stored only together with first name and display name.',
	}),
	orgData({
		name: 'Microsoft_DisplayName',
		type: 'string',
		description: 'Display name; stored only together with first and last name.',
	}),
	orgData({ name: 'Microsoft_JobTitle', type: 'string', description: 'The job title.' }),
	orgData({ name: 'Microsoft_SecondaryJobTitle', type: 'string', description: 'A second job title.' }),
	orgData({ name: 'Microsoft_CompanyOfficeLocation', type: 'string', description: 'The office.' }),
	orgData({
		name: 'Microsoft_CompanyPostOfficeBox',
		type: 'string',
		onlySure: true,
		description: "The office's post office box.",
	}),
	orgData({
		name: 'Microsoft_CompanyOfficeStreet',
		type: 'string',
		onlySure: true,
		description: "The office's street.",
	}),
	orgData({
		name: 'Microsoft_CompanyOfficeCity',
		type: 'string',
		onlySure: true,
		description: "The office's city.",
	}),
	orgData({
		name: 'Microsoft_CompanyOfficeState',
		type: 'string',
		onlySure: true,
		description: "The office's state or province.",
	}),
	orgData({
		name: 'Microsoft_CompanyOfficeCountryOrRegion',
		type: 'string',
		onlySure: true,
		description: "The office's country or region.",
	}),
	orgData({
		name: 'Microsoft_CompanyOfficePostalCode',
		type: 'string',
		onlySure: true,
		description: "The office's postal code.",
	}),
	orgData({ name: 'Microsoft_Company', type: 'string', description: 'The company.' }),
	orgData({ name: 'Microsoft_CompanyCode', type: 'string', description: "The company's code." }),
	orgData({
		name: 'Microsoft_UserSkillNames',
		type: 'string',
		description: 'Skills, separated by commas within the field.',
	}),
	// Only the rate's type is documented; the others pass as text, but for the date, which is sent in one form.
	newInOrgData({
		name: 'Microsoft_HireDate',
		type: 'date',
		dateStyle: 'yearMonthDay',
		description: 'The day of hire; its form is not documented, so it is sent as YYYY-MM-DD.',
	}),
	newInOrgData({
		name: 'Microsoft_HourlyRate',
		type: 'double',
		onlySure: true,
		description: 'The hourly pay.',
	}),
	newInOrgData({
		name: 'Microsoft_SupervisorIndicator',
		type: 'string',
		oneOf: ['IC', 'Mngr', 'Mngr+'],
		description: 'IC for no reports, Mngr for a manager, Mngr+ for a manager of managers.',
	}),
	newInOrgData({
		name: 'Microsoft_GlintEmploymentStatus',
		type: 'string',
		oneOf: ['ACTIVE', 'INACTIVE'],
		description: 'Whether Viva Glint counts the person: ACTIVE or INACTIVE.',
	}),
	newInOrgData({
		name: 'Microsoft_DotLineManagersEmailAndLabel',
		type: 'string',
		onlySure: true,
		description: 'Further managers, with a label each.',
	}),
	newInOrgData({
		name: 'Microsoft_AssistantsEmail',
		type: 'string',
		onlySure: true,
		description: "The assistants' e-mail addresses.",
	}),
];

/** Names of attributes, each of which stands once: in the lists above. */
export type VivaHrAttribute = (typeof VIVA_HR_ATTRIBUTES)[number]['name'];
export type OrganizationalDataAttribute = (typeof ORGANIZATIONAL_DATA_ATTRIBUTES)[number]['name'];

/** The newest rule text; older ones allowed many symbols (source A10, F11). */
const HEADER_PATTERN: AttributeSet['headerPattern'] = {
	pattern: /^[A-Za-z0-9_]+$/,
	sentence: 'Names hold ASCII letters, digits and underscore only.',
	source: 'A10, F11',
	certainty: 'documented',
};

const VIVA_SYSTEM_NAMES: SystemNames = {
	names: [
		'PeopleHistoricalId',
		'StartDate',
		'EndDate',
		'Domain',
		'PopulationType',
		'TimeZone',
		'StandardTimeZone',
		'WorkdayStart',
		'WorkDayEnd',
		'WeekendDays',
		'InferredTeamSize',
		'ObjectId',
		'IsActive',
		'MetricDate',
		'PrimaryCollaborator_PersonId',
		'SecondaryCollaborator_PersonId',
	],
	prefixes: ['Microsoft_'],
	source: 'A10',
	certainty: 'documented',
};

const VALUE_BYTES: Limit = { value: 128 * 1024, source: 'A10, A14', certainty: 'documented' };

const SETS: {
	vivaHr: AttributeSet<VivaHrAttribute>;
	vivaSurvey: AttributeSet;
	organizationalData: AttributeSet<OrganizationalDataAttribute>;
} = {
	vivaHr: {
		attributes: VIVA_HR_ATTRIBUTES,
		// A full refresh names everybody anew; an incremental one may touch known people only (source A12, F13).
		requiredFor: { full: ['PersonId', 'ManagerId', 'Organization'], incremental: ['PersonId'] },
		requiredForNewPeople: ['ManagerId', 'Organization'],
		filledWherePresent: ['PersonId', 'Organization', 'EffectiveDate'],
		people: {
			person: 'PersonId',
			manager: 'ManagerId',
			organization: 'Organization',
			date: 'EffectiveDate',
		},
		headerPattern: HEADER_PATTERN,
		systemNames: VIVA_SYSTEM_NAMES,
		maximumAttributes: { value: 105, source: 'A10, F8', certainty: 'documented' },
		maximumValueBytes: VALUE_BYTES,
	},
	vivaSurvey: {
		// The names of a survey's columns are published nowhere; its headers are the labels of the questions.
		attributes: [],
		requiredFor: {},
		requiredForNewPeople: [],
		filledWherePresent: [],
		headerPattern: {
			pattern: /^(?:[^\S\r\n]|\0)*[^\s\0][^\r\n]*$/,
			sentence: 'Names must not be blank or hold a line break.',
			source: 'A14',
			certainty: 'inferred',
		},
		systemNames: { names: [], prefixes: [], source: 'A14', certainty: 'inferred' },
		maximumValueBytes: VALUE_BYTES,
	},
	organizationalData: {
		attributes: ORGANIZATIONAL_DATA_ATTRIBUTES,
		requiredFor: { merge: ['Microsoft_PersonEmail'] },
		requiredForNewPeople: [],
		filledWherePresent: ['Microsoft_PersonEmail'],
		people: {
			person: 'Microsoft_PersonEmail',
			manager: 'Microsoft_ManagerEmail',
			organization: 'Microsoft_Organization',
		},
		together: [['Microsoft_FirstName', 'Microsoft_LastName', 'Microsoft_DisplayName']],
		headerPattern: { ...HEADER_PATTERN, source: 'B4, A10', certainty: 'inferred' },
		// Names with this beginning belong to the service: those in the list above and no others.
		systemNames: { names: [], prefixes: ['Microsoft_'], source: 'B4', certainty: 'inferred' },
		doubtfulAttributes: { value: 105, source: 'B4, F36', certainty: 'inferred' },
		deletion: {
			markers: {
				string: { value: "''", source: 'B5', certainty: 'documented' },
				integer: { value: '-1', source: 'B5', certainty: 'documented' },
				// An address that does not exist in the tenant; the pages give this one as example.
				email: { value: 'noname@contoso.com', source: 'B5', certainty: 'documented' },
			},
			unknownFor: ['Microsoft_DotLineManagersEmailAndLabel', 'Microsoft_AssistantsEmail'],
		},
	},
};

/** What each destination knows about columns. */
export const ATTRIBUTE_SETS: Readonly<Record<DestinationId, AttributeSet>> = SETS;

/**
 * The attributes of a destination, each with `need` as it is for one kind of refresh: `required` where the column must be
 * there.
 * @param destination see {@link DestinationId}
 * @param refresh kind of refresh; without it, needs are those of a full refresh or merge
 */
export function attributesFor(destination: DestinationId, refresh?: RefreshKind): readonly Attribute[] {
	const set = ATTRIBUTE_SETS[destination];
	const required = refresh === undefined ? undefined : set.requiredFor[refresh];
	if (required === undefined) return set.attributes;
	return set.attributes.map((attribute) => ({
		...attribute,
		need: required.includes(attribute.name) ? 'required' : 'reserved',
	}));
}
