import type { HttpRequest } from '../../../nodes/shared/http/message';
import { readPurviewCredential } from '../../../nodes/shared/n8n/credentials/credentials';
import { createSignalClient } from '../../../nodes/shared/purview/delivery/client';
import { chunkOf } from './fixtures';

const jobId = '01234567-89ab-cdef-0123-456789abcdef';

/** What the reference says (C1, D4, F24), written out: it is not read from the code that it tests. */
const reference = [
	['worldwide', 'login.microsoftonline.com', 'https://webhook.ingestion.office.com/api/signals'],
	['gcc', 'login.microsoftonline.com', 'https://webhook-gcc.ingestion.office365.us/api/signals'],
	['gccHigh', 'login.microsoftonline.us', 'https://webhook-itarl4.ingestion.office365.us/api/signals'],
	['dod', 'login.microsoftonline.us', 'https://webhook-itarl5.ingestion.apps.mil/api/signals'],
] as const;

const credentialFor = (cloud: string, more: Record<string, string> = {}) =>
	readPurviewCredential({
		tenantId: '5f0c7b1e-3d5a-4c57-9d0e-6a4f1c2b8e01',
		clientId: '0b9a6c3d-8e21-4f7a-b1c5-2d3e4f5a6b7c',
		clientSecret: 'not-a-real-one',
		cloud,
		...more,
	});

async function addressOf(signalsUrl: string): Promise<string> {
	const asked: HttpRequest[] = [];
	const client = createSignalClient({
		send: async (request) => {
			asked.push(request);
			return { status: 200, reason: '', headers: {}, text: '' };
		},
		getToken: async () => 'token',
		signalsUrl,
		jobId,
		policy: { attempts: 1, totalMs: 0, firstWaitMs: 0, maxWaitMs: 0 },
		whenInDoubt: 'stop',
	});
	await client.sendChunk(chunkOf('x'), 'Chunk 1 of 1');
	expect(asked[0].timeoutMs).toBe(400_000);
	return asked[0].url;
}

it.each(reference)('%s: signs in at %s and sends to %s', async (cloud, loginHost, url) => {
	const { app, signalsUrl, audience } = credentialFor(cloud);
	expect(app.loginHost).toBe(loginHost);
	expect(await addressOf(signalsUrl)).toBe(`${url}?jobid=${jobId}`);
	expect(audience).toBe('https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1');
});

it('a custom cloud is where the credential says, with one slash where the samples have two', async () => {
	const { app, signalsUrl } = credentialFor('custom', {
		loginHost: 'login.example.org',
		signalsUrl: 'https://gateway.example.org//api/signals/',
	});
	expect(app.loginHost).toBe('login.example.org');
	expect(await addressOf(signalsUrl)).toBe(`https://gateway.example.org/api/signals?jobid=${jobId}`);
});
