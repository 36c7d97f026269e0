import type { CallId } from './calls';
import type { FaultId } from './faults';

// What must come of each fault: decided here, by what a request does and how far it may have come, not by what the steps do.

/** What the step must do. */
export type Verdict =
	/** the request is made again after a wait, and succeeds when the fault has passed */
	| 'again'
	/** a fresh token is fetched and the request made once more */
	| 'freshToken'
	/** an error at once: making the request again would not help or not be safe */
	| 'error'
	/** an error that says that the data may have been accepted; nothing is sent again */
	| 'inDoubt'
	/** sent again although it may have been accepted, and told so, as the user has chosen */
	| 'againInDoubt'
	/** a success: what came counts as the answer */
	| 'success';

/** A verdict, or why the combination cannot occur. */
export type Expectation = { verdict: Verdict; because?: string } | { cannotOccur: string };

/** How a kind of call treats each fault. */
type Policy = Record<FaultId, Expectation>;

const again: Expectation = { verdict: 'again' };
const error: Expectation = { verdict: 'error' };
const inDoubt: Expectation = { verdict: 'inDoubt' };
const freshToken: Expectation = { verdict: 'freshToken' };
const noBody: Expectation = { cannotOccur: 'no body is sent' };

/** What only reads: everything that may pass is tried again. */
const READING: Policy = {
	refused: again,
	unresolved: again,
	untrusted: error,
	otherName: error,
	cutBeforeBody: noBody,
	cutInBody: noBody,
	cutAfterBody: again,
	cutInAnswer: again,
	slowAnswer: again,
	slowBody: again,
	http400: error,
	http401: freshToken,
	http403: error,
	http404: error,
	http408: again,
	http409: error,
	http413: error,
	http429Asking: again,
	http429: again,
	http500: again,
	http502: again,
	http503: again,
	http504: again,
	signInPage: freshToken,
	webPage: error,
	brokenJson: error,
	withoutId: error,
	redirect: error,
	redirectToSignIn: freshToken,
};

const TOKEN: Policy = {
	...READING,
	cutBeforeBody: again,
	cutInBody: { cannotOccur: 'the request is smaller than one packet' },
	http401: error,
	signInPage: error,
	redirectToSignIn: error,
};

const ERROR_ROWS: Policy = {
	...READING,
	cutInAnswer: { verdict: 'error', because: 'a download that has begun is not begun again' },
	slowBody: { verdict: 'error', because: 'a download that has begun is not begun again' },
	http404: {
		verdict: 'success',
		because: 'the service has no error file for this import, and the step says so',
	},
	brokenJson: { verdict: 'success', because: 'any file counts; it is handed on as it is' },
	withoutId: { verdict: 'success', because: 'any file counts; it is handed on as it is' },
};

/** Uploads: again only where the first one certainly was not taken. */
const UPLOADING: Policy = {
	refused: again,
	unresolved: again,
	untrusted: error,
	otherName: error,
	cutBeforeBody: again,
	cutInBody: again,
	cutAfterBody: inDoubt,
	cutInAnswer: inDoubt,
	slowAnswer: inDoubt,
	slowBody: inDoubt,
	http400: error,
	http401: freshToken,
	http403: error,
	http404: error,
	http408: inDoubt,
	http409: error,
	http413: error,
	http429Asking: again,
	http429: again,
	http500: inDoubt,
	http502: inDoubt,
	http503: again,
	http504: inDoubt,
	signInPage: freshToken,
	webPage: inDoubt,
	brokenJson: inDoubt,
	withoutId: inDoubt,
	redirect: error,
	redirectToSignIn: freshToken,
};

const anyAnswer: Expectation = {
	cannotOccur: 'the answer is not read: any HTTP 2xx that is no web page says that the rows were taken',
};

const SIGNALLING_STOP: Policy = {
	...UPLOADING,
	cutInAnswer: inDoubt,
	slowBody: { cannotOccur: 'the answer has no body' },
	http408: again,
	signInPage: error,
	redirectToSignIn: error,
	brokenJson: anyAnswer,
	withoutId: anyAnswer,
};

const againInDoubt: Expectation = { verdict: 'againInDoubt' };

const SIGNALLING: Policy = {
	...SIGNALLING_STOP,
	cutAfterBody: againInDoubt,
	cutInAnswer: againInDoubt,
	slowAnswer: againInDoubt,
	http500: againInDoubt,
	http502: againInDoubt,
	http504: againInDoubt,
};

/** Looks: what is no refusal is waited out, since the import goes on anyway. */
const LOOKING: Policy = {
	...READING,
	untrusted: again,
	otherName: again,
	http404: again,
	http409: again,
	http413: again,
	webPage: again,
	brokenJson: again,
	withoutId: again,
	redirect: again,
};

/** What must come of every fault in every call. */
export const POLICY: Record<CallId, Policy> = {
	token: TOKEN,
	scaleUnit: READING,
	ping: READING,
	upload: UPLOADING,
	uploadOrganizationalData: UPLOADING,
	status: READING,
	wait: LOOKING,
	errors: ERROR_ROWS,
	signal: SIGNALLING,
	signalStop: SIGNALLING_STOP,
};

/** How often a call is made at most while a fault lasts that may pass. */
export const PATIENCE: Record<CallId, number> = {
	token: 4,
	scaleUnit: 4,
	ping: 4,
	upload: 4,
	uploadOrganizationalData: 4,
	status: 4,
	// A look every 10 seconds at first, then ever less often, within the ten minutes of the matrix.
	wait: 10,
	errors: 4,
	signal: 6,
	signalStop: 6,
};

/** Requests of one attempt where an address is not documented beyond doubt and several are tried after these answers. */
export const ADDRESSES: Partial<Record<CallId, Partial<Record<FaultId, number>>>> = {
	status: { http404: 2 },
	wait: { http404: 2 },
	errors: { http400: 3, http404: 3 },
};

/** Attempts after which a refusal is believed before patience ends. */
export const STRIKES: Partial<Record<CallId, Partial<Record<FaultId, number>>>> = {
	wait: { http404: 3 },
};
