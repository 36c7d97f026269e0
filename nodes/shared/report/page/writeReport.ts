import { changesSection } from './changesSection';
import { columnsSection } from './columnsSection';
import { findingsSection } from './findingsSection';
import { markup, name, ownMarkup, type Html, type HtmlPart } from './html';
import { withoutAddresses } from '../observe/maskValue';
import { peopleSection } from './peopleSection';
import type { ReportData, Verdict } from '../observe/reportData';
import { STYLE } from './style';
import { WORDS } from './words';
import { number } from '../../core/format';

const REFRESHES: Record<NonNullable<ReportData['refresh']>, string> = {
	full: 'Full: replaces everything that was imported before',
	incremental: 'Incremental: adds people and changes what is sent',
	merge: 'Merge: adds people and changes what is sent',
};

/**
 * Writes a report as one HTML page that needs nothing else: no script, no picture, no font from elsewhere.
 * @param data what the report tells; holds no value of a row
 * @returns the page
 */
export function writeReport(data: ReportData): string {
	const fileName = withoutAddresses(data.fileName);
	const about = fileName === '' ? data.destination : fileName;
	const people = peopleSection(data);
	const { madeBy, readable } = WORDS[data.delivery];
	const page = markup`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>HR data report: ${about}</title>
<style>${ownMarkup(STYLE)}</style>
</head>
<body>
<main>
<header><p class="kind muted">HR data report</p>
${verdictBlock(data.verdict)}
${tiles(data)}
${factTable(data, fileName)}
</header>
<nav aria-label="Contents"><a href="#findings">Findings</a> ${data.changes ? markup`<a href="#changes">Changes</a> ` : ''}<a href="#columns">Columns</a>${people === '' ? '' : markup`<a href="#people">People and organizations</a>`}</nav>
${findingsSection(data)}
${changesSection(data)}
${columnsSection(data)}
${people}
<footer><p>Made by ${madeBy}, a step of the n8n package n8n-nodes-microsoft-hr. The report holds no e-mail address, name, date or number of a person: ${readable}.</p></footer>
</main>
</body>
</html>
`;
	return page.text;
}

const SIGNS: Record<Verdict['kind'], Html> = {
	good: markup`<path d="M9 17l5 5 10-11" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>`,
	attention: markup`<path d="M16 8v10M16 23v.5" fill="none" stroke="currentColor" stroke-width="3.4" stroke-linecap="round"/>`,
	bad: markup`<path d="M11 11l10 10M21 11L11 21" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round"/>`,
};

function verdictBlock({ kind, title, sentence }: Verdict): Html {
	return markup`<div class="verdict ${kind}"><svg width="36" height="36" viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="14" fill="none" stroke="currentColor" stroke-width="2.4"/>${SIGNS[kind]}</svg><div><h1>${title}</h1><p>${withoutAddresses(sentence)}</p></div></div>`;
}

function tiles({ records, invalid, onInvalid, unit, people, errors, warnings }: ReportData): Html {
	const rows = unit === 'row' ? 'Rows' : 'Items';
	const figures: Array<[string, number | undefined]> = [
		[`${rows} read`, records],
		...(onInvalid === 'send'
			? ([[`${rows} not checked`, records]] as Array<[string, number]>)
			: ([
					[`${rows} valid`, records - invalid],
					[onInvalid === 'leaveOut' ? 'Left out' : 'Invalid', invalid],
				] as Array<[string, number]>)),
		['People', people],
		['Errors', errors],
		['Warnings', warnings],
	];
	return markup`<dl class="tiles">${figures.map(([label, value]) =>
		value === undefined ? '' : markup`<div class="tile"><dt>${label}</dt><dd>${number(value)}</dd></div>`,
	)}</dl>`;
}

function factTable(data: ReportData, fileName: string): Html {
	const facts: Array<[string, HtmlPart]> = [
		['File', fileName === '' ? 'Items of the workflow' : name(fileName)],
		['Destination', data.destination],
		...(data.refresh ? ([['Refresh', REFRESHES[data.refresh]]] as Array<[string, HtmlPart]>) : []),
		...data.facts.map(([label, value]): [string, HtmlPart] => [label, value]),
		['Made', when(data.made, data.zone)],
	];
	if (data.readiness) facts.push(['Readiness', name(withoutAddresses(data.readiness.sentence))]);
	if (data.ingestionId !== undefined) facts.push(['Ingestion ID', data.ingestionId]);
	return markup`<table class="facts" aria-label="About this report"><tbody>${facts.map(
		([label, value]) => markup`<tr><th scope="row" class="muted">${label}</th><td>${value}</td></tr>
`,
	)}</tbody></table>`;
}

function when(made: Date, timeZone: string): string {
	const text = made.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone });
	return `${text} (${timeZone})`;
}
