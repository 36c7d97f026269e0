import { Problem } from '../../../nodes/shared/core/problem';
import type { Field } from '../../../nodes/shared/parameters/field';
import { understandValue } from '../../../nodes/shared/parameters/understandValue';

const refresh: Field = {
	kind: 'choice',
	label: 'Refresh',
	choices: [
		{ value: 'full', name: 'Full' },
		{ value: 'incremental', name: 'Incremental' },
	],
};
const rows: Field = {
	kind: 'number',
	label: 'Rows per Chunk',
	minimum: 1,
	maximum: 100_000,
	whole: true,
	percent: false,
};
const share: Field = { kind: 'number', label: 'Maximum (Percent)', minimum: 0, whole: false, percent: true };
const flag: Field = { kind: 'flag', label: 'Start Over' };
const text: Field = { kind: 'text', label: 'Job ID', mayBeBlank: false };
const options: Field = { kind: 'group', label: 'Options', fields: { rows, flag } };
const mapping: Field = {
	kind: 'groups',
	label: 'Column Mapping',
	list: true,
	groups: { entries: { kind: 'group', label: 'Column', fields: { text } } },
};

function refusal(value: unknown, field: Field): Problem {
	try {
		understandValue(value, field);
	} catch (error) {
		if (error instanceof Problem) return error;
		throw error;
	}
	throw new Error('not refused');
}

it.each([
	['Incremental', refresh, "'Refresh' is a text that is none of its values.", /full \(Full\), incremental/],
	[undefined, refresh, "'Refresh' is nothing (undefined) that is none of its values.", /full/],
	['2,000', rows, "'Rows per Chunk' is a text that is not a number.", /from 1 to 100000/],
	[40_000_000, rows, "'Rows per Chunk' is a number out of its range.", /from 1 to 100000/],
	[2.5, rows, "'Rows per Chunk' is a number with decimals.", /a whole number from 1/],
	[NaN, rows, "'Rows per Chunk' is a result (NaN) that is not a number.", /1 to/],
	['15 min', share, "'Maximum (Percent)' is a text that is not a number.", /of 0 or more/],
	[1, flag, "'Start Over' is a number that is neither true nor false.", /true or false/],
	[[], text, "'Job ID' is a list instead of a text.", /text/],
	[' ', text, "'Job ID' is blank.", /Fill it in/],
	['{}', options, "'Options' is a text instead of a group of fields.", /Fill it in again/],
	[{ wors: 1 }, options, "'Options' is a group with the field 'wors', which it does not have.", /rows, flag/],
	[{ rows: null }, options, "'Rows per Chunk' is nothing (null) that is not a number.", /1 to/],
	[{ entries: {} }, mapping, "'Column Mapping' is an object instead of a list.", /Fill it in again/],
	[{ entries: [{ text: null }] }, mapping, "'Job ID' is nothing (null) instead of a text.", /text/],
])('refuses %j and says what is meant', (value, field, message, advice) => {
	const found = refusal(value, field);
	expect(found).toMatchObject({ kind: 'configuration', message, advice: expect.stringMatching(advice) });
});

it.each([
	['full', refresh, 'full'],
	[' 5 ', rows, 5],
	['5', rows, 5],
	['5 %', share, 5],
	['0.5%', share, 0.5],
	[' False ', flag, false],
	[5, text, '5'],
	[{ rows: '7' }, options, { rows: 7 }],
	[{ entries: [{ text: 'x' }] }, mapping, { entries: [{ text: 'x' }] }],
])('understands %j', (value, field, meant) => {
	expect(understandValue(value, field)).toEqual(meant);
});

it('quotes no value: it may be one of somebody', () => {
	const { message, advice, details } = refusal('planted salary', refresh);
	expect(JSON.stringify([message, advice, details])).not.toContain('planted');
});
