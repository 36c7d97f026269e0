import type { Language } from '../language/language';
import type { LeftOutColumn, ReportData, SentColumn } from '../observe/reportData';
import { track } from './chart';
import { markup, name, type Html, type HtmlPart } from './html';

/** Columns that are listed of those that are sent, and of those that are not. */
const MOST_COLUMNS = 250;

/** Which column goes where, how full it is, and what is not sent. */
export function columnsSection(data: ReportData, language: Language): Html {
	const { columns, leftOut, countedRows, unit } = data;
	const { say } = language;
	const sent =
		columns.length === 0
			? markup`<p>${say('noColumnSent')}</p>`
			: markup`<p>${say('filledIs', { rows: say(`n.${unit}`, { n: countedRows }) })}</p>
<table class="sent"><caption>${say('columnsSent')}</caption><thead><tr><th scope="col">${say('columnInFile')}</th><th scope="col">${say('sentAs')}</th><th scope="col">${say('filled')}</th></tr></thead>
<tbody>${columns.slice(0, MOST_COLUMNS).map((column) => sentLine(column, countedRows, language))}</tbody></table>${beyond(columns.length, language)}`;
	return markup`<section aria-labelledby="columns"><h2 id="columns">${say('columns')}</h2>
${sent}${leftOutPart(leftOut, countedRows, language)}</section>
`;
}

function sentLine(
	{ column, attribute, type, reason, filled }: SentColumn,
	rows: number,
	language: Language,
): Html {
	return markup`<tr><th scope="row">${name(column)}<div class="small">${name(reason)}</div></th><td>${name(attribute)}<div class="small">${language.say(`type.${type}`)}</div></td>${share(filled, rows, language)}</tr>
`;
}

function leftOutPart(leftOut: readonly LeftOutColumn[], rows: number, language: Language): HtmlPart {
	const { say } = language;
	if (leftOut.length === 0) return markup`<p>${say('noneLeftOut')}</p>`;
	const columns = say('nColumns', { n: leftOut.length });
	return markup`<table class="left apart"><caption>${say('leftOutColumns', { columns })}</caption><thead><tr><th scope="col">${say('columnInFile')}</th><th scope="col">${say('why')}</th><th scope="col">${say('filled')}</th></tr></thead>
<tbody>${leftOut.slice(0, MOST_COLUMNS).map(
		({ column, reason, filled }) =>
			markup`<tr><th scope="row">${name(column)}</th><td>${reason}</td>${share(filled, rows, language)}</tr>
`,
	)}</tbody></table>${beyond(leftOut.length, language)}`;
}

function share(filled: number | undefined, rows: number, { number, percent }: Language): Html {
	if (filled === undefined || rows === 0) return markup`<td class="fill">–</td>`;
	return markup`<td class="fill"><span title="${number(filled)}">${percent(filled, rows)}</span>${track(filled, rows)}</td>`;
}

function beyond(columns: number, { say }: Language): HtmlPart {
	return columns > MOST_COLUMNS
		? markup`<p class="small">${say('moreColumns', { n: columns - MOST_COLUMNS })}</p>`
		: '';
}
