import { hintWarnings } from '../../nodes/shared/n8n/input/warningHints';
import { createFindings } from '../../nodes/shared/findings/findings';
import type { RuleCode } from '../../nodes/shared/findings/catalogue';
import type { IExecuteFunctions } from 'n8n-workflow';

const hintsOf = (rejected: number, codes: RuleCode[], fileItem?: number) => {
	const findings = createFindings({});
	for (const code of codes) findings.add(code, { column: 'Organization' });
	const addExecutionHints = jest.fn();
	const context = { addExecutionHints } as unknown as IExecuteFunctions;
	hintWarnings(context, { items: [0], fileItem }, { findings, rejected, fileName: 'people.csv' });
	return (addExecutionHints.mock.calls as Array<[{ message: string }]>).map(([{ message }]) => message);
};

it('a run without warnings and rejected rows says nothing', () => {
	expect(hintsOf(0, [])).toEqual([]);
});

it('rejected rows and warnings are two hints; a frequent warning stands once, with its count', () => {
	const [rows, warnings, ...more] = hintsOf(3, ['manager-unknown', 'manager-unknown']);
	expect(more).toEqual([]);
	expect(rows).toMatch(/^3 invalid rows\. The output 'Rejected'/);
	expect(warnings).toMatch(/^2 warnings: .* \(2 times\)\.$/);
});

it('of several files, each hint names its own', () => {
	const hints = hintsOf(1, ['manager-unknown'], 0);
	expect(hints).toHaveLength(2);
	for (const hint of hints) expect(hint).toMatch(/^people\.csv: 1 /);
});
