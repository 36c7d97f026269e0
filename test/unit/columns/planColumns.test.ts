import { attributeVocabulary } from '../../../nodes/shared/viva/attributes/aliases';
import type { AutomaticMatching } from '../../../nodes/shared/columns/matchColumns';
import { createFindings } from '../../../nodes/shared/findings/findings';
import {
	planColumns,
	type MappingEntry,
	type OtherColumns,
	type PlanRequest,
} from '../../../nodes/shared/columns/planColumns';
import { ATTRIBUTE_SETS, attributesFor } from '../../../nodes/shared/viva/attributes/attributes';
import { planImport } from '../../../nodes/shared/viva/attributes/planImport';
import type { RefreshKind } from '../../../nodes/shared/viva/service/destinations';

function plan(
	columns: string[],
	more: {
		mapping?: MappingEntry[];
		matching?: AutomaticMatching;
		otherColumns?: OtherColumns;
		refresh?: RefreshKind;
		rules?: Partial<PlanRequest['rules']>;
	} = {},
) {
	const findings = createFindings();
	const rules = { ...ATTRIBUTE_SETS.vivaHr, attributes: attributesFor('vivaHr', more.refresh ?? 'full') };
	const result = planColumns(
		{
			columns,
			samples: [],
			rules: { ...rules, ...more.rules },
			vocabulary: attributeVocabulary('vivaHr'),
			mapping: more.mapping ?? [],
			matching: more.matching ?? 'sure',
			otherColumns: more.otherColumns ?? 'leaveOut',
		},
		findings,
	);
	const sent = Object.fromEntries(result.plan.columns.map(({ sourceName, name }) => [sourceName, name]));
	return { ...result, sent, codes: findings.list.map(({ code }) => code), findings };
}

const NEEDED = ['PersonId', 'ManagerId', 'Organization', 'EffectiveDate'];

it('sends columns that have the names of attributes, whatever their spelling, and leaves others out', () => {
	const {
		sent,
		plan: planned,
		codes,
	} = plan(['person id', 'MANAGER_ID', 'Organization', 'EffectiveDate', 'Shoe size']);
	expect(sent).toEqual({
		'person id': 'PersonId',
		MANAGER_ID: 'ManagerId',
		Organization: 'Organization',
		EffectiveDate: 'EffectiveDate',
	});
	expect(planned.leftOut).toEqual(['Shoe size']);
	expect(codes).toEqual([]);
});

it('demands values where the service does, and lets the person at the top have no manager', () => {
	const { plan: planned } = plan([...NEEDED, 'Layer']);
	const required = planned.columns.filter((column) => column.required).map(({ name }) => name);
	expect(required).toEqual(['PersonId', 'Organization', 'EffectiveDate']);
});

it('names every required column that is missing, by kind of refresh', () => {
	const full = plan(['PersonId', 'Layer']);
	expect(full.findings.list.map(({ message }) => message)).toEqual([
		expect.stringContaining("'ManagerId'"),
		expect.stringContaining("'Organization'"),
		expect.stringContaining('EffectiveDate'),
	]);
	expect(full.findings.errors).toBe(2);
	expect(plan(['PersonId', 'EffectiveDate', 'Layer'], { refresh: 'incremental' }).codes).toEqual([]);
});

it('follows the mapping of the user, with custom attributes and their types', () => {
	const { sent, mapping, codes } = plan(['a', 'b', 'c', 'd', 'e'], {
		mapping: [
			{ column: 'a', attribute: 'personid' },
			{ column: 'b', attribute: 'ManagerId' },
			{ column: 'c', attribute: 'Organization' },
			{ column: 'd', attribute: 'EffectiveDate' },
			{ column: 'e', attribute: 'Shoe_Size', type: 'integer' },
		],
	});
	expect(sent).toEqual({
		a: 'PersonId',
		b: 'ManagerId',
		c: 'Organization',
		d: 'EffectiveDate',
		e: 'Shoe_Size',
	});
	expect(mapping.find(({ column }) => column === 'e')).toMatchObject({ type: 'integer', by: 'user' });
	expect(codes).toEqual([]);
});

