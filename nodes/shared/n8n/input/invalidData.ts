import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { problem, type Problem } from '../../core/problem';
import { causeAdvice } from '../../checks/valueCause';
import { mappingLine } from '../../columns/planColumns';
import type { RuleCode } from '../../findings/catalogue';
import type { Finding } from '../../findings/finding';
import type { FindingTotal } from '../../findings/findings';
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

/** How many kinds of findings an error's description lists, and of how many it says what to do. */
const KINDS_IN_AN_ERROR = 10;
const KINDS_WITH_ADVICE = 3;
/** Rules about the header from which it follows that columns are missing. */
const EXPLAINING: readonly RuleCode[] = ['header-one-field', 'header-not-first'];

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
		findingLines: linesToShow(input),
		findingTotals: findings.totals().map((total) => ({ ...total })),
		findings: findings.list.map((finding) => ({ ...finding })),
		mapping: input.mapping.map((line) => ({ ...line })),
		columnsLeftOut: input.plan.leftOut,
		proposals: input.plan.proposals.map((proposal) => ({
			...proposal,
			columnMapping: mappingLine(proposal),
		})),
		...(input.rejectedRows.length >= MOST_REJECTED_ROWS
			? { rejectedRowsNote: `Only the first ${MOST_REJECTED_ROWS} rejected rows are output.` }
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
	const places = `The data breaks the rules of ${policy.service} in ${count(findings.errors, 'place')}; nothing was sent.`;
	return stop(input, places, true);
}

/**
 * @param message what the findings come to
 * @param byOneLine whether a finding that is the only one stands in place of the message
 */
function stop({ findings, unit }: CheckedInput, message: string, byOneLine = false): Problem {
	const findingTotals = findings.totals();
	const all = findingTotals.filter(({ severity }) => severity === 'error');
	// What explains the others stands alone: it is the one thing to do.
	const explaining = all.filter(({ code }) => EXPLAINING.includes(code));
	const kinds = explaining.length > 0 ? explaining : all;
	const shown = kinds.slice(0, KINDS_IN_AN_ERROR);
	const found = shown.flatMap((total) => linesOf(total, findings.list, unit));
	const alone = byOneLine && found.length === 1;
	const lines = alone ? [] : found.map((line) => `• ${line}`);
	const rest = kinds.slice(KINDS_IN_AN_ERROR).reduce((sum, total) => sum + total.count, 0);
	if (rest > 0) lines.push(`• … and ${rest.toLocaleString('en')} more.`);
	lines.push(...new Set(shown.slice(0, KINDS_WITH_ADVICE).map(({ advice }) => advice)));
	// What the step can clean by itself, nobody has to look up.
	const unseen = shown.some(({ firstRow, count: number, cause }) => {
		return firstRow !== undefined && number > 1 && causeAdvice(cause) === undefined;
	});
	if (rest > 0 || unseen) {
		lines.push("Run the operation 'Validate' to get all findings and the rejected rows as items.");
	}
	return problem.input(alone ? `${found[0]} Nothing was sent.` : message, lines.join('\n'), {
		code: INVALID_DATA,
		findings: findings.list.filter(({ severity }) => severity === 'error'),
		findingTotals,
	});
}

/** What was found, in sentences: errors first, so many kinds as an error lists. */
function linesToShow({ findings, unit }: CheckedInput): string[] {
	const totals = findings.totals();
	const bySeverity = [
		...totals.filter(({ severity }) => severity === 'error'),
		...totals.filter(({ severity }) => severity !== 'error'),
	];
	const lines = bySeverity
		.slice(0, KINDS_IN_AN_ERROR)
		.flatMap((total) => linesOf(total, findings.list, unit));
	const more = bySeverity.length - KINDS_IN_AN_ERROR;
	return more > 0 ? [...lines, `… and ${count(more, 'kind')} more.`] : lines;
}

/** All findings of a kind: about rows one line, with the only row or how many there are; else a line each. */
function linesOf(total: FindingTotal, list: readonly Finding[], unit: Table['unit']): string[] {
	const { code, column, count: number, firstRow, message } = total;
	if (firstRow === undefined) {
		return list
			.filter((finding) => finding.code === code && finding.column === column)
			.map((finding) => finding.message);
	}
	if (number === 1) return [`${unit === 'item' ? 'Item' : 'Row'} ${firstRow}: ${message}`];
	return [`${count(number, unit)}, first ${unit} ${firstRow}: ${message}`];
}

function count(number: number, noun: string): string {
	return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

function percent(share: number): string {
	return `${Math.round(share * 10_000) / 100} %`;
}
