import type { HttpAnswer, HttpRequest } from '../../../nodes/shared/http/message';
import type { RetryClock } from '../../../nodes/shared/http/retry';
import { problem, type ProblemKind } from '../../../nodes/shared/core/problem';
import { createSignalClient, type WhenInDoubt } from '../../../nodes/shared/purview/delivery/client';
import { chunkOf } from './fixtures';
import { problemOf } from '../../helpers/thrownBy';

type Reply = Partial<HttpAnswer> | { fails: ProblemKind; sentBytes?: number; networkCode?: string };

/** A client whose service gives these replies, one after the other, and what was asked of it. */
function clientOf(
	replies: Reply[],
	options: { whenInDoubt?: WhenInDoubt; totalMs?: number; getToken?: () => Promise<string> } = {},
) {
	const asked: HttpRequest[] = [];
	const renewals: boolean[] = [];
	const waits: number[] = [];
	let now = 0;
	const clock: RetryClock = {
		now: () => now,
		random: () => 0,
		sleep: async (ms) => {
			waits.push(ms);
			now += ms;
		},
	};
	const client = createSignalClient({
		send: async (request) => {
			asked.push(request);
			const reply = replies[asked.length - 1] ?? { status: 200 };
			if ('fails' in reply) {
				if (reply.sentBytes !== undefined) request.onProgress?.(reply.sentBytes);
				throw problem[reply.fails](`${request.step} failed.`, 'Look.', { networkCode: reply.networkCode });
			}
			return { status: 200, reason: '', headers: {}, text: '', ...reply };
		},
		getToken:
			options.getToken ??
			(async (renew) => {
				renewals.push(renew);
				return `token ${renewals.length}`;
			}),
		signalsUrl: 'https://signals.example/api/signals',
		jobId: 'job',
		policy: {
			attempts: 6,
			totalMs: options.totalMs ?? 600_000,
			firstWaitMs: 1_000,
			maxWaitMs: (options.totalMs ?? 600_000) + 1,
		},
		whenInDoubt: options.whenInDoubt ?? 'sendAgain',
		clock,
	});
	return { client, asked, renewals, waits };
}

const body = chunkOf('0123456789');
const wholeBody = body.length;

it.each([200, 201, 202, 204, 207])('%d is a success', async (status) => {
	const { client, asked } = clientOf([{ status, text: ' done ' }]);
	expect(await client.sendChunk(body, 'Chunk 1')).toMatchObject({
		status,
		attempts: 1,
		partly: status === 207,
		answer: 'done',
		possiblyDuplicated: false,
	});
	expect(asked[0]).toMatchObject({ method: 'POST', headers: { Authorization: 'Bearer token 1' }, body });
});

it('a page in place of the answer leaves the rows in doubt, a sign-in page does not', async () => {
	const page = (title: string): Reply => ({
		headers: { 'content-type': 'text/html' },
		text: `<html><title>${title}</title>`,
	});
	const doubtAfter = async (reply: Reply) => {
		const { client, asked } = clientOf([reply]);
		const { details } = await problemOf(client.sendChunk(body, 'Chunk 1'));
		expect(asked).toHaveLength(1);
		return details.inDoubt;
	};
	expect(await doubtAfter(page('Blocked by policy'))).toBe(true);
	expect(await doubtAfter(page('Sign in to your account'))).toBe(false);
});

it('leaves the patience for a token to those who fetch it', async () => {
	let tokens = 0;
	const { client, asked } = clientOf([], {
		getToken: async () => {
			tokens++;
			throw problem.network('The token request got no answer.', 'Look.');
		},
	});
	await problemOf(client.sendChunk(body, 'Chunk 1'));
	expect(tokens).toBe(1);
	expect(asked).toEqual([]);
});

it.each([408, 429, 500, 502, 503, 504])('%d is waited out, with growing waits', async (status) => {
	const { client, asked, waits } = clientOf([{ status }, { status }, { status }]);
	expect(await client.sendChunk(body, 'Chunk 1')).toMatchObject({ status: 200, attempts: 4 });
	expect(asked).toHaveLength(4);
	expect(waits).toEqual([1_000, 2_000, 4_000]);
});

it.each([300, 302, 400, 403, 404, 410, 413, 415, 501, 505])('%d is told at once', async (status) => {
	const { client, asked } = clientOf([{ status }]);
	const error = await problemOf(client.sendChunk(body, 'Chunk 1'));
	expect(error.message).toMatch(/^Chunk 1 (was|failed) /);
	expect(error.details).toMatchObject({ status, inDoubt: false });
	expect(asked).toHaveLength(1);
});

it.each([
	[
		'403 with the reason of the service',
		{ status: 403, reason: 'jobId and corresponding appId do not match.' },
	],
	[
		'403 with the same words in its body',
		{ status: 403, text: '"JobId and corresponding AppId do not match"' },
	],
])('%s: job id and app do not fit', async (_, reply) => {
	const { details } = await problemOf(clientOf([reply]).client.sendChunk(body, 'Chunk 1'));
	expect(details.code).toBe('jobIdMismatch');
});

