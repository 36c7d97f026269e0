import type { IExecuteFunctions } from 'n8n-workflow';
import { count } from '../../core/format';
import type { FindingTotal } from '../../findings/findings';
import type { CheckedInput } from '../../pipeline/readChecked';
import { nameOf, type Job } from './inputJobs';

/** How many kinds of warnings the line names; the item lists all. */
const KINDS_NAMED = 3;

/**
 * Tells in the output pane what a run that ended well warns of. Otherwise it stands only deep in the item.
 * @param context the step's execution
 * @param job its file is named where each item has one
 * @param input what was checked
 */
export function hintWarnings(
	context: IExecuteFunctions,
	job: Job,
	input: Pick<CheckedInput, 'findings' | 'rejected'> & { fileName: string },
): void {
	const { findings, rejected } = input;
	const about = job.fileItem === undefined ? '' : `${nameOf(job, input)}: `;
	const hint = (message: string) =>
		context.addExecutionHints({ message: about + message, type: 'warning', location: 'outputPane' });
	if (rejected > 0) hint(`${count(rejected, 'invalid row')}. The output 'Rejected' says why.`);
	const kinds = findings.totals().filter(({ severity }) => severity === 'warning');
	if (kinds.length === 0) return;
	const rest = kinds.length - KINDS_NAMED;
	const named = kinds.slice(0, KINDS_NAMED).map(sentenceOf).join(' ');
	const more = rest > 0 ? ` ${count(rest, 'more kind')} in 'findingLines'.` : '';
	hint(`${count(findings.warnings, 'warning')}: ${named}${more}`);
}

const sentenceOf = ({ message, count: times }: FindingTotal): string =>
	times > 1 ? `${message.replace(/\.$/, '')} (${times.toLocaleString('en')} times).` : message;
