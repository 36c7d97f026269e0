import { problem, type Delivery, type Problem, type ProblemDetails } from '../../core/problem';

/** An exchange that got no answer, or no whole one, and all that is known of it. */
export interface NetworkFault {
	/** what the request was for, as in "The upload" */
	step: string;
	/** whether doing it twice changes nothing more than doing it once */
	harmless: boolean;
	/** host of the service, with its port unless that is 443 */
	host: string;
	/** host and port of the proxy, if there is one and it has not opened the way yet */
	proxy?: string;
	/** whether the secure connection to the service stood */
	connected: boolean;
	/** code of the operating system or of Node's TLS */
	code: string;
	/** how much of the body had been handed over */
	delivery: Delivery;
	/** for time-outs: the limit, in milliseconds */
	limitMs?: number;
	/** status with which the proxy refused the tunnel */
	proxyStatus?: number;
}

/** Why an exchange got no answer. */
export interface NetworkCause {
	codes: RegExp;
	/** the code that people meet most */
	usual: string;
	/** continues "The upload got no answer: …" */
	happened: (fault: NetworkFault, peer: string) => string;
	advice: (fault: NetworkFault, peer: string) => string;
}

const FIREWALL = 'that the network of the machine that runs n8n lets it through over https';

// None of these sentences may hold a system code: n8n replaces messages in which it finds one.
/** Causes in the order in which they are tried; docs/troubleshooting.md is written from them. */
export const NETWORK_CAUSES: readonly NetworkCause[] = [
	{
		codes: /^(ENOTFOUND|EAI_\w+|GETADDRINFO)$/,
		usual: 'ENOTFOUND',
		happened: (_, peer) => `the name ${peer} could not be resolved`,
		advice: (fault) =>
			fault.proxy === undefined
				? 'Check the spelling of the host in the credential. If n8n reaches the internet only through a proxy, start it with the environment variable HTTPS_PROXY.'
				: 'Check the spelling of the proxy in the environment variable HTTPS_PROXY of n8n.',
	},
	{
		codes: /^ECONNREFUSED$/,
		usual: 'ECONNREFUSED',
		happened: (_, peer) => `${peer} refused the connection`,
		advice: (_, peer) => `Check host and port, that a service runs there, and ${FIREWALL} (${peer}).`,
	},
	{
		codes: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/,
		usual: 'ENETUNREACH',
		happened: (_, peer) => `there is no way to ${peer} from this network`,
		advice: (_, peer) => `Check the network of the machine that runs n8n, and ${FIREWALL} (${peer}).`,
	},
	{
		codes: /^(ETIMEDOUT|ESOCKETTIMEDOUT|ETIMEOUT)$/,
		usual: 'ETIMEDOUT',
		happened: (fault, peer) => {
			const limit = fault.limitMs === undefined ? 'in time' : `within ${spokenDuration(fault.limitMs)}`;
			return fault.connected
				? `${peer} did not answer ${limit}`
				: `there was no connection to ${peer} ${limit}`;
		},
		advice: (fault, peer) =>
			fault.connected
				? 'Try again later; if this comes back, allow more time in the options of the step.'
				: `Check ${FIREWALL} (${peer}). If n8n reaches the internet only through a proxy, start it with the environment variable HTTPS_PROXY.`,
	},
	{
		codes:
			/^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT\w*|UNABLE_TO_GET_CRL\w*|CERT_UNTRUSTED|CERT_REJECTED|CERT_SIGNATURE_FAILURE|INVALID_CA)$/,
		usual: 'SELF_SIGNED_CERT_IN_CHAIN',
		happened: (_, peer) =>
			`the certificate that ${peer} shows was issued by an authority that this n8n does not know`,
		advice: () =>
			'In a network that inspects https traffic, save the certificate of its authority as a PEM file and start n8n with the environment variable NODE_EXTRA_CA_CERTS pointing to it.',
	},
	{
		codes: /^CERT_HAS_EXPIRED$/,
		usual: 'CERT_HAS_EXPIRED',
		happened: (_, peer) => `the certificate that ${peer} shows has expired`,
		advice: () =>
			'Check the clock of the machine that runs n8n. If the clock is right, who runs that host or inspects the traffic has to renew the certificate; an authority of your own belongs into NODE_EXTRA_CA_CERTS.',
	},
	{
		codes: /^CERT_NOT_YET_VALID$/,
		usual: 'CERT_NOT_YET_VALID',
		happened: (_, peer) => `the certificate that ${peer} shows is not valid yet`,
		advice: () => 'Check the clock of the machine that runs n8n.',
	},
	{
		codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
		usual: 'ERR_TLS_CERT_ALTNAME_INVALID',
		happened: (_, peer) => `the certificate that ${peer} shows is for another name`,
		advice: () =>
			'Check the spelling of the host in the credential. If it is right, something between n8n and the service answers in its place: ask your network team.',
	},
	{
		codes: /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+|ECERT\w*|CERT_\w+)$/,
		usual: 'ERR_SSL_WRONG_VERSION_NUMBER',
		happened: (_, peer) => `no secure connection could be agreed with ${peer}`,
		advice: (fault) =>
			fault.proxy === undefined
				? 'Check that host and port are those of an https service, and whether something in the network inspects https traffic.'
				: 'A proxy is usually written with http:// in HTTPS_PROXY, also for https traffic. Check that, and whether something in the network inspects https traffic.',
	},
	{
		codes: /^HPE_\w+$/,
		usual: 'HPE_INVALID_CONSTANT',
		happened: (_, peer) => `${peer} answered something that is not http`,
		advice: () => 'Check that host and port are those of an https service.',
	},
	{
		codes: /^Z_\w+|ERR__ERROR_FORMAT_\w+$/,
		usual: 'Z_DATA_ERROR',
		happened: (_, peer) => `the answer of ${peer} was damaged on its way`,
		advice: () =>
			'Try again; if this comes back, ask your network team what changes the traffic to this host.',
	},
];

