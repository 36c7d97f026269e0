/** Kinds of values in Viva Insights. */
export type ValueKind = 'email' | 'string' | 'date' | 'integer' | 'double';

/** A field that Viva Insights knows (A10). */
export interface HrAttribute {
	kind: ValueKind;
	required: boolean;
}

/** Fields with a fixed name and type (A10). EffectiveDate may be missing: the upload date is taken. */
export const hrAttributes: ReadonlyMap<string, HrAttribute> = new Map<string, HrAttribute>([
	['PersonId', { kind: 'email', required: true }],
	['ManagerId', { kind: 'email', required: true }],
	['Organization', { kind: 'string', required: true }],
	['EffectiveDate', { kind: 'date', required: false }],
	['LevelDesignation', { kind: 'string', required: false }],
	['FunctionType', { kind: 'string', required: false }],
	['Location', { kind: 'string', required: false }],
	['CountryOrRegion', { kind: 'string', required: false }],
	['HireDate', { kind: 'date', required: false }],
	['HourlyRate', { kind: 'double', required: false }],
	['Layer', { kind: 'integer', required: false }],
	['SupervisorIndicator', { kind: 'string', required: false }],
	['WeeklyBadgeOnsiteDays', { kind: 'double', required: false }],
]);

const systemNames: ReadonlySet<string> = new Set(
	[
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
	].map((name) => name.toLowerCase()),
);

/** True for names that the service keeps for itself (A10). */
export function isSystemName(name: string): boolean {
	const lower = name.toLowerCase();
	return systemNames.has(lower) || lower.startsWith('microsoft_');
}

/** The fixed field whose name differs from this one only in case; null when there is none. */
export function sameNameInOtherCase(name: string): string | null {
	if (hrAttributes.has(name)) return null;
	for (const known of hrAttributes.keys()) if (known.toLowerCase() === name.toLowerCase()) return known;
	return null;
}

/** All attributes of an import together (A10, F8). */
export const attributeLimit = 105;

/** A value may be so many bytes long (A10). */
export const valueLimit = 128 * 1024;

/**
 * The type words that are taken, and what they mean. The first of each pair was seen in vendor text or is the form
 * of one that was (A9); the others stand for the list that could not be obtained. Everything else is unsupported.
 */
export const dataTypes: ReadonlyMap<string, { kind: ValueKind; order?: 'monthFirst' | 'dayFirst' }> = new Map(
	[
		['EmailType', { kind: 'email' }],
		['string', { kind: 'string' }],
		['StringType', { kind: 'string' }],
		['DateTime_MMDDYYYY', { kind: 'date', order: 'monthFirst' }],
		['DateTime_DDMMYYYY', { kind: 'date', order: 'dayFirst' }],
		['DateTimeType', { kind: 'date', order: 'monthFirst' }],
		['int32', { kind: 'integer' }],
		['IntegerType', { kind: 'integer' }],
		['double', { kind: 'double' }],
		['DoubleType', { kind: 'double' }],
	],
);
