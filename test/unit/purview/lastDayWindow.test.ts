import { lastDayWindow } from '../../../nodes/shared/purview/signals/signalRules';

/** The window of the reference (C5): six months back and one year ahead, counted in whole days. */
it.each([
	['2026-08-31T15:00:00Z', '2026-02-28', '2027-08-31'],
	['2024-08-31T15:00:00Z', '2024-02-29', '2025-08-31'],
	['2026-05-31T15:00:00Z', '2025-11-30', '2027-05-31'],
	['2024-02-29T15:00:00Z', '2023-08-29', '2025-02-28'],
	['2026-06-30T00:00:00Z', '2025-12-30', '2027-06-30'],
])('an upload at %s takes last days from %s to %s', (now, first, last) => {
	const { earliest, latest } = lastDayWindow(new Date(now));
	expect(new Date(earliest).toISOString()).toBe(`${first}T00:00:00.000Z`);
	expect(new Date(latest).toISOString()).toBe(`${last}T23:59:59.999Z`);
});
