import { createHash } from 'node:crypto';
import { demo, startEmulator, type Emulator } from '../emulator';
import type { ReceivedIngestion, RowError } from '../model';
import { call, hrPath, multipart, pushPath, vivaHeaders } from './client';
import { goodCsv, hrZip, metadataOf, zipOf } from './zipFile';

let emulator: Emulator;
let headers: Record<string, string>;

beforeAll(async () => {
	emulator = await startEmulator();
});
beforeEach(async () => {
	emulator.reset();
	headers = await vivaHeaders(emulator);
});
afterEach(() => expect(emulator.failures).toEqual([]));
afterAll(async () => await emulator.close());

/** Pushes a file, lets the import end, gives what the emulator made of it. */
async function push(body: Buffer | string, type?: string): Promise<ReceivedIngestion> {
	const form = type === undefined ? multipart(body) : { body, type };
	const answer = await call(emulator, pushPath, {
		body: form.body,
		headers: { ...headers, 'content-type': form.type },
	});
	expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"Id"')]);
	emulator.advance(60_000);
	return emulator.ingestions.at(-1) as ReceivedIngestion;
}

function rules(errors: RowError[]): string[] {
	return [...new Set(errors.map(({ rule }) => rule))].sort();
}

type Mapping = Record<string, { name: string; type: string } | null>;
const mapping = metadataOf()['Mapping'] as Mapping;
const without = (name: string): Mapping =>
	Object.fromEntries(Object.entries(mapping).filter(([key]) => key !== name));
const meta = (Mapping: Mapping): Record<string, unknown> => metadataOf({ Mapping });

const files: Array<[string, string[], () => Promise<Buffer>]> = [
	['bytes that are no zip', ['zip'], async () => Buffer.from('no zip at all, only some text')],
	['a zip that breaks off', ['zip'], async () => (await hrZip()).subarray(0, 200)],
	[
		'a third file',
		['zipContents'],
		async () => await zipOf({ 'data.csv': goodCsv, 'metadata.json': '{}', 'readme.txt': 'x' }),
	],
	['a folder', ['zipContents'], async () => await zipOf({ 'x/data.csv': goodCsv })],
	['two .csv', ['zipContents'], async () => await zipOf({ 'data.csv': goodCsv, 'more.csv': goodCsv })],
	[
		'other names',
		['zipNames'],
		async () => await zipOf({ 'Data.csv': goodCsv, 'Metadata.json': JSON.stringify(metadataOf()) }),
	],
	['an empty .csv', ['csvEmpty'], async () => await hrZip('')],
	['an empty .json', ['jsonEmpty'], async () => await hrZip(goodCsv, '')],
	['broken JSON', ['jsonInvalid'], async () => await hrZip(goodCsv, '{"DatasetType":')],
	[
		'JSON with a byte order mark',
		['jsonInvalid'],
		async () => await hrZip(goodCsv, `\ufeff${JSON.stringify(metadataOf())}`),
	],
	[
		'another DatasetType',
		['datasetType'],
		async () => await hrZip(goodCsv, metadataOf({ DatasetType: 'Survey' })),
	],
	[
		'IsBootstrap as a boolean',
		['isBootstrap'],
		async () => await hrZip(goodCsv, metadataOf({ IsBootstrap: true })),
	],
	[
		'ColumnMap instead of Mapping',
		['mapping'],
		async () => await hrZip(goodCsv, { DatasetType: 'HR', IsBootstrap: 'true', ColumnMap: mapping }),
	],
	[
		'a column mapped to null',
		['mappedToNothing'],
		async () => await hrZip(goodCsv, meta({ ...mapping, Org: null })),
	],
	[
		'a column mapped to a blank name',
		['mappedToNothing'],
		async () => await hrZip(goodCsv, meta({ ...mapping, Org: { name: '', type: 'string' } })),
	],
	[
		'an unknown type',
		['unsupportedType'],
		async () => await hrZip(goodCsv, meta({ ...mapping, Org: { name: 'Organization', type: 'String' } })),
	],
	[
		'a header that is not mapped',
		['headerCount', 'headerDiffers'],
		async () => await hrZip(goodCsv, meta(without('From'))),
	],
	[
		'a mapped field that is no header',
		['headerCount', 'headerDiffers'],
		async () =>
			await hrZip(goodCsv, meta({ ...mapping, Level: { name: 'LevelDesignation', type: 'string' } })),
	],
	[
		'a header in another case',
		['headerDiffers', 'requiredMissing'],
		async () => await hrZip(goodCsv.replace('Employee,', 'employee,')),
	],
	[
		'two columns for one field',
		['mappedTwice', 'requiredMissing', 'type'],
		async () =>
			await hrZip(goodCsv, meta({ ...mapping, Org: { name: 'EffectiveDate', type: 'DateTime_MMDDYYYY' } })),
	],
	[
		'a required field mapped with another type',
		['fieldType'],
		async () => await hrZip(goodCsv, meta({ ...mapping, Boss: { name: 'ManagerId', type: 'string' } })),
	],
	[
		'a reserved name in another case',
		['requiredMissing', 'reservedCase'],
		async () => await hrZip(goodCsv, meta({ ...mapping, Org: { name: 'organization', type: 'string' } })),
	],
	[
		'a system name as target',
		['requiredMissing', 'systemField'],
		async () => await hrZip(goodCsv, meta({ ...mapping, Org: { name: 'TimeZone', type: 'string' } })),
	],
	[
		'a full refresh without ManagerId',
		['requiredMissing'],
		async () =>
			await hrZip(
				'Employee,Org\r\na@b.co,x\r\n',
				meta({
					Employee: { name: 'PersonId', type: 'EmailType' },
					Org: { name: 'Organization', type: 'string' },
				}),
			),
	],
	[
		'an incremental first import',
		['firstImport', 'newPersonManager'],
		async () => await hrZip(goodCsv, metadataOf({ IsBootstrap: 'false' })),
	],
];
test.each(files.map(([name, expected, make]) => ({ name, expected, make })))(
	'the zip is refused: $name',
	async ({ expected, make }) => {
		const { errors, valid } = await push(await make());
		expect([rules(errors), valid]).toEqual([expected, false]);
	},
);

