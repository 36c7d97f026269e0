import fc from 'fast-check';
import { DaysOfPeople } from '../../../nodes/shared/people/daysOfPeople';

it('knows every day of everybody, as a set of pairs does', () => {
	const day = fc.integer({ min: 1, max: 60 });
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), day), { maxLength: 400 }), (pairs) => {
			const days = new DaysOfPeople();
			const seen = new Set<string>();
			for (const [id, at] of [...pairs, ...pairs]) {
				expect(days.add(id, at)).toBe(!seen.has(`${id} ${at}`));
				seen.add(`${id} ${at}`);
			}
		}),
	);
});

it('never takes two rows without a day for two of the same', () => {
	const days = new DaysOfPeople();
	expect([days.add(7, 0), days.add(7, 0)]).toEqual([true, true]);
});

it('takes at most six bytes a person for thirteen months, and not more for more of them', () => {
	const days = new DaysOfPeople();
	for (let month = 1; month <= 13; month++) {
		for (let id = 0; id < 100_000; id++) days.add(id, 24_000 * 31 + month * 31);
	}
	expect(days.bytes / 100_000).toBeLessThanOrEqual(6.2);
});
