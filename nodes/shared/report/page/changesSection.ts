import { chart } from './chart';
import { markup, name, type HtmlPart } from './html';
import type { ReportData } from '../observe/reportData';
import { number, percent } from '../../core/format';

/** Columns that are listed. */
const MOST_COLUMNS = 30;

/** How the file differs from the previous one, where one was given. */
export function changesSection({ changes }: ReportData): HtmlPart {
	if (!changes) return '';
	const people: Array<[string, number, string]> = [
		['New', changes.newPeople, 'not in the previous file'],
		['Changed', changes.changedPeople, 'something about them is sent'],
		['Unchanged', changes.unchangedPeople, 'nothing about them is sent'],
		['Missing', changes.missingPeople, 'in the previous file only'],
		['Rejected', changes.rejectedPeople, 'in both, but without a valid row in this one'],
	];
	const columns = changes.columns.filter(({ rows }) => rows > 0);
	const listed = columns
		.slice(0, MOST_COLUMNS)
		.map(({ column, rows }) => ({ label: name(column), value: rows }));
	return markup`<section aria-labelledby="changes"><h2 id="changes">Changes since the previous file</h2>
<p>${number(changes.sentRows)} rows say something new, ${number(changes.unchangedRows)} do not. The previous file held ${number(changes.previousPeople)} people.</p><div class="two"><table>
<caption>People</caption>
<thead><tr><th scope="col">Who</th><th scope="col" class="figure">People</th><th scope="col" class="figure">Of the previous</th><th scope="col"></th></tr></thead>
<tbody>${people.map(
		([who, value, note]) =>
			markup`<tr><th scope="row">${who}</th><td class="figure">${number(value)}</td><td class="figure">${percent(value, changes.previousPeople)}</td><td class="small note">${note}</td></tr>
`,
	)}</tbody></table>${listed.length > 0 ? chart('Rows in which a column changed', ['Column', 'Rows'], listed) : ''}</div></section>
`;
}
