import { PAGE, readReliabilityPage } from './document';
import { writeFileSync } from 'node:fs';
import type { ProblemKind } from '../../nodes/shared/core/problem';

/** What one call did with one hostile answer, and what that cost. */
export interface HostileCell {
	call: string;
	attack: string;
	/** HTTP status of the answer */
	status: number;
	outcome: ProblemKind | 'taken' | 'fault';
	processorMs: number;
	/** longest stretch of processor time without giving the event loop back */
	stretchMs: number;
	memoryBytes: number;
	diskBytes: number;
	/** names of secrets and values of people that were found in what would be kept */
	canaries: string[];
}

const BEGIN = '<!-- hostile answers: written by `npm run docs:hostile` -->\n';
const END = '\n<!-- end of hostile answers -->';

/** The outcomes in the order of the page, in words. */
const OUTCOMES: Partial<Record<HostileCell['outcome'], string>> = {
	taken: 'taken, shortened and cleaned',
	refused: 'error: a refusal',
	token: 'error: a refusal of Entra',
	unexpectedAnswer: 'error: no answer of this service',
	network: 'error: no whole answer',
	inDoubt: 'in doubt',
	cancelled: 'goes on until the time limit, or until somebody stops it',
};

/** Puts what was seen into docs/reliability.md. */
export function writeHostilePage(cells: readonly HostileCell[]): void {
	writeFileSync(PAGE, withHostileCells(readReliabilityPage(), cells));
}

/** The page without figures that differ from run to run. */
export function withoutFigures(page: string): string {
	return page.replace(/^Worst of .*$/m, '');
}

/** The page with the cells grouped by outcome between its two marks. */
export function withHostileCells(page: string, cells: readonly HostileCell[]): string {
	const begin = page.indexOf(BEGIN) + BEGIN.length;
	return `${page.slice(0, begin)}${figures(cells)}${table(cells)}${page.slice(page.indexOf(END))}`;
}

function figures(cells: readonly HostileCell[]): string {
	const worst = (of: (cell: HostileCell) => number) => Math.max(...cells.map(of));
	const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
	const found = cells.reduce((sum, { canaries }) => sum + canaries.length, 0);
	const costs = [
		`${Math.round(worst(({ processorMs }) => processorMs))} ms of processor time`,
		`${Math.round(worst(({ stretchMs }) => stretchMs))} ms of it at a stretch`,
		`${megabytes(worst(({ memoryBytes }) => memoryBytes))} of memory`,
		`${megabytes(worst(({ diskBytes }) => diskBytes))} on disk`,
		`${found} secrets or values in what was kept`,
	];
	return `\nWorst of ${cells.length} cells: ${costs.join(', ')}.\n`;
}

function table(cells: readonly HostileCell[]): string {
	const rows = Object.entries(OUTCOMES).flatMap(([outcome, words]) => {
		/** answers → calls that treat them so, by status */
		const calls = new Map<string, Set<string>>();
		for (const [key, answers] of answersByCall(cells.filter((cell) => cell.outcome === outcome))) {
			const known = calls.get(answers) ?? new Set();
			calls.set(answers, known.add(key));
		}
		return [...calls].map(([answers, keys]) => `| ${words} | ${callsIn([...keys])} | ${answers} |`);
	});
	return ['', '| Outcome | Calls | Answers |', '|---|---|---|', ...rows, ''].join('\n');
}

/** `HTTP 200: token` → its answers, as text. */
function answersByCall(cells: readonly HostileCell[]): Map<string, string> {
	const attacks = new Map<string, string[]>();
	for (const { call, status, attack } of cells) {
		const key = `HTTP ${status}: ${call}`;
		attacks.set(key, [...(attacks.get(key) ?? []), attack]);
	}
	return new Map([...attacks].map(([key, names]) => [key, joined(names)]));
}

/** All kinds of a group count as the group: `regex bait: blanks` and five others are `regex bait`. */
function joined(names: readonly string[]): string {
	const short = names.map((name) => {
		const group = name.split(': ', 1)[0];
		const size = names.filter((other) => other.startsWith(`${group}: `)).length;
		return size === GROUPS[group] ? group : name;
	});
	return [...new Set(short)].join('; ');
}

/** How many kinds each group has. */
const GROUPS: Readonly<Record<string, number>> = { 'regex bait': 6, bomb: 4 };

/** `HTTP 200: token, ping`, one line for each status. */
function callsIn(keys: readonly string[]): string {
	const statuses = [...new Set(keys.map((key) => key.split(': ')[0]))];
	return statuses
		.map((status) => {
			const calls = keys.filter((key) => key.startsWith(status)).map((key) => key.split(': ')[1]);
			return `${status}: ${calls.join(', ')}`;
		})
		.join('<br>');
}