it.each([
	['a name with other characters', 'Shoe Size', 'header-characters'],
	['a name of the service', 'timezone', 'header-system-name'],
	['a name with the beginning that the service keeps', 'Microsoft_Shoe', 'header-system-name'],
])('refuses %s for a custom attribute', (_what, attribute, code) => {
	const { codes } = plan([...NEEDED, 'x'], { mapping: [{ column: 'x', attribute }] });
	expect(codes).toEqual([code]);
});

it('sends other columns as custom attributes under legal names, and says so', () => {
	const { sent, codes } = plan([...NEEDED, 'Größe (cm)', 'Cost_Center'], { otherColumns: 'custom' });
	expect(sent).toMatchObject({ 'Größe (cm)': 'Grosse_cm', Cost_Center: 'Cost_Center' });
	expect(codes).toEqual(['header-renamed']);
});

it('refuses what cannot be sent as a custom attribute', () => {
	const { findings } = plan([...NEEDED, '  ', '部署', 'Cost-Center', 'Cost Center'], {
		otherColumns: 'custom',
	});
	const errors = findings.list.filter(({ severity }) => severity === 'error');
	expect(errors.map(({ code }) => code)).toEqual([
		'header-empty',
		'header-characters',
		'column-mapped-twice',
	]);
	expect(errors[0].message).toContain('Column number 5');
	expect(errors[2].message).toContain("'Cost-Center', 'Cost Center'");
});

it('makes other columns an error on request', () => {
	expect(plan([...NEEDED, 'Shoe size'], { otherColumns: 'error' }).codes).toEqual(['column-unmatched']);
});

it('asks when two columns could be the same attribute', () => {
	const { findings, sent } = plan(['PersonId', 'person_id', ...NEEDED.slice(1)], {});
	expect(sent).toMatchObject({ PersonId: 'PersonId' });
	expect(findings.errors).toBe(0);
	const tied = plan(['person id', 'person_id', ...NEEDED.slice(1)]);
	expect(tied.codes).toEqual(['column-ambiguous']);
	const withCustoms = plan(['person id', 'person_id', ...NEEDED.slice(1)], { otherColumns: 'custom' });
	expect(withCustoms.plan.leftOut).toEqual(['person id', 'person_id']);
});

it('counts the attributes', () => {
	const many = Array.from({ length: 102 }, (_, i) => `Custom_${i}`);
	const { findings } = plan([...NEEDED, ...many], { otherColumns: 'custom' });
	expect(findings.list).toEqual([expect.objectContaining({ code: 'columns-too-many' })]);
	expect(findings.list[0].message).toContain('106 attributes; the service takes 105');
	expect(plan([...NEEDED, ...many.slice(1)], { otherColumns: 'custom' }).codes).toEqual([]);
});

it('knows the post office box of Organizational Data', () => {
	const { mapping } = planImport(
		{ columns: ['Work Email', 'PO Box'], samples: [['ann@contoso.com', '100']] },
		{
			destination: 'organizationalData',
			refresh: 'merge',
			mapping: [],
			matching: 'sure',
			otherColumns: 'leaveOut',
		},
		createFindings(),
	);
	expect(mapping.map(({ column, attribute }) => [column, attribute])).toEqual([
		['Work Email', 'Microsoft_PersonEmail'],
		['PO Box', 'Microsoft_CompanyPostOfficeBox'],
	]);
});

it('takes the columns of a survey as they are', () => {
	const { sent, codes } = plan(['PersonId', 'How do you feel today?'], {
		rules: ATTRIBUTE_SETS.vivaSurvey,
		otherColumns: 'custom',
	});
	expect(sent).toEqual({ PersonId: 'PersonId', 'How do you feel today?': 'How do you feel today?' });
	expect(codes).toEqual([]);
});

it('proposes no column that a line of Column Mapping cannot name, because another one is called so too', () => {
	const twice = plan([...NEEDED, 'Hire Date', 'Hire Date']);
	expect(twice.codes).toContain('column-undecided');
	expect(twice.plan.proposals).toEqual([]);
	const two = plan([...NEEDED, 'Hire Date', 'Hire_Date']);
	expect(two.plan.proposals.map(({ column }) => column)).toEqual(['Hire Date', 'Hire_Date']);
});
