import type { CsvSuite } from './suite';

/** The header of most files. */
const idName = ['id', 'name'];

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

/** What standards say of CSV and of text, each rule with a file of our own. */
export const STANDARDS: readonly CsvSuite[] = [
	{
		suite: 'RFC 4180',
		source: 'https://www.rfc-editor.org/rfc/rfc4180#section-2',
		cases: [
			{
				name: 'rule 1: a record is a line that ends with CRLF',
				file: 'id,name\r\n1,Ada\r\n2,Bo\r\n',
				cells: [idName, ['1', 'Ada'], ['2', 'Bo']],
			},
			{
				name: 'rule 2: the last record may end without a line break',
				file: 'id,name\r\n1,Ada\r\n2,Bo',
				cells: [idName, ['1', 'Ada'], ['2', 'Bo']],
			},
			{ name: 'rule 3: a header may stand alone', file: 'id,name\r\n', cells: [idName] },
			{
				name: 'rule 3: a header may be missing',
				file: '1,Ada\r\n',
				options: { header: ['id', 'name'] },
				cells: [idName, ['1', 'Ada']],
			},
			{
				name: 'rule 4: spaces are part of a field',
				file: 'id, name \r\n 1,  Ada L. \r\n',
				cells: [
					['id', ' name '],
					[' 1', '  Ada L. '],
				],
			},
			{
				name: 'rule 4: what stands behind the last comma is a field, also when it is empty',
				file: 'id,name,\r\n1,Ada,\r\n',
				cells: [
					['id', 'name', ''],
					['1', 'Ada', ''],
				],
			},
			{
				name: 'rule 4: records of another length are given on as they are',
				file: 'id,name\r\n1\r\n2,Bo,x\r\n',
				cells: [idName, ['1'], ['2', 'Bo', 'x']],
				because: 'The rules name each row of a wrong length; reading on lets them name all at once.',
			},
			{
				name: 'rule 5: a field may stand in quotes or not',
				file: '"id",name\r\n1,"Ada"\r\n',
				cells: [idName, ['1', 'Ada']],
			},
			{
				name: 'rule 5: a quote in a field without quotes',
				file: 'id,size\r\n1,5" disk\r\n',
				cells: [
					['id', 'size'],
					['1', '5" disk'],
				],
				because:
					'Reports write inches and nicknames so, and nothing is ambiguous: the quote stands for itself.',
			},
			{
				name: 'rule 6: CR, LF, CRLF, quotes and commas within quotes',
				file: 'id,note\r\n1,"a\rb"\r\n2,"a\nb"\r\n3,"a\r\nb"\r\n4,"a,b"\r\n5,"\r\n,"\r\n',
				cells: [
					['id', 'note'],
					['1', 'a\rb'],
					['2', 'a\nb'],
					['3', 'a\r\nb'],
					['4', 'a,b'],
					['5', '\r\n,'],
				],
			},
			{
				name: 'rule 7: a quote within quotes is doubled',
				file: 'id,note\r\n1,"the ""old"" one"\r\n2,""""\r\n3,""""""\r\n',
				cells: [
					['id', 'note'],
					['1', 'the "old" one'],
					['2', '"'],
					['3', '""'],
				],
			},
			{
				name: 'rule 7: a quote within quotes that is not doubled',
				file: 'id,note\r\n1,"the "old" one"\r\n',
				refused: 'Row 2, field 2: text follows after the closing quote',
			},
		],
	},
	{
		suite: 'CSV on the Web',
		source: 'https://www.w3.org/TR/tabular-data-model/#parsing',
		cases: [
			{
				name: 'line terminators: LF beside CRLF',
				file: 'id,name\r\n1,Ada\n2,Bo\r\n',
				cells: [idName, ['1', 'Ada'], ['2', 'Bo']],
			},
			{
				name: 'line terminators: CR alone',
				file: 'id,name\r1,Ada\r',
				cells: [idName, ['1', 'Ada']],
				because: 'The model takes CR as text by default; files of old Mac programs have nothing else.',
			},
			{
				name: 'comment prefix: none by default',
				file: 'id,name\n#1,Ada\n',
				cells: [idName, ['#1', 'Ada']],
			},
			{
				name: 'skip rows: a title before the header',
				file: 'Headcount of June\n\nid,name\n1,Ada\n',
				options: { skipLinesBefore: 2 },
				cells: [idName, ['1', 'Ada']],
			},
			{
				name: 'header row count 0: names are given',
				file: '1,Ada\n2,Bo\n',
				options: { header: ['id', 'name'] },
				cells: [idName, ['1', 'Ada'], ['2', 'Bo']],
			},
			{
				name: 'a header cell without text has no title',
				file: 'id,,name\n1,x,Ada\n',
				cells: [
					['id', '', 'name'],
					['1', 'x', 'Ada'],
				],
			},
			{
				name: 'a header without any text',
				file: ', ,\n1,x,Ada\n',
				refused: 'Row 1, which should hold the names of the columns, is blank',
				because: 'The model numbers such columns. Values without names cannot be mapped.',
			},
			{
				name: 'skip blank rows: a row of empty cells is a row',
				file: 'id,name\n,\n1,Ada\n',
				cells: [idName, ['', ''], ['1', 'Ada']],
			},
			{
				name: 'skip blank rows: a line without characters',
				file: 'id,name\n\n1,Ada\n\n',
				cells: [idName, ['1', 'Ada']],
				because:
					'The model makes a row of one empty cell of it. It counts for row numbers, and is no record.',
			},
			{
				name: 'trim: spaces around cells',
				file: 'id,name\n1,\t Ada \n',
				cells: [idName, ['1', '\t Ada ']],
				because:
					'The model trims by default, RFC 4180 does not: the rules see the value as it is in the file.',
			},
			{
				name: 'parse a row: a quote after other text',
				file: 'id,name\n1, "Ada"\n',
				cells: [idName, ['1', ' "Ada"']],
				because: 'An error in the model; a space is part of the field (RFC 4180), so no quote opens it.',
			},
			{
				name: 'parse a row: anything but a delimiter after the closing quote',
				file: 'id,name\n"1" ,Ada\n',
				refused: 'Row 2, field 1: text follows after the closing quote',
			},
			{
				name: 'delimiter: another one, told',
				file: 'id|name\n1|a,b;c\n',
				options: { delimiter: '|' },
				cells: [idName, ['1', 'a,b;c']],
			},
			{
				name: 'bidirectional text: the first cell stands before the first comma',
				file: 'المحافظة,نسبة\nقنا,"84,5"\n',
				cells: [
					['المحافظة', 'نسبة'],
					['قنا', '84,5'],
				],
			},
		],
	},
	{
		suite: 'Unicode',
		source: 'https://www.unicode.org/faq/utf_bom.html',
		cases: [
			{
				name: 'byte order mark',
				file: '\ufeffid,name\n1,Ada\n',
				cells: [idName, ['1', 'Ada']],
			},
			{
				name: 'byte order mark before a quote and a blank line',
				file: '\ufeff\n"id","na\nme"\n1,Ada\n',
				cells: [
					['id', 'na\nme'],
					['1', 'Ada'],
				],
			},
			{
				name: 'only the first byte order mark is none of the text',
				file: '\ufeff\ufeffid,name\n\ufeff1,Ada\n',
				cells: [
					['\ufeffid', 'name'],
					['\ufeff1', 'Ada'],
				],
			},
			{
				name: 'UTF-16 little endian with byte order mark',
				file: utf16('\ufeffid,name\r\n1,"山田, 🦉"\r\n'),
				cells: [idName, ['1', '山田, 🦉']],
			},
			{
				name: 'UTF-16 big endian with byte order mark',
				file: utf16('\ufeffid,name\r\n1,"山田, 🦉"\r\n').swap16(),
				cells: [idName, ['1', '山田, 🦉']],
			},
			{
				name: 'separators of lines that are none in CSV: VT, FF, FS, NEL, LS, PS',
				file: 'id,note\n1,a\vb\fc\x1cd\u0085e\u2028f\u2029g\n',
				cells: [
					['id', 'note'],
					['1', 'a\vb\fc\x1cd\u0085e\u2028f\u2029g'],
				],
			},
			{
				name: 'composed and decomposed letters stay as they are',
				file: 'id,name\n1,Ren\u00e9\n2,Rene\u0301\n',
				cells: [idName, ['1', 'Ren\u00e9'], ['2', 'Rene\u0301']],
			},
			{
				name: 'characters that look like a comma or a quote are none',
				file: 'id，x,name\n1、2,“Ada”＂,\n',
				cells: [
					['id，x', 'name'],
					['1、2', '“Ada”＂', ''],
				],
			},
			{
				name: 'no-break space, zero-width space and joiners stay',
				file: 'id,name\n1,\u00a0Ada\u200b\n2,👩‍💻\n',
				cells: [idName, ['1', '\u00a0Ada\u200b'], ['2', '👩‍💻']],
			},
		],
	},
];
