import { NodeOperationError, type INode } from 'n8n-workflow';
import { networkProblem, type NetworkFault } from '../../../nodes/shared/http/transport/networkFault';

const codes = [
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'ECONNRESET',
	'EPIPE',
	'ECONNABORTED',
	'ETIMEDOUT',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'EPROTO',
	'ERR_SSL_WRONG_VERSION_NUMBER',
	'HPE_INVALID_CONSTANT',
	'Z_DATA_ERROR',
	'ANYTHING_ELSE',
];
const base: NetworkFault = {
	step: 'The upload',
	harmless: false,
	host: 'api.example.com',
	connected: false,
	code: '',
	delivery: 'nothing',
};
const cases = codes.flatMap((code): NetworkFault[] => [
	{ ...base, code },
	{ ...base, code, proxy: 'proxy.example:8080' },
	{ ...base, code, connected: true, delivery: 'partly', limitMs: 30_000 },
	{ ...base, code, connected: true, delivery: 'all' },
	{ ...base, code, connected: true, delivery: 'all', harmless: true },
]);

it.each(cases)('$code $delivery: a sentence and advice, which n8n leaves as they are', (fault) => {
	const { message, advice, details } = networkProblem(fault);
	expect(message).toMatch(/^The upload .*\.$/);
	expect(message).toContain('example');
	expect(advice).toMatch(/^[A-Z].*\.$/);
	expect(message + advice).not.toMatch(/undefined|\s\s/);
	expect(details.networkCode).toBe(fault.code);
	const shown = new NodeOperationError({ name: 'x', type: 'y' } as INode, message, { description: advice });
	expect(shown.message).toBe(message);
});

it.each<[Partial<NetworkFault>, string]>([
	[{ delivery: 'nothing' }, 'network'],
	[{ connected: true, delivery: 'nothing' }, 'network'],
	[{ connected: true, delivery: 'partly' }, 'network'],
	[{ connected: true, delivery: 'all' }, 'inDoubt'],
	[{ connected: true, delivery: 'all', harmless: true }, 'network'],
	[{ connected: false, delivery: 'all' }, 'network'],
])('%j is %s', (more, kind) => {
	expect(networkProblem({ ...base, code: 'ECONNRESET', ...more }).kind).toBe(kind);
});

it.each([
	[300, '300 milliseconds'],
	[1_000, 'a second'],
	[30_000, '30 seconds'],
	[119_000, '119 seconds'],
	[600_000, '10 minutes'],
])('%s ms is "%s"', (limitMs, words) => {
	const { message } = networkProblem({ ...base, code: 'ETIMEDOUT', connected: true, limitMs });
	expect(message).toBe(`The upload got no answer: api.example.com did not answer within ${words}.`);
});
