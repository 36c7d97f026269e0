import fc from 'fast-check';
import { readErrorRows } from '../../../nodes/shared/polling/errorRows';

const read = (text: string, limit = 100, isCut = false) => readErrorRows(Buffer.from(text), limit, { isCut });

describe('error file', () => {
	it.each([
		['comma', 'Row,Column,Message\n2,PersonId,Not an e-mail\n3,HireDate,"Not a date, sorry"\n'],
		[
			'semicolon and CR LF',
			'Row;Column;Message\r\n2;PersonId;Not an e-mail\r\n3;HireDate;Not a date, sorry\r\n',
		],
		['tab', 'Row\tColumn\tMessage\n2\tPersonId\tNot an e-mail\n3\tHireDate\tNot a date, sorry'],
		[
			'other names in another order',
			'Error Message,Field Name,Row Number\nNot an e-mail,PersonId,2\n"Not a date, sorry",HireDate,3',
		],
		['UTF-8 mark', '\ufeffrow,column,message\n2,PersonId,Not an e-mail\n3,HireDate,"Not a date, sorry"'],
	])('CSV with a header: %s', (_, text) => {
		expect(read(text)).toEqual({
			format: 'csv',
			truncated: false,
			rows: [
				{ row: 2, column: 'PersonId', message: 'Not an e-mail' },
				{ row: 3, column: 'HireDate', message: 'Not a date, sorry' },
			],
		});
	});

	it('reads doubled quotes', () => {
		expect(read('Row,Message\n2,"The value ""x"", and more"\n').rows).toEqual([
			{ row: 2, message: 'The value "x", and more' },
		]);
	});

	it('keeps what else the file says', () => {
		expect(read('LineNumber,Severity,ErrorCode,Message\n7,Error,E12,Bad\n').rows).toEqual([
			{ row: 7, message: 'Bad', Severity: 'Error', ErrorCode: 'E12' },
		]);
	});

	it('keeps both of two columns with one meaning', () => {
		expect(read('Row,Message,Details\n7,Bad,Value missing\n').rows).toEqual([
			{ row: 7, message: 'Bad', Details: 'Value missing' },
		]);
	});

	it('takes CSV without a header', () => {
		expect(read('2,PersonId,Not an e-mail address\n3,HireDate,Not a date\n').rows).toEqual([
			{ row: 2, field2: 'PersonId', message: 'Not an e-mail address' },
			{ row: 3, field2: 'HireDate', message: 'Not a date' },
		]);
	});

	it.each([5_000, 1_000_000])('is read where its JSON is %s lists deep', (depth) => {
		const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
		expect(read(deep).rows).toEqual([{ message: '[[[[["…"]]]]]' }]);
		expect(read(`[{"row":1,"message":"No","rest":${deep}}]`).rows[0]).toMatchObject({
			row: 1,
			message: 'No',
		});
		expect(JSON.stringify(read(`[{"row":1,"rest":${deep}}]`)).length).toBeLessThan(200);
	});

	it('keeps columns with names of the prototype', () => {
		const [row] = read('Row,Message,__proto__,constructor\n2,Bad,a,b\n').rows;
		expect(JSON.stringify(row)).toBe('{"row":2,"message":"Bad","__proto__":"a","constructor":"b"}');
	});

	it('loses nothing of lines with stray delimiters', () => {
		expect(read('Row,Message\n2,Bad, very bad\n3,Fine\n4,Fine').rows[0]).toEqual({
			row: 2,
			message: 'Bad',
			field3: 'very bad',
		});
	});

	it.each([
		['list', '[{"row":2,"columnName":"A","errorMessage":"Bad"}]'],
		['list within an object', '{"count":1,"errors":[{"Row":2,"Column":"A","Message":"Bad"}]}'],
		['list two levels down', '{"result":{"items":[{"Row":2,"Column":"A","Message":"Bad"}]}}'],
		['single object', '{"Row":"2","Column":"A","Message":"Bad"}'],
	])('JSON: %s', (_, text) => {
		expect(read(text)).toEqual({
			format: 'json',
			truncated: false,
			rows: [{ row: 2, column: 'A', message: 'Bad' }],
		});
	});

	it('JSON with nested facts keeps them', () => {
		expect(read('[{"Error":{"Code":1},"Row":3}]').rows).toEqual([{ row: 3, Error: { Code: 1 } }]);
	});

	it('JSON lines', () => {
		expect(read('{"line":2,"error":"Bad"}\n{"line":3,"error":"Worse"}\n')).toEqual({
			format: 'jsonLines',
			truncated: false,
			rows: [
				{ row: 2, message: 'Bad' },
				{ row: 3, message: 'Worse' },
			],
		});
	});

	it('plain sentences', () => {
		expect(read("Row 12, column 'Hire Date': not a date\nThe file has no header row.\n")).toEqual({
			format: 'text',
			truncated: false,
			rows: [
				{ row: 12, column: 'Hire Date', message: "Row 12, column 'Hire Date': not a date" },
				{ message: 'The file has no header row.' },
			],
		});
	});

	it.each([
		['UTF-16 little-endian', Buffer.from('\ufeffRow,Message\n2,Bäd\n', 'utf16le')],
		['UTF-16 big-endian', Buffer.from('\ufeffRow,Message\n2,Bäd\n', 'utf16le').swap16()],
	])('%s', (_, bytes) => {
		expect(readErrorRows(bytes, 10).rows).toEqual([{ row: 2, message: 'Bäd' }]);
	});

	it.each([
		['nothing', '', 'empty'],
		['blank lines', ' \r\n\n', 'empty'],
		['a zip', 'PK\u0003\u0004\u0000\u0000', 'binary'],
	])('%s gives no rows', (_, text, format) => {
		expect(read(text)).toEqual({ format, rows: [], truncated: false });
	});

	it('gives no more rows than asked for, and says so', () => {
		const text = `Row,Message\n${Array.from({ length: 50 }, (_, index) => `${index + 2},Bad`).join('\n')}`;
		expect(read(text, 3)).toMatchObject({ truncated: true, rows: [{ row: 2 }, { row: 3 }, { row: 4 }] });
		expect(read(text, 50)).toMatchObject({ truncated: false });
		expect(read(text, 50).rows).toHaveLength(50);
	});

	it('leaves out the broken last line of a file that was cut', () => {
		expect(read('Row,Message\n2,Bad\n3,Ba', 10, true)).toEqual({
			format: 'csv',
			truncated: true,
			rows: [{ row: 2, message: 'Bad' }],
		});
	});

	it('never fails, whatever it is given', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isCut) => {
				readErrorRows(Buffer.from(bytes), 5, { isCut });
			}),
		);
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '{', '}', '[', '1', 'a', ' ') }),
				(text) => {
					expect(read(text, 5).rows.length).toBeLessThanOrEqual(5);
				},
			),
		);
	});
});
