import type { HttpAnswer } from '../../http/message';
import { problem, type Problem, type ProblemCode, type ProblemDetails } from '../../core/problem';
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
import type { Destination } from './destinations';

/** What is asked of the service. */
export type Call = 'scaleUnit' | 'ping' | 'push' | 'status' | 'errors';

/** `details.code` of the problems that an answer of this service leads to. */
export type RefusalCode = Exclude<
	ProblemCode,
	| 'emptyExport'
	| 'executeOnce'
	| 'forbidden'
	| 'inDoubt'
	| 'invalidData'
	| 'jobIdMismatch'
	| 'parameterNotUnderstood'
	| 'previousWithoutPeople'
	| 'progressNoteWrong'
	| 'rowsMissing'
	| 'severalFullImports'
	| 'timeLimit'
>;

/** Who asked for what: names the step in sentences. */
export interface CallContext {
	call: Call;
	/** begins the sentences: "The upload to Viva Insights (HR)" */
	step: string;
	/** missing for the scale unit lookup, which is the same for all */
	destination?: Destination;
}

/** How to find out whether an upload was accepted; true for every destination (source A6, A7). */
export function howToFindOut(destination: Destination | undefined): string {
	const history = destination?.admin.history ?? 'the list of imports';
	return `Look at ${history} before uploading again. If the file was accepted, an import is listed there, and until that one ends a new upload is refused with 'Previous ingestion is not complete'. If none is listed, run the workflow again from its start with the option 'Send Again': without it, the same content is not sent again for a day.`;
}

interface RefusalRule {
	applies: (answer: HttpAnswer, context: CallContext) => boolean;
	kind: Problem['kind'];
	code: RefusalCode;
	/** continues the step: "The upload to … " */
	happened: (answer: HttpAnswer, context: CallContext) => string;
	advice: (answer: HttpAnswer, context: CallContext) => string;
	/** where it is written, for those who maintain this table */
	source: string;
}

const PREVIOUS_RUNNING = /previous\s+ingestion\s+is\s+not\s+complete/i;

const credentialAdvice = ({ destination }: CallContext) =>
	`Check tenant id, client id and audience in the credential. Then ask the ${roleOf(destination)} whether the connection names this client id.`;

const roleOf = (destination: Destination | undefined) => destination?.admin.role ?? 'Insights administrator';

const placeOf = (destination: Destination | undefined) =>
	destination?.admin.connection ?? 'the page of the connection';

const status =
	(...wanted: number[]) =>
	(answer: HttpAnswer) =>
		wanted.includes(answer.status);

const doubtful = ({ call, destination }: CallContext, otherwise: string) =>
	call === 'push' ? `It may have been accepted all the same. ${howToFindOut(destination)}` : otherwise;

