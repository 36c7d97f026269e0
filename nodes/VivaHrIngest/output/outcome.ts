import type { IDataObject } from 'n8n-workflow';
import type { Problem } from '../../shared/core/problem';
import type { AcceptedImport } from '../../shared/imports/importStore';
import type { OnceOutcome } from '../../shared/imports/sendOnce';
import type { Outcome } from '../../shared/report/page/verdict';
import type { Ingestion } from '../../shared/viva/service/ingestion';

/** What became of a package: for the report, and for Poll Ingestion and the reader of the workflow. */
export interface Sent {
	outcome: Outcome;
	result: IDataObject;
}

/** What a person should see who looks at the step after it ended well. */
export function noteOf(outcome: OnceOutcome): string | undefined {
	switch (outcome.kind) {
		case 'skipped':
			return undefined;
		case 'alreadyAccepted':
			return alreadyAccepted(outcome.earlier);
		case 'accepted': {
			const { possiblyDuplicated, noteProblem } = outcome;
			const notes = [
				possiblyDuplicated ? 'The service may have this content twice: an upload before was in doubt.' : '',
				noteProblem ? `The import was accepted. ${noteProblem.message} ${noteProblem.advice}` : '',
			].filter(Boolean);
			return notes.length > 0 ? notes.join(' ') : undefined;
		}
	}
}

const alreadyAccepted = ({ executionId, acceptedAt }: AcceptedImport): string =>
	`Microsoft accepted the same content before (execution ${executionId}, ${acceptedAt}); nothing was sent. To send it again, run the workflow with the option 'Send Again'.`;

/** The result of an upload. */
export function describeOutcome(outcome: OnceOutcome, scaleUnit: string): Sent {
	if (outcome.kind === 'skipped') return skipped('An earlier import is still running.', { scaleUnit });
	const { kind, ingestion } = outcome;
	const earlier = kind === 'alreadyAccepted' ? outcome.earlier : undefined;
	return {
		outcome: earlier
			? { kind: 'skipped', reason: alreadyAccepted(earlier) }
			: { kind: 'sent', ingestionId: ingestion.Id },
		result: {
			ingestionId: ingestion.Id,
			status: ingestion.Status,
			alreadyAccepted: earlier !== undefined,
			...(earlier && { acceptedAt: earlier.acceptedAt, acceptedByExecution: earlier.executionId }),
			possiblyDuplicated: earlier
				? earlier.possiblyDuplicated
				: kind === 'accepted' && outcome.possiblyDuplicated,
			scaleUnit,
			connectorId: ingestion.ConnectorId ?? null,
			startDate: ingestion.StartDate ?? null,
			ingestion: ingestion as Ingestion & IDataObject,
		},
	};
}

/** The result of a validation. */
export function validated(reason: Problem | undefined): Sent {
	const outcome: Outcome = reason ? { kind: 'refused', reason: reason.message } : { kind: 'ready' };
	return { outcome, result: { valid: !reason } };
}

/** The result where nothing was sent for a reason that is not in the data. */
export function skipped(reason: string, more: IDataObject = {}): Sent {
	const outcome: Outcome = { kind: 'skipped', reason };
	return { outcome, result: { ingestionId: null, status: 'Skipped', reason, ...more } };
}
