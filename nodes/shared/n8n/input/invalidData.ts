import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { mappingLine } from '../../columns/planColumns';
import { problem, type Problem } from '../../core/problem';
import type { Finding } from '../../findings/finding';
import type { CheckedInput } from '../../pipeline/readChecked';
import type { Table } from '../../records/recordBatch';
import { MOST_REJECTED_ROWS } from './rejectedRows';

/** What was checked, and what is told of it besides. */
export interface DescribedInput extends CheckedInput {
	/** blank where there is none */
	fileName: string;
	rejectedRows: readonly INodeExecutionData[];
}

/** The user's wishes about invalid rows. */
export interface InvalidRowsPolicy {
	onInvalid: 'stop' | 'leaveOut' | 'send';
	/** of all rows, from 0 to 1 */
	maximumInvalidShare: number;
	/** the service whose rules are broken, for sentences */
	service: string;
}

/** Code of the problem that data which breaks rules becomes. */
export const INVALID_DATA = 'invalidData';

/** How many findings an error's description lists. */
const FINDINGS_IN_AN_ERROR = 10;

/** What the checks and the mapping came to, for the output item. */
export function describeChecks(input: DescribedInput): IDataObject {
	const { findings } = input;
	return {
		...(input.fileName === '' ? {} : { fileName: input.fileName }),
		rows: input.records - input.rejected,
		rejectedRows: input.rejected,
		columns: input.plan.columns.map(({ name }) => name),
		errors: findings.errors,
		warnings: findings.warnings,
		findingTotals: findings.totals().map((total) => ({ ...total })),
		findings: findings.list.map((finding) => ({ ...finding })),
		mapping: input.mapping.map((line) => ({ ...line })),
		columnsLeftOut: input.plan.leftOut,
		proposals: input.plan.proposals.map((proposal) => ({
			...proposal,
			columnMapping: mappingLine(proposal),
		})),
		...(input.rejectedRows.length >= MOST_REJECTED_ROWS
			? { rejectedRowsNote: `Only the first ${MOST_REJECTED_ROWS} rejected rows are given out.` }
			: {}),
	};
}

/**
 * The problem that keeps data from being sent, or nothing.
 * @param input what was checked
 * @param policy the user's wishes
 */
export function reasonToStop(
	input: CheckedInput & { file?: unknown },
	policy: InvalidRowsPolicy,
): Problem | undefined {
	const { findings, records, rejected } = input;
	const share = records === 0 ? 0 : rejected / records;
	if (input.file && policy.onInvalid === 'leaveOut' && share > policy.maximumInvalidShare) {
		return stop(
			input,
			`${count(rejected, 'row')} of ${records.toLocaleString('en')} would be left out, more than the allowed ${percent(policy.maximumInvalidShare)}; nothing was sent.`,
		);
	}
	if (input.file) return undefined;
	if (records > 0 && rejected === records && policy.onInvalid === 'leaveOut') {
		return stop(input, 'Every row breaks a rule; nothing was sent.');
	}
	return stop(
		input,
		`The data breaks the rules of ${policy.service} in ${count(findings.errors, 'place')}; nothing was sent.`,
	);
}

function stop({ findings, unit }: CheckedInput, message: string): Problem {
	const errors = findings.list.filter(({ severity }) => severity === 'error');
	const shown = errors.slice(0, FINDINGS_IN_AN_ERROR).map((finding) => `• ${sentence(finding, unit)}`);
	const more = findings.errors - shown.length;
	if (more > 0) shown.push(`• … and ${more.toLocaleString('en')} more.`);
	shown.push("Run the operation 'Validate' to get all findings and the rejected rows as items.");
	return problem.input(message, shown.join('\n'), {
		code: INVALID_DATA,
		findings: errors,
		findingTotals: findings.totals(),
	});
}

/** One finding as a line that names the row as the user sees it. */
function sentence({ row, message }: Finding, unit: Table['unit']): string {
	if (row === undefined) return message;
	return `${unit === 'item' ? 'Item' : 'Row'} ${row}: ${message}`;
}

function count(number: number, noun: string): string {
	return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

function percent(share: number): string {
	return `${Math.round(share * 10_000) / 100} %`;
}
