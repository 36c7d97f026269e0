import type { IExecuteFunctions } from 'n8n-workflow';
import { tokenProves, type EntraApp } from '../../entra/app';
import { expiryWarning } from '../../entra/expiry';
import type { Warning } from '../checklist';

/** What each execution has already been told. */
const hinted = new WeakMap<IExecuteFunctions, Set<string>>();

/**
 * Warns in the output pane of a run when the certificate or secret of its credential ends soon; once for each.
 * @param context the step's execution
 */
export function hintExpiry(context: IExecuteFunctions, app: EntraApp): void {
	const warning = expiryWarning(app);
	if (warning === undefined) return;
	const message = `${warning.meaning} ${warning.whatToDo}`;
	const known = hinted.get(context) ?? new Set();
	hinted.set(context, known);
	if (known.has(message)) return;
	known.add(message);
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}

/** What a checklist says of a sign-in that worked. */
export function signInOutcome(app: EntraApp): string | Warning {
	const proven = tokenProves(app);
	const warning = expiryWarning(app);
	return warning === undefined ? proven : { ...warning, meaning: `${proven} ${warning.meaning}` };
}
