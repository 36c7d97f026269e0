import { HEADER_DESTINATIONS, headerCells } from '../../fixtures/header-names/outcomes';

const cells = headerCells();
const shown = ({ source, name, destination, right, actual }: (typeof cells)[number]) =>
	`${source}: ${name} → ${destination}: ${actual || 'nothing'}, right: ${right || 'nothing'}`;

it('knows at least 300 names, each for every destination', () => {
	const names = cells.length / HEADER_DESTINATIONS.length;
	expect(new Set(cells.map(({ source, name }) => `${source} ${name}`)).size).toBe(names);
	expect(names).toBeGreaterThanOrEqual(300);
});

it('makes of every name what is right, and no more', () => {
	expect(cells.filter(({ right, actual }) => right !== actual).map(shown)).toEqual([]);
});

it('is sure of at least 85 % of the columns of persons, managers, organizations and hire dates', () => {
	const important = cells.filter(
		({ meaning, destination }) =>
			['person', 'upn', 'manager', 'organization', 'hired'].includes(meaning) && destination === 'vivaHr',
	);
	const sure = important.filter(({ actual }) => actual.endsWith(' sure'));
	expect(sure.length / important.length).toBeGreaterThanOrEqual(0.85);
});
