import fc from 'fast-check';
import { Problem } from '../../../nodes/shared/core/problem';
import { scenarioVocabulary } from '../../../nodes/shared/purview/signals/aliases';
import { ATTRIBUTE_SETS } from '../../../nodes/shared/viva/attributes/attributes';
import { attributeVocabulary } from '../../../nodes/shared/viva/attributes/aliases';
import type { ColumnMatches, MatchColumnsInput } from '../../../nodes/shared/columns/matchColumns';
import { matchColumns } from '../../../nodes/shared/columns/matchColumns';

const VIVA: MatchColumnsInput['attributes'] = [
	{ name: 'PersonId', type: 'email' },
	{ name: 'ManagerId', type: 'email' },
	{ name: 'Organization', type: 'string' },
	{ name: 'EffectiveDate', type: 'date' },
	{ name: 'LevelDesignation', type: 'string' },
	{ name: 'FunctionType', type: 'string' },
	{ name: 'HireDate', type: 'date' },
	{ name: 'HourlyRate', type: 'double' },
	{ name: 'Layer', type: 'integer' },
	{ name: 'SupervisorIndicator', type: 'string', oneOf: ['IC', 'Mngr', 'Mngr+'] },
	{ name: 'Location', type: 'string' },
	{ name: 'CountryOrRegion', type: 'string' },
];
const ORGANIZATIONAL_DATA: MatchColumnsInput['attributes'] = [
	{ name: 'Microsoft_PersonEmail', type: 'email' },
	{ name: 'Microsoft_ManagerEmail', type: 'email' },
	{ name: 'Microsoft_Organization', type: 'string' },
];
const KNOWN = {
	vivaHr: { vocabulary: attributeVocabulary('vivaHr'), people: { person: 'PersonId', manager: 'ManagerId' } },
	organizationalData: {
		vocabulary: attributeVocabulary('organizationalData'),
		people: { person: 'Microsoft_PersonEmail', manager: 'Microsoft_ManagerEmail' },
	},
	purview: { vocabulary: scenarioVocabulary(['resignation']), people: { person: 'UserPrincipalName' } },
};
const LEAVERS: MatchColumnsInput['attributes'] = [
	{ name: 'UserPrincipalName', type: 'email' },
	{ name: 'ResignationDate', type: 'date' },
	{ name: 'LastWorkingDate', type: 'date' },
];

function match(
	columns: readonly string[],
	more: Partial<MatchColumnsInput> & { destination?: keyof typeof KNOWN } = {},
): ColumnMatches {
	const { destination = 'vivaHr', ...rest } = more;
	return matchColumns({ columns, attributes: VIVA, ...KNOWN[destination], ...rest });
}

const mapping = (matches: ColumnMatches) =>
	Object.fromEntries(matches.matches.map(({ attribute, column }) => [attribute, column]));
const how = (matches: ColumnMatches, attribute: string) =>
	matches.matches.find((found) => found.attribute === attribute)?.by;
const why = (matches: ColumnMatches, attribute: string) =>
	matches.matches.find((found) => found.attribute === attribute)?.reason;

const proposed = ({ proposals }: ColumnMatches) =>
	proposals.map(({ column, attribute, sureness }) => `${column} = ${attribute} (${sureness})`);

/** Rows of a small company: person i reports to person floor((i - 1) / 4). */
const address = (i: number) => `person${i}@contoso.com`;
const managerAddress = (i: number) => (i === 0 ? '' : address(Math.floor((i - 1) / 4)));
const people = <T>(row: (i: number) => T) => Array.from({ length: 40 }, (_, i) => row(i));

