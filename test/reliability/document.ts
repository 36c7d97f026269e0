import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALL_IDS, CALLS, type CallId, type MatrixCall } from './calls';
import type { Duration, Seen } from './cell';
import type { Verdict } from './policy';

/** What the document says of a fault in a call. */
export type MatrixRow =
	| { fault: string; cannotOccur: string }
	| ({ fault: string; verdict: Verdict; because?: string } & Record<Duration, Seen>);

const PATH = join(__dirname, '../../docs/reliability.md');
const MARK = '<!-- Written by npm run docs:reliability. Do not edit below this line. -->';

/** The table of a call as it stands in docs/reliability.md; blank where there is none. */
export function tableInDocument(callId: CallId): string {
	return tables(readFileSync(PATH, 'utf8')).get(CALLS[callId].title) ?? '';
}

/** Puts the table of a call into docs/reliability.md, in the order of the calls. */
export function writeTable(callId: CallId, table: string): void {
	const text = readFileSync(PATH, 'utf8');
	const known = tables(text).set(CALLS[callId].title, table);
	const ordered = CALL_IDS.map((id) => known.get(CALLS[id].title) ?? '');
	writeFileSync(PATH, `${text.slice(0, text.indexOf(MARK) + MARK.length)}\n${ordered.join('')}`);
}

/** The tables below the mark, by their titles. */
function tables(text: string): Map<string, string> {
	const sections = text.slice(text.indexOf(MARK) + MARK.length).split(/(?=\n### )/);
	return new Map(sections.slice(1).map((section) => [/### (.*)/.exec(section)?.[1] ?? '', section]));
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

/** What was seen of a call, as a table with its heading. */
export function tableOf(callId: CallId, cells: readonly MatrixRow[]): string {
	const { title, step, about }: MatrixCall = CALLS[callId];
	const lines = cells.map((cell) => {
		if ('cannotOccur' in cell) return [cell.fault, 'cannot occur', 'cannot occur', cell.cannotOccur];
		return [cell.fault, onceIn(cell), lastsIn(cell), sentenceOf(cell.always, cell.because)];
	});
	return [
		'',
		`### ${title}`,
		'',
		`Step: ${step}. ${about}`,
		'',
		'| What goes wrong | Struck once | While it lasts | What the user reads while it lasts |',
		'|---|---|---|---|',
		...lines.map((line) => `| ${line.map(asCell).join(' | ')} |`),
		'',
	].join('\n');
}

function onceIn({ verdict, once }: { verdict: Verdict; once: Seen }): string {
	if (once.told === 'mayBeTwice') return 'sent again, succeeded; told that rows may have arrived twice';
	if (once.told === 'mayBeAccepted') return '**in doubt**: told, not sent again';
	if (once.ended === 'error') return 'error';
	if (verdict === 'freshToken') return 'fresh token, succeeded';
	return once.requests > 1 ? 'tried again, succeeded' : 'succeeded';
}

function lastsIn({ verdict, always }: { verdict: Verdict; always: Seen }): string {
	const attempts = always.requests === 1 ? '1 request' : `${always.requests} requests`;
	if (always.told === 'mayBeAccepted') return `**in doubt** after ${attempts}`;
	if (always.ended === 'success') return `success after ${attempts}`;
	return `error after ${attempts}${verdict === 'freshToken' ? ', one with a fresh token' : ''}`;
}

function sentenceOf({ message, advice }: Seen, because: string | undefined): string {
	const told =
		advice === message || advice === '' ? message : `${message}\n*${advice.replaceAll('\n', ' ')}*`;
	return withoutChance([told, because && `(${because})`].filter(Boolean).join('\n'));
}

function asCell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}
