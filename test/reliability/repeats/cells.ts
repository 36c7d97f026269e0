/** What n8n does so that a step runs more than once, or not to its end. */
export const WAYS = {
	retryOnFail: 'Retry On Fail',
	retryButton: 'Retry button',
	triggerTwice: 'trigger fires twice',
	executeOnce: 'Execute Once',
	loop: 'Loop Over Items',
	severalFiles: 'several files',
	onErrorContinue: 'On Error: Continue',
	timeLimit: 'time limit',
	stopButton: 'Stop button',
	killed: 'SIGKILL',
	twoWorkers: 'two workers',
} as const;
export type Way = keyof typeof WAYS;

/** Where a step sends, or what it asks. */
export const TARGETS = {
	viva: 'Viva Insights',
	organizationalData: 'Organizational Data',
	purview: 'Purview',
	purviewStop: 'Purview, *Rows in Doubt*: Stop',
	poll: 'Poll Ingestion',
} as const;
export type Target = keyof typeof TARGETS;

/** How far the first run came. */
export const STATES = {
	refused: 'refused',
	inDoubt: 'in doubt',
	accepted: 'accepted',
	halfDone: 'half done',
} as const;
export type State = keyof typeof STATES;

/** How a cell ends: in short, and what is sent and told. */
export const OUTCOMES = {
	sends: ['sends', 'The step sends. The data arrives once.'],
	sendsRest: ['sends the rest', 'The step sends only what is missing and says what was sent before.'],
	sendsAndTells: [
		'sends, counts possible duplicates',
		'The step sends what was in doubt again and counts the rows that may have arrived twice.',
	],
	sendsAgain: [
		'sends again, says so',
		'The step sends the same rows again, as Purview wants them, and says when they were sent before (`previouslySentAt`). With *Skip When Unchanged* it sends nothing.',
	],
	givesExisting: [
		'gives what exists',
		'The step sends nothing and gives the import or the delivery that exists.',
	],
	errorInDoubt: [
		'error: in doubt',
		'The step sends nothing. The error says that the data may have arrived, and where to look.',
	],
	errorBefore: ['error: not sent', 'The step sends nothing. The error says why and what to change.'],
	asks: [
		'asks again',
		'Poll Ingestion sends nothing at any time. It asks the service again and gives the end of the import.',
	],
} as const;
export type Outcome = keyof typeof OUTCOMES;

/** One cell of the table. */
export interface Cell {
	way: Way;
	target: Target;
	state: State;
	expected: Outcome;
}

type Row = readonly [refused: Outcome, inDoubt: Outcome, accepted: Outcome, halfDone: Outcome];
type Rows = Readonly<Record<Target, Row>>;

const always = (outcome: Outcome): Row => [outcome, outcome, outcome, outcome];
const poll = always('asks');

/** The run goes on: it knows what it has done. */
const sameRun: Rows = {
	viva: ['sends', 'errorInDoubt', 'givesExisting', 'sendsRest'],
	organizationalData: ['sends', 'errorInDoubt', 'givesExisting', 'sendsRest'],
	purview: ['sends', 'sendsAndTells', 'givesExisting', 'sendsRest'],
	purviewStop: ['sends', 'errorInDoubt', 'givesExisting', 'sendsRest'],
	poll,
};

/** Another execution with the same data. Purview has to get the same events again from time to time (source C5). */
const otherRun: Rows = {
	...sameRun,
	purview: ['sends', 'sendsAndTells', 'sendsAgain', 'sendsRest'],
	purviewStop: ['sends', 'errorInDoubt', 'sendsAgain', 'sendsRest'],
};

/** Nobody could note that the last attempt was refused, so it counts as in doubt. */
const killed: Rows = {
	viva: ['errorInDoubt', 'errorInDoubt', 'givesExisting', 'errorInDoubt'],
	organizationalData: ['errorInDoubt', 'errorInDoubt', 'givesExisting', 'errorInDoubt'],
	purview: ['sendsAndTells', 'sendsAndTells', 'sendsAgain', 'sendsAndTells'],
	purviewStop: ['errorInDoubt', 'errorInDoubt', 'sendsAgain', 'errorInDoubt'],
	poll,
};

const refusedBefore = always('errorBefore');

const EXPECTED: Readonly<Record<Way, Rows>> = {
	retryOnFail: sameRun,
	retryButton: sameRun,
	triggerTwice: {
		...otherRun,
		// Both run at the same time.
		purview: ['sends', 'sendsAndTells', 'errorBefore', 'sendsRest'],
		purviewStop: ['sends', 'errorInDoubt', 'errorBefore', 'sendsRest'],
	},
	executeOnce: {
		viva: refusedBefore,
		organizationalData: refusedBefore,
		purview: refusedBefore,
		purviewStop: refusedBefore,
		poll,
	},
	loop: {
		// Half done are two incremental files, which add to what is there.
		viva: ['errorBefore', 'errorBefore', 'errorBefore', 'sends'],
		organizationalData: always('sends'),
		purview: always('sends'),
		purviewStop: always('sends'),
		poll,
	},
	severalFiles: { ...sameRun, viva: refusedBefore },
	onErrorContinue: otherRun,
	timeLimit: otherRun,
	stopButton: otherRun,
	killed,
	twoWorkers: otherRun,
};

const keysOf = <T extends object>(record: T) => Object.keys(record) as Array<keyof T>;

/** All cells, in the order of the page. */
export const CELLS: readonly Cell[] = keysOf(WAYS).flatMap((way) =>
	keysOf(TARGETS).flatMap((target) =>
		keysOf(STATES).map((state, index) => ({ way, target, state, expected: EXPECTED[way][target][index] })),
	),
);
