/** What kind of thing went wrong; decides which n8n error it becomes and whether a retry makes sense. */
export type ProblemKind =
	/** the input data or file cannot be used */
	| 'input'
	/** a parameter or credential field is wrong; nothing was sent */
	| 'configuration'
	/** Microsoft Entra refused to issue a token */
	| 'token'
	/** the service answered with a refusal */
	| 'refused'
	/** the service answered something that is not an answer of this service */
	| 'unexpectedAnswer'
	/** no answer, and the request certainly was not processed */
	| 'network'
	/** no answer, and the request may have been processed */
	| 'inDoubt'
	/** the execution was cancelled */
	| 'cancelled'
	/** a time limit of ours was reached */
	| 'timeLimit';

/** What went wrong, as a word for programs. Outputs carry it, so a name that is published stays. */
export type ProblemCode =
	// refusals of a service
	| 'badRequest'
	| 'connectorNotAvailable'
	| 'forbidden'
	| 'ingestionNotFound'
	| 'jobIdMismatch'
	| 'notFound'
	| 'previousIngestionRunning'
	| 'scaleUnitNotFound'
	| 'signInPage'
	| 'throttled'
	| 'tokenRefused'
	| 'tooLarge'
	// answers that are none of the service's
	| 'noFile'
	| 'notJson'
	| 'redirected'
	| 'serviceFault'
	| 'unexpectedStatus'
	| 'webPage'
	| 'withoutId'
	| 'wrongIngestion'
	// our own findings
	| 'emptyExport'
	| 'executeOnce'
	| 'inDoubt'
	| 'invalidData'
	| 'parameterNotUnderstood'
	| 'previousWithoutPeople'
	| 'progressNoteWrong'
	| 'rowsMissing'
	| 'severalFullImports'
	| 'timeLimit';

/** Plain facts that travel with a problem. Never a token, a secret or a value of a row. */
export interface ProblemDetails {
	/** HTTP status of the answer */
	status?: number;
	/** reason phrase of the answer */
	reason?: string;
	code?: ProblemCode;
	/** Microsoft's own code, for example AADSTS7000215 or an error code of the service */
	microsoftCode?: string;
	/** Microsoft's correlation or request id */
	correlationId?: string;
	/** Microsoft's own words, shortened */
	serviceText?: string;
	/** how long the service asked us to wait, in milliseconds */
	retryAfterMs?: number;
	/** how much of the request's body had left when the connection ended */
	delivery?: Delivery;
	/** code of the operating system or of Node's TLS, for example ECONNREFUSED */
	networkCode?: string;
	/** findings and other structured facts that an output may show */
	[fact: string]: unknown;
}

/** How much of a request left this machine before the connection ended without an answer. */
export type Delivery = 'nothing' | 'partly' | 'all';

/**
 * The one error of the kernel: what happened, and what to do next.
 * Build it with {@link problem}; only `n8n/errors.ts` turns it into an error of n8n.
 */
export class Problem extends Error {
	readonly kind: ProblemKind;
	/** what to do next */
	readonly advice: string;
	readonly details: ProblemDetails;

	constructor(facts: { kind: ProblemKind; message: string; advice: string; details: ProblemDetails }) {
		super(facts.message);
		this.name = 'Problem';
		this.kind = facts.kind;
		this.advice = facts.advice;
		this.details = facts.details;
	}
}

/**
 * Makes a {@link Problem} of one kind.
 * @param message one sentence: what happened and where
 * @param advice what to do next
 * @param details plain facts, see {@link ProblemDetails}
 */
type ProblemMaker = (message: string, advice: string, details?: ProblemDetails) => Problem;

const ofKind =
	(kind: ProblemKind): ProblemMaker =>
	(message, advice, details = {}) =>
		new Problem({ kind, message, advice, details });

/** Makes a {@link Problem}: `throw problem.input('The file is empty.', 'Check the export.')`. */
export const problem: Readonly<Record<ProblemKind, ProblemMaker>> = {
	input: ofKind('input'),
	configuration: ofKind('configuration'),
	token: ofKind('token'),
	refused: ofKind('refused'),
	unexpectedAnswer: ofKind('unexpectedAnswer'),
	network: ofKind('network'),
	inDoubt: ofKind('inDoubt'),
	cancelled: ofKind('cancelled'),
	timeLimit: ofKind('timeLimit'),
};

/**
 * What work that may fail came to, where its failure must not hide what was done before.
 * @returns the problem, or undefined where there is none
 * @throws whatever is no {@link Problem}
 */
export async function problemOf(work: Promise<unknown>): Promise<Problem | undefined> {
	return await work.then(
		() => undefined,
		(error: unknown) => {
			if (error instanceof Problem) return error;
			throw error;
		},
	);
}
