import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CALL_IDS, CALLS, type CallId, type MatrixCall } from './calls';
import type { Duration, Seen } from './cell';
import { OUTCOMES, outcomeOf, type Outcome } from './outcomes';
import type { Verdict } from './policy';

/** What a run of the matrix has seen of a fault in a call. */
export type MatrixCell =
	| { fault: string; cannotOccur: string }
	| ({ fault: string; verdict: Verdict; because?: string } & Record<Duration, Seen>);

/** The cells of each call, in the order of the faults. */
export type Matrix = ReadonlyMap<CallId, readonly MatrixCell[]>;

const root = join(__dirname, '../..');
/** docs/reliability.md */
export const PAGE = join(root, 'docs/reliability.md');
const FULL_MATRIX = join(root, 'test-results/reliability-matrix.md');
const BEGIN = '<!-- matrix: written by `npm run docs:reliability` -->\n';
const END = '\n<!-- end of matrix -->';

/** docs/reliability.md as it stands. */
export const readReliabilityPage = (): string => readFileSync(PAGE, 'utf8');

/** Puts what the matrix has seen into docs/reliability.md. */
export function writeReliabilityPage(matrix: Matrix): void {
	writeFileSync(PAGE, withGroups(readReliabilityPage(), matrix));
}

/** The page with the matrix grouped by outcome between its two marks; all else is written by hand. */
export function withGroups(page: string, matrix: Matrix): string {
	const groups = (Object.keys(OUTCOMES) as Outcome[]).map((outcome) => group(outcome, matrix));
	const begin = page.indexOf(BEGIN) + BEGIN.length;
	return `${page.slice(0, begin)}${groups.join('')}${page.slice(page.indexOf(END))}`;
}

/** Writes every cell with all its sentences to a file that is not committed; CI keeps it. */
export function writeFullMatrix(matrix: Matrix): void {
	mkdirSync(dirname(FULL_MATRIX), { recursive: true });
	const tables = CALL_IDS.map((callId) => fullTable(callId, matrix.get(callId) ?? []));
	writeFileSync(FULL_MATRIX, `# The reliability matrix in full\n${tables.join('')}`);
}

/** Replaces what differs from run to run: addresses of this machine, ids, times. */
export function withoutChance(text: string): string {
	return text
		.replace(/\b(localhost:\d+|hr-service\.invalid)/g, '`host`')
		.replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '`id`')
		.replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '`time`')
		.replace(/ \((EAI_AGAIN|ENOTFOUND|EPIPE|ECONNRESET|ERR_STREAM_PREMATURE_CLOSE)\)(?=\*?$)/gm, '')
		.replace(
			/got no answer(?=: the connection to)|broke off half-way and was not processed/,
			'did not get through',
		);
}

/** One outcome: its heading and a table with the calls and faults that end so. */
function group(outcome: Outcome, matrix: Matrix): string {
	const { title, about } = OUTCOMES[outcome];
	const lines = rowsOf(outcome, matrix).map(
		({ calls, detail, faults }) =>
			`| ${calls.map((id) => CALLS[id].title).join('<br>')} | ${detail} | ${joinFaults(faults)} |`,
	);
	const detailTitle = outcome === 'cannotOccur' ? 'Reason' : 'Requests while it lasts';
	return [
		'',
		`### ${title}`,
		'',
		about,
		'',
		`| Calls | ${detailTitle} | What goes wrong |`,
		'|---|---|---|',
		...lines,
		'',
	].join('\n');
}

interface Row {
	calls: CallId[];
	detail: string;
	faults: string[];
}

/** The rows of an outcome: calls that treat the same faults alike share one. */
function rowsOf(outcome: Outcome, matrix: Matrix): Row[] {
	const rows = new Map<string, Row>();
	for (const [callId, cells] of matrix) {
		for (const [detail, faults] of faultsByDetail(outcome, cells)) {
			const key = JSON.stringify([detail, faults]);
			const row = rows.get(key) ?? { calls: [], detail, faults };
			row.calls.push(callId);
			rows.set(key, row);
		}
	}
	return [...rows.values()];
}

function faultsByDetail(outcome: Outcome, cells: readonly MatrixCell[]): Map<string, string[]> {
	const faults = new Map<string, string[]>();
	for (const cell of cells) {
		if (outcomeOf(cell) !== outcome) continue;
		const detail = detailOf(cell);
		faults.set(detail, [...(faults.get(detail) ?? []), cell.fault]);
	}
	return faults;
}

function detailOf(cell: MatrixCell): string {
	if ('cannotOccur' in cell) return cell.cannotOccur;
	return [String(cell.always.requests), cell.because].filter(Boolean).join(': ');
}

/** Faults in one cell; `HTTP 400; HTTP 403` becomes `HTTP 400, 403`. */
function joinFaults(faults: readonly string[]): string {
	const isStatus = (fault: string | undefined) => /^HTTP \d{3}$/.test(fault ?? '');
	return faults
		.map((fault, index) => {
			if (index === 0) return fault;
			return isStatus(fault) && isStatus(faults[index - 1])
				? `, ${fault.slice('HTTP '.length)}`
				: `; ${fault}`;
		})
		.join('');
}

/** Every fault of a call, with what the user reads while it lasts. */
function fullTable(callId: CallId, cells: readonly MatrixCell[]): string {
	const { title, step, about }: MatrixCall = CALLS[callId];
	const lines = cells.map((cell) => {
		const outcome = OUTCOMES[outcomeOf(cell)].title;
		if ('cannotOccur' in cell) return [cell.fault, outcome, '', cell.cannotOccur];
		return [cell.fault, outcome, String(cell.always.requests), sentenceOf(cell.always, cell.because)];
	});
	return [
		'',
		`## ${title}`,
		'',
		`Step: ${step}. ${about}`,
		'',
		'| What goes wrong | Outcome | Requests while it lasts | What the user reads while it lasts |',
		'|---|---|---|---|',
		...lines.map((line) => `| ${line.map(asCell).join(' | ')} |`),
		'',
	].join('\n');
}

function sentenceOf({ message, advice }: Seen, because: string | undefined): string {
	const told =
		advice === message || advice === '' ? message : `${message}\n*${advice.replaceAll('\n', ' ')}*`;
	return withoutChance([told, because && `(${because})`].filter(Boolean).join('\n'));
}

function asCell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}
