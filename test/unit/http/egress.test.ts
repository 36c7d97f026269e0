import { lookup } from 'node:dns';
import { Problem } from '../../../nodes/shared/core/problem';
import type { EgressFilter } from '../../../nodes/shared/http/transport/egress';
import { createSend } from '../../../nodes/shared/http/transport/send';
import { startServer, type LocalServer } from './httpsServer';

let server: LocalServer;
beforeAll(async () => {
	server = await startServer();
	server.handle((_, answer) => void answer.end('{}'));
});
afterAll(async () => await server.close());

/** As n8n's error for a forbidden address: it has no code. */
const blocked = () => Object.assign(new Error('blocked'), { name: 'SsrfBlockedIpError' });

const open: EgressFilter = {
	validateUrl: async () => await Promise.resolve({ ok: true }),
	createSecureLookup: () => lookup,
};

async function ask(filter: Partial<EgressFilter>): Promise<unknown> {
	const { send } = createSend({ ca: [server.ca], filter: { ...open, ...filter } });
	return await send({ step: 'The upload', method: 'GET', url: `${server.url}/x`, timeoutMs: 60_000 }).catch(
		(error: unknown) => error,
	);
}

it('a filter that allows the address changes nothing', async () => {
	expect(await ask({})).toMatchObject({ status: 200, text: '{}' });
});

it.each<[string, Partial<EgressFilter>]>([
	['before it connects', { validateUrl: async () => await Promise.resolve({ ok: false }) }],
	['while it connects', { createSecureLookup: () => (_name, _options, done) => done(blocked(), '', 4) }],
])('a filter that forbids the address %s is told in words, and nothing is sent', async (_, filter) => {
	const before = server.connections();
	const problem = (await ask(filter)) as Problem;
	expect(problem).toBeInstanceOf(Problem);
	expect(problem).toMatchObject({
		kind: 'configuration',
		message: `The upload was not sent: this n8n does not allow requests to localhost:${server.port}.`,
		advice: expect.stringContaining('N8N_SSRF_ALLOWED_HOSTNAMES') as string,
	});
	expect(server.connections()).toBe(before);
});

it('a name that the filter cannot resolve is a fault of the network', async () => {
	const unknown = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
	const problem = await ask({ validateUrl: async () => await Promise.reject(unknown) });
	expect(problem).toMatchObject({ kind: 'network', details: { networkCode: 'ENOTFOUND' } });
});
