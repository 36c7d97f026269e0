import fc from 'fast-check';
import { CATALOGUE, type RuleCode } from '../../nodes/shared/findings/catalogue';
import type { CleaningKind } from '../../nodes/shared/checks/cleanTable';
import { checkCsv, checkZip, type CheckedInput, type Severities } from '../fixtures/checkedInput';
import { ONLY_THE_EMULATOR_REFUSES, ONLY_WE_REFUSE } from './differences';
import { emulatorVerdict } from './emulatorVerdict';

/*
 * Small tables with faults planted anywhere: what our checks let pass, the emulator takes, and what they call an error, it refuses,
 * but for the differences that are listed.
 */

const ALL_WARNINGS: Severities = Object.fromEntries(
	(Object.keys(CATALOGUE) as RuleCode[]).map((code) => [code, 'warning']),
);

const address = fc.constantFrom('ceo', 'ann', 'Bob', 'eve').map((name) => `${name}@contoso.com`);
const VALUES: Record<string, fc.Arbitrary<string>> = {
	PersonId: address,
	// Mostly the same manager, or nearly every table would have a loop.
	ManagerId: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('', 'boss@contoso.com') }, address),
	Organization: fc.constantFrom('HR', 'Vertrieb, "Süd"', '営業部', '=1+1', "''"),
	EffectiveDate: fc.constantFrom('2026-03-14', '2026-02-28', '2025-12-31'),
	HireDate: fc.constantFrom('', '2019-01-31', '2020-02-29'),
	HourlyRate: fc.constantFrom('', '23.75', '0', '-1.5'),
	Layer: fc.constantFrom('', '0', '12', '2147483647'),
	SupervisorIndicator: fc.constantFrom('', 'IC', 'Mngr', 'Mngr+'),
	WeeklyBadgeOnsiteDays: fc.constantFrom('', '0', '7', '2.5'),
	Town: fc.constantFrom('', 'Rome', 'a"b', ' x '),
};
const COLUMNS = Object.keys(VALUES);

/** Values that are wrong in most columns. */
const fault = fc.oneof(
	fc.constantFrom(
		'',
		' ',
		'x',
		'a@b',
		'a@b.c1',
		'ann@contoso.com ',
		'@x.com',
		'a..b@c.de',
		`a@${'b'.repeat(64)}.com`,
		'H\nR',
		'H\r\nR',
		'\r',
		'x\n',
		'2026-02-29',
		'02/30/2026',
		'13/13/2026',
		'2026-13-01',
		'14.03.2026',
		'20260314',
		'46095',
		'00000000',
		'9999-12-31',
		'1.5',
		'1,5',
		'1.234,5',
		'-',
		'1e3',
		'8',
		'-1',
		'99999999999',
		'2147483648',
		'+5',
		'.5',
		'5.',
		'0x10',
		'ic',
		'Manager',
		"''",
		'""',
		'"',
		'é',
		'�',
		'March 14, 2026',
		'14-Mar-2026',
		'3/14/2026 08:30',
		'x'.repeat(131_073),
	),
	fc.string({ maxLength: 4 }).map((text) => text.replaceAll('\0', '')),
);

const person = fc.record(VALUES);
type Person = Record<string, string>;
/** Each person once, so that no later row without a manager stands against an earlier one with (see the differences). */
const onceEach = (people: Person[]): Person[] =>
	people.filter(({ PersonId }, i) => people.findIndex((other) => other.PersonId === PersonId) === i);

const REQUIRED = ['PersonId', 'ManagerId', 'Organization'];

/** Columns of a table: those that are needed nearly always, and some of the others. */
const columnsOfTable = fc.tuple(
	fc.oneof({ weight: 9, arbitrary: fc.constant(REQUIRED) }, fc.subarray(REQUIRED, { minLength: 1 })),
	fc.subarray(COLUMNS.filter((name) => !REQUIRED.includes(name))),
);
const planted = fc.record({
	people: fc.array(person, { minLength: 1, maxLength: 4 }).map(onceEach),
	faults: fc.array(fc.record({ row: fc.nat(), column: fc.nat(), value: fault }), { maxLength: 2 }),
	columns: columnsOfTable.map(([needed, others]) => [...others, ...needed]),
	tail: fc.oneof(
		{ weight: 8, arbitrary: fc.constant('') },
		fc.constantFrom(',\r\n', 'x\r\n', `${','.repeat(20)}\r\n`),
	),
});
type Planted = typeof planted extends fc.Arbitrary<infer T> ? T : never;

const quoted = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

function csvOf({ people, faults, columns, tail }: Planted, header: readonly string[] = columns): string {
	const rows = people.map((values): Person => ({ ...values }));
	for (const { row, column, value } of faults)
		rows[row % rows.length][columns[column % columns.length]] = value;
	const lines = [header, ...rows.map((row) => columns.map((column) => row[column]))];
	return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('') + tail;
}

const errorsOf = ({ findings }: CheckedInput) =>
	findings.list.filter(({ severity }) => severity === 'error').map(({ code }) => code as RuleCode);
