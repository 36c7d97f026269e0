import { SCENARIOS, SCENARIO_IDS } from '../nodes/shared/purview/signals/scenarios';
import {
	headerCells,
	HEADER_DESTINATIONS,
	HEADER_GROUPS,
	type HeaderCell,
	type HeaderDestination,
} from '../test/fixtures/header-names/outcomes';

const INTRODUCTION = `# Names of columns, and where they go

What the steps make of the names that HR systems and spreadsheets give their columns. \`npm run docs:headers\` writes this page: it
runs each name through the planner of each destination, alone in a file with fitting values, and compares the outcome with what is
right. What is right stands in [\`test/fixtures/header-names\`](../test/fixtures/header-names); a test keeps it.

- **sure** is sent. **likely** and **guess** are proposals: [how columns are recognised](mapping.md#columns).
- **wrong** counts names that become another attribute, or one degree surer or less sure, than is right.
- Numbers of employees are no addresses, so \`Employee_ID\` or \`supervisorId\` become nothing. Only a column that has the attribute's own
  name (\`Manager_ID\`) is taken all the same; each of its rows is then refused.
`;

const NAMES: Readonly<Record<HeaderDestination, string>> = {
	vivaHr: 'Viva HR',
	organizationalData: 'Organizational Data',
	...(Object.fromEntries(SCENARIO_IDS.map((id) => [id, SCENARIOS[id].displayName])) as Record<
		(typeof SCENARIO_IDS)[number],
		string
	>),
};

/** The page of all names, as the code treats them now. */
export function headerNamesDocument(): string {
	const cells = headerCells();
	const names = cells.length / HEADER_DESTINATIONS.length;
	const important = cells.filter(
		({ meaning, destination }) =>
			destination === 'vivaHr' && ['person', 'upn', 'manager', 'organization', 'hired'].includes(meaning),
	);
	const sure = important.filter(({ actual }) => degreesIn(actual).includes('sure')).length;
	const share = Math.floor((sure / important.length) * 100);
	return [
		INTRODUCTION,
		`## Counts\n\n${names} names. Of the ${important.length} columns of persons, managers, organizations and hire dates, ${sure} are sure (${share} %).\nEach field shows sure / likely / guess / wrong.\n`,
		table(
			['Source', 'Names', ...HEADER_DESTINATIONS.map((id) => NAMES[id])],
			[...HEADER_GROUPS.map(({ source }) => source), undefined].map((source) => {
				const own = cells.filter((cell) => source === undefined || cell.source === source);
				return [
					source ?? '**All**',
					String(own.length / HEADER_DESTINATIONS.length),
					...HEADER_DESTINATIONS.map((id) => counts(own.filter(({ destination }) => destination === id))),
				];
			}),
		),
		...HEADER_GROUPS.map(({ source, from }) => {
			const own = cells.filter((cell) => cell.source === source);
			return `## ${source}\n\nFrom ${from}.\n\n${table(['Name', 'Viva HR', 'Organizational Data', 'Purview'], rowsOf(own))}`;
		}),
	].join('\n');
}

function rowsOf(cells: readonly HeaderCell[]): string[][] {
	return cells
		.filter(({ destination }) => destination === 'vivaHr')
		.map(({ name }) => {
			const own = cells.filter((cell) => cell.name === name);
			const shown = (id: HeaderDestination) =>
				own.find(({ destination }) => destination === id)?.actual ?? '';
			const purview = new Set(SCENARIO_IDS.map(shown).filter((text) => text !== ''));
			return [
				`\`${name}\``,
				...['vivaHr' as const, 'organizationalData' as const].map((id) => shown(id) || '–'),
				[...purview].join('; ') || '–',
			];
		});
}

function counts(cells: readonly HeaderCell[]): string {
	const right = cells.filter((cell) => cell.right === cell.actual);
	const degrees = right.flatMap(({ actual }) => degreesIn(actual).slice(0, 1));
	const of = (degree: string) => degrees.filter((one) => one === degree).length;
	return [of('sure'), of('likely'), of('guess'), cells.length - right.length].join(' / ');
}

/** The degrees of an outcome such as `HireDate sure`, the surest first. */
function degreesIn(outcome: string): string[] {
	return ['sure', 'likely', 'guess'].filter((degree) =>
		outcome.split(', ').some((one) => one.endsWith(` ${degree}`)),
	);
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n');
}
