import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';

const rows = [
	{ Work_Email: 'ceo@contoso.com', Manager_Email: '', Organization: 'Office', Shoe_Size: '42' },
	{
		Work_Email: 'ji.wang@contoso.com',
		Manager_Email: 'ceo@contoso.com',
		Organization: 'Office',
		Shoe_Size: '38',
	},
];

/** The list as the editor fills it, with the values that it has worked out. */
async function preview(parameters: Record<string, unknown>): Promise<INodePropertyOptions[]> {
	const context = { getCurrentNodeParameter: (name: string) => parameters[name] };
	const { previewColumns } = new VivaHrIngest().methods.loadOptions;
	return await previewColumns.call(context as ILoadOptionsFunctions);
}

const previewRows = JSON.stringify(rows);

const names = async (parameters: Record<string, unknown>) =>
	(await preview({ previewRows, destination: 'vivaHr', ...parameters })).map(({ name }) => name);

it('shows which column goes where and why, and what is not sent', async () => {
	const list = await preview({ previewRows, destination: 'vivaHr', refresh: 'full', columnMapping: {} });
	expect(list.map(({ name }) => name)).toEqual([
		'3 of 4 columns are sent',
		'✓ Work_Email → PersonId',
		'✓ Manager_Email → ManagerId',
		'✓ Organization → Organization',
		'– Shoe_Size is not sent',
	]);
	expect(list[1].description).toMatch(/Workday/);
	expect(list[4].description).toMatch(/Column Mapping/);
});

it('says first what is missing', async () => {
	const withoutManager = JSON.stringify(rows.map((row) => ({ ...row, Manager_Email: undefined })));
	const full = { previewRows: withoutManager, refresh: 'full' };
	expect((await names(full)).slice(0, 2)).toEqual([
		'2 of 3 columns are sent; 1 error',
		"✗ No column holds 'ManagerId', which this import needs.",
	]);
	expect((await names({ ...full, refresh: 'incremental' }))[0]).toBe('2 of 3 columns are sent');
	// Only what changed is an incremental refresh, whatever the hidden field says.
	expect((await names({ ...full, send: 'changes' }))[0]).toBe('2 of 3 columns are sent');
});

it('takes the value of a dragged field, which the editor gives, for its column', async () => {
	const entries = [{ column: 'Office', attribute: 'FunctionType' }];
	expect(await names({ columnMapping: { entries } })).toContain('✓ Organization → FunctionType');
});

it('knows the mapping, the options and the destination', async () => {
	const entries = [{ column: 'Shoe_Size', attribute: 'Microsoft_Layer' }, { column: '' }];
	expect(await names({ destination: 'organizationalData', columnMapping: { entries } })).toEqual([
		'4 of 4 columns are sent',
		'✓ Work_Email → Microsoft_PersonEmail',
		'✓ Manager_Email → Microsoft_ManagerEmail',
		'✓ Organization → Microsoft_Organization',
		'✓ Shoe_Size → Microsoft_Layer',
	]);
	expect(await names({ options: { otherColumns: 'custom' } })).toContain('✓ Shoe_Size → Shoe_Size');
	const off = { ruleSettings: { rules: [{ code: 'column-unmatched', severity: 'off' }] } };
	expect((await names({ options: { otherColumns: 'error' } }))[0]).toMatch(/1 error$/);
	expect((await names({ options: { otherColumns: 'error', ...off } }))[0]).not.toMatch(/error/);
});

it.each([undefined, null, '', '[]'])('says what to do when the editor has no data: %s', async (noRows) => {
	const list = await preview({ previewRows: noRows, destination: 'vivaHr' });
	expect(list).toEqual([
		{
			name: 'Shown when there is input',
			value: 'summary',
			description: expect.stringMatching(/^Execute/),
		},
	]);
});

it('says why it cannot show a thing', async () => {
	const entries = [{ column: 'Work_Email', attribute: '__own__' }];
	const [only] = await preview({ previewRows, destination: 'vivaHr', columnMapping: { entries } });
	expect(only).toMatchObject({
		name: 'Cannot be shown',
		description: expect.stringContaining("'Work_Email'"),
	});
});

it('shows the summary in the closed list, whatever was chosen before', async () => {
	for (const columnPreview of ['summary', 'line 2', 'line 99']) {
		const list = await preview({ previewRows, destination: 'vivaHr', columnPreview });
		expect(list[0].value).toBe(columnPreview);
		expect(new Set(list.map(({ value }) => value)).size).toBe(list.length);
	}
});
