import type { CsvSuite } from './suite';

/** The headers of most files. */
const idNameOrg = ['id', 'name', 'org'];
const idName = ['id', 'name'];

/** What readers of CSV are known to stumble over: told again with files of our own. */
export const TRAPS: readonly CsvSuite[] = [
	{
		// Published without a licence: its file names say what each file is about, the files here are others.
		suite: 'csv-test-data',
		source: 'https://github.com/sineemore/csv-test-data',
		cases: [
			{
				name: 'all-empty: a file of blank lines',
				file: '\n\n',
				refused: 'The file is empty',
				because: 'The suite finds records of one empty cell. There is no header to send data under.',
			},
			{ name: 'bad-header-no-header: nothing', file: '', refused: 'The file is empty' },
			{
				name: 'bad-header-less-fields',
				file: 'id,name,org\n7,Ada',
				cells: [idNameOrg, ['7', 'Ada']],
				because: 'Not refused here: the rules name every row of a wrong length.',
			},
			{
				name: 'bad-header-more-fields',
				file: 'id,name,org\n7,Ada,HR,x',
				cells: [idNameOrg, ['7', 'Ada', 'HR', 'x']],
				because: 'Not refused here: the rules name every row of a wrong length.',
			},
			{
				name: 'bad-header-wrong-header',
				file: 'number,who,where',
				cells: [['number', 'who', 'where']],
				because: 'Which columns there have to be is told by the mapping and the rules, not by the reader.',
			},
			{
				name: 'bad-missing-quote',
				file: 'id,name,org\n7,"Ada,HR',
				refused: 'Row 2, field 2: a quote opens here and is never closed',
			},
			{
				name: 'bad-quotes-with-unescaped-quote',
				file: 'id,name,org\n7,"Ada "the first","HR"',
				refused: 'Row 2, field 2: text follows after the closing quote',
			},
			{
				name: 'bad-unescaped-quote: quotes in a field without quotes',
				file: 'id,name,org\n7,Ada "A" L,HR',
				cells: [idNameOrg, ['7', 'Ada "A" L', 'HR']],
				because: 'Nothing is ambiguous: the field does not begin with a quote.',
			},
			{
				name: 'empty-field',
				file: 'id,name,org\n7,,HR',
				cells: [idNameOrg, ['7', '', 'HR']],
			},
			{
				name: 'empty-one-column: a blank line in a file of one column',
				file: 'id\n\n8\n',
				cells: [['id'], ['8']],
				because:
					'A blank line is no record, as in spreadsheets; a person without any value cannot be sent. A blank in quotes is one.',
			},
			{ name: 'header-no-rows', file: 'id,name,org', cells: [idNameOrg] },
			{
				name: 'header-simple, simple-lf',
				file: 'id,name,org\n7,Ada,HR',
				cells: [idNameOrg, ['7', 'Ada', 'HR']],
			},
			{
				name: 'leading-space, trailing-space',
				file: 'id,name,org\n7,  Ada,HR  ',
				cells: [idNameOrg, ['7', '  Ada', 'HR  ']],
			},
			{ name: 'one-column', file: 'id\n7', cells: [['id'], ['7']] },
			{
				name: 'quotes-empty',
				file: 'id,name,org\n7,"",HR',
				cells: [idNameOrg, ['7', '', 'HR']],
			},
			{
				name: 'quotes-with-comma, -escaped-quote, -newline, -space',
				file: 'id,name,org\n7,"Ada, ""Countess""","People\nand Culture"\n8," Bo ",HR',
				cells: [idNameOrg, ['7', 'Ada, "Countess"', 'People\nand Culture'], ['8', ' Bo ', 'HR']],
			},
			{
				name: 'simple-crlf',
				file: 'id,name,org\r\n7,Ada,HR',
				cells: [idNameOrg, ['7', 'Ada', 'HR']],
			},
			{
				name: 'trailing-newline',
				file: 'id,name,org\n7,Ada,HR\n',
				cells: [idNameOrg, ['7', 'Ada', 'HR']],
			},
			{ name: 'trailing-newline-one-field', file: 'id\n7\n', cells: [['id'], ['7']] },
			{
				name: 'utf8: a character of four bytes',
				file: 'id,name,org\n7,🦉,HR',
				cells: [idNameOrg, ['7', '🦉', 'HR']],
			},
		],
	},
	{
		// What readers document of line ends, blank lines and quotes that RFC 4180 leaves open, and what is damaged.
		suite: 'Known traps',
		source: 'https://pkg.go.dev/encoding/csv',
		cases: [
			{ name: 'single column, only quotes', file: '"""id"""\n""""\n""\n', cells: [['"id"'], ['"'], ['']] },
			{
				name: 'only quoted blanks',
				file: 'id,name\n"",""\n',
				cells: [idName, ['', '']],
			},
			{
				name: 'quotes beside delimiters and line breaks',
				file: 'id,name\n""",",","""\n""",""","""\n"""\n',
				cells: [idName, ['",', ',"'], ['","', '"\n"']],
			},
			{
				name: 'trailing blank lines of all kinds',
				file: 'id,name\n1,Ada\n\r\n\r\r\n\n',
				cells: [idName, ['1', 'Ada']],
			},
			{
				name: 'CR twice before LF, as broken transfers leave it',
				file: 'id,name\r\r\n1,"Ada"\r\r\n',
				cells: [idName, ['1', 'Ada']],
			},
			{
				name: 'a line of spaces is a record',
				file: 'id,name\n  \n1,Ada\n',
				cells: [idName, ['  '], ['1', 'Ada']],
			},
			{
				name: 'a quoted last field at the very end',
				file: 'id,name\n1,"Ada"',
				cells: [idName, ['1', 'Ada']],
			},
			{
				name: 'an empty last field at the very end',
				file: 'id,name\n1,',
				cells: [idName, ['1', '']],
			},
			{
				name: 'a comma as the whole last line',
				file: 'id,name\n,',
				cells: [idName, ['', '']],
			},
			{
				name: 'a backslash escapes nothing',
				file: 'id,name\n1,a\\,b\n2,"c\\"\n',
				cells: [idName, ['1', 'a\\', 'b'], ['2', 'c\\']],
			},
			{
				name: 'an apostrophe is no quote',
				file: "id,name\n1,'O'Neil\n'2,x'\n",
				cells: [idName, ['1', "'O'Neil"], ["'2", "x'"]],
			},
			{
				name: 'a quote that opens at the very end',
				file: 'id,name\n1,"',
				refused: 'Row 2, field 2: a quote opens here and is never closed',
			},
			{
				name: 'an odd number of quotes',
				file: 'id,name\n1,"""""\n',
				refused: 'Row 2, field 2: a quote opens here and is never closed',
			},
			{
				name: 'a NUL byte',
				file: 'id,name,organization of the person\n1,A\0da,x\n',
				refused: 'Row 2 holds a NUL byte',
			},
		],
	},
];