describe('what decides', () => {
	it('takes the attribute names as they are', () => {
		const found = match(['ManagerId', 'PersonId', 'Organization']);
		expect(mapping(found)).toEqual({
			PersonId: 'PersonId',
			ManagerId: 'ManagerId',
			Organization: 'Organization',
		});
		expect(found.matches.map(({ by, from }) => [by, from])).toEqual([
			['exact', 1],
			['exact', 0],
			['exact', 2],
		]);
		expect(why(found, 'PersonId')).toBe('The column "PersonId" has the attribute\'s own name.');
	});

	it('sees through spelling', () => {
		const found = match(['person id', 'Manager-ID', 'ORGANIZATION', 'wd:Hire_Date']);
		expect(mapping(found)).toEqual({
			PersonId: 'person id',
			ManagerId: 'Manager-ID',
			Organization: 'ORGANIZATION',
			HireDate: 'wd:Hire_Date',
		});
		expect(how(found, 'PersonId')).toBe('folded');
		expect(why(found, 'HireDate')).toBe(
			'The column "wd:Hire_Date" is called like HireDate except for its spelling.',
		);
	});

	it('prefers exact to folded, folded to alias, and says nothing is left of the others', () => {
		const found = match(['hire_date', 'HireDate', 'Latest_Hire_Date']);
		expect(mapping(found)).toEqual({ HireDate: 'HireDate' });
		expect(found.unmatched).toEqual(['hire_date', 'Latest_Hire_Date']);
		expect(mapping(match(['Latest_Hire_Date', 'hire_date']))).toEqual({ HireDate: 'hire_date' });
	});

	it('prefers the better alias', () => {
		expect(mapping(match(['Original_Hire_Date', 'Latest_Hire_Date']))).toEqual({
			HireDate: 'Latest_Hire_Date',
		});
		expect(mapping(match(['Cost_Center', 'Supervisory_Organization', 'Division']))).toEqual({
			Organization: 'Supervisory_Organization',
		});
	});

	it('takes a name that several systems use at its best', () => {
		const alias = (name: string, preference: number) => ({
			name,
			folded: name,
			attribute: 'Organization',
			system: 'English',
			sureness: 'sure' as const,
			preference,
			onlyEmails: false,
			certainty: 'inferred' as const,
		});
		const aliases = new Map([
			['unit', [alias('unit', 3), alias('unit', 1), alias('unit', 3)]],
			['crew', [alias('crew', 2)]],
		]);
		const vocabulary = { ...KNOWN.vivaHr.vocabulary, aliases };
		expect(mapping(match(['crew', 'unit'], { vocabulary }))).toEqual({ Organization: 'unit' });
	});

	it('passes over a note at the end of a name, but takes one without first', () => {
		expect(mapping(match(['Hire Date (DD.MM.YYYY)']))).toEqual({ HireDate: 'Hire Date (DD.MM.YYYY)' });
		expect(mapping(match(['Location (code)', 'Location']))).toEqual({ Location: 'Location' });
	});

	it("lets the user's own mapping win", () => {
		const found = match(['PersonId', 'Mail', 'Crew'], {
			userMapping: [
				{ column: 'Mail', attribute: 'PersonId' },
				{ column: 'Crew', attribute: 'Team' },
			],
		});
		expect(mapping(found)).toEqual({ PersonId: 'Mail', Team: 'Crew' });
		expect(found.matches.map(({ by }) => by)).toEqual(['user', 'user']);
		expect(found.unmatched).toEqual(['PersonId']);
		expect(why(found, 'PersonId')).toBe('You mapped the column "Mail" to PersonId.');
	});

	it('lets the user give one column to two attributes', () => {
		const found = match(['UPN', 'Termination Date'], {
			attributes: LEAVERS,
			destination: 'purview',
			userMapping: [
				{ column: 'Termination Date', attribute: 'ResignationDate' },
				{ column: 'Termination Date', attribute: 'LastWorkingDate' },
			],
		});
		expect(mapping(found)).toEqual({
			UserPrincipalName: 'UPN',
			ResignationDate: 'Termination Date',
			LastWorkingDate: 'Termination Date',
		});
	});

	it('names the attributes for which nothing was found', () => {
		const found = match(['PersonId', 'Shoe size']);
		expect(found.missing).toEqual(VIVA.map(({ name }) => name).filter((name) => name !== 'PersonId'));
		expect(found.unmatched).toEqual(['Shoe size']);
	});
});

