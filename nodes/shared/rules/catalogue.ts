import type { Certainty } from './plan';
import type { Severity } from './finding';

/** What a rule looks at: a whole file, its header, one record, or all records together. */
export type RuleScope = 'file' | 'header' | 'row' | 'set';

/** One rule of the services, as data. Code, panel, documents and tests read the same entry. */
export interface Rule {
	scope: RuleScope;
	severity: Severity;
	/** what is wrong, in a sentence for an HR admin; `{column}`, `{limit}` … are filled with the finding's facts */
	sentence: string;
	/** what to do next */
	advice: string;
	/** key of the reference: section of the facts about the services */
	source: string;
	certainty: Certainty;
}

const rule = (
	scope: RuleScope,
	severity: Severity,
	sentence: string,
	advice: string,
	source: string,
	certainty: Certainty,
): Rule => ({ scope, severity, sentence, advice, source, certainty });

/** Every rule by its code. A code is stable for ever: users silence and raise rules by it. */
export const CATALOGUE = {
	'file-empty': rule(
		'file',
		'error',
		'The file is empty.',
		'Export it again from the source system and check that the export wrote data.',
		'A11',
		'documented',
	),
	'no-records': rule(
		'file',
		'error',
		'There is a header but not a single record below it.',
		'Check the filter or the date range of the export.',
		'A11',
		'documented',
	),
	'zip-entries': rule(
		'file',
		'error',
		'The zip file holds {found}; the service takes exactly one .csv and one .json file and nothing else.',
		'Put only data.csv and metadata.json into the zip file.',
		'A11',
		'documented',
	),
	'zip-names': rule(
		'file',
		'warning',
		'The files in the zip are called {found}; the documented names are data.csv and metadata.json.',
		'Rename the files before zipping them.',
		'A9, F6',
		'documented',
	),
	'metadata-empty': rule(
		'file',
		'error',
		'metadata.json is empty.',
		'Fill it with DatasetType, IsBootstrap and Mapping.',
		'A11',
		'documented',
	),
	'metadata-not-json': rule(
		'file',
		'error',
		'metadata.json is not valid JSON.',
		'Check it for missing commas, quotes or brackets.',
		'A11',
		'documented',
	),
	'metadata-dataset-type': rule(
		'file',
		'error',
		'metadata.json must say "DatasetType": "{expected}".',
		'Correct the value, or choose the destination that the file was made for.',
		'A11',
		'documented',
	),
	'metadata-is-bootstrap': rule(
		'file',
		'error',
		'metadata.json must say "IsBootstrap": "true" for a full refresh or "false" for an incremental one.',
		'Add the line, with the value in quotes.',
		'A9',
		'documented',
	),
	'metadata-mapping-missing': rule(
		'file',
		'error',
		'metadata.json has no Mapping.',
		'Add one entry for each column of data.csv.',
		'A9',
		'documented',
	),
	'metadata-column-unnamed': rule(
		'header',
		'error',
		"metadata.json maps column '{column}' to an empty field.",
		'Name the field, or leave the column out of both files.',
		'A11',
		'documented',
	),
	'metadata-column-missing': rule(
		'header',
		'error',
		"metadata.json maps column '{column}', which data.csv does not have.",
		'Remove the entry from the mapping or add the column.',
		'A11',
		'documented',
	),
	'metadata-column-unmapped': rule(
		'header',
		'error',
		"Column '{column}' of data.csv has no entry in the mapping of metadata.json.",
		'Map the column or remove it from data.csv.',
		'A11',
		'documented',
	),
	'metadata-type-unknown': rule(
		'header',
		'warning',
		"metadata.json gives column '{column}' the type '{found}', which is not among the types known to us.",
		'An unsupported type fails the import; check the spelling against the sample of your connection.',
		'A9, A11',
		'inferred',
	),
	'header-empty': rule(
		'header',
		'error',
		'Column number {position} has no name.',
		'Give it a name in the source report.',
		'A10, A11',
		'documented',
	),
	'header-duplicate': rule(
		'header',
		'error',
		"The column name '{column}' occurs more than once.",
		'Rename or remove one of them in the source report.',
		'A11',
		'documented',
	),
	'header-characters': rule(
		'header',
		'error',
		"'{attribute}' cannot be the name of an attribute: only ASCII letters, digits and underscore are allowed.",
		'Choose another name for the attribute in the column mapping.',
		'A10, F11',
		'documented',
	),
	'header-system-name': rule(
		'header',
		'error',
		"'{attribute}' is a name that the service keeps for itself.",
		'Map the column to an attribute with another name, or leave it out.',
		'A10, A11',
		'documented',
	),
	'header-renamed': rule(
		'header',
		'warning',
		"Column '{column}' is sent as '{attribute}', because names may hold only ASCII letters, digits and underscore.",
		'Name the attribute yourself in the column mapping to choose another one.',
		'A10, F11',
		'documented',
	),
	'column-required-missing': rule(
		'header',
		'error',
		"No column holds '{attribute}', which this import needs.",
		'Add the column to the source report, or say in the column mapping which column it is.',
		'A10, A12, B4',
		'documented',
	),
	'column-mapped-twice': rule(
		'header',
		'error',
		"Two columns are mapped to '{attribute}': {columns}.",
		'Keep one of them; one column for each attribute.',
		'A11',
		'documented',
	),
	'column-ambiguous': rule(
		'header',
		'error',
		"More than one column could be '{attribute}': {columns}.",
		'Say in the column mapping which one it is.',
		'A11',
		'inferred',
	),
	'column-unknown': rule(
		'header',
		'error',
		"The column mapping names the column '{column}', which the input does not have.",
		'Check the spelling; the input has these columns: {columns}.',
		'A11',
		'documented',
	),
	'column-unmatched': rule(
		'header',
		'error',
		"Column '{column}' matches no attribute of the destination.",
		"Map it, or set 'Other Columns' to leave such columns out or to send them as custom attributes.",
		'A11',
		'documented',
	),
	'columns-too-many': rule(
		'header',
		'error',
		'There are {count} attributes; the service takes {limit} in all.',
		'Leave some columns out in the column mapping.',
		'A10, F8',
		'documented',
	),
	'effective-date-missing': rule(
		'header',
		'warning',
		'No column holds EffectiveDate; the service then uses the date of the upload.',
		'Add an effective date if the values have been valid for longer than today.',
		'A10',
		'documented',
	),
	'dates-ambiguous': rule(
		'set',
		'error',
		"The dates in '{column}' can be read with the day or with the month first (rows {rows}).",
		"Say which it is in the option 'Date Order', or write dates as 2026-03-14 in the source.",
		'A10',
		'documented',
	),
	'dates-conflicting': rule(
		'set',
		'error',
		"Some dates in '{column}' have the month first (rows {monthFirst}), others the day (rows {dayFirst}).",
		'Export the column in one form, for example 2026-03-14.',
		'A10',
		'documented',
	),
	'person-date-duplicate': rule(
		'set',
		'warning',
		"The person in '{column}' already has a row with the same effective date.",
		'Keep one row for each person and date; which of them the service takes is not documented.',
		'A10, C7',
		'inferred',
	),
	'manager-unknown': rule(
		'set',
		'warning',
		"The manager in '{column}' has no row of their own in this import.",
		'Send all people, managers included, or correct the address of the manager.',
		'A10',
		'inferred',
	),
	'manager-self': rule(
		'set',
		'warning',
		"The person is their own manager in '{column}'.",
		'Leave the manager of the person at the top blank.',
		'A10',
		'inferred',
	),
	'manager-loop': rule(
		'set',
		'error',
		"The managers in '{column}' form a loop of {count} people, of whom this row is one: each is a manager of the next, and the last of the first.",
		'Follow the managers of this person upwards in the source system and correct the one that points back.',
		'A10, A11',
		'documented',
	),
	'manager-roots': rule(
		'set',
		'warning',
		"{count} people have no manager in '{column}'.",
		'Only the person at the top should have none; check the others.',
		'A10, F9',
		'inferred',
	),
	'manager-root-missing': rule(
		'set',
		'warning',
		"Everybody has a manager in '{column}', so nobody is at the top.",
		'Leave the manager of the person at the top blank, and send that person too.',
		'A10, F9',
		'inferred',
	),
	'row-ragged': rule(
		'row',
		'error',
		'This row has {found} fields, the header has {expected}.',
		'Look for a missing or additional delimiter, or for a value with a delimiter that is not in quotes.',
		'A11',
		'documented',
	),
	'value-required': rule(
		'row',
		'error',
		"'{column}' is blank, but '{attribute}' must be filled in every row.",
		'Fill in the value in the source system.',
		'A11',
		'documented',
	),
	'value-not-email': rule(
		'row',
		'error',
		"'{column}' is not an e-mail address such as employee@contoso.com.",
		'Correct the address in the source system; it must be the primary SMTP address or an alias.',
		'A10, A11, F29',
		'documented',
	),
	'value-not-integer': rule(
		'row',
		'error',
		"'{column}' is not a whole number.",
		'Use digits only, without separators or units.',
		'A11',
		'documented',
	),
	'value-not-double': rule(
		'row',
		'error',
		"'{column}' is not a number such as 23.75.",
		'Use digits and a decimal point, without thousands separators or a currency sign.',
		'A10, A11',
		'documented',
	),
	'value-not-date': rule(
		'row',
		'error',
		"'{column}' is not a date that can be read, or not one that exists.",
		'Use one form of date in the whole column, for example 2026-03-14.',
		'A10, A11',
		'documented',
	),
	'value-not-allowed': rule(
		'row',
		'error',
		"'{column}' must be one of: {allowed}.",
		'Translate the values of the source system before this step.',
		'A10',
		'documented',
	),
	'value-out-of-range': rule(
		'row',
		'error',
		"'{column}' must lie between {minimum} and {maximum}.",
		'Correct the value in the source system.',
		'A10',
		'documented',
	),
	'value-not-utf8': rule(
		'row',
		'error',
		"'{column}' holds bytes that are not UTF-8 text.",
		"Export the file as UTF-8, or tell its encoding in the option 'Encoding'.",
		'A10, A11',
		'documented',
	),
	'value-newline': rule(
		'row',
		'error',
		"'{column}' holds a line break; the service takes none within a value.",
		'Remove the line break in the source system.',
		'A10',
		'documented',
	),
	'value-too-long': rule(
		'row',
		'error',
		"'{column}' is longer than {limit} KB.",
		'Shorten the value in the source system.',
		'A10',
		'documented',
	),
} as const satisfies Record<string, Rule>;

/** Code of a rule in {@link CATALOGUE}. */
export type RuleCode = keyof typeof CATALOGUE;

/**
 * The sentence of a rule with its placeholders filled.
 * @param code the rule
 * @param facts values for the placeholders: names of columns and attributes, counts, limits. Never a value of a row.
 */
export function sentenceOf(code: RuleCode, facts: Record<string, string | number> = {}): string {
	return CATALOGUE[code].sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
		String(facts[name] ?? placeholder),
	);
}