const headersAndRules: Array<[string, string]> = [
	['PersonId,ManagerId,Organization,PersonId', 'headerDuplicate'],
	['PersonId,ManagerId,Organization,', 'headerMissing'],
	['PersonId,ManagerId,Organization,Cost Center', 'headerCharacters'],
	['PersonId,ManagerId,Organization,Größe', 'headerCharacters'],
	['\ufeffPersonId,ManagerId,Organization', 'headerCharacters'],
	['PersonId,ManagerId,Organization,Domain', 'headerSystemField'],
	['PersonId,ManagerId,Organization,Microsoft_Layer', 'headerSystemField'],
	['PersonId,ManagerId,organization', 'reservedCase'],
	['PersonId,ManagerId', 'requiredMissing'],
	[
		['PersonId', 'ManagerId', 'Organization', ...Array.from({ length: 103 }, (_, n) => `Custom${n}`)].join(
			',',
		),
		'attributeLimit',
	],
];
test.each(headersAndRules)('the header %.60s: %s', async (header, rule) => {
	expect(rules((await push(`${header}\r\n`, 'text/csv')).errors)).toContain(rule);
});

test('105 attributes are not too many', async () => {
	const names = [
		'PersonId',
		'ManagerId',
		'Organization',
		...Array.from({ length: 102 }, (_, n) => `Custom${n}`),
	];
	expect((await push(`${names.join(',')}\r\n`, 'text/csv')).errors).toEqual([]);
});

