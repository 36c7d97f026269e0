import { problem } from '../../../nodes/shared/core/problem';
import { pushWhenFree } from '../../../nodes/shared/viva/service/pushWhenFree';
import { ingestion, sleepingClock } from './fakeService';

const busy = (details = {}) =>
	problem.refused('An earlier import has not ended yet.', 'Wait.', {
		code: 'previousIngestionRunning',
		...details,
	});
const imported = { ...ingestion('NotStarted') };

it('waits for an earlier import and then uploads', async () => {
	const clock = sleepingClock();
	let tries = 0;
	const push = async () => {
		if (++tries < 3) throw busy();
		return imported;
	};
	expect(await pushWhenFree(push, { whenBusy: 'wait', waitMs: 600_000, clock })).toEqual(imported);
	expect(clock.waits).toEqual([30_000, 60_000]);
});

it('skips where the user wishes that', async () => {
	const push = async () => await Promise.reject(busy());
	expect(await pushWhenFree(push, { whenBusy: 'skip', waitMs: 0, clock: sleepingClock() })).toBeUndefined();
});

it.each(['wait', 'skip', 'fail'] as const)(
	'%s: neither waits nor skips where the running import may be this very file',
	async (whenBusy) => {
		const clock = sleepingClock();
		let tries = 0;
		const push = async () => {
			tries++;
			throw busy({ repeatedAfter: 'HTTP 503' });
		};
		await expect(pushWhenFree(push, { whenBusy, waitMs: 600_000, clock })).rejects.toThrow('earlier import');
		expect([tries, clock.waits]).toEqual([1, []]);
	},
);
