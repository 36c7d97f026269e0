import type { Certainty } from '../core/evidence';
import type { Severity } from './finding';

/** What a rule looks at: a whole file, its header, one record, or all records together. */
export type RuleScope = 'file' | 'header' | 'row' | 'set';

/** One rule of the services, as data. Code, panel, documents and tests read the same entry. */
export interface Rule {
	scope: RuleScope;
	severity: Severity;
	/**
	 * what is wrong, in a sentence for an HR admin; `{column}`, `{limit}` … are filled with the finding's facts, and
	 * `{found:field}` with a number and its noun
	 */
	sentence: string;
	/** what to do next; filled as the sentence is */
	advice: string;
	/** key of the reference: section of the facts about the services */
	source: string;
	certainty: Certainty;
}

/** A rule as a row: source, what is wrong, what to do. */
type Row = readonly [source: string, sentence: string, advice: string];

/** What the rules of a group have in common. */
type Common = `${RuleScope} ${Severity} ${Certainty}`;

function rules<Code extends string>(common: Common, rows: Record<Code, Row>): Record<Code, Rule> {
	const [scope, severity, certainty] = common.split(' ') as [RuleScope, Severity, Certainty];
	const entries = Object.entries<Row>(rows).map(([code, [source, sentence, advice]]) => [
		code,
		{ scope, severity, certainty, source, sentence, advice },
	]);
	return Object.fromEntries(entries) as Record<Code, Rule>;
}

