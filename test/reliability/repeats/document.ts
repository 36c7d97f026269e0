import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PAGE, readReliabilityPage, withoutChance } from '../document';
import { OUTCOMES, STATES, TARGETS, WAYS, type Cell, type Outcome, type Target, type Way } from './cells';
import type { Seen } from './run';

/** A cell and what was seen of it. */
export interface SeenCell extends Cell {
	seen: Seen;
}

const BEGIN = '<!-- repeats: written by `npm run docs:repeats` -->\n';
const END = '\n<!-- end of repeats -->';
const FULL = join(__dirname, '../../../test-results/repeats.md');

/** Puts what was seen into docs/reliability.md. */
export const writeRepeatsPage = (cells: readonly SeenCell[]): void =>
	writeFileSync(PAGE, withRepeats(readReliabilityPage(), cells));

/** The page with the cells between its two marks: steps and ways that end alike share a row. */
export function withRepeats(page: string, cells: readonly SeenCell[]): string {
	const begin = page.indexOf(BEGIN) + BEGIN.length;
	return `${page.slice(0, begin)}${table(cells)}${legend(cells)}${page.slice(page.indexOf(END))}`;
}

/** Writes every cell with its sentence to a file that is not committed; CI keeps it. */
export function writeAllRepeats(cells: readonly SeenCell[]): void {
	const lines = cells.map(({ way, target, state, seen }) =>
		[WAYS[way], TARGETS[target], STATES[state], shortOf(seen.outcome), withoutChance(seen.told)]
			.map((text) => text.replaceAll('|', '\\|').replaceAll('\n', ' '))
			.join(' | '),
	);
	mkdirSync(dirname(FULL), { recursive: true });
	writeFileSync(
		FULL,
		`# What n8n repeats, in full\n\n| What happens | Step | Before | Outcome | What is told |\n|---|---|---|---|---|\n${lines.map((line) => `| ${line} |\n`).join('')}`,
	);
}

const shortOf = (outcome: Seen['outcome']): string =>
	outcome === 'none of these' ? outcome : OUTCOMES[outcome][0];

interface Row {
	ways: Way[];
	targets: Target[];
	outcomes: string[];
}

function table(cells: readonly SeenCell[]): string {
	const rows = rowsOf(cells).map(
		({ ways, targets, outcomes }) =>
			`| ${waysIn(ways)} | ${targets.map((target) => TARGETS[target]).join('<br>')} | ${outcomes.join(' | ')} |`,
	);
	const states = Object.values(STATES).map((state) => `Before: ${state}`);
	return [
		'',
		`| What happens | Step | ${states.join(' | ')} |`,
		'|---|---|---|---|---|---|',
		...rows,
		'',
	].join('\n');
}

const waysIn = (ways: readonly Way[]): string =>
	ways.length === Object.keys(WAYS).length ? 'any' : ways.map((way) => WAYS[way]).join('<br>');

/** First the targets of a way that end alike, then the ways whose targets do. */
function rowsOf(cells: readonly SeenCell[]): Row[] {
	const rows: Row[] = [];
	for (const way of Object.keys(WAYS) as Way[]) {
		const own: Row[] = [];
		for (const target of Object.keys(TARGETS) as Target[]) {
			const outcomes = cells
				.filter((cell) => cell.way === way && cell.target === target)
				.map(({ seen }) => shortOf(seen.outcome));
			const same = own.find((row) => row.outcomes.join() === outcomes.join());
			if (same) same.targets.push(target);
			else own.push({ ways: [way], targets: [target], outcomes });
		}
		for (const row of own) {
			const { targets, outcomes } = row;
			const same = rows.find(
				(other) => JSON.stringify([other.targets, other.outcomes]) === JSON.stringify([targets, outcomes]),
			);
			if (same) same.ways.push(way);
			else rows.push(row);
		}
	}
	return rows;
}

function legend(cells: readonly SeenCell[]): string {
	const used = new Set(cells.map(({ seen }) => seen.outcome));
	const lines = (Object.keys(OUTCOMES) as Outcome[])
		.filter((outcome) => used.has(outcome))
		.map((outcome) => `- **${OUTCOMES[outcome][0]}**: ${OUTCOMES[outcome][1]}`);
	return ['', ...lines, ''].join('\n');
}