describe('values as tie-breakers', () => {
	it('does not take employee numbers for addresses while another column has them', () => {
		const samples = people((i) => [`${10000 + i}`, address(i), managerAddress(i)]);
		const found = match(['Employee_ID', 'Work_Email', 'Manager'], { samples });
		expect(mapping(found)).toEqual({ PersonId: 'Work_Email', ManagerId: 'Manager' });
		expect(found.unmatched).toEqual(['Employee_ID']);
		expect(why(found, 'PersonId')).toBe(
			'Exports of Workday usually call PersonId "Work_Email", and its values are e-mail addresses.',
		);
	});

	it('does not take a column of names for ManagerId', () => {
		const samples = people((i) => [address(i), `Boss ${i}`, managerAddress(i)]);
		expect(mapping(match(['Email', 'Manager', 'Manager Email'], { samples }))).toEqual({
			PersonId: 'Email',
			ManagerId: 'Manager Email',
		});
		expect(
			mapping(match(['Email', 'Manager', 'Other'], { samples: samples.map(([a, b]) => [a, b, '']) })),
		).toEqual({
			PersonId: 'Email',
		});
	});

	it('takes Employee_ID for PersonId where its values are addresses, but never unseen', () => {
		const samples = people((i) => [address(i)]);
		expect(mapping(match(['Employee_ID'], { samples }))).toEqual({ PersonId: 'Employee_ID' });
		expect(mapping(match(['Employee_ID']))).toEqual({});
	});

	it('passes over a column with the right name and the wrong values while a better one is there', () => {
		const samples = people((i) => [`${10000 + i}`, address(i)]);
		expect(mapping(match(['PersonId', 'Work_Email'], { samples }))).toEqual({ PersonId: 'Work_Email' });
		const asked = match(['PersonId', 'Elsewhere'], { samples });
		expect([mapping(asked), proposed(asked)]).toEqual([{}, ['Elsewhere = PersonId (guess)']]);
		const alone = match(['PersonId'], { samples: people((i) => [`${10000 + i}`]) });
		expect(mapping(alone)).toEqual({ PersonId: 'PersonId' });
		expect(how(alone, 'PersonId')).toBe('exact');
	});

	it('proposes person and manager by their values where the names say nothing', () => {
		const samples = people((i) => [managerAddress(i), `Team ${i % 5}`, address(i)]);
		const found = match(['Column A', 'Column B', 'Column C'], { samples });
		expect(mapping(found)).toEqual({});
		expect(proposed(found)).toEqual(['Column C = PersonId (guess)', 'Column A = ManagerId (guess)']);
		expect(found.proposals[1].reason).toBe(
			'The values of the column "Column A" are e-mail addresses that mostly occur in "Column C" of other rows.',
		);
	});

	it('proposes the manager for Organizational Data in the same way', () => {
		const samples = people((i) => [address(i), managerAddress(i)]);
		const found = match(['Mail', 'Lead'], {
			attributes: ORGANIZATIONAL_DATA,
			destination: 'organizationalData',
			samples,
		});
		expect(mapping(found)).toEqual({ Microsoft_PersonEmail: 'Mail' });
		expect(proposed(found)).toEqual(['Lead = Microsoft_ManagerEmail (guess)']);
	});

	it('does not take a second address of the same people for their manager', () => {
		const samples = people((i) => [address(i), i % 3 === 0 ? '' : address(i)]);
		expect(mapping(match(['Work Email', 'Contact'], { samples }))).toEqual({ PersonId: 'Work Email' });
		const foreign = people((i) => [address(i), `me${i}@private.example`]);
		expect(mapping(match(['Work Email', 'Contact'], { samples: foreign }))).toEqual({
			PersonId: 'Work Email',
		});
	});

	it('tells two managers apart by who occurs among the people', () => {
		const samples = people((i) => [address(i), managerAddress(i), `partner${i % 7}@elsewhere.example`]);
		const found = match(['Work Email', 'Manager Email', 'Supervisor Email'], { samples });
		expect(mapping(found)).toEqual({ PersonId: 'Work Email', ManagerId: 'Manager Email' });
		expect(found.ambiguous).toEqual([]);
		expect(why(found, 'ManagerId')).toMatch(
			/ and of its kind only this one fits: .* PersonId of other rows\.$/,
		);
	});

	it('does not choose between two columns of managers', () => {
		const samples = people((i) => [address(i), managerAddress(i), managerAddress(i)]);
		const found = match(['Work Email', 'Manager Email', 'Supervisor Email'], { samples });
		expect(found.ambiguous.map(({ attribute }) => attribute)).toEqual(['ManagerId']);
	});

	it('does not take colleagues for managers', () => {
		const samples = people((i) => [address(i), address((i + 1) % 40)]);
		expect(mapping(match(['Work Email', 'Buddy'], { samples }))).toEqual({ PersonId: 'Work Email' });
	});

	it('knows people whatever the case of their addresses', () => {
		const samples = people((i) => [address(i), managerAddress(i).toUpperCase()]);
		expect(proposed(match(['Work Email', 'Boss of it'], { samples }))).toEqual([
			'Boss of it = ManagerId (guess)',
		]);
	});

	it('tells two addresses of people apart by where the managers occur', () => {
		const samples = people((i) => [`p${i}@old.example`, address(i), managerAddress(i)]);
		const found = match(['Company Email', 'Work Email', 'Boss'], { samples });
		expect(mapping(found)).toEqual({ PersonId: 'Work Email', ManagerId: 'Boss' });
	});

	it('does not take Yes and No for a supervisor indicator', () => {
		expect(mapping(match(['Is_Manager'], { samples: [['Yes'], ['No']] }))).toEqual({});
		expect(mapping(match(['Is_Manager'], { samples: [['Mngr'], ['ic']] }))).toEqual({
			SupervisorIndicator: 'Is_Manager',
		});
	});

	it('does not take words for a date or a number', () => {
		expect(mapping(match(['Start Date'], { samples: [['soon'], ['later']] }))).toEqual({});
		expect(mapping(match(['Date Hired'], { samples: [['1. März 2024'], ['']] }))).toEqual({
			HireDate: 'Date Hired',
		});
		expect(mapping(match(['Org Layer'], { samples: [['Senior'], ['Junior']] }))).toEqual({});
		expect(mapping(match(['Org Layer'], { samples: [['0'], ['3']] }))).toEqual({ Layer: 'Org Layer' });
	});
});

