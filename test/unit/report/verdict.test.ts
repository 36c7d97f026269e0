import { ENGLISH_WORDS } from '../../helpers/englishWords';
import { verdictOf, type Outcome } from '../../../nodes/shared/report/page/verdict';

type Facts = Parameters<typeof verdictOf>[1];

const clean: Facts = {
	records: 40,
	invalid: 0,
	onInvalid: 'stop',
	errors: 0,
	warnings: 0,
	destination: 'the service',
	delivery: 'import',
	unit: 'row',
};
const ready: Outcome = { kind: 'ready' };
const sent: Outcome = { kind: 'sent', ingestionId: 'abc' };
const accepted = ' Microsoft has accepted the upload and processes it now.';
const changes = {
	previousPeople: 9,
	newPeople: 1,
	changedPeople: 2,
	unchangedPeople: 5,
	missingPeople: 1,
	rejectedPeople: 0,
	sentRows: 3,
	unchangedRows: 5,
	columns: [],
};

it.each<[string, Outcome, Partial<Facts>, ReturnType<typeof verdictOf>]>([
	[
		'skipped',
		{ kind: 'skipped', reason: 'Busy.' },
		{ invalid: 3, errors: 3 },
		{ kind: 'attention', title: 'Not sent', sentence: 'Busy.' },
	],
	[
		'refused for errors',
		{ kind: 'refused', reason: 'Wrong.' },
		{ errors: 2 },
		{ kind: 'bad', title: 'Not ready: 2 errors', sentence: 'Wrong.' },
	],
	[
		'refused without an error',
		{ kind: 'refused', reason: 'Too many are left out.' },
		{},
		{ kind: 'bad', title: 'Not ready to import', sentence: 'Too many are left out.' },
	],
	[
		'failed',
		{ kind: 'failed', reason: 'No answer.' },
		{ errors: 2 },
		{ kind: 'bad', title: 'The upload did not succeed', sentence: 'No answer.' },
	],
	[
		'ready',
		ready,
		{},
		{ kind: 'good', title: 'Ready to import', sentence: 'All 40 rows keep the rules of the service.' },
	],
	[
		'ready, one record',
		ready,
		{ records: 1, unit: 'item' },
		{ kind: 'good', title: 'Ready to import', sentence: 'The one item keeps the rules of the service.' },
	],
	[
		'sent',
		sent,
		{},
		{ kind: 'good', title: 'Sent', sentence: `All 40 rows keep the rules of the service.${accepted}` },
	],
	[
		'ready with warnings',
		ready,
		{ warnings: 1 },
		{
			kind: 'attention',
			title: 'Ready to import, with 1 warning',
			sentence: 'All 40 rows keep the rules of the service.',
		},
	],
	[
		'ready without one',
		ready,
		{ invalid: 1, errors: 1, onInvalid: 'leaveOut' },
		{
			kind: 'attention',
			title: 'Ready to import, without 1 row',
			sentence: '39 of 40 rows keep the rules of the service; 1 will be left out.',
		},
	],
	[
		'ready without two',
		ready,
		{ invalid: 2, errors: 2, onInvalid: 'leaveOut' },
		{
			kind: 'attention',
			title: 'Ready to import, without 2 rows',
			sentence: '38 of 40 rows keep the rules of the service; 2 will be left out.',
		},
	],
	[
		'sent without one',
		sent,
		{ invalid: 1, errors: 1, onInvalid: 'leaveOut' },
		{
			kind: 'attention',
			title: 'Sent, without 1 row',
			sentence: `39 of 40 rows keep the rules of the service; 1 was left out.${accepted}`,
		},
	],
	[
		'sent without two',
		sent,
		{ invalid: 2, errors: 2, onInvalid: 'leaveOut' },
		{
			kind: 'attention',
			title: 'Sent, without 2 rows',
			sentence: `38 of 40 rows keep the rules of the service; 2 were left out.${accepted}`,
		},
	],
	[
		'unchecked, ready',
		ready,
		{ invalid: 2, onInvalid: 'send' },
		{
			kind: 'attention',
			title: 'Ready to import',
			sentence: '40 rows were not checked, as was asked for.',
		},
	],
	[
		'unchecked, sent',
		sent,
		{ onInvalid: 'send' },
		{ kind: 'attention', title: 'Sent', sentence: `40 rows were not checked, as was asked for.${accepted}` },
	],
	[
		'unchecked, one record',
		ready,
		{ records: 1, onInvalid: 'send' },
		{ kind: 'attention', title: 'Ready to import', sentence: '1 row was not checked, as was asked for.' },
	],
	[
		'changes of one and of several',
		ready,
		{ changes: { ...changes, newPeople: 2, changedPeople: 1, sentRows: 1 } },
		{
			kind: 'good',
			title: 'Ready to import',
			sentence:
				'All 40 rows keep the rules of the service. 1 row will be sent, about 2 new people and 1 changed one; the rest says nothing new.',
		},
	],
	[
		'one change, sent',
		sent,
		{ changes: { ...changes, newPeople: 0, changedPeople: 1, sentRows: 1 } },
		{
			kind: 'good',
			title: 'Sent',
			sentence: `All 40 rows keep the rules of the service. 1 row was sent, about 0 new people and 1 changed one; the rest says nothing new.${accepted}`,
		},
	],
	[
		'changes, ready',
		ready,
		{ changes },
		{
			kind: 'good',
			title: 'Ready to import',
			sentence:
				'All 40 rows keep the rules of the service. 3 rows will be sent, about 1 new person and 2 changed ones; the rest says nothing new.',
		},
	],
	[
		'changes, sent',
		sent,
		{ changes },
		{
			kind: 'good',
			title: 'Sent',
			sentence: `All 40 rows keep the rules of the service. 3 rows were sent, about 1 new person and 2 changed ones; the rest says nothing new.${accepted}`,
		},
	],
	[
		'signals, ready',
		ready,
		{ delivery: 'signals' },
		{ kind: 'good', title: 'Ready to send', sentence: 'All 40 rows keep the rules of the service.' },
	],
	[
		'signals, sent with a note',
		{ kind: 'sent', notes: ['Only partly accepted.'] },
		{ delivery: 'signals' },
		{
			kind: 'attention',
			title: 'Sent',
			sentence:
				"All 40 rows keep the rules of the service. Purview has accepted the file; 'RecordsSaved' in the connector's log tells how many rows it saved. Only partly accepted.",
		},
	],
	[
		'signals, refused without an error',
		{ kind: 'refused', reason: 'Too many are left out.' },
		{ delivery: 'signals' },
		{ kind: 'bad', title: 'Not ready to send', sentence: 'Too many are left out.' },
	],
	[
		'signals, failed',
		{ kind: 'failed', reason: 'No answer.' },
		{ delivery: 'signals' },
		{ kind: 'bad', title: 'The sending did not succeed', sentence: 'No answer.' },
	],
])('%s', (_, outcome, facts, verdict) => {
	expect(verdictOf(outcome, { ...clean, ...facts }, ENGLISH_WORDS)).toEqual(verdict);
});
