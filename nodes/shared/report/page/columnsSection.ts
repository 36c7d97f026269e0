import type { ValueType } from '../../columns/columnPlan';
import { track } from './chart';
import { markup, name, type Html, type HtmlPart } from './html';
import type { LeftOutColumn, ReportData, SentColumn } from '../observe/reportData';
import { count, number, percent } from '../../core/format';

/** Columns that are listed of those that are sent, and of those that are not. */
const MOST_COLUMNS = 250;

const TYPES: Record<ValueType, string> = {
	string: 'text',
	email: 'e-mail address',
	date: 'date',
	integer: 'whole number',
	double: 'decimal number',
};

/** Which column goes where, how full it is, and what is not sent. */
export function columnsSection({ columns, leftOut, countedRows, unit }: ReportData): Html {
	const sent =
		columns.length === 0
			? markup`<p>No column of the file is sent.</p>`
			: markup`<p>Filled is the share of ${count(countedRows, unit)} that have a value.</p>
<table class="sent"><thead><tr><th scope="col">Column in the file</th><th scope="col">Sent as</th><th scope="col">Filled</th></tr></thead>
<tbody>${columns.slice(0, MOST_COLUMNS).map((column) => sentLine(column, countedRows))}</tbody></table>${beyond(columns.length)}`;
	return markup`<section aria-labelledby="columns"><h2 id="columns">Columns</h2>
${sent}${leftOutPart(leftOut, countedRows)}</section>
`;
}

function sentLine({ column, attribute, type, reason, filled }: SentColumn, rows: number): Html {
	return markup`<tr><th scope="row">${name(column)}<div class="small">${name(reason)}</div></th><td>${name(attribute)}<div class="small">${TYPES[type]}</div></td>${share(filled, rows)}</tr>
`;
}

function leftOutPart(leftOut: readonly LeftOutColumn[], rows: number): HtmlPart {
	if (leftOut.length === 0) return markup`<p>No column is left out.</p>`;
	return markup`<h3 class="apart">Left out: ${count(leftOut.length, 'column')}</h3>
<table class="left"><thead><tr><th scope="col">Column in the file</th><th scope="col">Why</th><th scope="col">Filled</th></tr></thead>
<tbody>${leftOut.slice(0, MOST_COLUMNS).map(
		({ column, reason, filled }) =>
			markup`<tr><th scope="row">${name(column)}</th><td>${reason}</td>${share(filled, rows)}</tr>
`,
	)}</tbody></table>${beyond(leftOut.length)}`;
}

function share(filled: number | undefined, rows: number): Html {
	if (filled === undefined || rows === 0) return markup`<td class="fill">–</td>`;
	return markup`<td class="fill"><span title="${number(filled)}">${percent(filled, rows)}</span>${track(filled, rows)}</td>`;
}

function beyond(columns: number): HtmlPart {
	return columns > MOST_COLUMNS
		? markup`<p class="small">and ${count(columns - MOST_COLUMNS, 'more column')}.</p>`
		: '';
}
