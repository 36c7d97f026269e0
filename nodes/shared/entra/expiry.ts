import { count } from '../core/format';
import type { AppProof, EntraApp } from './app';

/** What is said of a certificate or secret that ends soon. */
export interface ExpiryWarning {
	/** one sentence: what ends, and when */
	meaning: string;
	whatToDo: string;
}

const DAY_MS = 86_400_000;
/** So many days before its end a certificate or secret is warned about. */
const WARN_DAYS = 30;

/**
 * Warns of a certificate or client secret that ends within 30 days. A secret says nothing of its end, so that is the date in the
 * credential; Entra alone knows the true one, so a date in the past is a warning too.
 * @param now the present time, in milliseconds since 1970
 * @returns undefined where nothing ends soon, or nobody knows when
 */
export function expiryWarning({ proof }: EntraApp, now: number = Date.now()): ExpiryWarning | undefined {
	const ending = endingOf(proof);
	if (ending === undefined || ending.at - now > WARN_DAYS * DAY_MS) return undefined;
	const { name, at, whatToDo } = ending;
	const day = new Date(at).toISOString().slice(0, 10);
	const days = Math.floor((at - now) / DAY_MS);
	const meaning =
		at < now
			? `The ${name} ended on ${day}, by the date in the credential.`
			: `The ${name} ends on ${day}, in ${days === 0 ? 'less than a day' : count(days, 'day')}.`;
	return { meaning, whatToDo };
}

/** What ends, and when, in milliseconds since 1970. */
function endingOf(proof: AppProof): { name: string; at: number; whatToDo: string } | undefined {
	switch (proof.kind) {
		case 'secret':
			return proof.expiresAt === undefined
				? undefined
				: {
						name: 'client secret',
						at: proof.expiresAt,
						whatToDo:
							"Create the next client secret of the app. Paste its value into the credential, and its date into 'Secret Expires On'.",
					};
		case 'certificate':
			return {
				name: 'certificate',
				at: proof.certificate.validTo,
				whatToDo:
					'Make the next certificate and upload it to the app beside this one. Then paste it with its key into the credential.',
			};
		case 'federated':
			return undefined;
	}
}
