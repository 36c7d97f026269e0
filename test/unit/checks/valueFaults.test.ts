import { createRowCheck } from '../../../nodes/shared/checks/rowCheck';
import { addressFault, characterFault, textFault } from '../../../nodes/shared/checks/valueFaults';
import { createFindings } from '../../../nodes/shared/findings/findings';
import { batchOf, type FixtureValue } from '../../fixtures/batch';

/** As a value in the middle of others. */
const within = (find: typeof textFault) => (text: string) => {
	const bytes = Buffer.from(`x,${text},#EXT#`, 'utf8');
	return find(bytes, 2, bytes.length - 6);
};

describe('a text', () => {
	it.each([
		[
			'value-placeholder',
			['NULL', 'null', 'N/A', 'n/a', 'n.a.', 'None', 'nil', 'NaN', 'undefined', 'Undefined'],
		],
		['value-placeholder', ['[object Object]', '[object Undefined]', '(null)', '<null>', '[NULL]']],
		['value-placeholder', ['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!', '#NUM!', '#NULL!', '#SPILL!']],
		['value-spreadsheet-text', ['="00042"', '=""00042""', "'00042", "'x"]],
		['value-shortened', ['1.23E+10', '1E+05', '-4,2E+11', '1.0e+123']],
	] as const)('is found: %s', (code, texts) => {
		for (const text of texts) expect([text, within(textFault)(text)]).toEqual([text, code]);
	});

	it.each([
		...[
			'Nancy',
			'Nullarbor',
			'None of these',
			'NA',
			'N',
			'Nil Desperandum',
			'United States',
			'[1] North',
			'(East)',
		],
		...['#1 Team', '#', '=', "'", '<b>', '=>', '1E+5', '12E+10', 'E+10', '1.23E10', '42', '1+1', '-'],
	])('is none of them: %s', (text) => {
		expect(within(textFault)(text)).toBeUndefined();
	});
});

describe('characters', () => {
	it.each([
		[
			'value-garbled',
			['KÃ¶ln', 'MÃ¼ller', 'Â°C', 'donâ€™t', 'CafÃ©', 'x\ufffdy', '\ufffd', 'GÃ–', 'Â\u00a0x'],
		],
		[
			'value-invisible',
			['I\u200bT', '\u200bIT', 'IT\u200e', 'con\u00adtoso', '\ufeffIT', 'a\u2060b', '\u202eab'],
		],
	] as const)('are found: %s', (code, texts) => {
		for (const text of texts) expect([text, within(characterFault)(text)]).toEqual([text, code]);
	});

	it.each([
		'Köln',
		'SÃO PAULO',
		'IRMÃ',
		'Âge',
		'O’Brien',
		'“x”',
		'👩\u200d💻',
		'می\u200cخواهم',
		'営業部',
		'€ 5',
		'âge',
		'â',
	])('are usual: %s', (text) => {
		expect(within(characterFault)(text)).toBeUndefined();
	});
});

it.each([
	['ann_fabrikam.com#EXT#@contoso.com', 'address-guest'],
	['ann_fabrikam.com#ext#@contoso.com', 'address-guest'],
	["'h@contoso.com", 'value-spreadsheet-text'],
	['ann#x@contoso.com', undefined],
	["d'arcy@contoso.com", undefined],
])('an address: %s', (address, code) => {
	expect(within(addressFault)(address)).toBe(code);
});

const column = (name: string, sourceIndex: number, more: object = {}) => ({
	...{ name, sourceName: name, sourceIndex, type: 'string' as const, required: false, reason: '' },
	...more,
});
const COLUMNS = [column('Mail', 0, { type: 'email', required: true }), column('Unit', 1, { required: true })];