describe('how sure a name is', () => {
	it.each([
		['Division', 'Organization'],
		['Start Date', 'HireDate'],
		['Country', 'CountryOrRegion'],
		['Pay rate', 'HourlyRate'],
		['Organization (Level 3)', 'Organization'],
		['Additional_group.Department', 'Organization'],
	])('proposes %j and does not send it, because it can mean something else', (column, attribute) => {
		const found = match([column]);
		expect([mapping(found), proposed(found)]).toEqual([{}, [`${column} = ${attribute} (likely)`]]);
	});

	it('sends likely names on request, but never pay, people or addresses', () => {
		const columns = ['Division', 'Start Date', 'Pay rate', 'Login'];
		const { attributes } = ATTRIBUTE_SETS.vivaHr;
		const found = match(columns, { matching: 'likely', attributes });
		expect(mapping(found)).toEqual({ Organization: 'Division', HireDate: 'Start Date' });
		expect(proposed(found)).toEqual(['Pay rate = HourlyRate (likely)']);
	});

	it('never sends a guess', () => {
		const found = match(['Area'], { matching: 'likely' });
		expect([mapping(found), proposed(found)]).toEqual([{}, ['Area = Organization (guess)']]);
	});

	it('takes a word of another language than the rest for a guess', () => {
		const samples = [['ann@contoso.com', 'IT', 'x']];
		const service = (columns: string[]) =>
			match(columns, { samples }).matches.find(({ attribute }) => attribute === 'Organization')?.column;
		expect(service(['Courriel', 'Service', 'Fonction'])).toBe('Service');
		expect(service(['Email', 'Service', 'Hire Date'])).toBeUndefined();
		expect(proposed(match(['Email', 'Service', 'Hire Date']))).toContain('Service = Organization (guess)');
	});

	it('takes a name that is half of a pair only beside the other half', () => {
		const attributes = LEAVERS;
		const leavers = (columns: string[], more = {}) =>
			match(columns, { attributes, destination: 'purview', ...more });
		expect(mapping(leavers(['UPN', 'Notice Date', 'Exit Date']))).toMatchObject({
			ResignationDate: 'Notice Date',
			LastWorkingDate: 'Exit Date',
		});
		expect(proposed(leavers(['UPN', 'Exit Date']))).toEqual(['Exit Date = LastWorkingDate (likely)']);
		const userMapping = [{ column: 'Given', attribute: 'ResignationDate' }];
		expect(mapping(leavers(['UPN', 'Given', 'Exit Date'], { userMapping }))).toMatchObject({
			LastWorkingDate: 'Exit Date',
		});
	});

	it('proposes nothing for an attribute that has its column', () => {
		const found = match(['Hire Date', 'Original Hire Date', 'Department', 'Division']);
		expect(found.proposals).toEqual([]);
	});

	it('says why a column with the right name is not taken', () => {
		const samples = people((i) => [address(i), `Boss ${i}`, i === 3 ? 'Yes' : 'IC']);
		const found = match(['Email', 'Manager', 'Is_Manager'], { samples });
		expect(found.refusals).toEqual([
			{ column: 'Manager', attribute: 'ManagerId', why: 'values' },
			{ column: 'Is_Manager', attribute: 'SupervisorIndicator', why: 'values' },
		]);
	});
});