const columns: Mapping = {
	P: { name: 'PersonId', type: 'EmailType' },
	M: { name: 'ManagerId', type: 'EmailType' },
	O: { name: 'Organization', type: 'StringType' },
	D: { name: 'EffectiveDate', type: 'DateTime_MMDDYYYY' },
	H: { name: 'HireDate', type: 'DateTime_DDMMYYYY' },
	L: { name: 'Layer', type: 'int32' },
	R: { name: 'HourlyRate', type: 'double' },
	C: { name: 'Custom', type: 'string' },
};
const row = (changes: Partial<Record<string, string>>): string => {
	const values: Record<string, string> = {
		P: 'a@contoso.com',
		M: '',
		O: 'Top',
		D: '1/1/2025',
		H: '31/12/2020',
		L: '0',
		R: '23.75',
		C: '',
	};
	for (const [name, value] of Object.entries(changes)) values[name] = value ?? '';
	return Object.keys(columns)
		.map((name) => values[name])
		.join(',');
};
const rowErrors: Array<[string, string, string | null, string]> = [
	['no e-mail', 'type', 'P', row({ P: 'a.contoso.com' })],
	['an e-mail without a full domain', 'type', 'P', row({ P: 'a@contoso' })],
	['a blank PersonId', 'requiredBlank', 'P', row({ P: '' })],
	['a blank Organization', 'requiredBlank', 'O', row({ O: '' })],
	['a blank EffectiveDate', 'requiredBlank', 'D', row({ D: '' })],
	['a day-first date where the month comes first', 'type', 'D', row({ D: '31/01/2025' })],
	['a month-first date where the day comes first', 'type', 'H', row({ H: '12/31/2020' })],
	['a day that does not exist', 'type', 'D', row({ D: '02/30/2025' })],
	['an ISO date with a time zone', 'type', 'D', row({ D: '2025-01-31T00:00:00Z' })],
	['a fraction for an integer', 'type', 'L', row({ L: '1.5' })],
	['more than 32 bits', 'type', 'L', row({ L: '2147483648' })],
	['a currency sign', 'type', 'R', row({ R: '$23.75' })],
	['a comma in a number', 'type', 'R', row({ R: '"1,023.75"' })],
	['a newline in a value', 'newline', 'C', row({ C: '"one\ntwo"' })],
	['a value over 128 KB', 'valueSize', 'C', row({ C: 'x'.repeat(128 * 1024 + 1) })],
	['one field too few', 'rowWidth', null, row({}).slice(0, -1)],
	['one field too many', 'rowWidth', null, `${row({})},`],
	['an empty line', 'rowWidth', null, ''],
	['its own manager', 'managerLoop', 'ManagerId', row({ M: 'A@contoso.com' })],
];
test.each(rowErrors.map(([name, rule, column, line]) => ({ name, rule, column, line })))(
	'the row is refused: $name: $rule',
	async ({ rule, column, line }) => {
		const csv = [Object.keys(columns).join(','), row({ P: 'top@contoso.com' }), line, ''].join('\r\n');
		const { errors, valid } = await push(await hrZip(csv, meta(columns)));
		const place = rule === 'managerLoop' ? null : 3;
		expect([valid, errors]).toEqual([false, [{ row: place, column, rule, message: expect.any(String) }]]);
	},
);

test.each(['01/31/2025', '1/31/2025 10:00', '01-31-2025', '01-31-25', '2025-01-31'])(
	'%s is a month-first date',
	async (D) => expect((await push(await hrZip(oneRow({ D }), meta(columns)))).errors).toEqual([]),
);
test.each(['31/12/2020', '31/12/2020 noon', '1/12/20', '31-12-2020', '31-12-20', '2020-31-12'])(
	'%s is a day-first date',
	async (H) => expect((await push(await hrZip(oneRow({ H }), meta(columns)))).errors).toEqual([]),
);
test.each(['"Wednesday, March 14, 2012"', '"March 14, 2012"', '14-Mar-2012', '14-Mar-12'])(
	'%s is a date in both orders',
	async (date) =>
		expect((await push(await hrZip(oneRow({ D: date, H: date }), meta(columns)))).errors).toEqual([]),
);
function oneRow(changes: Partial<Record<string, string>>): string {
	return `${Object.keys(columns).join(',')}\r\n${row(changes)}\r\n`;
}

test('a byte that is not UTF-8 is found in its cell, a replacement character is not mistaken for one', async () => {
	const good = oneRow({ C: '\ufffd' });
	expect((await push(await hrZip(good, meta(columns)))).errors).toEqual([]);
	const bad = Buffer.concat([
		Buffer.from(oneRow({ C: 'caf' }).replace(/\r\n$/, '')),
		Buffer.from([0xe9, 13, 10]),
	]);
	expect((await push(await hrZip(bad, meta(columns)))).errors).toMatchObject([
		{ row: 2, column: 'C', rule: 'utf8' },
	]);
});

test('a quote that never ends is told', async () => {
	const { errors } = await push(await hrZip(oneRow({ C: '"open' }), meta(columns)));
	expect(errors).toMatchObject([{ row: 2, rule: 'csv' }]);
});

test('a zip whose bytes were changed on the way is found by its checksum', async () => {
	const zip = await hrZip(goodCsv, metadataOf(), 0);
	const at = zip.indexOf('ann@contoso.com');
	zip.write('eve', at);
	expect(rules((await push(zip)).errors)).toEqual(['zip']);
});

test('a loop of three is found', async () => {
	const lines = [
		row({ P: 'a@x.co', M: 'b@x.co' }),
		row({ P: 'b@x.co', M: 'c@x.co' }),
		row({ P: 'c@x.co', M: 'a@x.co' }),
		row({ P: 'd@x.co', M: 'a@x.co' }),
	];
	const csv = [Object.keys(columns).join(','), ...lines].join('\n');
	expect((await push(await hrZip(csv, meta(columns)))).errors.map(({ rule }) => rule)).toEqual([
		'managerLoop',
	]);
});

