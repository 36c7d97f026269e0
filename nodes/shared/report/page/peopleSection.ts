import type { Language } from '../language/language';
import type { ManagerOverview, Organizations, ReportData } from '../observe/reportData';
import { chart, type Bar } from './chart';
import { markup, name, type HtmlPart } from './html';

/** How the company looks in the data. */
export function peopleSection(data: ReportData, language: Language): HtmlPart {
	const { organizations, managers, people } = data;
	if (!organizations && !managers) return '';
	const { say } = language;
	const parts = [
		managers && layersChart(managers, language),
		managers && spansChart(managers, language),
		organizations && organizationsChart(organizations, people !== undefined, language),
		managers && branchesChart(managers, language),
	];
	return markup`<section aria-labelledby="people"><h2 id="people">${say('people')}</h2>
<p>${say('peopleIntro')}</p>${managers ? notes(managers, data, language) : ''}<div class="two">${parts}</div></section>
`;
}

function notes(
	managers: ManagerOverview,
	{ people = 0, refresh }: ReportData,
	{ say, number, percent }: Language,
): HtmlPart {
	const { withoutManager, ownManager, managerNotInFile, cutOff, inLoops } = managers;
	const facts: Array<[string, number, string]> = [
		[say('atTop'), withoutManager, say(ownManager > 0 ? 'withoutOrOwn' : 'withoutManager')],
		[say('managerNoRow'), managerNotInFile, say(refresh === 'full' ? 'noRow.full' : 'noRow.other')],
		[say('inLoop'), inLoops, ''],
		[say('cutOff'), cutOff, say('cutOffNote')],
	];
	const lines = facts.filter(([, value], i) => i === 0 || value > 0);
	return markup`<table class="apart"><caption>${say('ofWhom', { people: say('nPeople', { n: people }) })}</caption>
<thead><tr><th scope="col">${say('who')}</th><th scope="col" class="figure">${say('peopleCount')}</th><th scope="col" class="figure">${say('share')}</th><th scope="col"></th></tr></thead>
<tbody>${lines.map(
		([who, value, note]) =>
			markup`<tr><th scope="row">${who}</th><td class="figure">${number(value)}</td><td class="figure">${percent(value, people)}</td><td class="small note">${note}</td></tr>
`,
	)}</tbody></table> `;
}

function layersChart({ layers, deepest }: ManagerOverview, language: Language): HtmlPart {
	if (layers.length === 0) return '';
	const { say } = language;
	const bars = layers.map(({ layer, people, deeper }): Bar => {
		const label =
			layer === 0
				? say('theTop')
				: deeper
					? say('fromTo', { from: String(layer), to: String(deepest) })
					: String(layer);
		return { label, value: people };
	});
	return chart({ caption: say('layers'), heads: [say('layer'), say('peopleCount')], bars }, language);
}

function spansChart({ spans }: ManagerOverview, language: Language): HtmlPart {
	if (spans.managers === 0) return '';
	const { say } = language;
	const bars = spans.groups.map(({ from, to, managers }): Bar => {
		const ends = { from: String(from), to: String(to) };
		const label = to === Infinity ? say('orMore', ends) : from === to ? ends.from : say('fromTo', ends);
		return { label, value: managers };
	});
	const { mean, median, largest } = spans;
	const managers = say('nManagers', { n: spans.managers });
	return markup`<div>${chart({ caption: say('spans'), heads: [say('peopleCount'), say('managers')], bars }, language)}<p class="small">${say('spansSummary', { managers, mean, median, largest })}</p></div>`;
}

function organizationsChart(organizations: Organizations, withPeople: boolean, language: Language): HtmlPart {
	const { shown, others, different, blank, hidden } = organizations;
	const { say, number } = language;
	const blanks = blank > 0 ? markup`<p class="small">${say('blankOrganization', { n: blank })}</p>` : '';
	if (hidden) {
		return markup`<div><h3>${say('byOrganization')}</h3>
<p>${say('nearlyAllDifferent', { n: different })}</p>${blanks}</div>`;
	}
	if (shown.length === 0) return blanks;
	const bars = shown.map((one): Bar => ({
		label: name(one.name),
		value: one.rows,
		cells: withPeople ? [number(one.people)] : [],
	}));
	if (others.organizations > 0) {
		bars.push({
			label: markup`<em>${say('nOthers', { n: others.organizations })}</em>`,
			value: others.rows,
			rest: true,
			cells: withPeople ? [number(others.people)] : [],
		});
	}
	const heads = [say('organization'), say('rows'), ...(withPeople ? [say('peopleCount')] : [])];
	const counted = say('nOrganizations', { n: different });
	return markup`<div>${chart({ caption: say('byOrganizationCount', { organizations: counted }), heads, bars }, language)}${blanks}</div>`;
}

function branchesChart({ branches }: ManagerOverview, language: Language): HtmlPart {
	if (branches.length === 0) return '';
	const { say } = language;
	const bars = branches.flatMap((branch): Bar[] => [
		{ label: markup`<strong>${name(branch.name)}</strong>`, value: branch.people },
		...branch.below.map((one): Bar => ({ label: name(one.name), value: one.people, inner: true })),
	]);
	return markup`<div>${chart({ caption: say('branches'), heads: [say('ledFrom'), say('peopleCount')], bars }, language)}<p class="small">${say('branchesNote')}</p></div>`;
}