describe('whose value it is', () => {
	const samples = people((i) => [address(i), managerAddress(i)]);

	it.each([
		'Manager_group.Work_Email',
		'Manager_group.Primary_Work_Email',
		"Worker's_Manager_group.Email",
		'Manager_Group/Work_Email',
		'managerGroup.workEmail',
		'Manager:Email',
		'manager:email',
		'Manager.Work_Email',
		'Email (Manager)',
		'E-Mail (Vorgesetzter)',
		"Supervisor's Work E-Mail",
		'Direct Supervisor - Work Email Address',
		'Reports To (Email)',
		'Courriel du supérieur hiérarchique',
		'Dirección de correo electrónico del jefe directo',
		'E-mail aziendale del responsabile',
		'E-mail corporativo do gestor direto',
		'Zakelijk e-mailadres leidinggevende',
		'直属の上司のメールアドレス',
		'直属上级工作邮箱',
	])('%j is the manager', (column) => {
		const found = match(['USRID_LONG', column], { samples });
		expect(mapping(found)).toEqual({ PersonId: 'USRID_LONG', ManagerId: column });
	});

	it.each([
		'Emergency_Contact_group.Primary_Work_Email',
		'Emergency Contact: Email',
		'Spouse_group.Email',
		'Email (spouse)',
		'Email (private)',
		'Email [personal]',
		'E-Mail (privat)',
		'Courriel (personnel)',
		'Correo electrónico (personal)',
		'メールアドレス（個人）',
		'邮箱（个人）',
		'Private:Email',
		'home:Email',
		'personalData.email',
		'Email (former)',
		'E-Mail (alt)',
		'Assistant_group.Work_Email',
		'HR_Partner_group.Work_Email',
		'HR Business Partner',
		'Created By',
		'Freigegeben von (Personalreferent)',
		'Second Level Manager Email',
		"Manager's Manager Email",
		'Manager_group.Manager_group.Assistant_Email',
	])('%j is nobody who is sent', (column) => {
		for (const columns of [['Work_Email', column], [column]]) {
			const found = match(columns, { samples: samples.map(([, manager]) => columns.map(() => manager)) });
			expect(found.matches.filter((each) => each.column === column)).toEqual([]);
			expect(found.proposals.filter(({ sureness }) => sureness !== 'guess')).toEqual([]);
		}
	});

	it.each([
		['Department (former)'],
		['Previous_Job_group.Department'],
		['Manager_group.Department'],
		['Hire Date (planned)'],
		['Hire_Date (geplant)'],
		['Future_Assignment_group.Hire_Date'],
		['Birth:Country of work'],
		['Location (home)'],
		['Manager_group.Location'],
		['Emergency_Contact_group.Location'],
		['Standort (früher)'],
		['Abteilung (ehemalig)'],
	])('%j is not sent, and not proposed', (column) => {
		const found = match([column]);
		expect([mapping(found), proposed(found)]).toEqual([{}, []]);
	});

	it.each([
		['Work Email (primary)', 'PersonId'],
		['Manager Email [required]', 'ManagerId'],
		['Department*', 'Organization'],
		['Worker_group.Department', 'Organization'],
		['Primary_Job_group.Department', 'Organization'],
		['Employment:Department', 'Organization'],
		['Home Department', 'Organization'],
		['Work Contact: Work Email', 'PersonId'],
		['Hire Date (TT.MM.JJJJ)', 'HireDate'],
		['入社日（必須）', 'HireDate'],
	])('%j says nothing that speaks against %s', (column, attribute) => {
		const found = match([column]);
		expect(mapping(found)).toEqual(column.startsWith('Employment:') ? {} : { [attribute]: column });
	});
});