test('what is out of range is only a warning', async () => {
	const csv =
		'PersonId,ManagerId,Organization,SupervisorIndicator,WeeklyBadgeOnsiteDays\r\na@x.co,,O,Boss,8\r\n';
	const { errors, warnings } = await push(csv, 'text/csv');
	expect([errors, warnings.map(({ column }) => column)]).toEqual([
		[],
		['SupervisorIndicator', 'WeeklyBadgeOnsiteDays'],
	]);
});

describe('with "exclude rows with invalid data"', () => {
	beforeEach(() => {
		const viva = emulator.state.tenants.get(demo.tenantId)?.viva;
		if (viva) viva.excludeInvalidRows = true;
	});

	test('rows with a wrong type or width are left out with a warning', async () => {
		const csv = [
			Object.keys(columns).join(','),
			row({ P: 'ok@x.co' }),
			row({ P: 'bad' }),
			'x',
			row({ P: 'ok2@x.co', L: 'x' }),
		].join('\r\n');
		const result = await push(await hrZip(csv, meta(columns)));
		expect([result.valid, result.acceptedRows, result.warnings.map(({ row: n, rule }) => [n, rule])]).toEqual(
			[
				true,
				1,
				[
					[3, 'type'],
					[4, 'rowWidth'],
					[5, 'type'],
				],
			],
		);
		expect([...(emulator.state.tenants.get(demo.tenantId)?.viva?.people.people.keys() ?? [])]).toEqual([
			'ok@x.co',
		]);
	});

	test('a blank required value still stops everything', async () => {
		expect((await push(await hrZip(oneRow({ O: '' }), meta(columns)))).valid).toBe(false);
	});
});

describe('full and incremental', () => {
	const people = (): string[] => [
		...(emulator.state.tenants.get(demo.tenantId)?.viva?.people.people.keys() ?? []),
	];
	const csv = async (text: string): Promise<ReceivedIngestion> => await push(text, 'text/csv');

	test('a full refresh replaces everybody; a failed one nobody', async () => {
		await push(await hrZip());
		expect(people()).toEqual(['ceo@contoso.com', 'ann@contoso.com', 'bob@contoso.com']);
		await push(await hrZip('Employee,Boss,Org,From\r\nbad,,x,1/1/2025\r\n'));
		expect(people()).toHaveLength(3);
		await push(await hrZip('Employee,Boss,Org,From\r\nnew@contoso.com,,x,1/1/2025\r\n'));
		expect(people()).toEqual(['new@contoso.com']);
	});

	test('an incremental import adds to what is known, and old later entries win', async () => {
		await push(await hrZip());
		const text = 'Employee,Org,From\r\nANN@contoso.com,Before,1/1/2025\r\nann@contoso.com,After,3/1/2025\r\n';
		const Mapping = without('Boss');
		const result = await push(await hrZip(text, metadataOf({ IsBootstrap: 'false', Mapping })));
		expect(result.errors).toEqual([]);
		const store = emulator.state.tenants.get(demo.tenantId)?.viva?.people;
		const at = (day: number): string | null | undefined =>
			store?.valueAt('ann@contoso.com', 'Organization', day);
		expect([at(20241231), at(20250115), at(20250201), at(20250401)]).toEqual([
			null,
			'Before',
			'Sales, EMEA',
			'After',
		]);
		expect(people()).toHaveLength(3);
	});

	test('a new person needs a manager, an organization and every fixed field imported before', async () => {
		await csv('PersonId,ManagerId,Organization,Location\r\na@x.co,,O,Rome\r\n');
		const known = await csv('PersonId,Location\r\na@x.co,Bern\r\n');
		expect(known.errors).toEqual([]);
		const unknown = await csv('PersonId,Location\r\nb@x.co,Bern\r\n');
		expect(rules(unknown.errors)).toEqual(['newPersonField', 'newPersonManager', 'newPersonOrganization']);
		const whole = await csv('PersonId,ManagerId,Organization,Location\r\nb@x.co,a@x.co,O,Bern\r\n');
		expect(whole.errors).toEqual([]);
	});

	test('an incremental import can close a loop over people already known', async () => {
		await csv('PersonId,ManagerId,Organization\r\na@x.co,,O\r\nb@x.co,a@x.co,O\r\n');
		const { errors } = await csv('PersonId,ManagerId\r\na@x.co,b@x.co\r\n');
		expect(rules(errors)).toEqual(['managerLoop']);
	});

	test('a push without metadata cannot add a field, one with metadata can', async () => {
		await csv('PersonId,ManagerId,Organization\r\na@x.co,,O\r\n');
		expect(rules((await csv('PersonId,Location\r\na@x.co,Rome\r\n')).errors)).toEqual(['newColumn']);
		const Mapping = {
			PersonId: { name: 'PersonId', type: 'EmailType' },
			Loc: { name: 'Location', type: 'string' },
		};
		const zip = await hrZip('PersonId,Loc\r\na@x.co,Rome\r\n', metadataOf({ IsBootstrap: 'false', Mapping }));
		expect((await push(zip)).errors).toEqual([]);
	});
});

