import type { FaultAction } from '../emulator/emulator';
import type { Obstacle } from './network';

/** What a service may have done with a request that went wrong: nothing for certain, or its work as well. */
export type World = 'untouched' | 'processed';

/** A fault that strikes a call. */
export interface MatrixFault {
	title: string;
	/** a fault before the service sees anything */
	obstacle?: Obstacle;
	/** the answer is kept back until the time limit of the request has passed */
	tooSlow?: true;
	/** what the emulator does */
	action?: (processed: boolean) => FaultAction;
	/** how far the service may have come; both are tried, and both must look the same to the sender */
	worlds: readonly World[];
	/** the body must be larger than what the system takes off the sender's hands */
	large?: true;
	/** the shortest wait before another attempt, in milliseconds */
	asksToWaitMs?: number;
}

const UNTOUCHED = ['untouched'] as const;
const BOTH = ['untouched', 'processed'] as const;

const status = (title: string, code: number, worlds: readonly World[] = UNTOUCHED): MatrixFault => ({
	title,
	worlds,
	action: (processed) => ({ kind: 'status', status: code, processed }),
});

const ASKED_SECONDS = 7;

/** Every fault of the matrix. */
export const FAULTS = {
	refused: { title: 'connection refused', obstacle: 'refused', worlds: UNTOUCHED },
	unresolved: { title: 'host name not found (DNS)', obstacle: 'unresolved', worlds: UNTOUCHED },
	untrusted: { title: 'TLS: unknown authority', obstacle: 'untrusted', worlds: UNTOUCHED },
	otherName: { title: 'TLS: another host name', obstacle: 'otherName', worlds: UNTOUCHED },
	cutBeforeBody: {
		title: 'cut before the body',
		action: () => ({ kind: 'cutBeforeBody' }),
		worlds: UNTOUCHED,
		large: true,
	},
	cutInBody: {
		title: 'cut within the body',
		action: () => ({ kind: 'cutInBody', afterBytes: 100_000 }),
		worlds: UNTOUCHED,
		large: true,
	},
	cutAfterBody: {
		title: 'cut after the body',
		action: (processed) => ({ kind: 'cutAfterBody', processed }),
		worlds: BOTH,
	},
	cutInAnswer: {
		title: 'cut within the answer',
		action: (processed) => ({ kind: 'cutInAnswer', processed }),
		worlds: BOTH,
	},
	slowAnswer: {
		title: 'no answer in time',
		tooSlow: true,
		action: (processed) => ({ kind: 'hang', processed }),
		worlds: BOTH,
	},
	slowBody: {
		title: 'answer incomplete in time',
		tooSlow: true,
		action: () => ({ kind: 'slowBody', bytesPerSecond: 1 }),
		worlds: ['processed'],
	},
	http400: status('HTTP 400', 400),
	http401: status('HTTP 401', 401),
	http403: status('HTTP 403', 403),
	http404: status('HTTP 404', 404),
	http408: status('HTTP 408', 408),
	http409: status('HTTP 409', 409),
	http413: status('HTTP 413', 413),
	http429Asking: {
		title: 'HTTP 429 with Retry-After',
		action: () => ({ kind: 'status', status: 429, headers: { 'Retry-After': String(ASKED_SECONDS) } }),
		worlds: UNTOUCHED,
		asksToWaitMs: ASKED_SECONDS * 1000,
	},
	http429: status('HTTP 429', 429),
	http500: status('HTTP 500', 500, BOTH),
	http502: status('HTTP 502', 502, BOTH),
	http503: status('HTTP 503', 503),
	http504: status('HTTP 504', 504, BOTH),
	signInPage: {
		title: 'sign-in page (HTTP 200)',
		action: () => ({ kind: 'html200' }),
		worlds: UNTOUCHED,
	},
	webPage: {
		title: 'web page (HTTP 200)',
		action: (processed) => ({
			kind: 'status',
			status: 200,
			headers: { 'Content-Type': 'text/html' },
			body: '<html><head><title>Blocked by policy</title></head><body>Ask your IT department.</body></html>',
			processed,
		}),
		worlds: BOTH,
	},
	brokenJson: {
		title: 'broken JSON (HTTP 200)',
		action: (processed) => ({ kind: 'brokenJson200', processed }),
		worlds: BOTH,
	},
	withoutId: {
		title: 'answer without id (HTTP 200)',
		action: (processed) => ({ kind: 'withoutId200', processed }),
		worlds: BOTH,
	},
	redirect: {
		title: 'redirect to another host',
		action: () => ({ kind: 'redirect', location: 'https://proxy.example/blocked?token=abc' }),
		worlds: UNTOUCHED,
	},
	redirectToSignIn: {
		title: 'redirect to sign-in',
		action: () => ({
			kind: 'redirect',
			location: 'https://login.microsoftonline.com/common/oauth2/authorize',
		}),
		worlds: UNTOUCHED,
	},
} as const satisfies Record<string, MatrixFault>;

/** The name of a fault. */
export type FaultId = keyof typeof FAULTS;

/** The names of all faults, in the order of the document. */
export const FAULT_IDS = Object.keys(FAULTS) as FaultId[];
