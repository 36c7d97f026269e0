import { count, number } from '../../shared/core/format';
import { checkCounts, open, sentence } from '../../shared/n8n/output/sentence';
import type { Outcome } from '../../shared/report/page/verdict';
import { DESTINATIONS, type DestinationId, type RefreshKind } from '../../shared/viva/service/destinations';
import type { PreparedImport } from './preparation';

const AS: Readonly<Record<RefreshKind, string>> = {
	full: ' as a full refresh',
	incremental: ' as an incremental update',
	merge: '',
};

/** Facts of a result that the next step may need, in the order in which the output shows them. */
export const MAIN_FACTS: readonly string[] = [
	'valid',
	'ingestionId',
	'status',
	'reason',
	'destination',
	'rows',
	'rejectedRows',
	'errors',
	'warnings',
	'findingLines',
	'columnsLeftOut',
	'proposals',
	'refresh',
	'fileName',
	'alreadyAccepted',
	'possiblyDuplicated',
	'tenantId',
	'scaleUnit',
	'uploadNote',
	'folderNote',
	'missingPeopleNote',
	'rejectedRowsNote',
];

/** How many rows an import has that are sent, or would be. */
export const rowsToSend = ({ records, rejected, changes }: PreparedImport): number =>
	changes?.counts.sentRows ?? records - rejected;

/**
 * What became of an import, in a sentence.
 * @param outcome see {@link Outcome}
 * @param prepared what was checked and packed
 * @param destination where it goes
 * @param possiblyDuplicated whether an upload before was in doubt
 */
export function summarize(
	outcome: Outcome,
	prepared: PreparedImport,
	{ destination, possiblyDuplicated }: { destination: DestinationId; possiblyDuplicated: boolean },
): string {
	const { displayName } = DESTINATIONS[destination];
	const { readiness, onInvalid } = prepared;
	const counts = [...checkCounts(prepared, onInvalid), readiness ? open(readiness.sentence) : ''];
	const rows = count(rowsToSend(prepared), 'row');
	const as = AS[prepared.refresh];
	switch (outcome.kind) {
		case 'sent':
			return sentence([
				`${rows} sent to ${displayName}${as}`,
				...changesOf(prepared),
				possiblyDuplicated ? 'the service may have this content twice' : '',
				...counts,
			]);
		case 'ready': {
			if (prepared.changes?.counts.sentRows === 0) {
				return sentence(['Nothing changed since the previous file: an upload sends nothing', ...counts]);
			}
			return sentence([`${rows} ready for ${displayName}${as}`, ...changesOf(prepared), ...counts]);
		}
		case 'skipped':
			return outcome.reason.includes('nothing was sent') ? outcome.reason : `Nothing sent. ${outcome.reason}`;
		case 'refused':
		case 'failed':
			return sentence([`Not ready. ${open(outcome.reason)}`, ...counts]);
	}
}

function changesOf({ changes }: PreparedImport): string[] {
	if (!changes) return [];
	const { newPeople, changedPeople, missingPeople } = changes.counts;
	const missing = missingPeople > 0 ? `, ${number(missingPeople)} missing` : '';
	return [`${count(newPeople, 'new person', 'new people')}, ${number(changedPeople)} changed${missing}`];
}