it.each([
	['Forbidden', { status: 403, reason: 'Forbidden' }, 'forbidden'],
	['a page of a proxy', { status: 200, text: '<html><title>Sign in</title>' }, 'signInPage'],
	['a file too large', { status: 413 }, 'tooLarge'],
])('%s has words of its own', async (_, reply, code) => {
	const { details } = await problemOf(clientOf([reply]).client.sendChunk(body, 'Chunk 1'));
	expect(details.code).toBe(code);
});

it('a refused token is renewed once for a chunk', async () => {
	const once = clientOf([{ status: 401 }]);
	expect(await once.client.sendChunk(body, 'Chunk 1')).toMatchObject({
		attempts: 2,
		possiblyDuplicated: false,
	});
	expect(once.renewals).toEqual([false, true]);
	expect(once.asked[1].headers).toEqual({ Authorization: 'Bearer token 2' });
	expect(once.waits).toEqual([]);

	const always = clientOf([{ status: 401 }, { status: 401 }, { status: 401 }]);
	const error = await problemOf(always.client.sendChunk(body, 'Chunk 1'));
	expect(error.details).toMatchObject({ status: 401, attempts: 2 });
	expect(always.asked).toHaveLength(2);

	const again = clientOf([{ status: 401 }, { status: 503 }, { status: 401 }]);
	expect((await problemOf(again.client.sendChunk(body, 'Chunk 1'))).details.status).toBe(401);
	expect(again.renewals).toEqual([false, true, false]);

	const later = clientOf([{ status: 503 }, { status: 401 }]);
	expect(await later.client.sendChunk(body, 'Chunk 1')).toMatchObject({ attempts: 3 });
});

it('waits as long as the service asks, and gives up where that is longer than the user allows', async () => {
	const busy = { status: 429, headers: { 'retry-after': '120' } };
	const patient = clientOf([busy]);
	await patient.client.sendChunk(body, 'Chunk 1');
	expect(patient.waits).toEqual([120_000]);
	const hasty = clientOf([busy], { totalMs: 60_000 });
	const error = await problemOf(hasty.client.sendChunk(body, 'Chunk 1'));
	expect(error.details).toMatchObject({ code: 'throttled', retryAfterMs: 120_000 });
	expect(hasty.waits).toEqual([]);
});

it('what never left whole is sent again and is never in doubt', async () => {
	const { client, asked } = clientOf([{ fails: 'network', sentBytes: 3 }, { fails: 'network' }]);
	expect(await client.sendChunk(body, 'Chunk 1')).toMatchObject({ attempts: 3, possiblyDuplicated: false });
	expect(asked).toHaveLength(3);
});

it('a certificate does not become right by waiting', async () => {
	const { client, asked } = clientOf([{ fails: 'network', networkCode: 'CERT_HAS_EXPIRED' }]);
	expect((await problemOf(client.sendChunk(body, 'Chunk 1'))).details.inDoubt).toBe(false);
	expect(asked).toHaveLength(1);
});

const lost: Reply = { fails: 'inDoubt', sentBytes: wholeBody };

it.each<[string, Reply]>([
	['a lost answer', lost],
	['500', { status: 500 }],
	['502', { status: 502 }],
	['504', { status: 504 }],
])('%s leaves rows in doubt: sent again and told, or stopped', async (_, reply) => {
	const again = clientOf([reply, { status: 503 }]);
	expect(await again.client.sendChunk(body, 'Chunk 1')).toMatchObject({
		attempts: 3,
		possiblyDuplicated: true,
	});

	for (const whenInDoubt of ['stop', 'takeAsSent'] as const) {
		const stop = clientOf([reply], { whenInDoubt });
		expect((await problemOf(stop.client.sendChunk(body, 'Chunk 1'))).details.inDoubt).toBe(true);
		expect(stop.asked).toHaveLength(1);
	}

	const never = clientOf([reply, { status: 400 }]);
	expect((await problemOf(never.client.sendChunk(body, 'Chunk 1'))).details).toMatchObject({
		status: 400,
		inDoubt: true,
	});
});

it('refusals before the rows count leave nothing in doubt', async () => {
	const { client } = clientOf([{ status: 503 }, { status: 429 }, { status: 408 }], { whenInDoubt: 'stop' });
	expect(await client.sendChunk(body, 'Chunk 1')).toMatchObject({ attempts: 4, possiblyDuplicated: false });
});

it.each([
	[3, false],
	[wholeBody, true],
])('cancelled after %d bytes: in doubt %s', async (sentBytes, inDoubt) => {
	const { client, asked } = clientOf([{ fails: 'cancelled', sentBytes }]);
	const error = await problemOf(client.sendChunk(body, 'Chunk 1'));
	expect([error.kind, error.details.inDoubt]).toEqual(['cancelled', inDoubt]);
	expect(asked).toHaveLength(1);
});