describe('columns that are equally good', () => {
	it('are told, with the columns, and none of them is taken', () => {
		const found = match(['Supervisor Email', 'Manager Email', 'PersonId']);
		expect(found.ambiguous).toEqual([
			{
				attribute: 'ManagerId',
				candidates: ['Manager Email', 'Supervisor Email'],
			},
		]);
		expect(mapping(found)).toEqual({ PersonId: 'PersonId' });
		expect(found.missing).not.toContain('ManagerId');
	});

	it('are told where one name stands twice', () => {
		expect(match(['PersonId', 'PersonId']).ambiguous).toEqual([
			expect.objectContaining({ attribute: 'PersonId', candidates: ['PersonId', 'PersonId'] }),
		]);
	});

	it('are decided by the user', () => {
		const found = match(['Supervisor Email', 'Manager Email'], {
			userMapping: [{ column: 'Supervisor Email', attribute: 'ManagerId' }],
		});
		expect(found.ambiguous).toEqual([]);
		expect(mapping(found)).toEqual({ ManagerId: 'Supervisor Email' });
	});
});

describe('leavers', () => {
	it('takes the termination date for whichever date has no column of its own', () => {
		const leavers = (columns: string[]) =>
			mapping(match(columns, { attributes: LEAVERS, destination: 'purview' }));
		expect(leavers(['UserPrincipalName', 'Resignation_Date', 'Termination_Date'])).toEqual({
			UserPrincipalName: 'UserPrincipalName',
			ResignationDate: 'Resignation_Date',
			LastWorkingDate: 'Termination_Date',
		});
		expect(leavers(['EmailAddress', 'TerminationDate', 'LastWorkingDate'])).toEqual({
			UserPrincipalName: 'EmailAddress',
			ResignationDate: 'TerminationDate',
			LastWorkingDate: 'LastWorkingDate',
		});
	});

	it('takes the user principal name before the e-mail address', () => {
		const found = match(['Email', 'UPN'], { attributes: LEAVERS, destination: 'purview' });
		expect(mapping(found)).toEqual({ UserPrincipalName: 'UPN' });
	});
});

