import type { ReportData, Verdict } from '../observe/reportData';
import { count, number } from '../../core/format';
import { WORDS } from './words';

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
 */
export function verdictOf(outcome: Outcome, facts: Facts): Verdict {
	const { records, invalid, destination, unit, onInvalid } = facts;
	const rows = count(records, unit);
	const words = WORDS[facts.delivery];
	if (outcome.kind === 'skipped') return { kind: 'attention', title: 'Not sent', sentence: outcome.reason };
	if (outcome.kind === 'refused') {
		const title = facts.errors === 0 ? words.notReady : `Not ready: ${count(facts.errors, 'error')}`;
		return { kind: 'bad', title, sentence: outcome.reason };
	}
	if (outcome.kind === 'failed') {
		return { kind: 'bad', title: words.failed, sentence: outcome.reason };
	}
	const sent = outcome.kind === 'sent';
	const title = sent ? 'Sent' : words.ready;
	const notes = sent ? (outcome.notes ?? []) : [];
	const isFlawless = invalid === 0 && facts.warnings === 0 && notes.length === 0 && onInvalid !== 'send';
	const kind = isFlawless ? 'good' : 'attention';
	const told = sent ? [words.accepted, ...notes] : [];
	const after = changesSentence(facts, sent) + told.map((sentence) => ` ${sentence}`).join('');
	if (onInvalid === 'send') {
		return {
			kind,
			title,
			sentence: `${rows} ${records === 1 ? 'was' : 'were'} not checked, as was asked for.${after}`,
		};
	}
	if (invalid > 0) {
		const left = `${number(records - invalid)} of ${rows} keep the rules of ${destination}`;
		const fate = sent ? 'was left out' : 'will be left out';
		const fates = sent ? 'were left out' : 'will be left out';
		return {
			kind,
			title: `${title}, without ${count(invalid, unit)}`,
			sentence: `${left}; ${number(invalid)} ${invalid === 1 ? fate : fates}.${after}`,
		};
	}
	const keeps = records === 1 ? `The one ${unit} keeps` : `All ${rows} keep`;
	const warnings = facts.warnings > 0 ? `, with ${count(facts.warnings, 'warning')}` : '';
	return { kind, title: `${title}${warnings}`, sentence: `${keeps} the rules of ${destination}.${after}` };
}

/** What is sent where only changes are. */
function changesSentence({ changes, unit }: Facts, sent: boolean): string {
	if (!changes) return '';
	const { newPeople, changedPeople, sentRows } = changes;
	const people = `${count(newPeople, 'new person', 'new people')} and ${count(changedPeople, 'changed one')}`;
	const were = sentRows === 1 ? 'was' : 'were';
	return ` ${count(sentRows, unit)} ${sent ? were : 'will be'} sent, about ${people}; the rest says nothing new.`;
}
