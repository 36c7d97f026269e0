import { markup, name, type Html, type HtmlPart } from './html';
import type { BrokenRule, Example, ReportData } from '../observe/reportData';
import { count, number } from '../../core/format';

/** What is wrong, rule by rule. */
export function findingsSection(data: ReportData): Html {
	const { rules, errors, warnings, unit, onInvalid } = data;
	const { shown, notShown } = rules;
	const unchecked =
		onInvalid === 'send' ? markup`<p>The values of the rows were not checked, as was asked for.</p>` : '';
	if (shown.length === 0) {
		return markup`<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${unchecked}<p>None${onInvalid === 'send' ? ' about the file and its columns' : ': no rule is broken'}.</p></section>
`;
	}
	const more =
		notShown.kinds > 0
			? markup`<p>${count(notShown.findings, 'more finding')} about ${count(notShown.kinds, 'more rule and column', 'more rules and columns')} are not listed here. The option “Output All Findings” gives all of them as a file.</p>`
			: '';
	return markup`<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
<p>${count(errors, 'error')} and ${count(warnings, 'warning')}. An error keeps a ${unit}, or the whole file, from being sent; a warning does not. What stands in the file is shown masked: x and X are letters, ø is a letter outside A to Z, 9 a digit, ␣ a blank.</p>${unchecked}${shown.map((rule) => ruleBlock(rule, unit))}${more}</section>
`;
}

function ruleBlock(rule: BrokenRule, unit: ReportData['unit']): Html {
	const { severity, sentence, advice, code, examples } = rule;
	const bad = severity === 'error';
	return markup`<div class="rule"><h3><span class="badge ${bad ? 'bad' : 'attention'}">${bad ? 'Error' : 'Warning'} × ${number(rule.count)}</span>${sentence}</h3>
<p><strong>What to do:</strong> ${advice} <span class="small">Rule <code>${code}</code></span></p>
${examples.some(({ row }) => row !== undefined) ? places(rule, unit) : others(examples)}</div>
`;
}

function places({ examples, count: all, sentence }: BrokenRule, unit: ReportData['unit']): Html {
	const noun = unit === 'row' ? 'Row' : 'Item';
	const rest = all - examples.length;
	const withValues = examples.some(({ value }) => value !== undefined);
	const withNotes = withValues || examples.some(({ hint }) => hint !== undefined);
	const heads = [
		markup`<th scope="col">${noun}</th><th scope="col">Column</th>`,
		withNotes ? markup`<th scope="col">${withValues ? 'What stands there, masked' : 'More'}</th>` : '',
	];
	const line = ({ row, column, value, hint }: Example): Html =>
		markup`<tr><th scope="row">${row === undefined ? '–' : String(row)}</th><td>${column === undefined ? 'the whole row' : name(column)}</td>${
			withNotes
				? markup`<td>${value === undefined ? '' : markup`<code>${name(value)}</code> `}<span class="small">${hint ?? ''}</span></td>`
				: ''
		}</tr>
`;
	return markup`<table class="places" aria-label="${`Places: ${sentence}`}"><thead><tr>${heads}</tr></thead>
<tbody>${examples.map(line)}</tbody></table>${rest > 0 ? markup`<p class="small">and ${count(rest, 'more place')}.</p>` : ''}`;
}

/** Findings about the whole file: nothing but their further sentences, if these differ. */
function others(examples: readonly Example[]): HtmlPart {
	const sentences = examples.flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
	if (sentences.length === 0) return '';
	return markup`<ul>${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul> `;
}
