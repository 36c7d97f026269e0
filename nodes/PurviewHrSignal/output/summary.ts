import { count } from '../../shared/core/format';
import { checkCounts, open, sentence } from '../../shared/n8n/output/sentence';
import { SCENARIOS } from '../../shared/purview/signals/scenarios';
import type { Outcome } from '../../shared/report/page/verdict';
import type { Settings } from '../settings';
import type { ChunkResult, SentResult } from './facts';
import { rowsToSend, type PreparedJob } from './preparation';

const MAIN_FACTS: readonly string[] = [
	'valid',
	'status',
	'reason',
	'scenario',
	'jobId',
	'rows',
	'rowsSent',
	'rejectedRows',
	'errors',
	'warnings',
	'findingLines',
	'columnsLeftOut',
	'proposals',
	'fileName',
	'possiblyDuplicatedRows',
	'alreadySent',
	'rowsSentBefore',
	'rowsTakenAsSent',
	'lastSentAt',
	'previouslySentAt',
	'sentAgainBecause',
	'tenantId',
	'folderNote',
	'rejectedRowsNote',
];

/** Facts of a result that the next step may need, in the order in which the output shows them. */
export const mainFacts = ({ scenario }: Settings): readonly string[] =>
	scenario === 'several' ? [...MAIN_FACTS, 'perScenario'] : MAIN_FACTS;

/** What a file of signals is called. */
const named = (scenario: Settings['scenario']): string =>
	scenario === 'several' ? '' : ` (${SCENARIOS[scenario].displayName})`;

/** A job that was not sent, in a sentence. */
export function summarizeUnsent(
	outcome: Extract<Outcome, { reason: string } | { kind: 'ready' }>,
	job: PreparedJob,
	{ scenario, signals: { onInvalid } }: Settings,
): string {
	const counts = checkCounts(job, onInvalid);
	if (outcome.kind === 'skipped') return `Nothing sent. ${outcome.reason}`;
	if (outcome.kind !== 'ready') return sentence([`Not ready. ${open(outcome.reason)}`, ...counts]);
	const rows = count(rowsToSend(job), 'row');
	return sentence([`${rows} ready for Purview${named(scenario)}`, ...counts]);
}

/** A job that was sent, in a sentence. */
export function summarizeSent(
	sent: SentResult,
	job: PreparedJob,
	{ scenario, signals: { onInvalid } }: Settings,
): string {
	const twice = sent.possiblyDuplicatedRows;
	const did = sent.alreadySent
		? `Nothing sent now: an earlier attempt has sent all ${count(rowsToSend(job), 'row')}`
		: `${count(sent.rowsSent, 'row')} sent to Purview${named(scenario)} in ${count(sent.chunks, 'chunk')}`;
	return sentence([
		did,
		sent.status === 'PartlyAccepted' ? 'Purview accepted some only in part' : '',
		sent.rowsSentBefore > 0 ? `${count(sent.rowsSentBefore, 'row')} sent by an earlier run` : '',
		sent.rowsTakenAsSent > 0 ? `${count(sent.rowsTakenAsSent, 'row')} in doubt taken as sent` : '',
		twice > 0 ? `${count(twice, 'row')} may have arrived twice` : '',
		...checkCounts(job, onInvalid),
	]);
}

/** A chunk, in a sentence. */
export function summarizeChunk({ chunk, chunks, rowsSent, status }: ChunkResult): string {
	const partly = status === 'PartlyAccepted' ? '; Purview accepted it only in part' : '';
	return `Chunk ${chunk} of ${chunks}: ${count(rowsSent, 'row')} sent${partly}.`;
}
