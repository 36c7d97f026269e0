import {
	answerFacts,
	isRedirect,
	isSignInPage,
	isWebPage,
	pageNote,
	pageTitle,
	redirectTarget,
	waitAsked,
} from '../../http/answerText';
import type { HttpAnswer } from '../../http/message';
import { isTransientStatus } from '../../http/retry';
import {
	problem,
	type Problem,
	type ProblemCode,
	type ProblemDetails,
	type ProblemKind,
} from '../../core/problem';

/** `details.code` of the problems that an answer of the webhook leads to. */
export type SignalAnswerCode = Extract<
	ProblemCode,
	| 'badRequest'
	| 'forbidden'
	| 'jobIdMismatch'
	| 'notFound'
	| 'redirected'
	| 'serviceFault'
	| 'signInPage'
	| 'throttled'
	| 'tokenRefused'
	| 'tooLarge'
	| 'unexpectedStatus'
>;

/** What it says about the rows of the chunk. */
export interface AnswerMeaning {
	/** the rows were taken, all or (207) some of them */
	accepted: boolean;
	/** the same chunk may be sent again after a wait */
	repeatable: boolean;
	/** nobody can say whether the rows were taken */
	doubtful: boolean;
}

/** The service or something before it gave up in the middle: the rows may have been taken all the same. */
const DOUBTFUL: ReadonlySet<number> = new Set([500, 502, 504]);

/**
 * Judges an answer: any 2xx that is no web page is a success (source C3, G); what may be repeated is listed in F25.
 */
export function meaningOf(answer: HttpAnswer): AnswerMeaning {
	const { status } = answer;
	if (status >= 200 && status < 300) {
		const page = isWebPage(answer);
		// Who has put the page in place of the answer may have let the rows through.
		return { accepted: !page, repeatable: false, doubtful: page && !isSignInPage(answer) };
	}
	return { accepted: false, repeatable: isTransientStatus(status), doubtful: DOUBTFUL.has(status) };
}

interface AnswerRule {
	applies: (answer: HttpAnswer) => boolean;
	kind: ProblemKind;
	code: SignalAnswerCode;
	/** continues the step: "Chunk 2 of 3 … " */
	happened: (answer: HttpAnswer) => string;
	advice: string;
	/** where it is written, for those who maintain this table */
	source: string;
}

/** The service's sentence about a job and an app that do not belong together, as far as it is known (source C3). */
function saysMismatch({ reason, text }: HttpAnswer): boolean {
	const words = `${reason.slice(0, 300)} ${text.slice(0, 2_000)}`.toLowerCase().replace(/\s+/g, ' ');
	let from = 0;
	return [/job ?id\b/, /\bapp ?id\b/, /\bnot match/].every((part) => {
		const found = words.slice(from).search(part);
		from += found + 1;
		return found >= 0;
	});
}

const status = (wanted: number) => (answer: HttpAnswer) => answer.status === wanted;

