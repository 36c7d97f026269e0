import fc from 'fast-check';
import * as formats from '../../../nodes/shared/dates/dateFormats';
import { DATE_STYLES, type DateStyleName } from '../../../nodes/shared/dates/dateText';
import type { DateValue } from '../../../nodes/shared/dates/dateValue';
import { timeZone } from '../../../nodes/shared/dates/timeZone';
import { days, offsets, times } from './dateArbitraries';

const readDate = (text: string) => formats.readDate(text, 2028);

const ZONES = [
	'UTC',
	'Europe/Berlin',
	'Europe/London',
	'America/New_York',
	'America/Los_Angeles',
	'America/Sao_Paulo',
	'America/St_Johns',
	'Asia/Kolkata',
	'Asia/Tokyo',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Pacific/Auckland',
	'Pacific/Kiritimati',
	'Pacific/Pago_Pago',
	'+05:45',
	'-03:30',
];

function written(text: string, style: DateStyleName, zone?: string): string {
	const reading = readDate(text);
	if (reading.kind !== 'date') throw new Error(`the test's own date ${text} is not one`);
	return DATE_STYLES[style](reading.value, zone === undefined ? undefined : timeZone(zone));
}

describe('the forms of the destinations', () => {
	it.each([
		['2026-03-04', '03/04/2026', '2026-03-04'],
		['2026-03-04T23:59:59', '03/04/2026', '2026-03-04'],
		['2026-03-04T23:59:59-11:00', '03/04/2026', '2026-03-04'],
		['2020-08-29-07:00', '08/29/2020', '2020-08-29'],
		['2020-08-29+14:00', '08/29/2020', '2020-08-29'],
		['2026-03-04-10:00', '03/04/2026', '2026-03-04'],
		['March 4, 2026', '03/04/2026', '2026-03-04'],
		['/Date(1772582400000)/', '03/04/2026', '2026-03-04'],
	])('writes the day of %s', (text, monthDayYear, yearMonthDay) => {
		for (const zone of [
			undefined,
			'Pacific/Auckland',
			'Pacific/Kiritimati',
			'America/Los_Angeles',
			'Europe/Berlin',
		]) {
			expect(written(text, 'monthDayYear', zone)).toBe(monthDayYear);
			expect(written(text, 'yearMonthDay', zone)).toBe(yearMonthDay);
		}
	});

	it('gives the day back to dates that were midnight in the zone and were written in UTC', () => {
		expect(written('2026-03-03T23:00:00.000Z', 'yearMonthDay', 'Europe/Berlin')).toBe('2026-03-04');
		expect(written('2026-07-03T22:00:00.000Z', 'yearMonthDay', 'Europe/Berlin')).toBe('2026-07-04');
		expect(written('2026-03-04T08:00:00.000Z', 'monthDayYear', 'America/Los_Angeles')).toBe('03/04/2026');
		expect(written('2026-07-03T23:00:00.000Z', 'yearMonthDay', 'Europe/Berlin')).toBe('2026-07-03');
		expect(written('2026-03-03T23:05:00.000Z', 'yearMonthDay', 'Europe/Berlin')).toBe('2026-03-03');
		expect(written('2026-03-03T23:00:05.000Z', 'yearMonthDay', 'Europe/Berlin')).toBe('2026-03-03');
		expect(written('2026-03-03T23:00:00.000Z', 'yearMonthDay')).toBe('2026-03-03');
		expect(written('2026-03-03T23:00:00', 'yearMonthDay', 'Europe/Berlin')).toBe('2026-03-03');
	});

	it.each([
		['2026-03-04', undefined, '2026-03-04T00:00:00.000000Z'],
		['2026-03-04', 'UTC', '2026-03-04T00:00:00.000000Z'],
		['2026-03-04', 'Europe/Berlin', '2026-03-04T00:00:00.000000+01:00'],
		['2026-07-04', 'Europe/Berlin', '2026-07-04T00:00:00.000000+02:00'],
		['2026-07-04', 'America/Los_Angeles', '2026-07-04T00:00:00.000000-07:00'],
		['2026-07-04', '-03:30', '2026-07-04T00:00:00.000000-03:30'],
		['2020-08-29-07:00', 'Europe/Berlin', '2020-08-29T00:00:00.000000-07:00'],
		['2019-04-23T15:18:02.4675041+05:30', 'Europe/Berlin', '2019-04-23T15:18:02.467504+05:30'],
		['2019-04-23T15:18:02.9999999', 'Europe/Berlin', '2019-04-23T15:18:02.999999+02:00'],
		['2019-04-23 15:18', 'Asia/Tokyo', '2019-04-23T15:18:00.000000+09:00'],
		['43578.5', 'Asia/Kolkata', '2019-04-23T12:00:00.000000+05:30'],
		['1556032682', 'Asia/Kolkata', '2019-04-23T15:18:02.000000Z'],
		// Clocks go forward over the time, or back and show it twice.
		['2026-03-29 02:30', 'Europe/Berlin', '2026-03-29T02:30:00.000000+01:00'],
		['2026-03-29 01:59', 'Europe/Berlin', '2026-03-29T01:59:00.000000+01:00'],
		['2026-03-29 03:00', 'Europe/Berlin', '2026-03-29T03:00:00.000000+02:00'],
		['2026-10-25 01:59', 'Europe/Berlin', '2026-10-25T01:59:00.000000+02:00'],
		['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T02:30:00.000000+02:00'],
		['2026-10-25 03:00', 'Europe/Berlin', '2026-10-25T03:00:00.000000+01:00'],
		// A midnight that never was: the day still begins on itself.
		['2017-10-15', 'America/Sao_Paulo', '2017-10-15T00:00:00.000000-03:00'],
	])('writes %s with the offset of %s', (text, zone, expected) => {
		expect(written(text, 'instant', zone)).toBe(expected);
	});

	it('writes what it reads, in every form and zone', () => {
		const plain = days(1940, 2069);
		const values: fc.Arbitrary<DateValue> = fc.oneof(
			plain,
			fc.tuple(plain, times).map(([day, time]) => ({ ...day, ...time })),
			fc
				.tuple(plain, times, offsets)
				.map(([day, time, offsetMinutes]) => ({ ...day, ...time, offsetMinutes })),
		);
		fc.assert(
			fc.property(values, fc.constantFrom(...ZONES), (value, name) => {
				const zone = timeZone(name);
				const instant = readDate(DATE_STYLES.instant(value, zone));
				const { year, month, day, hour = 0, minute = 0, second = 0 } = value;
				expect(instant).toMatchObject({ kind: 'date', value: { year, month, day, hour, minute, second } });
				expect(instant).toHaveProperty('value.offsetMinutes', value.offsetMinutes ?? expect.any(Number));
				if (value.offsetMinutes !== undefined) return;
				expect(readDate(DATE_STYLES.yearMonthDay(value, zone))).toMatchObject({
					value: { year, month, day },
				});
				const [m, d, y] = DATE_STYLES.monthDayYear(value, zone).split('/').map(Number);
				expect({ year: y, month: m, day: d }).toEqual({ year, month, day });
			}),
			{ numRuns: 1000 },
		);
	});

	it("never moves a pure date to another day on the zone's calendar", () => {
		fc.assert(
			fc.property(
				days(1971, 2037),
				fc.constantFrom(...ZONES.filter((zone) => zone.includes('/'))),
				(value, name) => {
					const text = DATE_STYLES.instant(value, timeZone(name));
					const [month, day, year] = new Intl.DateTimeFormat('en-US', { timeZone: name })
						.format(new Date(text))
						.split('/')
						.map(Number);
					expect({ year, month, day }).toEqual(value);
				},
			),
			{ numRuns: 1000 },
		);
	});
});