const CUT: NetworkCause = {
	codes: /^/,
	usual: 'ECONNRESET',
	happened: (_, peer) => `the connection to ${peer} was cut`,
	advice: (_, peer) =>
		`Try again later; if this comes back, check ${FIREWALL} (${peer}), without a limit on size or time.`,
};

/**
 * Tells in words what became of an exchange without an answer, as `network` (certainly not processed) or `inDoubt`
 * (the whole body had been handed over; never for what is harmless to repeat).
 */
export function networkProblem(fault: NetworkFault): Problem {
	const details: ProblemDetails = { delivery: fault.delivery, networkCode: fault.code };
	if (fault.proxyStatus !== undefined) return proxyRefusal(fault, details);
	const cause = NETWORK_CAUSES.find(({ codes }) => codes.test(fault.code)) ?? CUT;
	const peer = fault.proxy === undefined ? fault.host : `the proxy ${fault.proxy}`;
	const happened = cause.happened(fault, peer);
	if (!fault.harmless && fault.connected && fault.delivery === 'all') {
		return problem.inDoubt(
			`${fault.step} was sent completely, but ${happened}. It may have been accepted.`,
			'Do not just send it again: look first whether the service has received it.',
			details,
		);
	}
	const how = fault.delivery === 'partly' ? 'broke off half-way and was not processed' : 'got no answer';
	return problem.network(`${fault.step} ${how}: ${happened}.`, cause.advice(fault, peer), details);
}

function proxyRefusal(fault: NetworkFault, details: ProblemDetails): Problem {
	const proxy = `the proxy ${fault.proxy ?? ''}`.trim();
	const told = { ...details, proxyStatus: fault.proxyStatus };
	if (fault.proxyStatus === 407) {
		return problem.network(
			`${fault.step} was not sent: ${proxy} asks for a user name and password.`,
			'Write them into HTTPS_PROXY of n8n, as http://user:password@proxy:port (with special characters percent-encoded), and start n8n again.',
			told,
		);
	}
	return problem.network(
		`${fault.step} was not sent: ${proxy} refused to connect to ${fault.host} (HTTP ${fault.proxyStatus}).`,
		`Ask your network team to allow ${fault.host} at the proxy, or add it to NO_PROXY if n8n can reach it directly.`,
		told,
	);
}

/** A span of time as people say it: "30 seconds", "10 minutes". */
function spokenDuration(ms: number): string {
	if (ms < 1000) return `${ms} milliseconds`;
	const seconds = Math.round(ms / 1000);
	if (seconds < 120) return seconds === 1 ? 'a second' : `${seconds} seconds`;
	return `${Math.round(seconds / 60)} minutes`;
}
