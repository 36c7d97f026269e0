import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../../nodes/shared/rules/finding';
import { CATALOGUE, sentenceOf, type RuleCode } from '../../../nodes/shared/rules/catalogue';
import { createFindings } from '../../../nodes/shared/rules/findings';
import type { ScenarioId } from '../../../nodes/shared/purview/scenarios';
import type { PackageSettings } from '../../../nodes/shared/viva/preparePackage';
import { checkCsv, checkItems, checkSignals, checkZip, type CheckedInput } from '../../fixtures/checkedInput';

type Check = () => Promise<CheckedInput>;
type Values = Record<string, string>;

/** A rule with an input that breaks it, one that just does not, and the sentence that a person reads. */
interface Case {
	breaks: Check;
	keeps: Check;
	sentence: string;
	/** where the finding is; absent for findings about the whole file */
	row?: number;
	/** how often the rule is broken; once unless told */
	times?: number;
}

const csv = (rows: string[][]): string =>
	rows
		.map((row) => row.map((value) => (/[",\r\n]/.test(value) ? `"${value}"` : value)).join(','))
		.join('\r\n');

const CEO: Values = {
	PersonId: 'ceo@contoso.com',
	ManagerId: '',
	Organization: 'HR',
	EffectiveDate: '2026-03-14',
};
const ANN: Values = { ...CEO, PersonId: 'ann@contoso.com', ManagerId: 'ceo@contoso.com' };

/** A table of people; each has the columns of all, blank where nothing is said. */
function table(people: Values[]): string {
	const columns = [...new Set(people.flatMap((person) => Object.keys(person)))];
	return csv([columns, ...people.map((person) => columns.map((column) => person[column] ?? ''))]);
}

/** The person at the top, and one more in row 3 with these values. */
const hr =
	(values: Values, settings?: Partial<PackageSettings>): Check =>
	async () =>
		await checkCsv(table([CEO, { ...ANN, ...values }]), settings);
const people =
	(rows: Values[], settings?: Partial<PackageSettings>): Check =>
	async () =>
		await checkCsv(table(rows), settings);
const without = (values: Values, ...columns: string[]): Values =>
	Object.fromEntries(Object.entries(values).filter(([column]) => !columns.includes(column)));

/** Person and manager of each row, without the rest. */
const reports = (rows: Array<[person: string, manager: string]>, settings?: Partial<PackageSettings>) =>
	people(
		rows.map(([person, manager]) => ({
			...CEO,
			PersonId: `${person}@contoso.com`,
			ManagerId: manager === '' ? '' : `${manager}@contoso.com`,
		})),
		settings,
	);

const profile =
	(values: Values): Check =>
	async () =>
		await checkCsv(table([{ Microsoft_PersonEmail: 'ann@contoso.com', ...values }]), {
			destination: 'organizationalData',
		});

const MAPPING = {
	Mail: { name: 'PersonId', type: 'EmailType' },
	Boss: { name: 'ManagerId', type: 'EmailType' },
	Unit: { name: 'Organization', type: 'string' },
	Since: { name: 'EffectiveDate', type: 'DateTime_MMDDYYYY' },
};
const METADATA = { DatasetType: 'HR', IsBootstrap: 'true', Mapping: MAPPING };
const DATA = 'Mail,Boss,Unit,Since\nceo@contoso.com,,HR,03/14/2026\n';

/** A ready zip; what is given replaces what would be right. */
const zip =
	(change: { metadata?: unknown; data?: string; files?: Record<string, string> } = {}): Check =>
	async () => {
		const { metadata = METADATA, data = DATA } = change;
		const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
		return await checkZip(change.files ?? { 'data.csv': data, 'metadata.json': text });
	};
const mapped = (more: Record<string, unknown>, data?: string): Check =>
	zip({ metadata: { ...METADATA, Mapping: { ...MAPPING, ...more } }, data });
const withColumn = (name: string, value = 'x'): string =>
	`Mail,Boss,Unit,Since,${name}\nceo@contoso.com,,HR,03/14/2026,${value}\n`;

const IDENTIFIERS = {
	resignation: 'Resignation',
	jobLevelChange: 'Job level change',
	performanceReview: 'Performance review',
	performanceImprovementPlan: 'PIP',
	employeeProfile: 'Profile',
} as Record<ScenarioId, string>;
const signals =
	(scenarios: ScenarioId[], rows: Values[], longTexts: 'reject' | 'cut' = 'reject'): Check =>
	async () =>
		await checkSignals(table(rows), {
			layout: { scenarios, headers: {}, ...(scenarios.length > 1 && { identifiers: IDENTIFIERS }) },
			longTexts,
		});
const LEAVER = {
	UserPrincipalName: 'ann@contoso.com',
	ResignationDate: '2026-03-14',
	LastWorkingDate: '2026-04-30',
};
const leaver = (values: Values) => signals(['resignation'], [{ ...LEAVER, ...values }]);
const either = (values: Values) =>
	signals(
		['resignation', 'jobLevelChange'],
		[{ HRScenario: 'Resignation', ...LEAVER, OldLevel: '', ...values }],
	);
const review = (Rating: string, longTexts?: 'cut') =>
	signals(
		['performanceReview'],
		[{ UserPrincipalName: 'ann@contoso.com', EffectiveDate: '2026-03-14', Rating }],
		longTexts,
	);

/** A hundred people in an organization each has from `organizationOf`. */
const crowd = (organizationOf: (i: number) => string): Check =>
	people(
		Array.from({ length: 100 }, (_, i) => ({
			...(i === 0 ? CEO : ANN),
			PersonId: i === 0 ? CEO.PersonId : `person${i}@contoso.com`,
			Organization: organizationOf(i),
		})),
	);
const months = (count: number): Check =>
	people(
		Array.from({ length: count }, (_, i) => ({
			...CEO,
			EffectiveDate: `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`,
		})),
	);

const CASES: Record<RuleCode, Case> = {
	'file-empty': {
		breaks: zip({ data: '' }),
		keeps: zip(),
		sentence: 'The file is empty.',
	},
	'no-records': {
		breaks: async () => await checkCsv('PersonId,ManagerId,Organization\n'),
		keeps: people([CEO]),
		sentence: 'There is a header but not a single record below it.',
	},
	'zip-entries': {
		breaks: zip({ files: { 'data.csv': DATA, 'metadata.json': '{}', 'notes.txt': '' } }),
		keeps: zip(),
		sentence:
			"The zip file holds 'data.csv', 'metadata.json', 'notes.txt'; the service takes exactly one .csv and one .json file and nothing else.",
	},
	'zip-names': {
		breaks: zip({ files: { 'people.csv': DATA, 'metadata.json': JSON.stringify(METADATA) } }),
		keeps: zip(),
		sentence:
			"The files in the zip are called 'people.csv' and 'metadata.json'; the service takes data.csv and metadata.json only.",
	},
	'zip-names-case': {
		breaks: zip({ files: { 'Data.csv': DATA, 'Metadata.json': JSON.stringify(METADATA) } }),
		keeps: zip(),
		sentence:
			"The files in the zip are called 'Data.csv' and 'Metadata.json'; the documents mostly write data.csv and metadata.json in small letters.",
	},
	'zip-byte-order-mark': {
		breaks: zip({ data: `\uFEFF${DATA}` }),
		keeps: zip(),
		sentence:
			'data.csv in the zip begins with a byte order mark, which the service may take for a part of the first name.',
	},
	'zip-blank-lines': {
		breaks: zip({ data: `${DATA}\n` }),
		keeps: zip(),
		sentence:
			'data.csv in the zip has 1 blank line; the service may take each for a row with too few columns.',
	},
	'zip-line-ends': {
		breaks: zip({ data: DATA.replaceAll('\n', '\r') }),
		keeps: zip({ data: DATA.replaceAll('\n', '\r\n') }),
		sentence:
			'The lines of data.csv in the zip end with CR alone, as on very old Macs; the service may take the file for one line.',
	},
	'metadata-empty': { breaks: zip({ metadata: ' ' }), keeps: zip(), sentence: 'metadata.json is empty.' },
	'metadata-not-json': {
		breaks: zip({ metadata: '{' }),
		keeps: zip(),
		sentence: 'metadata.json is not valid JSON.',
	},
	'metadata-dataset-type': {
		breaks: zip({ metadata: { ...METADATA, DatasetType: 'hr' } }),
		keeps: zip(),
		sentence: 'metadata.json must say "DatasetType": "HR".',
	},
	'metadata-is-bootstrap': {
		breaks: zip({ metadata: { ...METADATA, IsBootstrap: true } }),
		keeps: zip(),
		sentence:
			'metadata.json must say "IsBootstrap": "true" for a full refresh or "false" for an incremental one.',
	},
	'metadata-mapping-missing': {
		breaks: zip({ metadata: without(METADATA as unknown as Values, 'Mapping') }),
		keeps: zip(),
		sentence: 'metadata.json has no Mapping.',
	},
	'metadata-column-unnamed': {
		breaks: mapped({ Town: { name: ' ', type: 'string' } }, withColumn('Town')),
		keeps: mapped({ Town: { name: 'Location', type: 'string' } }, withColumn('Town')),
		sentence: "metadata.json maps column 'Town' to an empty field.",
	},
	'metadata-column-missing': {
		breaks: mapped({ Town: { name: 'Location', type: 'string' } }),
		keeps: mapped({ Town: { name: 'Location', type: 'string' } }, withColumn('Town')),
		sentence: "metadata.json maps column 'Town', which data.csv does not have.",
	},
	'metadata-column-unmapped': {
		breaks: zip({ data: withColumn('Town') }),
		keeps: mapped({ Town: { name: 'Location', type: 'string' } }, withColumn('Town')),
		sentence: "Column 'Town' of data.csv has no entry in the mapping of metadata.json.",
	},
	'metadata-type-missing': {
		breaks: mapped({ Town: { name: 'Location' } }, withColumn('Town')),
		keeps: mapped({ Town: { name: 'Location', type: 'string' } }, withColumn('Town')),
		sentence: "metadata.json gives column 'Town' no type.",
	},
	'metadata-type-unknown': {
		breaks: mapped({ Town: { name: 'Town', type: 'emailtype' } }, withColumn('Town')),
		keeps: mapped({ Town: { name: 'Town', type: 'StringType' } }, withColumn('Town')),
		sentence:
			"metadata.json gives column 'Town' the type 'emailtype', which is not among the types known to us.",
	},
	'metadata-type-wrong': {
		breaks: mapped({ Rank: { name: 'Layer', type: 'string' } }, withColumn('Rank', '1')),
		keeps: mapped({ Rank: { name: 'Layer', type: 'int32' } }, withColumn('Rank', '1')),
		sentence: "metadata.json gives column 'Rank' the type 'string', but 'Layer' is a whole number.",
	},
	'header-empty': {
		breaks: hr({ '': 'x' }, { otherColumns: 'custom' }),
		keeps: hr({ '': 'x' }),
		sentence: 'Column number 5 has no name.',
	},
	'header-duplicate': {
		breaks: async () =>
			await checkCsv(`PersonId,${Object.keys(CEO).join(',')}\na@b.com,a@b.com,,HR,2026-03-14`),
		keeps: async () => await checkCsv(`x,x,${Object.keys(CEO).join(',')}\n1,2,a@b.com,,HR,2026-03-14`),
		sentence: "The column name 'PersonId' occurs more than once.",
	},
	'header-characters': {
		breaks: hr({ x: '1' }, { mapping: [{ column: 'x', attribute: 'Shoe Size' }] }),
		keeps: hr({ x: '1' }, { mapping: [{ column: 'x', attribute: 'Shoe_Size' }] }),
		sentence:
			"'Shoe Size' cannot be the name of an attribute. Names hold ASCII letters, digits and underscore only.",
	},
	'header-letter-case': {
		breaks: mapped({ Town: { name: 'location', type: 'string' } }, withColumn('Town')),
		keeps: mapped({ Town: { name: 'Location', type: 'string' } }, withColumn('Town')),
		sentence: "'location' is the name of an attribute of the service, which is written 'Location'.",
	},
	'header-system-name': {
		breaks: hr({ x: '1' }, { mapping: [{ column: 'x', attribute: 'TimeZone' }] }),
		keeps: hr({ x: '1' }, { mapping: [{ column: 'x', attribute: 'TimeZones' }] }),
		sentence: "'TimeZone' is a name that the service keeps for itself.",
	},
	'header-renamed': {
		breaks: hr({ 'Shoe size': '1' }, { otherColumns: 'custom' }),
		keeps: hr({ Shoe_size: '1' }, { otherColumns: 'custom' }),
		sentence:
			"Column 'Shoe size' is sent as 'Shoe_size', because names may hold only ASCII letters, digits and underscore.",
	},
	'column-required-missing': {
		breaks: people([without(CEO, 'ManagerId')]),
		keeps: people([without(CEO, 'ManagerId')], { refresh: 'incremental' }),
		sentence: "No column holds 'ManagerId', which this import needs.",
	},
	'column-mapped-twice': {
		breaks: hr({ 'Cost-Center': '1', 'Cost Center': '2' }, { otherColumns: 'custom' }),
		keeps: hr({ 'Cost-Center': '1', 'Cost Centers': '2' }, { otherColumns: 'custom' }),
		sentence: "Two columns are mapped to 'Cost_Center': 'Cost-Center', 'Cost Center'.",
	},
	'column-ambiguous': {
		breaks: people([{ ...without(CEO, 'PersonId'), 'person id': 'a@b.com', person_id: 'c@b.com' }]),
		keeps: people([{ ...CEO, person_id: 'c@b.com' }]),
		sentence: "More than one column could be 'PersonId': 'person id', 'person_id'.",
	},
	'column-unmatched': {
		breaks: hr({ Shoes: '42' }, { otherColumns: 'error' }),
		keeps: hr(
			{ Town: 'Rome' },
			{ otherColumns: 'error', mapping: [{ column: 'Town', attribute: 'Location' }] },
		),
		sentence: "Column 'Shoes' matches no attribute of the destination.",
	},
	'columns-too-many': {
		breaks: hr(Object.fromEntries(Array.from({ length: 102 }, (_, i) => [`C${i}`, 'x'])), {
			otherColumns: 'custom',
		}),
		keeps: hr(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`C${i}`, 'x'])), {
			otherColumns: 'custom',
		}),
		sentence: 'There are 106 attributes; the service takes 105 in all.',
	},
	'new-people-columns': {
		breaks: people([without(CEO, 'ManagerId', 'Organization')], { refresh: 'incremental' }),
		keeps: people([CEO], { refresh: 'incremental' }),
		sentence:
			"This incremental import has no 'ManagerId' or 'Organization'; people whom the service does not know yet are refused without them.",
	},
	'new-people-manager': {
		breaks: hr({ ManagerId: '' }, { refresh: 'incremental' }),
		keeps: hr({ ManagerId: '' }),
		sentence: "'ManagerId' is blank; if the person is new to the service, the import is refused.",
		row: 2,
		times: 2,
	},
	'effective-date-missing': {
		breaks: people([without(CEO, 'EffectiveDate')]),
		keeps: people([CEO]),
		sentence: 'No column holds EffectiveDate; the service then uses the date of the upload.',
	},
	'dates-ambiguous': {
		breaks: hr({ HireDate: '01/02/2026' }),
		keeps: hr({ HireDate: '13/02/2026' }),
		sentence: "The dates in 'HireDate' can be read with the day or with the month first (row 3).",
	},
	'dates-conflicting': {
		breaks: people([
			{ ...CEO, HireDate: '13/02/2026' },
			{ ...ANN, HireDate: '02/14/2026' },
		]),
		keeps: people([
			{ ...CEO, HireDate: '13/02/2026' },
			{ ...ANN, HireDate: '12/02/2026' },
		]),
		sentence: "Some dates in 'HireDate' have the month first (row 3), others the day (row 2).",
	},
	'person-date-duplicate': {
		breaks: hr({ PersonId: 'CEO@contoso.com' }),
		keeps: hr({ PersonId: 'CEO@contoso.com', EffectiveDate: '2026-03-15' }),
		sentence: "The person in 'PersonId' already has a row with the same effective date.",
		row: 3,
	},
	'manager-unknown': {
		breaks: hr({ ManagerId: 'nobody@contoso.com' }),
		keeps: hr({ ManagerId: 'CEO@contoso.com' }),
		sentence: "The manager in 'ManagerId' has no row of their own in this import.",
		row: 3,
	},
	'manager-self': {
		breaks: hr({ ManagerId: 'ANN@contoso.com' }),
		keeps: hr({}),
		sentence: "The person is their own manager in 'ManagerId'.",
		row: 3,
	},
	'manager-loop': {
		breaks: reports([
			['ceo', ''],
			['ann', 'bob'],
			['bob', 'ann'],
		]),
		keeps: reports([
			['ceo', ''],
			['ann', 'bob'],
			['bob', 'ceo'],
		]),
		sentence:
			"The managers in 'ManagerId' form a loop of 2 people, of whom this row is one: each is a manager of the next, and the last of the first.",
		row: 3,
	},
	'manager-roots': {
		breaks: hr({ ManagerId: '' }),
		keeps: hr({}),
		sentence: "2 people have no manager in 'ManagerId'.",
	},
	'manager-root-missing': {
		breaks: reports([['ann', 'ann']]),
		keeps: reports([['ann', '']]),
		sentence: "Everybody has a manager in 'ManagerId', so nobody is at the top.",
	},
	'row-ragged': {
		breaks: async () => await checkCsv('PersonId,ManagerId,Organization\nann@contoso.com\n'),
		keeps: async () => await checkCsv('PersonId,ManagerId,Organization\nann@contoso.com,,HR\n'),
		sentence: 'This row has 1 field, the header has 3.',
		row: 2,
	},
	'row-blank': {
		breaks: async () => await checkCsv(`${table([CEO])}\r\n, ,,\r\n`),
		keeps: async () => await checkCsv(`${table([CEO])}\r\n\r\n\r\n`),
		sentence: 'This row is blank: no column that is sent holds a value.',
		row: 3,
	},
	'value-required': {
		breaks: hr({ Organization: ' ' }),
		keeps: hr({ Location: ' ' }),
		sentence: "'Organization' is blank, but 'Organization' must be filled in every row.",
		row: 3,
	},
	'value-only-blanks': {
		breaks: hr({ Layer: ' ' }),
		keeps: hr({ Layer: ' ' }, { mend: ['blanks'] }),
		sentence: "'Layer' holds nothing but blanks, which the service takes neither for a value nor for none.",
		row: 3,
	},
	'value-not-email': {
		breaks: hr({ PersonId: 'ann@contoso' }),
		keeps: hr({ PersonId: 'ann@contoso.de' }),
		sentence: "'PersonId' is not an e-mail address such as employee@contoso.com.",
		row: 3,
	},
	'value-not-integer': {
		breaks: hr({ Layer: '2147483648' }),
		keeps: hr({ Layer: '2147483647' }),
		sentence: "'Layer' is not a whole number up to 2147483647.",
		row: 3,
	},
	'value-not-double': {
		breaks: hr({ HourlyRate: '1,023.75' }),
		keeps: hr({ HourlyRate: '1023.75' }),
		sentence: "'HourlyRate' is not a number such as 23.75.",
		row: 3,
	},
	'value-not-date': {
		breaks: hr({ HireDate: '2026-02-29' }),
		keeps: hr({ HireDate: '2024-02-29' }),
		sentence: "'HireDate' is not a date that can be read, or not one that exists.",
		row: 3,
	},
	'value-not-allowed': {
		breaks: hr({ SupervisorIndicator: 'mngr' }),
		keeps: hr({ SupervisorIndicator: 'Mngr' }),
		sentence: "'SupervisorIndicator' must be one of: IC, Mngr, Mngr+.",
		row: 3,
	},
	'value-out-of-range': {
		breaks: hr({ WeeklyBadgeOnsiteDays: '7.1' }),
		keeps: hr({ WeeklyBadgeOnsiteDays: '7' }),
		sentence: "'WeeklyBadgeOnsiteDays' must be between 0 and 7.",
		row: 3,
	},
	'value-not-utf8': {
		breaks: async () => await checkCsv(Buffer.from(table([{ ...CEO, Organization: 'Köln' }]), 'latin1')),
		keeps: async () => await checkCsv(table([{ ...CEO, Organization: 'Köln' }])),
		sentence: "'Organization' holds bytes that are not UTF-8 text.",
		row: 2,
	},
	'value-newline': {
		breaks: hr({ Organization: 'H\nR' }),
		keeps: hr({ Shoes: 'H\nR' }),
		sentence: "'Organization' holds a line break; the service takes none within a value.",
		row: 3,
	},
	'value-too-long': {
		breaks: hr({ Location: 'x'.repeat(131_073) }),
		keeps: hr({ Location: 'x'.repeat(131_072) }),
		sentence: "'Location' is longer than 128 KB.",
		row: 3,
	},
	'value-deletes': {
		breaks: profile({ Microsoft_SupervisorIndicator: "''" }),
		keeps: profile({ Microsoft_SupervisorIndicator: '' }),
		sentence:
			"'Microsoft_SupervisorIndicator' holds two single quotes, with which the service deletes what it has stored for the person.",
		row: 2,
	},
	'mended-blanks': {
		breaks: hr({ Organization: ' HR' }, { mend: ['blanks'] }),
		keeps: hr({ Organization: 'H R' }, { mend: ['blanks'] }),
		sentence: "Blanks around the value of 'Organization' were removed.",
		row: 3,
	},
	'mended-line-break': {
		breaks: hr({ Organization: 'H\r\nR' }, { mend: ['lineBreaks'] }),
		keeps: hr({ Organization: 'H R' }, { mend: ['lineBreaks'] }),
		sentence: "Line breaks in 'Organization' were replaced by blanks.",
		row: 3,
	},
	'mended-letter-case': {
		breaks: hr({ SupervisorIndicator: 'MNGR+' }, { mend: ['letterCase'] }),
		keeps: hr({ SupervisorIndicator: 'Mngr+' }, { mend: ['letterCase'] }),
		sentence: "The letters of 'SupervisorIndicator' were written as the service takes them.",
		row: 3,
	},
	'mended-decimal-comma': {
		breaks: hr({ HourlyRate: '23,75' }, { mend: ['decimalComma'] }),
		keeps: hr({ HourlyRate: '23.75' }, { mend: ['decimalComma'] }),
		sentence: "The decimal comma of 'HourlyRate' was replaced by a point.",
		row: 3,
	},
	'names-incomplete': {
		breaks: profile({ Microsoft_FirstName: 'Ann', Microsoft_LastName: 'Lee', Microsoft_DisplayName: '' }),
		keeps: profile({
			Microsoft_FirstName: 'Ann',
			Microsoft_LastName: 'Lee',
			Microsoft_DisplayName: 'Ann Lee',
		}),
		sentence:
			"'Microsoft_FirstName' is filled, but not all of first name, last name and display name are; the service then stores none of them.",
		row: 2,
	},
	'history-short': {
		breaks: months(12),
		keeps: months(13),
		sentence:
			"The effective dates in 'EffectiveDate' cover 12 of the 13 months of history that the service advises for a first import.",
	},
	'values-all-same': {
		breaks: crowd(() => 'HR'),
		keeps: crowd((i) => (i === 5 ? 'IT' : 'HR')),
		sentence: "'Organization' has the same value in every row.",
	},
	'values-all-different': {
		breaks: crowd((i) => `Unit ${Math.min(i, 90)}`),
		keeps: crowd((i) => `Unit ${Math.min(i, 89)}`),
		sentence: "'Organization' has a different value in nearly every row, so people cannot be grouped by it.",
	},
	'purview-column-missing': {
		breaks: signals(
			['resignation', 'jobLevelChange'],
			[{ HRScenario: 'Resignation', ...without(LEAVER, 'LastWorkingDate') }],
		),
		keeps: signals(['resignation', 'jobLevelChange'], [{ HRScenario: 'Resignation', ...LEAVER }]),
		sentence:
			"Some rows belong to the scenario 'Employee Resignation', but no column holds 'LastWorkingDate', which it needs.",
	},
	'purview-scenario-unknown': {
		breaks: either({ HRScenario: 'Holiday' }),
		keeps: either({ HRScenario: 'resignation' }),
		sentence:
			"'HRScenario' does not tell the scenario of this row; it must be one of: Resignation, Job level change.",
		row: 2,
	},
	'purview-user-name': {
		breaks: leaver({ UserPrincipalName: 'ann' }),
		keeps: leaver({}),
		sentence: "'UserPrincipalName' is not a user principal name such as employee@contoso.com.",
		row: 2,
	},
	'purview-value-required': {
		breaks: either({ LastWorkingDate: '' }),
		keeps: either({}),
		sentence: "'LastWorkingDate' is blank, but rows of the scenario 'Employee Resignation' need it.",
		row: 2,
	},
	'purview-text-too-long': {
		breaks: review('x'.repeat(26)),
		keeps: review('x'.repeat(25)),
		sentence: "'Rating' is longer than 25 characters.",
		row: 2,
	},
	'purview-text-cut': {
		breaks: review('x'.repeat(26), 'cut'),
		keeps: review('x'.repeat(25), 'cut'),
		sentence: "'Rating' is longer than 25 characters and is cut.",
		row: 2,
	},
	'purview-last-day-before': {
		breaks: leaver({ LastWorkingDate: '2026-03-13' }),
		keeps: leaver({ LastWorkingDate: '2026-03-14' }),
		sentence: "'LastWorkingDate' lies before the resignation date.",
		row: 2,
	},
	'purview-value-unused': {
		breaks: either({ OldLevel: '9' }),
		keeps: either({}),
		sentence:
			"'OldLevel' is filled, but rows of the scenario 'Employee Resignation' do not use it; the documents ask for a blank.",
		row: 2,
	},
};

const CODES = Object.keys(CATALOGUE) as RuleCode[];

async function findingsOf(code: RuleCode, check: Check): Promise<Finding[]> {
	return (await check()).findings.list.filter((finding) => finding.code === code);
}

describe.each(CODES)('%s', (code) => {
	const { breaks, keeps, sentence, row, times = 1 } = CASES[code];

	it('is found, and told in a sentence', async () => {
		const found = await findingsOf(code, breaks);
		expect(found.map(({ message }) => message)).toEqual(Array(times).fill(sentence));
		expect(found[0]).toMatchObject({ severity: CATALOGUE[code].severity });
		expect(found[0].row).toBe(row);
	});

	it('is not found where it is just kept', async () => {
		expect(await findingsOf(code, keeps)).toEqual([]);
	});

	it('is an error that keeps everything back, or a warning that keeps nothing back', async () => {
		const { findings, file } = await breaks();
		if (CATALOGUE[code].severity === 'error') expect(file).toBeUndefined();
		else if (!code.startsWith('purview-') && findings.errors === 0) expect(file).toBeDefined();
	});

	it('reads well', () => {
		const rule = CATALOGUE[code];
		for (const text of [sentence, rule.advice]) {
			expect(text).toMatch(/^[A-Z'"{(0-9dm].*[^.]\.$/);
			expect(text).not.toMatch(/ {2}|\bUTF8\b|null|undefined|regex|parse|field\(s\)|row\(s\)/);
			expect(text.length).toBeLessThan(180);
		}
		expect(sentence).not.toMatch(/[{}]/);
		expect(sentence).not.toMatch(/\b1 \w+s\b(?! of)/);
	});

	it('says where it is written', () => {
		expect(CATALOGUE[code].source).toMatch(/^[A-F]\d+(, [A-F]\d+)*$/);
	});
});

it('every code is used, each by the code that checks it', () => {
	const root = join(__dirname, '../../../nodes');
	const texts = (readdirSync(root, { recursive: true }) as string[])
		.filter((file) => file.endsWith('.ts') && !file.endsWith('catalogue.ts') && !file.includes('n8n'))
		.map((file) => readFileSync(join(root, file), 'utf8'));
	expect(CODES.filter((code) => !texts.some((text) => text.includes(`'${code}'`)))).toEqual([]);
});

it('numbers of one and of many have their nouns', () => {
	expect(sentenceOf('row-ragged', { found: 2, expected: 1 })).toBe(
		'This row has 2 fields, the header has 1.',
	);
	expect(sentenceOf('zip-blank-lines', { count: 3 })).toContain('3 blank lines;');
});

it('an input that breaks no rule has no finding', async () => {
	const { findings, file } = await months(13)();
	expect(findings.list).toEqual([]);
	expect(file).toBeDefined();
});

it('rules that are only inferred never keep anything back unless the user says so', () => {
	const inferred = CODES.filter((code) => CATALOGUE[code].certainty === 'inferred');
	expect(inferred.filter((code) => CATALOGUE[code].severity === 'error')).toEqual([
		'column-ambiguous',
		'purview-user-name',
	]);
	const findings = createFindings({ severities: { 'manager-unknown': 'error', 'manager-self': 'off' } });
	findings.add('manager-unknown', { row: 2, column: 'x' });
	findings.add('manager-self', { row: 2, column: 'x' });
	expect([findings.errors, findings.warnings]).toEqual([1, 0]);
});

it('items are checked like rows of a file', async () => {
	const { findings } = await checkItems([{ ...CEO }, { ...ANN, Layer: ' ', Organization: 'H\nR' }]);
	expect(findings.list.map(({ code, row }) => [code, row])).toEqual([
		['value-only-blanks', 1],
		['value-newline', 1],
		['history-short', undefined],
	]);
});