function check(rows: FixtureValue[][], severities = {}) {
	const findings = createFindings({ severities });
	const request = {
		columns: ['Mail', 'Unit'],
		plan: { columns: COLUMNS, leftOut: [], proposals: [] },
		findings,
	};
	const rowCheck = createRowCheck(request, { maximumValueBytes: 1000, lineBreaks: false });
	const flags = [...rowCheck.check(batchOf(rows))].slice(0, rows.length);
	rowCheck.conclude?.(findings);
	const found = findings.list.map(({ code, row, severity }) => `${row ?? '-'} ${severity} ${code}`);
	return { flags, found, records: rowCheck.records, rejected: rowCheck.rejected, findings };
}

const ANN = ['ann@contoso.com', 'HR'];

describe('rows that do no harm', () => {
	it('are those of delimiters only, however many: warned of, not sent, not counted', () => {
		const { flags, found, records, rejected } = check([ANN, ['', ''], ['', '', '', ''], ['\u00a0'], ANN]);
		expect(flags).toEqual([0, 2, 2, 2, 0]);
		expect(found).toEqual(['3 warning row-blank', '4 warning row-blank', '5 warning row-blank']);
		expect([records, rejected]).toEqual([2, 0]);
	});

	it('are errors where the user says so', () => {
		expect(check([ANN, ['', '']], { 'row-blank': 'error' })).toMatchObject({ flags: [0, 1], rejected: 1 });
	});

	it('have one empty field more, where all have it', () => {
		const { flags, found } = check([
			[...ANN, ''],
			[...ANN, ''],
		]);
		expect([flags, found]).toEqual([[0, 0], ['- warning rows-surplus-field']]);
	});

	it('but not where only some have it: a value may hold a delimiter', () => {
		expect(check([ANN, [...ANN, '']])).toMatchObject({ flags: [0, 3], found: ['3 error row-ragged'] });
		expect(check([[...ANN, ''], ANN])).toMatchObject({ flags: [0, 0], found: ['2 error row-ragged'] });
		expect(
			check([
				[...ANN, ''],
				[...ANN, 'x'],
			]),
		).toMatchObject({
			flags: [0, 3],
			found: ['3 error row-ragged', '- warning rows-surplus-field'],
		});
	});
});

it('a no-break space alone is blank', () => {
	expect(
		check([
			['ann@contoso.com', '\u00a0'],
			['bob@contoso.com', '\u3000 '],
		]),
	).toMatchObject({
		flags: [1, 1],
		found: ['2 error value-required', '3 error value-required'],
	});
});

it('what nobody means is sent with a warning, each counted', () => {
	const rows = ['NULL', 'NULL', '#REF!', 'I\u200bT', 'KÃ¶ln', '1.23E+10', "'00042"].map((unit) => [
		ANN[0],
		unit,
	]);
	const { flags, findings } = check([...rows, ["'h@contoso.com", 'HR']]);
	expect(flags).toEqual(Array(8).fill(0));
	expect(findings.totals().map(({ code, column: name, count }) => `${count} ${name} ${code}`)).toEqual([
		'3 Unit value-placeholder',
		'1 Unit value-invisible',
		'1 Unit value-garbled',
		'1 Unit value-shortened',
		'1 Unit value-spreadsheet-text',
		'1 Mail value-spreadsheet-text',
	]);
});

it('errors are counted by cause, with the first row of each', () => {
	const mails = ['a@b.com ', 'c@d.com ', 'Ann Lee', 'a@b.com;c@d.com', 'e@f.com '];
	const { findings } = check(mails.map((mail) => [mail, 'HR']));
	expect(
		findings.totals().map(({ count, firstRow, message }) => `${count} from ${firstRow}: ${message}`),
	).toEqual([
		"3 from 2: 'Mail' is not an e-mail address such as employee@contoso.com (a blank at the end).",
		"1 from 4: 'Mail' is not an e-mail address such as employee@contoso.com (a name, not an address).",
		"1 from 5: 'Mail' is not an e-mail address such as employee@contoso.com (more than one address).",
	]);
});
