import type { Language } from '../language/language';
import type { BrokenRule, Example, ReportData } from '../observe/reportData';
import { markup, name, type Html, type HtmlPart } from './html';

/** Rules that are to be mended first. */
const FIXED_FIRST = 3;

/** What is wrong: what to mend first, and all findings in a line each. */
export function findingsSection(data: ReportData, language: Language): Html {
	const { rules, errors, warnings, unit, onInvalid } = data;
	const { say } = language;
	const { shown, notShown } = rules;
	const unchecked = onInvalid === 'send' ? markup`<p>${say('uncheckedNote')}</p>` : '';
	if (shown.length === 0) {
		return markup`<section aria-labelledby="findings"><h2 id="findings">${say('findings')}</h2>
${unchecked}<p>${say(onInvalid === 'send' ? 'noneUnchecked' : 'none')}</p></section>
`;
	}
	const counted = { errors: say('nErrors', { n: errors }), warnings: say('nWarnings', { n: warnings }) };
	const more =
		notShown.kinds > 0
			? markup`<p>${say('notListed', { findings: say('nFindings', { n: notShown.findings }), kinds: say('nKinds', { n: notShown.kinds }) })}</p>`
			: '';
	return markup`${fixFirst(shown, data, language)}<section aria-labelledby="findings"><h2 id="findings">${say('findings')}</h2>
<p>${say(`intro.${unit}`, counted)}</p>${unchecked}<table class="all"><caption>${say('allFindings')}</caption><thead><tr><th scope="col">${say('finding')}</th><th scope="col">${say('column')}</th><th scope="col" class="figure">${say('howOften')}</th><th scope="col" class="figure">${say(`first.${unit}`)}</th></tr></thead>
<tbody>${shown.map((rule, index) => summaryLine(rule, index, language))}</tbody></table>${more}</section>
`;
}

/** Each finding with its places, folded where a screen shows it. */
export function placesSection({ rules: { shown }, unit }: ReportData, language: Language): HtmlPart {
	if (shown.length === 0) return '';
	const { say } = language;
	return markup`<section aria-labelledby="each"><h2 id="each">${say('eachFinding')}</h2>
<p>${say('masks')}</p>${shown.map((rule, index) => ruleBlock(rule, index, { unit, language }))}</section>
`;
}

function fixFirst(shown: readonly BrokenRule[], { unit }: ReportData, language: Language): HtmlPart {
	const { say } = language;
	const first = shown.filter(({ severity }) => severity === 'error').slice(0, FIXED_FIRST);
	if (first.length === 0) return '';
	const title = first.length === 1 ? say('fixFirst') : say('fixFirstSeveral', { n: first.length });
	return markup`<section aria-labelledby="first"><h2 id="first">${title}</h2>
<ol class="first">${first.map(
		(rule) =>
			markup`<li><strong>${language.rule(rule.code)}</strong> <span class="badge attention">${effectOf(rule, unit, language)}</span><p${english(language)}>${rule.sentence} ${rule.advice}</p></li>
`,
	)}</ol></section>
`;
}

/** Marks a sentence of the catalogue where the report has another language. */
const english = ({ locale }: Language): HtmlPart => (locale === 'en' ? '' : markup` lang="en"`);

/** What it brings to mend a rule. */
function effectOf({ examples, saves }: BrokenRule, unit: ReportData['unit'], { say }: Language): string {
	if (isAboutTheFile(examples)) return say('stopsFile');
	return saves > 0 ? say(`saves.${unit}`, { n: saves }) : say(`savesNone.${unit}`);
}

const isAboutTheFile = (examples: readonly Example[]): boolean =>
	examples.every(({ row }) => row === undefined);

const anchorOf = (index: number): string => `finding-${index + 1}`;

function summaryLine(rule: BrokenRule, index: number, { say, number, rule: titleOf }: Language): Html {
	const { code, severity, count, examples } = rule;
	const { row, column }: Example = examples[0] ?? {};
	const bad = severity === 'error';
	return markup`<tr><th scope="row"><span class="dot ${bad ? 'bad' : 'attention'}"></span><span class="unseen">${say(bad ? 'error' : 'warning')}: </span><a href="#${anchorOf(index)}">${titleOf(code)}</a></th><td>${column === undefined ? '' : name(column)}</td><td class="figure">${number(count)}</td><td class="figure">${row === undefined ? '–' : String(row)}</td></tr>
`;
}

function ruleBlock(
	rule: BrokenRule,
	index: number,
	{ unit, language }: { unit: ReportData['unit']; language: Language },
): Html {
	const { severity, sentence, advice, code, examples } = rule;
	const { say, number } = language;
	const bad = severity === 'error';
	return markup`<details class="rule" id="${anchorOf(index)}"><summary><h3><span class="badge ${bad ? 'bad' : 'attention'}">${say(bad ? 'error' : 'warning')} × ${number(rule.count)}</span>${language.rule(code)}</h3></summary>
<p${english(language)}>${sentence}</p>
<p><strong>${say('whatToDo')}</strong> <span${english(language)}>${advice}</span> <span class="small">${say('rule')} <code>${code}</code></span></p>
${isAboutTheFile(examples) ? others(examples) : places(rule, unit, language)}</details>
`;
}

function places(
	{ examples, count: all, code }: BrokenRule,
	unit: ReportData['unit'],
	{ say, rule }: Language,
): Html {
	const rest = all - examples.length;
	const withValues = examples.some(({ value }) => value !== undefined);
	const withNotes = withValues || examples.some(({ hint }) => hint !== undefined);
	const heads = [
		markup`<th scope="col">${say(`place.${unit}`)}</th><th scope="col">${say('column')}</th>`,
		withNotes ? markup`<th scope="col">${say(withValues ? 'standsThere' : 'more')}</th>` : '',
	];
	const line = ({ row, column, value, hint }: Example): Html =>
		markup`<tr><th scope="row">${row === undefined ? '–' : String(row)}</th><td>${column === undefined ? say('wholeRow') : name(column)}</td>${
			withNotes
				? markup`<td>${value === undefined ? '' : markup`<code>${name(value)}</code> `}<span class="small">${hint ?? ''}</span></td>`
				: ''
		}</tr>
`;
	return markup`<table class="places"><caption class="unseen">${say('places', { rule: rule(code) })}</caption><thead><tr>${heads}</tr></thead>
<tbody>${examples.map(line)}</tbody></table>${rest > 0 ? markup`<p class="small">${say('morePlaces', { n: rest })}</p>` : ''}`;
}

/** Findings about the whole file: nothing but their further sentences, if these differ. */
function others(examples: readonly Example[]): HtmlPart {
	const sentences = examples.flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
	if (sentences.length === 0) return '';
	return markup`<ul>${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul> `;
}
