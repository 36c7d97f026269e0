import { hintWarnings } from '../../nodes/shared/n8n/input/warningHints';
import { createFindings } from '../../nodes/shared/findings/findings';
import type { IExecuteFunctions } from 'n8n-workflow';

const hintsOf = (rejected: number, codes: Array<Parameters<ReturnType<typeof createFindings>['add']>[0]>) => {
	const findings = createFindings({});
	for (const code of codes) findings.add(code, { column: 'Organization' });
	const addExecutionHints = jest.fn();
	hintWarnings({ addExecutionHints } as unknown as IExecuteFunctions, { findings, rejected });
	return (addExecutionHints.mock.calls as Array<[{ message: string }]>).map(([{ message }]) => message);
};

it('a run without warnings and rejected rows says nothing', () => {
	expect(hintsOf(0, [])).toEqual([]);
});

it('rejected rows and warnings are two hints; a frequent warning stands once, with its count', () => {
	const [rows, warnings, ...more] = hintsOf(3, ['manager-unknown', 'manager-unknown']);
	expect(more).toEqual([]);
	expect(rows).toMatch(/^3 rows left out\. The output 'Rejected'/);
	expect(warnings).toMatch(/^2 warnings: .* \(2 times\)\. See 'findingTotals'\.$/);
});
