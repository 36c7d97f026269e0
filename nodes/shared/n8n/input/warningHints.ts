import type { IExecuteFunctions } from 'n8n-workflow';
import { count } from '../../core/format';
import type { FindingTotal } from '../../findings/findings';
import type { CheckedInput } from '../../pipeline/readChecked';

/** How many kinds of warnings the line names; the item lists all. */
const KINDS_NAMED = 3;

/**
 * Tells in the output pane what a run that ended well warns of. Otherwise it stands only deep in the item.
 * @param context the step's execution
 * @param input what was checked
 */
export function hintWarnings(
	context: IExecuteFunctions,
	{ findings, rejected }: Pick<CheckedInput, 'findings' | 'rejected'>,
): void {
	if (rejected > 0) {
		const message = `${count(rejected, 'row')} left out. The output 'Rejected' has the rows and the reasons.`;
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
	const kinds = findings.totals().filter(({ severity }) => severity === 'warning');
	if (kinds.length === 0) return;
	const rest = kinds.length - KINDS_NAMED;
	const message = [
		`${count(findings.warnings, 'warning')}:`,
		...kinds.slice(0, KINDS_NAMED).map(sentenceOf),
		rest > 0 ? `${count(rest, 'more kind')} in 'findingTotals'.` : "See 'findingTotals'.",
	].join(' ');
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}

const sentenceOf = ({ message, count: times }: FindingTotal): string =>
	times > 1 ? `${message.replace(/\.$/, '')} (${times.toLocaleString('en')} times).` : message;