const explainedBy = ({ findings }: CheckedInput) =>
	findings.list.flatMap(({ code }) => ONLY_THE_EMULATOR_REFUSES[code as RuleCode]?.rules ?? []);

/** Compares both verdicts; `check` is asked twice: as it is, and with nothing but warnings. */
async function compare(
	check: (severities?: Severities) => Promise<CheckedInput>,
	seen: Record<string, number>,
): Promise<void> {
	const ours = await check();
	const sent = ours.file ? ours : await check(ALL_WARNINGS);
	if (!sent.file) return;
	const verdict = await emulatorVerdict(sent as Required<CheckedInput>);
	if (ours.file) {
		const explained = explainedBy(ours);
		expect(verdict.rules.filter((rule) => !explained.includes(rule))).toEqual([]);
		seen.accepted = (seen.accepted ?? 0) + 1;
		return;
	}
	const serious = errorsOf(ours).filter((code) => !(code in ONLY_WE_REFUSE));
	if (serious.length > 0)
		expect({ serious, accepted: verdict.accepted }).toEqual({ serious, accepted: false });
	for (const code of errorsOf(ours)) seen[code] = (seen[code] ?? 0) + 1;
}

it('tables that become a package', async () => {
	const seen: Record<string, number> = {};
	await fc.assert(
		fc.asyncProperty(
			planted,
			fc.constantFrom('zip', 'csv', 'json'),
			fc.subarray(['blanks', 'lineBreaks', 'letterCase', 'decimalComma'] as CleaningKind[]),
			fc.constantFrom('custom', 'leaveOut'),
			async (table, form, mend, otherColumns) => {
				const settings = { form, mend, otherColumns } as const;
				// A blank column name or a date in two orders is no difference of value rules.
				await compare(async (severities) => await checkCsv(csvOf(table), settings, severities), seen);
			},
		),
		{ numRuns: 120 },
	);
	expect(seen.accepted).toBeGreaterThan(30);
	expect(Object.keys(seen).length).toBeGreaterThan(8);
});

it('rows that are left out leave a package that is accepted', async () => {
	let packages = 0;
	await fc.assert(
		fc.asyncProperty(planted, async (table) => {
			const input = await checkCsv(csvOf(table), { onInvalid: 'leaveOut', otherColumns: 'custom' });
			if (!input.file) return;
			packages++;
			const explained = explainedBy(input);
			const { rules } = await emulatorVerdict(input as Required<CheckedInput>);
			expect(rules.filter((rule) => !explained.includes(rule))).toEqual([]);
		}),
		{ numRuns: 60 },
	);
	expect(packages).toBeGreaterThan(10);
});

const TYPES: Record<string, string> = {
	PersonId: 'EmailType',
	ManagerId: 'EmailType',
	EffectiveDate: 'DateTime_MMDDYYYY',
	HourlyRate: 'double',
	Layer: 'int32',
	WeeklyBadgeOnsiteDays: 'double',
};
const headerFault = fc.record({
	at: fc.nat(9),
	name: fc.constantFrom('', 'personid', 'Town', 'town', 'TimeZone', 'Microsoft_X', 'a b', 'Ä', 'x'),
	where: fc.constantFrom('header', 'field', 'both', 'type'),
});

it('prebuilt zips, whose metadata is wrong too', async () => {
	const seen: Record<string, number> = {};
	await fc.assert(
		fc.asyncProperty(
			planted,
			fc.option(headerFault, { freq: 1 }),
			fc.constantFrom('DateTime_MMDDYYYY', 'DateTime_MMDDYYYY', 'DateTime_DDMMYYYY'),
			fc.constantFrom('true', 'true', 'true', 'true', 'true', 'false', true, 'True'),
			async (table, wrong, hireDateType, IsBootstrap) => {
				const header = [...table.columns];
				const typeOf = (name: string) => (name === 'HireDate' ? hireDateType : (TYPES[name] ?? 'string'));
				const entries = header.map((name) => ({ key: name, name, type: typeOf(name) }));
				const at = wrong ? wrong.at % header.length : 0;
				if (wrong && wrong.where !== 'field' && wrong.where !== 'type') header[at] = wrong.name;
				if (wrong && wrong.where === 'both') entries[at].key = wrong.name;
				if (wrong && wrong.where === 'field') entries[at].name = wrong.name;
				if (wrong && wrong.where === 'type') entries[at].type = wrong.name;
				const Mapping = Object.fromEntries(entries.map(({ key, name, type }) => [key, { name, type }]));
				const metadata = JSON.stringify({ DatasetType: 'HR', IsBootstrap, Mapping });
				const files = { 'data.csv': csvOf(table, header), 'metadata.json': metadata };
				await compare(async (severities) => await checkZip(files, 'vivaHr', severities), seen);
			},
		),
		{ numRuns: 120 },
	);
	expect(seen.accepted).toBeGreaterThan(5);
	expect(Object.keys(seen).length).toBeGreaterThan(10);
});