describe('JSON', () => {
	const json = async (value: unknown): Promise<ReceivedIngestion> =>
		await push(typeof value === 'string' ? value : JSON.stringify(value), 'application/json');
	const person = { PersonId: 'a@x.co', ManagerId: null, Organization: 'O' };

	test.each([
		['no JSON', '[{'],
		['an object', person],
		['an array of texts', ['x']],
		['nested values', [{ ...person, Organization: { name: 'O' } }]],
	])('is refused: %s', async (_name, value) => expect(rules((await json(value)).errors)).toEqual(['json']));

	test('numbers, blanks and missing keys become cells', async () => {
		const result = await json([
			{ ...person, Layer: 0 },
			{ PersonId: 'b@x.co', Organization: 'P' },
		]);
		expect([result.errors, result.header, result.rows]).toEqual([
			[],
			['PersonId', 'ManagerId', 'Organization', 'Layer'],
			[
				['a@x.co', '', 'O', '0'],
				['b@x.co', '', 'P', ''],
			],
		]);
	});

	test('an empty array has no data', async () =>
		expect(rules((await json([])).errors)).toEqual(['csvEmpty']));
});

test('a failed import says so, with the error stream at all three paths', async () => {
	const { id } = await push(await hrZip('Employee,Boss,Org,From\r\n"a,b",,"x",1/1/2025\r\n'));
	const polled = JSON.parse((await call(emulator, `${pushPath}/${id}`, { headers })).text) as Record<
		string,
		string
	>;
	expect([polled['Status'], polled['ErrorDetail']]).toEqual([
		'ValidationFailed',
		'Validation found 1 error(s).',
	]);
	const paths = [
		`${hrPath}/ingestions/${id}/errors`,
		`${pushPath}/${id}/errors`,
		`/v1.0/scopes/${demo.tenantId}//Hr/ingestions/${id}/errors`,
	];
	for (const path of paths) {
		const { text } = await call(emulator, path, { headers });
		expect(text).toBe(
			'Row,Column,Message\r\n2,Employee,The value is not an email like employee@contoso.com.\r\n',
		);
	}
	emulator.set({ errorPaths: ['literal'] });
	const statuses = [];
	for (const path of paths) statuses.push((await call(emulator, path, { headers })).status);
	expect(statuses).toEqual([404, 404, 200]);
});

test('a planned ending comes instead of the natural one', async () => {
	emulator.planIngestion({
		statuses: [
			{ afterMs: 0, status: 'Queued' },
			{ afterMs: 1_000, status: 'ProcessingFailed' },
		],
		errorDetail: 'backend',
		forgottenAfterMs: 5_000_000,
	});
	const { id } = await push(await hrZip());
	const poll = async (): ReturnType<typeof call> => await call(emulator, `${pushPath}/${id}`, { headers });
	expect(JSON.parse((await poll()).text)).toMatchObject({
		Status: 'ProcessingFailed',
		ErrorDetail: 'backend',
	});
	emulator.advance(5_000_000);
	expect((await poll()).status).toBe(404);
});

test('surveys have free headers and a DatasetType of their own', async () => {
	const path = pushPath.replace('HR', 'Survey');
	const Mapping = {
		Email: { name: 'PersonId', type: 'EmailType' },
		'How are you?': { name: 'How are you?', type: 'int32' },
	};
	const csv = 'Email,How are you?\r\na@x.co,5\r\n';
	const results = [];
	for (const DatasetType of ['Survey', 'HR']) {
		const { body, type } = multipart(await hrZip(csv, { DatasetType, IsBootstrap: 'true', Mapping }));
		await call(emulator, path, { body, headers: { ...headers, 'content-type': type } });
		emulator.advance(60_000);
		results.push(emulator.ingestions.at(-1)?.errors.map(({ rule }) => rule));
	}
	expect(results).toEqual([[], ['datasetType']]);
	expect(emulator.ingestions[0]?.destination).toBe('viva-survey');
});

test('without checkContents the file is only counted and hashed', async () => {
	emulator.set({ checkContents: false });
	const result = await push('rubbish', 'text/csv');
	const sha256 = createHash('sha256').update('rubbish').digest('hex');
	expect([result.valid, result.bytes, result.rows, result.sha256]).toEqual([true, 7, [], sha256]);
});
