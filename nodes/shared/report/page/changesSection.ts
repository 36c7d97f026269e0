import type { Language } from '../language/language';
import type { ReportData } from '../observe/reportData';
import { chart } from './chart';
import { markup, name, type HtmlPart } from './html';

/** Columns that are listed, and that the line about all changes names. */
const MOST_COLUMNS = 30;
const NAMED_COLUMNS = 3;

type Changes = NonNullable<ReportData['changes']>;

/** What changed since the previous file, in a line for the beginning; the first columns are those with most changes. */
export function changesLine(changes: Changes, { say }: Language): string {
	const { newPeople, missingPeople, columns } = changes;
	const most = columns.filter(({ rows }) => rows > 0).sort((a, b) => b.rows - a.rows);
	const parts = [
		...(newPeople > 0 ? [say('join', { n: newPeople })] : []),
		...(missingPeople > 0 ? [say('leave', { n: missingPeople })] : []),
		...most.slice(0, NAMED_COLUMNS).map(({ column, rows }) => say('changeColumn', { n: rows, column })),
	];
	return say('since', { what: parts.length > 0 ? parts.join(', ') : say('nothingNew') });
}

/** How the file differs from the previous one, where one was given. */
export function changesSection({ changes }: ReportData, language: Language): HtmlPart {
	if (!changes) return '';
	const { say, number, percent } = language;
	const people = [
		['new', changes.newPeople],
		['changed', changes.changedPeople],
		['unchanged', changes.unchangedPeople],
		['missing', changes.missingPeople],
		['rejected', changes.rejectedPeople],
	] as const;
	const columns = changes.columns.filter(({ rows }) => rows > 0);
	const listed = columns
		.slice(0, MOST_COLUMNS)
		.map(({ column, rows }) => ({ label: name(column), value: rows }));
	const facts = {
		sent: changes.sentRows,
		unchanged: changes.unchangedRows,
		previous: changes.previousPeople,
	};
	return markup`<section aria-labelledby="changes"><h2 id="changes">${say('changes')}</h2>
<p>${say('changesIntro', facts)}</p><div class="two"><table>
<caption>${say('peopleCount')}</caption>
<thead><tr><th scope="col">${say('who')}</th><th scope="col" class="figure">${say('peopleCount')}</th><th scope="col" class="figure">${say('ofPrevious')}</th><th scope="col"></th></tr></thead>
<tbody>${people.map(
		([who, value]) =>
			markup`<tr><th scope="row">${say(`change.${who}`)}</th><td class="figure">${number(value)}</td><td class="figure">${percent(value, changes.previousPeople)}</td><td class="small note">${say(`note.${who}`)}</td></tr>
`,
	)}</tbody></table>${listed.length > 0 ? chart({ caption: say('columnChanged'), heads: [say('column'), say('rows')], bars: listed }, language) : ''}</div></section>
`;
}
