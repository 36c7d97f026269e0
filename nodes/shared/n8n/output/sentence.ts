import { count } from '../../core/format';
import type { CheckedInput } from '../../pipeline/readChecked';

/**
 * One sentence of what was counted: what happened first, the rest behind semicolons.
 * @param parts in their order; blank ones are left out
 */
export function sentence(parts: readonly string[]): string {
	return `${parts.filter(Boolean).join('; ')}.`;
}

/**
 * What a reader should know of the checks besides what was sent.
 * @param input what was checked
 * @param onInvalid what the user wants of invalid rows
 */
export function checkCounts(
	{ rejected, findings }: Pick<CheckedInput, 'rejected' | 'findings'>,
	onInvalid: 'stop' | 'leaveOut' | 'send',
): string[] {
	return [
		onInvalid === 'send' ? 'values not checked' : '',
		rejected > 0 && onInvalid === 'leaveOut' ? `${count(rejected, 'row')} left out` : '',
		findings.warnings > 0 ? count(findings.warnings, 'warning') : '',
	];
}

/** A sentence without its full stop, to be gone on with. */
export const open = (text: string): string => text.replace(/\.$/, '');
