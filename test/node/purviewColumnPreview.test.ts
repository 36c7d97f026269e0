import type { IDataObject, ILoadOptionsFunctions, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { runStep } from './executionContext';

const leavers: IDataObject[] = [
	{
		Work_Email: 'ann@contoso.com',
		Resignation_Date: '2026-03-14',
		Termination_Date: '2026-04-30',
		Shoe_Size: '42',
	},
	{
		Work_Email: 'bob@contoso.com',
		Resignation_Date: '2026-03-20',
		Termination_Date: '2026-05-31',
		Shoe_Size: '39',
	},
];

/** The list as the editor fills it, with the values that it has worked out. */
async function preview(
	parameters: Record<string, unknown>,
	rows: IDataObject[] = leavers,
): Promise<INodePropertyOptions[]> {
	const all: Record<string, unknown> = { previewRows: JSON.stringify(rows), ...parameters };
	const context = { getCurrentNodeParameter: (name: string) => all[name] };
	const { previewColumns } = new PurviewHrSignal().methods.loadOptions;
	return await previewColumns.call(context as ILoadOptionsFunctions);
}

const names = async (parameters: Record<string, unknown>, rows?: IDataObject[]) =>
	(await preview(parameters, rows)).map(({ name }) => name);

it('shows which column goes where and why, and what is not sent', async () => {
	const list = await preview({ scenario: 'resignation' });
	expect(list.map(({ name }) => name)).toEqual([
		'3 of 4 columns are sent',
		'✓ Work_Email → UserPrincipalName',
		'✓ Resignation_Date → ResignationDate',
		'✓ Termination_Date → LastWorkingDate',
		'– Shoe_Size is not sent',
	]);
	expect(list[4].description).toBe(
		"It matches no column of the scenario; a line of 'Column Mapping' sends it",
	);
});

it('says first what is missing, and which optional columns are sent blank', async () => {
	const rows = [{ UserPrincipalName: 'ann@contoso.com', Rating: 'A' }];
	const parameters = { scenario: 'performanceReview' };
	expect(await names(parameters, rows)).toEqual([
		'2 of 2 columns are sent; 1 error',
		expect.stringMatching(/^✗ .*'EffectiveDate'/),
		'✓ UserPrincipalName → UserPrincipalName',
		'✓ Rating → Rating',
		'– Remarks is sent blank',
	]);
	const found = await names({ ...parameters, options: { sendColumns: 'found' } }, rows);
	expect(found).not.toContain('– Remarks is sent blank');
});

it('knows the mapping, the header names and the options, as far as they are written', async () => {
	const columnMapping = {
		entries: [
			{ column: 'Shoe_Size', attribute: 'Rating' },
			{ column: '', attribute: 'Remarks' },
		],
	};
	const headerNames = {
		entries: [
			{ attribute: 'Rating', header: ' Grade ' },
			{ attribute: 'Remarks', header: '' },
		],
	};
	const rows = leavers.map(({ Resignation_Date, ...row }) => ({ ...row, EffectiveDate: Resignation_Date }));
	expect(await names({ scenario: 'performanceReview', columnMapping, headerNames }, rows)).toEqual([
		'3 of 4 columns are sent',
		'✓ Work_Email → UserPrincipalName',
		'✓ EffectiveDate → EffectiveDate',
		'✓ Shoe_Size → Grade',
		'– Termination_Date is not sent',
		'– Remarks is sent blank',
	]);
});

it('takes the value of a dragged field, which the editor gives, for its column', async () => {
	const columnMapping = { entries: [{ column: '42', attribute: 'LastWorkingDate' }] };
	expect(await names({ scenario: 'resignation', columnMapping })).toContain('✓ Shoe_Size → LastWorkingDate');
});

it('says of a file for several scenarios which columns the rows of a scenario need', async () => {
	const rows = leavers.map((row) => ({ HRScenario: 'Resignation', ...row }));
	const list = await preview({ scenario: 'several', scenarios: ['resignation', 'performanceReview'] }, rows);
	expect(list.map(({ name }) => name)).toEqual([
		'4 of 5 columns are sent',
		'✓ HRScenario → HRScenario',
		'✓ Work_Email → UserPrincipalName',
		'✓ Resignation_Date → ResignationDate',
		'✓ Termination_Date → LastWorkingDate',
		'– Shoe_Size is not sent',
		'– EffectiveDate is missing',
		'– Remarks is sent blank',
		'– Rating is sent blank',
	]);
	expect(list[6].description).toContain('Performance Review');
});

it('says why it cannot show a thing', async () => {
	const columnMapping = { entries: [{ column: 'Shoe_Size', attribute: 'Rating' }] };
	const [wrongColumn] = await preview({ scenario: 'resignation', columnMapping });
	expect(wrongColumn).toMatchObject({
		name: 'Cannot be shown',
		description: expect.stringContaining("'Rating'"),
	});
	const [noScenario] = await preview({ scenario: 'several', scenarios: [] });
	expect(noScenario.description).toContain("'Scenarios' is empty");
});

it.each([undefined, null, '', '[]'])('says what to do when the editor has no data: %s', async (noRows) => {
	expect(await preview({ previewRows: noRows, scenario: 'several', scenarios: [] })).toEqual([
		{ name: 'Shown when there is input', value: 'summary', description: expect.stringMatching(/^Execute/) },
	]);
});

it.each<[string, INodeParameters]>([
	['one scenario', { scenario: 'resignation' }],
	['sure names only', { scenario: 'resignation', options: { automaticMatching: 'sure' } }],
	['likely names', { scenario: 'resignation', options: { automaticMatching: 'likely' } }],
	[
		'a mapping by hand',
		{
			scenario: 'resignation',
			columnMapping: { entries: [{ column: 'Shoe_Size', attribute: 'ResignationDate' }] },
		},
	],
	['several scenarios', { scenario: 'several' }],
])('shows what a run does: %s', async (_, parameters) => {
	const [[item]] = await runStep({
		type: new PurviewHrSignal(),
		items: leavers.map((json) => ({ json })),
		parameters: { operation: 'validate', ...parameters },
	});
	const { mapping, columnsLeftOut } = item.json as {
		mapping: Array<{ column: string; attribute: string }>;
		columnsLeftOut: string[];
	};
	const shown = await names(parameters);
	expect(shown.filter((name) => name.startsWith('✓'))).toEqual(
		mapping.map(({ column, attribute }) => `✓ ${column} → ${attribute}`),
	);
	for (const column of columnsLeftOut)
		expect(shown.some((name) => name === `– ${column} is not sent` || name.startsWith(`? ${column} `))).toBe(
			true,
		);
	expect(mapping.length).toBeGreaterThan(0);
});