describe("mistakes in the user's mapping", () => {
	const mistake = (userMapping: MatchColumnsInput['userMapping'], columns = ['Mail', 'mail ', 'Crew']) => {
		try {
			match(columns, { userMapping });
		} catch (error) {
			if (error instanceof Problem) return { kind: error.kind, message: error.message, advice: error.advice };
		}
		return undefined;
	};

	it('finds a column whose name is spelled a little differently', () => {
		const found = match(['Work E-Mail'], { userMapping: [{ column: 'work email', attribute: 'PersonId' }] });
		expect(mapping(found)).toEqual({ PersonId: 'Work E-Mail' });
	});

	it('names a column that is not there, and those that are', () => {
		expect(mistake([{ column: 'Boss', attribute: 'ManagerId' }])).toEqual({
			kind: 'configuration',
			message: 'The mapping names the column "Boss", which the data does not have.',
			advice: 'Correct the mapping. The data has the columns "Mail", "mail ", "Crew".',
		});
	});

	it('does not choose between columns of one name', () => {
		expect(mistake([{ column: 'MAIL', attribute: 'PersonId' }])?.message).toBe(
			'The mapping names the column "MAIL", which the data has more than once.',
		);
		expect(mistake([{ column: 'A', attribute: 'PersonId' }], ['A', 'A'])?.kind).toBe('configuration');
	});

	it('refuses an attribute that is named twice', () => {
		expect(
			mistake([
				{ column: 'Mail', attribute: 'PersonId' },
				{ column: 'Crew', attribute: 'PersonId' },
			])?.message,
		).toBe('The mapping names the attribute "PersonId" more than once.');
	});
});

describe('properties', () => {
	const names = fc.uniqueArray(
		fc.oneof(
			fc.constantFrom(...VIVA.map(({ name }) => name)),
			fc.constantFrom(...[...attributeVocabulary('vivaHr').aliases.values()].flat().map(({ name }) => name)),
			fc.string({ maxLength: 12 }),
		),
		{ minLength: 1, maxLength: 14 },
	);
	const value = fc.oneof(
		fc.nat(12).map(address),
		fc.constantFrom('', '12', '2024-01-31', 'Sales', 'IC', 'person3@contoso.com '),
	);
	const sources = names.chain((columns) =>
		fc.record({
			columns: fc.constant(columns),
			samples: fc.array(fc.array(value, { minLength: columns.length, maxLength: columns.length }), {
				maxLength: 12,
			}),
			order: fc.shuffledSubarray(
				columns.map((_, i) => i),
				{ minLength: columns.length },
			),
		}),
	);

	it('does not depend on the order of the columns', () => {
		fc.assert(
			fc.property(sources, ({ columns, samples, order }) => {
				const straight = match(columns, { samples });
				const shuffled = match(
					order.map((i) => columns[i]),
					{ samples: samples.map((row) => order.map((i) => row[i])) },
				);
				const facts = (found: ColumnMatches) => ({
					...found,
					matches: found.matches.map(({ column, attribute, by, reason }) => ({
						column,
						attribute,
						by,
						reason,
					})),
					unmatched: [...found.unmatched].sort(),
				});
				expect(facts(shuffled)).toEqual(facts(straight));
			}),
			{ numRuns: 600 },
		);
	});

	it('uses a column once, says where it is, and accounts for every column and attribute', () => {
		fc.assert(
			fc.property(sources, ({ columns, samples }) => {
				const found = match(columns, { samples });
				for (const { column, from } of found.matches) expect(columns[from]).toBe(column);
				const used = found.matches.map(({ from }) => from);
				expect(new Set(used).size).toBe(used.length);
				expect(found.unmatched.length).toBe(columns.length - used.length);
				const told = [
					...found.matches.map(({ attribute }) => attribute),
					...found.ambiguous.map(({ attribute }) => attribute),
					...found.missing,
				];
				expect(told.sort()).toEqual(VIVA.map(({ name }) => name).sort());
			}),
		);
	});

	it('never shows a value of a row', () => {
		const secret = 'sentinel-value@contoso.com';
		fc.assert(
			fc.property(sources, ({ columns, samples }) => {
				const shown = match(columns, {
					samples: samples.map((row) => row.map((text) => (text ? secret : ''))),
				});
				expect(JSON.stringify(shown)).not.toContain('sentinel');
			}),
		);
	});
});