describe('timeZone', () => {
	it.each([
		['UTC', 0],
		['z', 0],
		['+02:00', 120],
		['-0730', -450],
		['+5', 300],
		['UTC+1', 60],
		[' gmt-03:30 ', -210],
		['Asia/Kolkata', 330],
	])('knows %s', (name, minutes) => {
		expect(timeZone(name).offsetAtInstant(Date.UTC(2026, 0, 1))).toBe(minutes);
		expect(timeZone(name).offsetAtWallClock(Date.UTC(2026, 0, 1))).toBe(minutes);
	});

	it('agrees with the clocks of the zone at every instant', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...ZONES),
				fc.date({ min: new Date('1972-01-01'), max: new Date('2037-12-31'), noInvalidDate: true }),
				(name, date) => {
					if (!name.includes('/')) return;
					const instant = Math.floor(date.getTime() / 60_000) * 60_000;
					const offset = timeZone(name).offsetAtInstant(instant);
					const shown = new Intl.DateTimeFormat('sv-SE', {
						timeZone: name,
						dateStyle: 'short',
						timeStyle: 'medium',
					}).format(instant);
					expect(new Date(instant + offset * 60_000).toISOString().slice(0, 19).replace('T', ' ')).toBe(
						shown,
					);
				},
			),
			{ numRuns: 500 },
		);
	});

	it.each(['Europe/Atlantis', '', '+15:00', '+02:99', 'tomorrow', '../etc/passwd'])(
		'refuses %j in words',
		(name) => {
			expect(() => timeZone(name)).toThrow(
				expect.objectContaining({
					kind: 'configuration',
					message: `The time zone "${name}" does not exist.`,
					advice: expect.stringContaining('Europe/Berlin'),
				}),
			);
		},
	);
});
