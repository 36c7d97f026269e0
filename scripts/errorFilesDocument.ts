import { readErrorRows, type ErrorRows } from '../nodes/shared/polling/errorRows';
import { ERROR_FILES } from '../test/fixtures/errorFiles';

const BEGIN = '<!-- error files: written by `npm run docs:errors` -->\n';
const END = '\n<!-- end of error files -->';

const FORMATS: Readonly<Record<ErrorRows['format'], string>> = {
	csv: 'table',
	json: 'JSON',
	jsonLines: 'JSON lines',
	text: 'lines',
	empty: 'nothing',
	binary: 'no text',
};

/** The page with the table of error files between its two marks, as the code reads them now. */
export function withErrorFiles(page: string): string {
	const rows = ERROR_FILES.map(({ name, bytes, charset, errors }) => {
		const found = readErrorRows(bytes, 100, { charset });
		const facts = found.rows.map(({ row, column, message }) => JSON.stringify([row, column, message]));
		const right = errors.filter((error) => facts.includes(JSON.stringify(error))).length;
		return `| ${name} | ${FORMATS[found.format]} | ${right} of ${errors.length} | ${facts.length - right} |`;
	});
	const table = ['', '| File | Read as | Errors found | Torn |', '|---|---|---|---|', ...rows, ''].join('\n');
	const begin = page.indexOf(BEGIN) + BEGIN.length;
	return `${page.slice(0, begin)}${table}${page.slice(page.indexOf(END))}`;
}