/** Every answer that is not a success, in the order in which the rules are tried; the last one fits all. */
const RULES: readonly AnswerRule[] = [
	{
		applies: (answer) => answer.status < 300 && isWebPage(answer),
		kind: 'unexpectedAnswer',
		code: 'signInPage',
		happened: (answer) =>
			`was answered with a web page${pageTitle(answer)} instead of the service's answer, so it does not count as sent`,
		advice:
			'A proxy or firewall, or a wrong address in the credential, is the usual reason: ask your network team whether traffic to this host is let through unchanged.',
		source: 'G',
	},
	{
		applies: ({ status: got }) => isRedirect(got),
		kind: 'unexpectedAnswer',
		code: 'redirected',
		happened: ({ headers }) =>
			`was answered with a redirect${redirectTarget(headers)}, which is not followed`,
		advice:
			'Check the cloud in the credential. If it is right, a proxy or firewall redirects the traffic: ask your network team.',
		source: 'C1',
	},
	{
		applies: (answer) => answer.status === 403 && saysMismatch(answer),
		kind: 'refused',
		code: 'jobIdMismatch',
		happened: () =>
			'was refused (HTTP 403): the job ID and the app do not belong together. Either the job ID is wrong, or the connector was set up for another app',
		advice:
			"Open Purview portal > Settings > Data connectors > My connectors > the HR connector: copy its job ID into the step, and check that its application ID is the Client ID of the credential ('Edit' can change it).",
		source: 'C3',
	},
	{
		applies: status(403),
		kind: 'refused',
		code: 'forbidden',
		happened: () =>
			'was refused (HTTP 403, without a reason). The service does that where the tenant is not enabled for HR connectors, and where the data goes to another cloud than the tenant is in',
		advice:
			"Check the field 'Cloud' of the credential. If it is right, the tenant lacks insider risk management or data connectors (licence, region, or not provisioned yet): ask your Purview administrator, and then Microsoft support. A retry does not help.",
		source: 'C3 (ISS #7, #9)',
	},
	{
		applies: status(401),
		kind: 'refused',
		code: 'tokenRefused',
		happened: () => 'was refused (HTTP 401): the service did not accept the token, nor a fresh one',
		advice:
			'Check tenant ID, client ID and cloud in the credential, and that the app still exists in the tenant.',
		source: 'C3 (ISS #10129)',
	},
	{
		applies: status(400),
		kind: 'refused',
		code: 'badRequest',
		happened: () => 'was refused as not valid (HTTP 400)',
		advice:
			"Compare the header names with the columns that the connector maps (Data connectors > My connectors > the connector > Edit): every mapped column must be in the file, under the same name. The option 'Header Names' renames columns. A connector that was set up for tabs or pipes needs 'Delimiter Sent'.",
		source: 'C3, C4 (ISS #9)',
	},
	{
		applies: status(404),
		kind: 'refused',
		code: 'notFound',
		happened: () => 'was refused: nothing answers at this address (HTTP 404)',
		advice: "Check the field 'Cloud' of the credential; for a custom one, the address for signals.",
		source: 'C1',
	},
	{
		applies: status(413),
		kind: 'refused',
		code: 'tooLarge',
		happened: () => 'was refused: it is too large for the service (HTTP 413)',
		advice: "Lower 'Rows per Chunk' or 'Maximum Chunk Size' in the options, and run the workflow again.",
		source: 'C3, F14',
	},
	{
		applies: status(429),
		kind: 'refused',
		code: 'throttled',
		happened: ({ headers }) =>
			`was refused again and again: too many requests (HTTP 429)${waitAsked(headers)}`,
		advice: "Run the workflow again later, or allow more time in the option 'Retry For'.",
		source: 'F25',
	},
	{
		applies: ({ status: got }) => got === 408 || got >= 500,
		kind: 'unexpectedAnswer',
		code: 'serviceFault',
		happened: ({ status: got }) => `failed within the service or on the way to it (HTTP ${got})`,
		advice:
			"Run the workflow again later. If only this chunk fails, look at its rows: the service answers so to files that it cannot read, too. If every chunk fails, see which delimiter the connector was set up for (option 'Delimiter Sent').",
		source: 'C3 (ISS #8, #13, #8784)',
	},
	{
		applies: () => true,
		kind: 'unexpectedAnswer',
		code: 'unexpectedStatus',
		happened: ({ status: got }) => `was answered with HTTP ${got}, which is not an answer of this service`,
		advice: 'Check the cloud in the credential, and whether a proxy stands in between.',
		source: 'C3',
	},
];

/**
 * Says what an answer that is not a success means, and what to do.
 * @param answer any answer that {@link meaningOf} does not call accepted
 * @param step begins the sentence: "Chunk 2 of 3"
 */
export function signalRefusal(answer: HttpAnswer, step: string): Problem {
	// The last rule fits every answer.
	const rule = RULES.find(({ applies }) => applies(answer)) as AnswerRule;
	const details: ProblemDetails = { ...answerFacts(answer), code: rule.code };
	if (rule.code === 'signInPage') delete details.serviceText;
	const note = rule.code === 'signInPage' ? '' : pageNote(answer);
	return problem[rule.kind](`${step} ${rule.happened(answer)}.${note}`, rule.advice, details);
}
