import { changesLine, changesSection } from './changesSection';
import { columnsSection } from './columnsSection';
import { findingsSection, placesSection } from './findingsSection';
import { markup, name, ownMarkup, type Html, type HtmlPart } from './html';
import { withoutAddresses } from '../observe/maskValue';
import { peopleSection } from './peopleSection';
import type { ReportData, Verdict } from '../observe/reportData';
import { STYLE } from './style';
import type { Language } from '../language/language';

/** The step that makes such reports. */
const STEPS = { import: 'Viva HR Ingest', signals: 'Purview HR Signal' } as const;

/**
 * Writes a report as one HTML page that needs nothing else: no script, no picture, no font from elsewhere.
 * First comes what to do, on at most two sheets of paper; then an appendix with each finding and each column.
 * @param data what the report tells; holds no value of a row
 * @param language see {@link Language}
 * @returns the page
 */
export function writeReport(data: ReportData, language: Language): string {
	const fileName = withoutAddresses(data.fileName);
	const about = fileName === '' ? data.destination : fileName;
	const people = peopleSection(data, language);
	const { say } = language;
	const links = [
		['findings', 'findings'],
		...(data.changes ? [['changes', 'changesShort'] as const] : []),
		['columns', 'columns'],
		...(people === '' ? [] : [['people', 'people'] as const]),
	] as const;
	const note = say('languageNote');
	const readable = say(`readable.${data.delivery}`);
	const page = markup`<!doctype html>
<html lang="${language.locale}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${say('pageTitle', { about })}</title>
<style>${ownMarkup(STYLE)}</style>
</head>
<body>
<main>
<header><p class="kind muted">${say('kind')}</p>
${verdictBlock(data.verdict)}
${data.changes ? markup`<p>${changesLine(data.changes, language)}</p>` : ''}
${tiles(data, language)}
${factTable(data, fileName, language)}${note === '' ? '' : markup`<p class="small">${note}</p>`}
</header>
<nav aria-label="${say('contents')}">${links.map(([id, text]) => markup`<a href="#${id}">${say(text)}</a> `)}</nav>
${findingsSection(data, language)}
<div class="appendix"><p class="kind muted">${say('appendix')}</p>
${placesSection(data, language)}
${changesSection(data, language)}
${columnsSection(data, language)}
${people}
</div>
<footer><p>${say('footer', { step: STEPS[data.delivery], readable })}</p></footer>
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

function tiles(data: ReportData, { say, number }: Language): Html {
	const { records, invalid, onInvalid, unit, people, errors, warnings } = data;
	const figures: Array<[string, number | undefined]> = [
		[say(`read.${unit}`), records],
		...(onInvalid === 'send'
			? ([[say(`unchecked.${unit}`), records]] as Array<[string, number]>)
			: ([
					[say(`valid.${unit}`), records - invalid],
					[say(onInvalid === 'leaveOut' ? 'leftOut' : 'invalid'), invalid],
				] as Array<[string, number]>)),
		[say('peopleCount'), people],
		[say('errors'), errors],
		[say('warnings'), warnings],
	];
	return markup`<dl class="tiles">${figures.map(([label, value]) =>
		value === undefined ? '' : markup`<div class="tile"><dt>${label}</dt><dd>${number(value)}</dd></div>`,
	)}</dl>`;
}

function factTable(data: ReportData, fileName: string, { say, moment }: Language): Html {
	const made = `${moment(data.made, data.zone)} (${data.zone})`;
	const facts: Array<[string, HtmlPart]> = [
		[say('file'), fileName === '' ? say('items') : name(fileName)],
		[say('destination'), data.destination],
		...(data.refresh
			? ([[say('refresh'), say(`refresh.${data.refresh}`)]] as Array<[string, HtmlPart]>)
			: []),
		...data.facts.map(([label, value]): [string, HtmlPart] => [label, value]),
		[say('made'), made],
	];
	if (data.readiness) facts.push([say('readiness'), name(withoutAddresses(data.readiness.sentence))]);
	if (data.ingestionId !== undefined) facts.push([say('ingestionId'), data.ingestionId]);
	return markup`<table class="facts"><caption class="unseen">${say('about')}</caption><tbody>${facts.map(
		([label, value]) => markup`<tr><th scope="row" class="muted">${label}</th><td>${value}</td></tr>
`,
	)}</tbody></table>`;
}