/** Every rule by its code. A code is stable for ever: users silence and raise rules by it. */
export const CATALOGUE = {
	...rules('file error documented', {
		'file-empty': [
			'A11',
			'The file is empty.',
			'Export it again from the source system and check that the export wrote data.',
		],
		'no-records': [
			'A11',
			'There is a header but not a single row below it.',
			'Check the filter or the date range of the export.',
		],
		'zip-entries': [
			'A11',
			'The zip file holds {found}; the service takes exactly one .csv and one .json file and nothing else.',
			'Put only data.csv and metadata.json into the zip file.',
		],
		'zip-names': [
			'A9, A11',
			'The files in the zip are called {found}; the service takes data.csv and metadata.json only.',
			'Rename the files before zipping them.',
		],
		'metadata-empty': [
			'A11',
			'metadata.json is empty.',
			'Fill it with DatasetType, IsBootstrap and Mapping.',
		],
		'metadata-not-json': [
			'A11',
			'metadata.json is not valid JSON.',
			'Check it for missing commas, quotes or brackets.',
		],
		'metadata-dataset-type': [
			'A11',
			'metadata.json must say "DatasetType": "{expected}".',
			'Correct the value, or choose the destination that the file was made for.',
		],
		'metadata-is-bootstrap': [
			'A9',
			'metadata.json must say "IsBootstrap": "true" for a full refresh or "false" for an incremental one.',
			'Add the line, with the value in quotes.',
		],
		'metadata-mapping-missing': [
			'A9',
			'metadata.json has no Mapping.',
			'Add one entry for each column of data.csv.',
		],
	}),
	...rules('file warning documented', {
		'previous-file-missing': [
			'A12',
			'There is no previous file, so everybody counts as new.',
			'Right for the first run, if the service has had its first full import; else check the step that reads the previous file.',
		],
		'purview-previous-missing': [
			'C5',
			'There is no previous file, so every row counts as new.',
			'Right for the first run; else check the step that reads the previous file.',
		],
	}),
	...rules('set warning inferred', {
		'last-import-unknown': [
			'A12',
			'No earlier import is known here, so there is nothing to compare the number of people and the columns with.',
			'Right for the first import from this n8n; else check that the file is complete.',
		],
	}),
	...rules('file warning inferred', {
		'zip-names-case': [
			'A9, F6',
			'The files in the zip are called {found}; the documents mostly write data.csv and metadata.json in small letters.',
			'Rename the files to data.csv and metadata.json, which is safe.',
		],
		'zip-byte-order-mark': [
			'A10, A11',
			'{found} in the zip begins with a byte order mark, which the service may take for a part of the first name.',
			'Save the file as UTF-8 without a byte order mark (BOM).',
		],
		'zip-blank-lines': [
			'A11, B2',
			'data.csv in the zip has {count:blank line}; the service may take each for a row with too few columns.',
			'Remove blank lines, also at the end of the file.',
		],
		'zip-line-ends': [
			'A10',
			'The lines of data.csv in the zip end with CR alone, as on very old Macs; the service may take the file for one line.',
			'Save the file with Windows (CRLF) or Unix (LF) line ends.',
		],
	}),
	...rules('header error documented', {
		'header-not-first': [
			'A11',
			'The first row looks like a title; the header seems to be row {found}.',
			"Set the option 'Lines Before the Header' to {lines}.",
		],
		'header-one-field': [
			'A11',
			"The data was read as a single column, '{column}'. The delimiter seems to be {delimiter}.",
			"Set the option 'Delimiter' to {choice}.",
		],
		'metadata-column-unnamed': [
			'A11',
			"metadata.json maps column '{column}' to an empty field.",
			'Name the field, or leave the column out of both files.',
		],
		'metadata-column-missing': [
			'A11',
			"metadata.json maps column '{column}', which data.csv does not have.",
			'Remove the entry from the mapping or add the column.',
		],
		'metadata-column-unmapped': [
			'A11',
			"Column '{column}' of data.csv has no entry in the mapping of metadata.json.",
			'Map the column or remove it from data.csv.',
		],
		'metadata-type-missing': [
			'A9',
			"metadata.json gives column '{column}' no type.",
			'Add the type, as in the sample of your connection.',
		],
		'metadata-type-wrong': [
			'A9, A10',
			"metadata.json gives column '{column}' the type '{found}', but '{attribute}' is {expected}.",
			'Correct the type in the mapping of metadata.json.',
		],
		'header-empty': [
			'A10, A11',
			'Column number {position} has no name.',
			'Give it a name in the source report.',
		],
		'header-duplicate': [
			'A11',
			"The column name '{column}' occurs more than once.",
			'Rename or remove one of them in the source report.',
		],
		'header-characters': [
			'A10, F11',
			"'{attribute}' cannot be the name of an attribute. {allowed}",
			"Choose another name for the attribute under 'Column Mapping'.",
		],
		'header-system-name': [
			'A10, A11',
			"'{attribute}' is a name that the service keeps for itself.",
			'Map the column to an attribute with another name, or leave it out.',
		],
		'header-letter-case': [
			'A10',
			"'{attribute}' is the name of an attribute of the service, which is written '{expected}'.",
			'Write it as the service does, or choose another name for an attribute of your own.',
		],
		'column-required-missing': [
			'A10, A12, B4',
			"No column holds '{attribute}', which this import needs.",
			"Add the column to the source report, or say under 'Column Mapping' which column it is.",
		],
		'column-required-unsure': [
			'A10, A12, B4, C5',
			"This import needs '{attribute}', and no column is surely that; it may be {columns}. To send it, add under Column Mapping: {line}.",
			'Look at the values first. What is only likely is never sent by itself.',
		],
		'column-required-unfit': [
			'A10, A12, B4, C5',
			"This import needs '{attribute}', but the values of {columns} are not {expected}.",
			"Add the right column to the source report. If it is there, choose '{attribute}' for it under 'Column Mapping'.",
		],
		'column-required-owner': [
			'A10, A12, B4, C5',
			"This import needs '{attribute}'. By its name, {columns} is somebody else's, private, or of another time.",
			"Add the right column to the source report. If it is there, choose '{attribute}' for it under 'Column Mapping'.",
		],
		'column-mapped-twice': [
			'A11',
			"Two columns are mapped to '{attribute}': {columns}.",
			'Keep one of them; one column for each attribute.',
		],
		'column-unmatched': [
			'A11',
			"Column '{column}' matches no attribute of the destination.",
			"Map it, or set the option 'Other Columns' to leave such columns out or to send them as custom attributes.",
		],
		'columns-too-many': [
			'A10, F8',
			'There are {count} attributes; the service takes {limit} in all.',
			"Leave some columns out under 'Column Mapping'.",
		],
	}),
	...rules('header error inferred', {
		'column-ambiguous': [
			'A11',
			"More than one column could be '{attribute}': {columns}.",
			"Say under 'Column Mapping' which one it is.",
		],
	}),
	...rules('header error inferred', {
		'manager-numbers-unclear': [
			'A10, B4',
			"'{column}' seems to hold the manager's employee number. Which column holds the employee's own number is not clear: {columns}.",
			"Add the column with the employee's own number under 'Column Mapping', Attribute 'Employee Number'; or the manager's e-mail address to the source report.",
		],
	}),
	...rules('header warning documented', {
		'purview-user-email': [
			'C5',
			"'{column}' holds e-mail addresses; the service knows people by their user principal name, which can differ.",
			'Export the user principal name (UPN) where the two differ; a row whose name is unknown comes to nothing.',
		],
		'header-renamed': [
			'A10, F11',
			"Column '{column}' is sent as '{attribute}', because names may hold only ASCII letters, digits and underscore.",
			"Name the attribute yourself under 'Column Mapping' to choose another one.",
		],
		'new-people-columns': [
			'A11, A12',
			'This incremental import has no {columns}; people who are new to the service are refused without them.',
			'Add what is missing if the import may hold new people, or send them with a full refresh.',
		],
		'effective-date-missing': [
			'A10',
			'No column holds EffectiveDate; the service then uses the date of the upload.',
			'Add an effective date if the values have been valid for longer than today.',
		],
	}),
	...rules('header warning inferred', {
		'columns-perhaps-too-many': [
			'B4, F36',
			'There are {count} attributes. Microsoft names a limit of {limit}, and a higher one for Viva Glint only.',
			"Leave some columns out under 'Column Mapping'. If the data is for Viva Glint, say so under 'Prepare For'.",
		],
		'column-unfit': [
			'A10, B4, C5',
			"'{column}' is not sent as '{attribute}', because its values are not {expected}.",
			"Add a line for the column to 'Column Mapping', with what to send under 'Values'.",
		],
		'column-undecided': [
			'A11',
			"More than one column could be '{attribute}': {columns}. None of them is sent.",
			"Say under 'Column Mapping' which one it is.",
		],
		'header-record-kinds': [
			'A10',
			"The first column is named '{column}', as in files for Oracle's data loader, which may hold several kinds of records.",
			'Check that each row is an employee, or export a report in place of the loader file.',
		],
		'header-currency': [
			'A10',
			"Column '{column}' seems to hold amounts in {found}; the service takes '{attribute}' in {currency}.",
			'Convert the amounts before this step, or leave the column out.',
		],
		'metadata-type-unknown': [
			'A9, A11',
			"metadata.json gives column '{column}' the type '{found}', which is not among the types known to us.",
			'An unsupported type fails the import; check the spelling against the sample of your connection.',
		],
	}),
	...rules('row error documented', {
		'row-ragged': [
			'A11',
			'This row has {found:field}, the header has {expected}.',
			'Look for a missing or additional delimiter, or for a value with a delimiter that is not in quotes.',
		],
		'value-required': [
			'A11',
			"'{column}' is blank, but '{attribute}' must be filled in every row.",
			'Fill in the value in the source system.',
		],
		'value-not-email': [
			'A10, A11, F29',
			"'{column}' is not an e-mail address such as employee@contoso.com.",
			'Correct the address in the source system; it must be the primary SMTP address or an alias.',
		],
		'value-only-blanks': [
			'A11',
			"'{column}' holds nothing but blanks, which the service takes neither for a value nor for none.",
			"Leave it empty in the source system, or set the option 'Clean Values' to remove blanks around values.",
		],
		'value-not-integer': [
			'A9, A11',
			"'{column}' is not a whole number up to 2147483647.",
			'Use digits only, without separators or units.',
		],
		'value-not-double': [
			'A10, A11',
			"'{column}' is not a number such as 23.75.",
			'Use digits and a decimal point, without thousands separators or a currency sign.',
		],
		'value-not-date': [
			'A10, A11',
			"'{column}' is not a date that can be read, or not one that exists.",
			'Use one form of date in the whole column, for example 2026-03-14.',
		],
		'value-not-allowed': [
			'A10',
			"'{column}' must be one of: {allowed}.",
			"Say what to send for it under 'Values' of the column's line in 'Column Mapping'.",
		],
		'value-out-of-range': ['A10', "'{column}' must be {range}.", 'Correct the value in the source system.'],
		'value-not-utf8': [
			'A10, A11',
			"'{column}' holds bytes that are not UTF-8 text.",
			"Export the file as UTF-8, or tell its encoding in the option 'Encoding'.",
		],
		'value-newline': [
			'A10',
			"'{column}' holds a line break; the service takes none within a value.",
			'Remove the line break in the source system.',
		],
		'value-too-long': [
			'A10',
			"'{column}' is longer than {limit} KB.",
			'Shorten the value in the source system.',
		],
		'purview-scenario-unknown': [
			'C5',
			"'{column}' does not tell the scenario of this row; it must be one of: {allowed}.",
			"Correct the value in the source, or enter the source's words under 'Identifier Values'.",
		],
		'purview-value-required': [
			'C5',
			"'{column}' is blank, but rows of the scenario '{scenario}' need it.",
			'Fill in the value in the source system.',
		],
		'purview-text-too-long': [
			'C5',
			"'{column}' is longer than {limit} characters.",
			"Shorten the text in the source system, or set the option 'Long Remarks and Ratings' to cut such texts.",
		],
	}),
	...rules('row error inferred', {
		'purview-user-name': [
			'C5',
			"'{column}' is not a user principal name such as employee@contoso.com.",
			'Use the name with which the employee signs in to Microsoft 365, not a number or a full name.',
		],
	}),
	...rules('row warning documented', {
		'row-blank': [
			'A11, B2',
			'This row holds nothing but delimiters, so it is no row and is not sent.',
			'Remove blank rows in the source; spreadsheets often leave some below the last person.',
		],
		'value-deletes': [
			'B2',
			"'{column}' holds two single quotes, with which the service deletes what it has stored for the person.",
			'Nothing needs to be done if that is meant; an empty value leaves what is stored as it is.',
		],
		'new-people-manager': [
			'A11',
			"'{column}' is blank; if the person is new to the service, the import is refused.",
			'Fill in the manager, unless the service knows the person already.',
		],
		'purview-text-cut': [
			'C5',
			"'{column}' is longer than {limit} characters and is cut.",
			'Shorten the text in the source system if its end matters.',
		],
		'purview-last-day-far': [
			'C5',
			"'{column}' lies more than six months back or more than a year ahead; Purview takes no such last working day.",
			'Leave such rows out of the report, or send them nearer to the day.',
		],
		'purview-value-unused': [
			'C5, F21',
			"'{column}' is filled, but rows of the scenario '{scenario}' do not use it; the documents ask for a blank.",
			'Check whether the value belongs into another column of this scenario.',
		],
		'cleaned-line-break': [
			'A10',
			"Line breaks in '{column}' were replaced by blanks.",
			'Nothing needs to be done; correct the value in the source system to avoid this warning.',
		],
		'cleaned-letter-case': [
			'A10',
			"The letters of '{column}' were written as the service takes them.",
			'Nothing needs to be done; correct the value in the source system to avoid this warning.',
		],
		'cleaned-decimal-comma': [
			'A10, A11',
			"The decimal comma of '{column}' was replaced by a point.",
			'Nothing needs to be done; correct the value in the source system to avoid this warning.',
		],
		'names-incomplete': [
			'B4',
			"'{column}' is filled, but not all of first name, last name and display name are; the service then stores none of them.",
			'Fill all three or leave all three blank.',
		],
	}),
	...rules('row warning inferred', {
		'value-placeholder': [
			'A10',
			"'{column}' holds a word for nothing, such as NULL, N/A or #REF!, which is sent as a value.",
			'Leave such values blank in the source system.',
		],
		'value-garbled': [
			'A10',
			"'{column}' holds characters that were lost or encoded twice, such as � or Ã¼.",
			"Export the file again as UTF-8, or choose its encoding in the option 'Encoding'.",
		],
		'value-invisible': [
			'A10',
			"'{column}' holds a character that nobody can see, which makes it another value than it seems.",
			'Type the value again in the source system; such characters come from copied texts.',
		],
		'value-blank-text': [
			'A10',
			"'{column}' holds nothing but blanks, which count as no value.",
			'Leave it empty in the source system; in a prebuilt zip, which is sent as it is, they are a value.',
		],
		'value-spreadsheet-text': [
			'A10',
			"'{column}' holds marks of a spreadsheet, as in =\"00042\", '00042 or =A1.",
			'Let the source write the value without them.',
		],
		'value-shortened': [
			'A10',
			"'{column}' holds a number that a spreadsheet has shortened, as in 1.23E+10.",
			'Give the column the format Text in the spreadsheet and export it again: the last digits are lost.',
		],
		'address-guest': [
			'A10',
			"'{column}' is the name with which a guest signs in (#EXT#), not the address of an employee.",
			'Leave guests out of the report, or give their own address.',
		],
		'cleaned-whole-number': [
			'A10',
			"Zeros behind the point of '{column}' were removed.",
			'Nothing needs to be done; correct the value in the source system to avoid this warning.',
		],
		'purview-last-day-before': [
			'C5',
			"'{column}' lies before the resignation date.",
			"Check that the two dates are not exchanged in the source or under 'Column Mapping'.",
		],
		'value-not-listed': [
			'A10',
			"The value of '{column}' is not among the 'Values' of its line in 'Column Mapping', and is read as it is.",
			"Add a line for it under 'Values', or correct the value in the source system.",
		],
		'cleaned-blanks': [
			'A10',
			"Blanks around the value of '{column}' were removed.",
			'Nothing needs to be done; correct the value in the source system to avoid this warning.',
		],
	}),
	...rules('set error documented', {
		'numbers-ambiguous': [
			'A10, A11',
			"'{column}' has decimal commas, so that {found} such as 1.234 may be a thousand and more.",
			'Export the column without separators of thousands, and with a point before decimals.',
		],
		'dates-ambiguous': [
			'A10',
			"The dates in '{column}' can be read with the day or with the month first ({rows}).",
			"Set the option 'Date Order' to 'Day First' or 'Month First', or write dates as 2026-03-14 in the source.",
		],
		'dates-year-in-front': [
			'A10',
			"Dates in '{column}' can only be read with a year of two digits in front, as in 24/05/31 ({rows}).",
			"Let the source write years with four digits, for example 2024-05-31, or set the option 'Date Order'.",
		],
		'dates-conflicting': [
			'A10',
			"Some dates in '{column}' have the month first ({monthFirst}), others the day ({dayFirst}).",
			'Export the column in one form, for example 2026-03-14.',
		],
		'columns-gone': [
			'A12',
			'The last accepted import had {before}, this one has {now}. These are gone: {found}.',
			"Check the export and 'Column Mapping'. If they may go, name them in the option 'Columns That May Disappear'.",
		],
		'manager-loop': [
			'A10, A11',
			"The managers in '{column}' form a loop of {count} people, and this row is one of them: each is a manager of the next, and the last of the first.",
			'Follow the managers of this person upwards in the source system and correct the one that points back.',
		],
		'purview-column-missing': [
			'C5',
			"Some rows belong to the scenario '{scenario}', but no column holds '{attribute}', which it needs.",
			"Add the column to the source report, or say under 'Column Mapping' which column it is.",
		],
	}),
	...rules('header error documented', {
		'readiness-column-missing': [
			'B4, B6',
			"{app}: no column holds '{attribute}', which the app needs.",
			"Add the column to the source report, or say under 'Column Mapping' which column it is. If this is not the first import, the rule may be a warning under 'Rule Settings'.",
		],
		'readiness-attributes-many': [
			'B4',
			'{app}: {count} custom attributes would be sent; at most {limit} are taken.',
			"Leave some columns out under 'Column Mapping'.",
		],
	}),
	...rules('header warning inferred', {
		'readiness-column-unsure': [
			'B4, B6',
			"{app}: no column holds '{attribute}', which the app may need.",
			'Add the column to the source report if you have it. Nothing is stopped.',
		],
		'readiness-destination': [
			'B4',
			'{app}: no document says that the app reads data from {destination}.',
			"Send the data to {other}, or choose another app under 'Prepare For'.",
		],
	}),
	...rules('set error documented', {
		'readiness-coverage': [
			'B4',
			'{app}: {found} of the rows have {what}, {needed} are needed.',
			"Fill in '{column}' in the source system. If this is not the first import, the rule may be a warning under 'Rule Settings'.",
		],
		'readiness-values-many': [
			'B4',
			"{app}: '{column}' has more than {limit} different values, the most that the app takes.",
			"Group the values before this step, or leave the column out under 'Column Mapping'.",
		],
	}),
	...rules('set warning inferred', {
		'readiness-coverage-unsure': [
			'A12, B4',
			'{app}: {found} of the rows have {what}, {needed} may be needed.',
			"Fill in '{column}' in the source system if you can. Nothing is stopped.",
		],
	}),
	...rules('set error inferred', {
		'manager-numbers-unknown': [
			'A10, B4',
			"Of {total:manager} in '{column}', {count} are not in the file: their number is nobody's or that of several people in '{found}'.",
			"Give a file with everybody in it; or add under 'Column Mapping' which columns hold the numbers, Attribute 'Employee Number' and 'Number of the Manager'.",
		],
		'people-missing-many': [
			'A12',
			'{count} of the {total} people of the previous file are missing, more than the allowed {limit} %.',
			"Check whether the export was cut short. If all of them have really left, raise the option 'Largest Drop (Percent)'.",
		],
		'people-fewer': [
			'A12',
			'There are {found} now and {before} in the last accepted import: {drop} % fewer, more than the allowed {limit} %.',
			"Check whether the export was cut short. If all of them have really left, raise the option 'Largest Drop (Percent)' for one run.",
		],
		'people-too-few': [
			'A12',
			"There are {found}, fewer than the {minimum} of the option 'Minimum People'.",
			"Check whether the export was cut short. If they are really so few, lower the option 'Minimum People'.",
		],
	}),
	...rules('set warning documented', {
		'history-short': [
			'A10',
			"The effective dates in '{column}' cover {months} of the 13 months of history that the service advises for a first import.",
			'Send the history of the last 13 months as well, one row for each person and month.',
		],
		'people-missing': [
			'A12, B2',
			'People of the previous file who are missing in this one: {count}.',
			'Check that they have left or have another address now. Sending changes removes nobody from the service.',
		],
	}),
	...rules('set warning inferred', {
		'rows-surplus-field': [
			'A11',
			'Every row ends with one more field than the header, which is empty and is not sent.',
			'Nothing needs to be done; an additional delimiter at the end of the lines does that.',
		],
		'organizations-spelled': [
			'A10',
			"Names in '{column}' that differ from others in capitals or blanks only: {found} ({rows}).",
			'Write each name in one way in the source system: to the service they are different organizations.',
		],
		'domains-differ': [
			'A10',
			"No address in '{column}' has a domain of those in '{manager}'.",
			'Check that both columns hold addresses of the company: private ones are unknown to Microsoft 365.',
		],
		'dates-placeholder': [
			'A10',
			"Placeholders such as 9999-12-31 or 1900-01-01 in '{column}': {found} ({rows}).",
			'They count as no date. Leave such values blank in the source system, or correct them.',
		],
		'dates-unlikely-year': [
			'A10',
			"Dates before 1940 or after {latest} in '{column}': {found} ({rows}).",
			'Check these rows: such years are usually typing errors. The dates are sent as they are.',
		],
		'dates-1904': [
			'A10',
			"All dates in '{column}' are day numbers of a spreadsheet, the latest of them {latest}, years ago.",
			"Check one of them: Excel's 1904 date system, an old setting on Macs, makes each date 4 years and 1 day too early.",
		],
		'dates-other-zone': [
			'A10',
			"All times in '{column}' are {times} in UTC: midnight in another time zone, so each day may be one too early.",
			"Set 'Timezone' in the settings of the workflow to the zone of the source, or let the source write days without a time.",
		],
		'person-date-duplicate': [
			'A10, C7',
			"The person in '{column}' already has a row with the same effective date.",
			'Keep one row for each person and date; which of them the service takes is not documented.',
		],
		'manager-unknown': [
			'A10',
			"The manager in '{column}' has no row of their own in this import.",
			'Send all people, managers included, or correct the address of the manager.',
		],
		'manager-self': [
			'A10',
			"The person is their own manager in '{column}'.",
			'Leave the manager of the person at the top blank.',
		],
		'manager-roots': [
			'A10, F9',
			"{count} people have no manager in '{column}'.",
			'Only the person at the top should have none; check the others.',
		],
		'manager-root-missing': [
			'A10, F9',
			"Everybody has a manager in '{column}', so nobody is at the top.",
			'Leave the manager of the person at the top blank, and send that person too.',
		],
		'values-all-same': [
			'A10',
			"'{column}' has the same value in every row.",
			'An attribute that is the same for everybody tells nothing; check the export or leave the column out.',
		],
		'values-all-different': [
			'A10',
			"'{column}' has a different value in nearly every row, so people cannot be grouped by it.",
			'Map a column with fewer different values, or leave this one out.',
		],
	}),
};

/** Code of a rule in {@link CATALOGUE}. */
export type RuleCode = keyof typeof CATALOGUE;

/**
 * The sentence of a rule with its placeholders filled.
 * @param code the rule
 * @param facts values for the placeholders: names of columns and attributes, counts, limits. Never a value of a row.
 */
export function sentenceOf(code: RuleCode, facts: Facts = {}): string {
	return filled(CATALOGUE[code].sentence, facts);
}

/** What to do about a broken rule, with its placeholders filled as in {@link sentenceOf}. */
export function adviceOf(code: RuleCode, facts: Facts = {}): string {
	return filled(CATALOGUE[code].advice, facts);
}

type Facts = Record<string, string | number>;

function filled(text: string, facts: Facts): string {
	return text.replace(/\{(\w+)(?::([\w ]+))?\}/g, (placeholder, name: string, noun: string | undefined) => {
		const fact = facts[name];
		if (fact === undefined) return placeholder;
		return noun === undefined ? String(fact) : `${fact} ${noun}${Number(fact) === 1 ? '' : 's'}`;
	});
}
