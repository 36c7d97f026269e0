import type { Duration, Seen } from './cell';
import type { Verdict } from './policy';

/** What can come of a fault in a call. */
export type Outcome =
	'triedAgain' | 'freshToken' | 'succeeded' | 'failed' | 'inDoubt' | 'sentAgain' | 'cannotOccur';

type End = Pick<Seen, 'ended' | 'told'>;

interface OutcomeText {
	title: string;
	/** what the page says below the title */
	about: string;
	/** how the run ends when the fault strikes once, and while it lasts */
	ends?: Record<Duration, End>;
}

const success: End = { ended: 'success', told: 'nothing' };
const failure: End = { ended: 'error', told: 'nothing' };
const doubt: End = { ended: 'error', told: 'mayBeAccepted' };

/** Every outcome, in the order of the page. */
export const OUTCOMES: Readonly<Record<Outcome, OutcomeText>> = {
	triedAgain: {
		title: 'Tried again',
		about: 'Struck once: the step sends the request again and succeeds. While it lasts: error.',
		ends: { once: success, always: failure },
	},
	freshToken: {
		title: 'Tried again with a fresh token',
		about: 'Struck once: the step fetches a new token and succeeds. While it lasts: error.',
		ends: { once: success, always: failure },
	},
	succeeded: {
		title: 'Success',
		about: 'The step succeeds in both cases.',
		ends: { once: success, always: success },
	},
	failed: {
		title: 'Error at once',
		about: 'The step stops with an error in both cases. A new attempt would not help, or would not be safe.',
		ends: { once: failure, always: failure },
	},
	inDoubt: {
		title: 'In doubt',
		about: 'The step stops, says that the data may have been accepted, and does not send it again.',
		ends: { once: doubt, always: doubt },
	},
	sentAgain: {
		title: 'Sent again, possibly duplicated',
		about:
			'Struck once: the step sends the rows again, succeeds, and lists the rows that may have arrived twice. While it lasts: in doubt.',
		ends: { once: { ended: 'success', told: 'mayBeTwice' }, always: doubt },
	},
	cannotOccur: { title: 'Cannot occur', about: 'These faults cannot strike these calls.' },
};

/** The outcome of a cell; throws where what was seen is none of them. */
export function outcomeOf(
	cell: { cannotOccur: string } | ({ fault: string; verdict: Verdict } & Record<Duration, End>),
): Outcome {
	if ('cannotOccur' in cell) return 'cannotOccur';
	if (cell.verdict === 'freshToken') return 'freshToken';
	const found = (Object.keys(OUTCOMES) as Outcome[]).find((outcome) => {
		const { ends } = OUTCOMES[outcome];
		return ends !== undefined && sameEnd(ends.once, cell.once) && sameEnd(ends.always, cell.always);
	});
	if (found === undefined) throw new Error(`No outcome describes what was seen of: ${cell.fault}`);
	return found;
}

const sameEnd = (one: End, other: End): boolean => one.ended === other.ended && one.told === other.told;
