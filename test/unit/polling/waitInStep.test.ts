import { setTimeout as delay } from 'node:timers/promises';
import { problem, type Problem } from '../../../nodes/shared/core/problem';
import type { PollClient } from '../../../nodes/shared/polling/poll';
import type { PollSchedule } from '../../../nodes/shared/polling/schedule';
import {
	beginPolling,
	elapsedSeconds,
	endProblemOf,
	nextPollOf,
	type PollState,
} from '../../../nodes/shared/polling/state';
import { waitInStep } from '../../../nodes/shared/polling/waitInStep';
import type { Ingestion } from '../../../nodes/shared/viva/service/ingestion';
import { fakeClock, HOUR, MINUTE, SECOND } from './fakeClock';

const schedule: PollSchedule = { firstMs: 10 * SECOND, factor: 2, longestMs: MINUTE, shortestMs: SECOND };

type Answer = string | Problem;

const is = (Id: string, Status: string): Ingestion => ({ Id, Status });

/** A service whose imports answer from lists, the last entry for ever. */
function service(answers: Record<string, Answer[]>, units: string[] = ['unit-a']) {
	const asked: Array<{ id: string; unit: string; at: number }> = [];
	const time = fakeClock();
	let lookups = 0;
	const clientFor = async ({ scaleUnit }: PollState): Promise<PollClient> => {
		let unit = scaleUnit === '' ? units[0] : scaleUnit;
		return {
			scaleUnit: async (renew) => {
				if (renew) unit = units[Math.min(++lookups, units.length - 1)];
				return unit;
			},
			status: async (_, id) => {
				const turn = asked.filter((entry) => entry.id === id).length;
				asked.push({ id, unit, at: time.elapsed() / SECOND });
				const list = answers[id];
				const answer = list[Math.min(turn, list.length - 1)];
				if (typeof answer !== 'string') throw answer;
				return is(id, answer);
			},
		};
	};
	return { asked, time, clientFor, lookups: () => lookups };
}

async function wait(
	answers: Record<string, Answer[]>,
	{ limitMs = HOUR, units }: { limitMs?: number; units?: string[] } = {},
) {
	const fake = service(answers, units);
	const states = Object.keys(answers).map((ingestionId) =>
		beginPolling({ ingestionId, destination: 'vivaHr', tenantId: '', scaleUnit: '' }, fake.time.start, {
			limitMs,
		}),
	);
	const ended = await waitInStep(states, { clientFor: fake.clientFor, schedule, clock: fake.time.clock });
	return { ...fake, states, ended };
}

const network = problem.network('No answer.', 'Wait.', { networkCode: 'ECONNRESET' });
const throttled = problem.refused('Too many.', 'Wait.', {
	status: 429,
	code: 'throttled',
	retryAfterMs: 90_000,
});
const lost = problem.refused('Unknown id.', 'Check.', { status: 404, code: 'ingestionNotFound' });
const forbidden = problem.refused('Forbidden.', 'Ask.', { status: 403, code: 'connectorNotAvailable' });
const signIn = problem.refused('Sign in.', 'Ask.', { status: 200, code: 'signInPage' });
const page = problem.unexpectedAnswer('A page.', 'Ask.', { status: 200, code: 'webPage' });
const token = problem.token('Secret expired.', 'Renew.', { microsoftCode: 'AADSTS7000222' });
const fault = problem.unexpectedAnswer('HTTP 502.', 'Wait.', { status: 502, code: 'serviceFault' });
const brokenJson = problem.unexpectedAnswer('Not JSON.', '', { status: 200, code: 'notJson' });
const otherImport = problem.unexpectedAnswer('Other id.', '', { status: 200, code: 'wrongIngestion' });

