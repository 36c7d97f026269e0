import type { ReportData, Verdict } from '../observe/reportData';
import type { Language } from '../language/language';

/** What became of the data. */
export type Outcome =
	/** checked only, and nothing stands in the way */
	| { kind: 'ready' }
	/** the service took it; the notes say what somebody should look at */
	| { kind: 'sent'; ingestionId?: string; notes?: readonly string[] }
	/** not tried, for a reason that has nothing to do with the data */
	| { kind: 'skipped'; reason: string }
	/** the checks stop it */
	| { kind: 'refused'; reason: string }
	/** tried, and the service or the way to it failed */
	| { kind: 'failed'; reason: string };

type Facts = Pick<
	ReportData,
	| 'records'
	| 'invalid'
	| 'onInvalid'
	| 'errors'
	| 'warnings'
	| 'destination'
	| 'delivery'
	| 'unit'
	| 'changes'
>;

/**
 * The verdict of a report.
 * @param outcome what became of the data
 * @param facts what was counted
 * @param language of the report; the reason of an outcome is English
 */
export function verdictOf(outcome: Outcome, facts: Facts, { say }: Language): Verdict {
	const { records, invalid, destination, unit, onInvalid, delivery, errors } = facts;
	const rows = say(`n.${unit}`, { n: records });
	if (outcome.kind === 'skipped') {
		return { kind: 'attention', title: say('notSent'), sentence: outcome.reason };
	}
	if (outcome.kind === 'refused') {
		const title = errors === 0 ? say(`notReady.${delivery}`) : say('notReadyErrors', { n: errors });
		return { kind: 'bad', title, sentence: outcome.reason };
	}
	if (outcome.kind === 'failed') {
		return { kind: 'bad', title: say(`failed.${delivery}`), sentence: outcome.reason };
	}
	const sent = outcome.kind === 'sent';
	const title = sent ? say('sent') : say(`ready.${delivery}`);
	const notes = sent ? (outcome.notes ?? []) : [];
	const isFlawless = invalid === 0 && facts.warnings === 0 && notes.length === 0 && onInvalid !== 'send';
	const kind = isFlawless ? 'good' : 'attention';
	const told = sent ? [say(`accepted.${delivery}`), ...notes] : [];
	const after = [...changesSentence(facts, sent, say), ...told].map((sentence) => ` ${sentence}`).join('');
	if (onInvalid === 'send') {
		return { kind, title, sentence: say('notChecked', { n: records, rows }) + after };
	}
	if (invalid > 0) {
		const valid = records - invalid;
		const kept = { n: invalid, valid, rows, destination };
		return {
			kind,
			title: say('titleWithout', { title, what: say(`n.${unit}`, { n: invalid }) }),
			sentence: say(sent ? 'keptAndLeftOut' : 'keepAndLeaveOut', kept) + after,
		};
	}
	const { warnings } = facts;
	return {
		kind,
		title: warnings > 0 ? say('titleWith', { title, what: say('nWarnings', { n: warnings }) }) : title,
		sentence: say(`allKeep.${unit}`, { n: records, rows, destination }) + after,
	};
}

/** What is sent where only changes are. */
function changesSentence({ changes, unit }: Facts, sent: boolean, say: Language['say']): string[] {
	if (!changes) return [];
	const { newPeople, changedPeople, sentRows } = changes;
	return [
		say(sent ? 'changesWereSent' : 'changesWillBeSent', {
			n: sentRows,
			rows: say(`n.${unit}`, { n: sentRows }),
			people: say('nNew', { n: newPeople }),
			changed: say('nChanged', { n: changedPeople }),
		}),
	];
}