/** Every answer that is not a success, in the order in which the rules are tried; the last one fits all. */
const REFUSALS: readonly RefusalRule[] = [
	{
		applies: (answer) => (isRedirect(answer.status) || answer.status < 300) && isSignInPage(answer),
		kind: 'refused',
		code: 'signInPage',
		happened: () => "was answered with a sign-in page: the service did not accept the credential's token",
		advice: (_, context) => credentialAdvice(context),
		source: 'A6',
	},
	{
		applies: (answer) => isRedirect(answer.status),
		kind: 'unexpectedAnswer',
		code: 'redirected',
		happened: ({ headers }) =>
			`was answered with a redirect${redirectTarget(headers)}, which is not followed`,
		advice: () =>
			'Check the API address in the credential. If it is right, a proxy or firewall redirects the traffic: ask your network team.',
		source: 'A6',
	},
	{
		applies: (answer) => isWebPage(answer) && answer.status < 300,
		kind: 'unexpectedAnswer',
		code: 'webPage',
		happened: (answer) =>
			`was answered with a web page${pageTitle(answer)} instead of the service's answer (HTTP ${answer.status})`,
		advice: (_, context) =>
			doubtful(
				context,
				'A proxy or firewall, or a wrong API address in the credential, is the usual reason: ask your network team whether traffic to this host is let through unchanged.',
			),
		source: 'A6',
	},
	{
		applies: (answer) => answer.status === 400 && PREVIOUS_RUNNING.test(answer.text),
		kind: 'refused',
		code: 'previousIngestionRunning',
		happened: () => 'was refused: an earlier import has not ended yet, and the service takes one at a time',
		advice: (_, { destination }) =>
			`Wait until the earlier import ends (see ${destination?.admin.history ?? 'the list of imports'}), or abandon it there. Viva HR Ingest can also wait for that: see its options.`,
		source: 'A6, A13',
	},
	{
		applies: status(400),
		kind: 'refused',
		code: 'badRequest',
		happened: () => 'was refused as not valid (HTTP 400)',
		advice: (_, { call }) =>
			call === 'push'
				? "Read the service's words in the details. Check the scale unit in the credential, and that the form of the file is one that this destination takes."
				: "Read the service's words in the details, and check the scale unit in the credential.",
		source: 'A6',
	},
	{
		applies: status(401),
		kind: 'refused',
		code: 'tokenRefused',
		happened: () => "was refused: the service did not accept the credential's token (HTTP 401)",
		advice: (_, context) => credentialAdvice(context),
		source: 'A6',
	},
	{
		applies: status(403),
		kind: 'refused',
		code: 'connectorNotAvailable',
		happened: () =>
			'was refused (HTTP 403): the connection does not exist or was removed, or it does not name this app',
		advice: (_, { destination }) =>
			`Ask the ${roleOf(destination)} to open ${placeOf(destination)}: the connection must exist and hold exactly the client id of this credential. The scale unit shown there must be that of the credential, if one is filled in.`,
		source: 'A4, A6',
	},
	{
		applies: (answer, { call }) => answer.status === 404 && call === 'scaleUnit',
		kind: 'refused',
		code: 'scaleUnitNotFound',
		happened: () => 'found nothing (HTTP 404): the service does not know a scale unit for this tenant',
		advice: () =>
			'Check the tenant id. If it is right, copy the scale unit from the page of the connection (it looks like novaprdwus2-01) into the credential.',
		source: 'A3',
	},
	{
		applies: (answer, { call }) => answer.status === 404 && (call === 'status' || call === 'errors'),
		kind: 'refused',
		code: 'ingestionNotFound',
		happened: () => 'found nothing (HTTP 404): the service does not know this ingestion id',
		advice: (_, { destination }) =>
			`Check the ingestion id, the destination and the scale unit: all three must be those of the upload. The result of the import is listed at ${destination?.admin.history ?? 'the list of imports'}.`,
		source: 'A7',
	},
	{
		applies: status(404),
		kind: 'refused',
		code: 'notFound',
		happened: () => 'was refused: the service does not know this address (HTTP 404)',
		advice: (_, { destination }) =>
			`Check tenant id, scale unit and API address in the credential, and ask the ${roleOf(destination)} whether the connection at ${placeOf(destination)} exists.`,
		source: 'A4',
	},
	{
		applies: status(413),
		kind: 'refused',
		code: 'tooLarge',
		happened: () => 'was refused: the file is too large for the service (HTTP 413)',
		advice: () =>
			'Send less in one upload: fewer columns, or an incremental refresh. The zip form is the smallest on the wire. No limit is documented for uploads over the API.',
		source: 'A10',
	},
	{
		applies: status(429),
		kind: 'refused',
		code: 'throttled',
		happened: ({ headers }) => `was refused: too many requests (HTTP 429)${waitAsked(headers)}`,
		advice: () => 'Run the workflow again later, and less often.',
		source: 'A6',
	},
	{
		applies: (answer, { call }) => answer.status === 500 && call === 'push',
		kind: 'unexpectedAnswer',
		code: 'noFile',
		happened: () =>
			'was answered with HTTP 500. The service does that where it finds no file in the request, and for faults of its own',
		advice: (_, { destination }) =>
			`It may have been accepted all the same. ${howToFindOut(destination)} If HTTP 500 comes again, try the other name of the form's part, or another form of the file; if it persists, tell Microsoft support the correlation id.`,
		source: 'A6',
	},
	{
		applies: ({ status: got }) => got >= 500,
		kind: 'unexpectedAnswer',
		code: 'serviceFault',
		happened: ({ status: got, headers }) =>
			`failed within the service or on the way to it (HTTP ${got})${waitAsked(headers)}`,
		advice: (answer, context) =>
			answer.status === 503 && context.call === 'push'
				? 'The service is busy or under maintenance. Run the workflow again later.'
				: doubtful(
						context,
						'Run the workflow again later. If it persists, tell Microsoft support the correlation id.',
					),
		source: 'A6',
	},
	{
		applies: () => true,
		kind: 'unexpectedAnswer',
		code: 'unexpectedStatus',
		happened: ({ status: got }) => `was answered with HTTP ${got}, which is not an answer of this service`,
		// A refusal of the request as such comes before the work; only 408 is also what gateways say that gave up waiting.
		advice: ({ status: got }, context) => {
			const advice = 'Check the API address in the credential, and whether a proxy stands in between.';
			return got >= 400 && got !== 408 ? advice : doubtful(context, advice);
		},
		source: 'A6',
	},
];

/**
 * Says what a refusal means and who must do what.
 * @param answer any answer that is not a success of this call
 * @param context what was asked
 */
export function refusal(answer: HttpAnswer, context: CallContext): Problem {
	// The last rule fits every answer.
	const rule = REFUSALS.find(({ applies }) => applies(answer, context)) as RefusalRule;
	const details: ProblemDetails = { ...answerFacts(answer), code: rule.code };
	const note = rule.code === 'webPage' || rule.code === 'signInPage' ? '' : pageNote(answer);
	return problem[rule.kind](
		`${context.step} ${rule.happened(answer, context)}.${note}`,
		rule.advice(answer, context),
		details,
	);
}