describe('a wait within the step', () => {
	it('polls with growing intervals until the import is done', async () => {
		const { ended, asked, time } = await wait({
			a: ['NotStarted', 'NotStarted', 'ExtractionComplete', 'Completed'],
		});
		expect(asked.map(({ at }) => at)).toEqual([0, 10, 30, 70]);
		expect(ended[0]).toMatchObject({
			outcome: 'completed',
			status: 'Completed',
			attempts: 4,
			changes: [
				{ status: 'NotStarted', at: '2026-11-20T08:00:00.000Z' },
				{ status: 'ExtractionComplete', at: '2026-11-20T08:00:30.000Z' },
				{ status: 'Completed', at: '2026-11-20T08:01:10.000Z' },
			],
		});
		expect(elapsedSeconds(ended[0], time.clock.now() + HOUR)).toBe(70);
	});

	it('follows several imports together, each by its own clock', async () => {
		const { ended, time } = await wait({
			a: ['Completed'],
			b: ['NotStarted', 'ValidationFailed'],
			c: ['NotStarted', 'NotStarted', 'Completed'],
		});
		expect(ended.map(({ ingestionId, outcome }) => [ingestionId, outcome])).toEqual([
			['a', 'completed'],
			['b', 'failed'],
			['c', 'completed'],
		]);
		// Not 0 + 10 + 30: they wait at the same time.
		expect(time.elapsed()).toBe(30 * SECOND);
	});

	it('keeps to Retry-After, also where it is longer than the longest interval', async () => {
		const { asked, ended } = await wait({ a: ['NotStarted', throttled, 'Completed'] });
		expect(asked.map(({ at }) => at)).toEqual([0, 10, 100]);
		expect(ended[0].outcome).toBe('completed');
		expect(ended[0].lastError).toBeUndefined();
	});

	it('ends at the time limit, with a last look at that very moment', async () => {
		const { ended, asked, time } = await wait({ a: ['NotStarted'] }, { limitMs: 95 * SECOND });
		expect(asked.map(({ at }) => at)).toEqual([0, 10, 30, 70, 95]);
		expect(ended[0]).toMatchObject({ outcome: 'timeLimit', phase: 'running', status: 'NotStarted' });
		expect(time.elapsed()).toBe(95 * SECOND);
	});

	it('takes what the last look at the limit says', async () => {
		const answers = ['NotStarted', 'NotStarted', 'NotStarted', 'NotStarted', 'Completed'];
		const { ended } = await wait({ a: answers }, { limitMs: 95 * SECOND });
		expect(ended[0].outcome).toBe('completed');
	});

	it('takes an unknown status for running and an unknown …Failed for failed, and notes it once', async () => {
		const { ended } = await wait({ a: ['Pausing', 'Pausing', 'Thinking', 'ProcessingFailed'] });
		expect(ended[0]).toMatchObject({
			outcome: 'failed',
			unknown: ['Pausing', 'Thinking', 'ProcessingFailed'],
			attempts: 4,
		});
	});

	it.each([
		['Completed', 'completed'],
		['Partial success', 'partlyCompleted'],
		['Cancelled', 'cancelled'],
	])('asks at the longest interval while a person has to approve: %s', async (last, outcome) => {
		const { ended, asked } = await wait({ a: ['NotStarted', 'Ready for review', 'Ready for review', last] });
		expect(ended[0]).toMatchObject({ outcome, phase: outcome, approvalSince: '2026-11-20T08:00:10.000Z' });
		expect(asked.map(({ at }) => at)).toEqual([0, 10, 70, 130]);
	});

	it('says at the time limit that the import waits for approval', async () => {
		const { ended } = await wait({ a: ['Ready for review'] }, { limitMs: 5 * MINUTE });
		expect(endProblemOf(ended[0], 0)?.message).toMatch(
			/It waits for a person's approval since 2026-11-20T08:00:00.000Z; without it, the import is cancelled after 48 hours/,
		);
	});

	it('goes on through an hour of network faults', async () => {
		const { ended, asked } = await wait(
			{ a: ['NotStarted', ...new Array<Answer>(62).fill(network), 'Completed'] },
			{ limitMs: 3 * HOUR },
		);
		expect(asked.at(-1)?.at).toBeGreaterThan(HOUR / SECOND);
		expect(ended[0]).toMatchObject({ outcome: 'completed', failures: 0 });
	});

	it('tells at the time limit since when there was no answer', async () => {
		const { ended } = await wait({ a: ['NotStarted', network] }, { limitMs: 5 * MINUTE });
		expect(ended[0]).toMatchObject({
			outcome: 'timeLimit',
			lastError: { since: '2026-11-20T08:00:10.000Z', message: 'No answer.' },
		});
	});

	it.each([
		['fault of the service', fault],
		['web page of a proxy', page],
		['broken JSON', brokenJson],
		['answer about another import', otherImport],
		['network fault', network],
	])('is never ended by a %s', async (_, answer) => {
		const { ended } = await wait({ a: [...new Array<Answer>(20).fill(answer), 'Completed'] });
		expect(ended[0].outcome).toBe('completed');
	});

	it.each([
		['403', forbidden, 1],
		['sign-in page', signIn, 1],
		['refused token', token, 1],
		['unknown id', lost, 3],
		['wrong credential field', problem.configuration('Blank.', ''), 1],
	])('that never got an answer ends as unreachable on %s', async (_, answer, attempts) => {
		const { ended } = await wait({ a: [answer] });
		expect(ended[0]).toMatchObject({
			outcome: 'unreachable',
			attempts,
			lastError: { message: answer.message },
		});
	});

	it.each([
		['403', forbidden],
		['sign-in page', signIn],
		['refused token', token],
		['unknown id', lost],
	])('in its middle stands two of %s, and ends as unreachable with the third', async (_, answer) => {
		const { ended } = await wait({
			passing: ['NotStarted', answer, answer, 'NotStarted', answer, answer, 'Completed'],
			lasting: ['NotStarted', answer, answer, answer, 'Completed'],
		});
		expect(ended.map(({ outcome }) => outcome)).toEqual(['completed', 'unreachable']);
	});

	it('follows the tenant to another scale unit', async () => {
		const { ended, asked } = await wait(
			{ a: ['NotStarted', lost, 'Completed'] },
			{ units: ['unit-a', 'unit-b'] },
		);
		expect(asked.map(({ unit }) => unit)).toEqual(['unit-a', 'unit-a', 'unit-b']);
		expect(ended[0]).toMatchObject({ outcome: 'completed', scaleUnit: 'unit-b', attempts: 2, failures: 0 });
	});

	it('does not follow a service that names another scale unit each time', async () => {
		const units = Array.from({ length: 5000 }, (_, index) => `unit-${index}`);
		const { ended, asked, lookups } = await wait({ a: [lost] }, { units });
		expect(ended[0]).toMatchObject({ outcome: 'unreachable', attempts: 3 });
		expect(asked).toHaveLength(6);
		expect(lookups()).toBe(3);
	});

	it('asks only once a poll for the scale unit where the tenant has not moved', async () => {
		const { lookups } = await wait({ a: [lost] });
		expect(lookups()).toBe(3);
	});

	it('ends at once when it is cancelled, asleep or between polls', async () => {
		const fake = service({ a: ['NotStarted'] });
		const controller = new AbortController();
		const states = [
			beginPolling({ ingestionId: 'a', destination: 'vivaHr', tenantId: '', scaleUnit: '' }, Date.now(), {
				limitMs: HOUR,
			}),
		];
		const waiting = waitInStep(states, {
			clientFor: fake.clientFor,
			schedule,
			clock: {
				now: () => Date.now(),
				random: () => 0,
				sleep: async (ms, signal) => {
					setImmediate(() => controller.abort());
					await delay(ms, undefined, { signal });
				},
			},
			signal: controller.signal,
		});
		await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
		expect(fake.asked).toHaveLength(1);
	});

	it('does not poll at all when it is cancelled before', async () => {
		const fake = service({ a: ['NotStarted'] });
		const states = [
			beginPolling(
				{ ingestionId: 'a', destination: 'vivaHr', tenantId: '', scaleUnit: '' },
				fake.time.start,
				{ limitMs: HOUR },
			),
		];
		const tools = { clientFor: fake.clientFor, schedule, clock: fake.time.clock };
		await expect(waitInStep(states, { ...tools, signal: AbortSignal.abort() })).rejects.toMatchObject({
			kind: 'cancelled',
		});
		expect(fake.asked).toHaveLength(0);
	});

	it('hands on a cancelled request and faults of our own', async () => {
		await expect(wait({ a: [problem.cancelled('Stopped.', '')] })).rejects.toMatchObject({
			kind: 'cancelled',
		});
	});

	it('tells each round what changed', async () => {
		const fake = service({ a: ['NotStarted', 'Completed'] });
		const rounds: string[] = [];
		await waitInStep(
			[
				beginPolling(
					{ ingestionId: 'a', destination: 'vivaHr', tenantId: '', scaleUnit: '' },
					fake.time.start,
					{ limitMs: HOUR },
				),
			],
			{
				clientFor: fake.clientFor,
				schedule,
				clock: fake.time.clock,
				onRound: ([before], [after]) => rounds.push(`${before.status}>${after.status}`),
			},
		);
		expect(rounds).toEqual(['>NotStarted', 'NotStarted>Completed']);
	});

	it('polls many imports at once, but not at all of them', async () => {
		let under = 0;
		let most = 0;
		const ids = Array.from({ length: 50 }, (_, index) => `i${index}`);
		const time = fakeClock();
		await waitInStep(
			ids.map((ingestionId) =>
				beginPolling({ ingestionId, destination: 'vivaHr', tenantId: '', scaleUnit: '' }, time.start, {
					limitMs: HOUR,
				}),
			),
			{
				schedule,
				clock: time.clock,
				clientFor: async () => ({
					scaleUnit: async () => 'unit-a',
					status: async (_, id) => {
						most = Math.max(most, ++under);
						await delay(1);
						under--;
						return is(id, 'Completed');
					},
				}),
			},
		);
		expect(most).toBe(8);
	});

	it('knows no next poll when all is over', async () => {
		const { ended } = await wait({ a: ['Completed'] });
		expect(nextPollOf(ended)).toBeUndefined();
	});

	it('keeps a state that is plain JSON', async () => {
		const { ended } = await wait({ a: ['NotStarted', network, 'Completed'] });
		expect(JSON.parse(JSON.stringify(ended))).toEqual(ended);
	});
});
