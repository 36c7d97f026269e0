import { chart, type Bar } from './chart';
import { markup, name, type HtmlPart } from './html';
import type { ManagerOverview, Organizations, ReportData } from '../observe/reportData';
import { count, number, percent } from '../../core/format';

/** How the company looks in the data. */
export function peopleSection(data: ReportData): HtmlPart {
	const { organizations, managers, people } = data;
	if (!organizations && !managers) return '';
	const parts = [
		managers && layersChart(managers),
		managers && spansChart(managers),
		organizations && organizationsChart(organizations, people !== undefined),
		managers && branchesChart(managers),
	];
	return markup`<section aria-labelledby="people"><h2 id="people">People and organizations</h2>
<p>A company that looks unlike yours here is the surest sign of a wrong column or a filter in the export. Only rows without errors count for managers.</p>${managers ? notes(managers, data) : ''}<div class="two">${parts}</div></section>
`;
}

function notes(managers: ManagerOverview, { people = 0, refresh }: ReportData): HtmlPart {
	const { withoutManager, ownManager, managerNotInFile, cutOff, inLoops } = managers;
	const facts: Array<[string, number, string]> = [
		['At the top', withoutManager, 'without a manager' + (ownManager > 0 ? ', or their own' : '')],
		['Manager has no row', managerNotInFile, incrementalNote(refresh)],
		['In a loop of managers, or below one', inLoops, ''],
		['Without a way to the top', cutOff, 'for the reasons above; not counted in the layers'],
	];
	const lines = facts.filter(([, value], i) => i === 0 || value > 0);
	return markup`<table class="apart"><caption>${count(people, 'person', 'people')}, of whom</caption>
<thead><tr><th scope="col">Who</th><th scope="col" class="figure">People</th><th scope="col" class="figure">Share</th><th scope="col"></th></tr></thead>
<tbody>${lines.map(
		([who, value, note]) =>
			markup`<tr><th scope="row">${who}</th><td class="figure">${number(value)}</td><td class="figure">${percent(value, people)}</td><td class="small note">${note}</td></tr>
`,
	)}</tbody></table> `;
}

function incrementalNote(refresh: ReportData['refresh']): string {
	return refresh === 'full'
		? 'everybody should be in a full refresh'
		: 'which may well be so in this kind of refresh';
}

function layersChart({ layers, deepest }: ManagerOverview): HtmlPart {
	if (layers.length === 0) return '';
	const bars = layers.map(({ layer, people, deeper }): Bar => {
		const label = layer === 0 ? '0 (the top)' : deeper ? `${layer} to ${deepest}` : String(layer);
		return { label, value: people };
	});
	return chart('People by distance from the top', ['Layer', 'People'], bars);
}

function spansChart({ spans }: ManagerOverview): HtmlPart {
	if (spans.managers === 0) return '';
	const bars = spans.groups.map(({ from, to, managers }): Bar => {
		const label = to === Infinity ? `${from} or more` : from === to ? String(from) : `${from} to ${to}`;
		return { label, value: managers };
	});
	const summary = `${count(spans.managers, 'manager')} with ${number(spans.mean)} people on average; the median is ${number(spans.median)}, the most ${number(spans.largest)}.`;
	return markup`<div>${chart('How many people report to a manager', ['People', 'Managers'], bars)}<p class="small">${summary}</p></div>`;
}

function organizationsChart(organizations: Organizations, withPeople: boolean): HtmlPart {
	const { shown, others, different, blank, hidden } = organizations;
	const blanks =
		blank > 0 ? markup`<p class="small">${count(blank, 'row')} without an organization.</p>` : '';
	if (hidden) {
		return markup`<div><h3>Rows by organization</h3>
<p>Nearly every row has an organization of its own (${number(different)} different ones), so the column may hold something else. Its values are not shown.</p>${blanks}</div>`;
	}
	if (shown.length === 0) return blanks;
	const bars = shown.map((one): Bar => ({
		label: name(one.name),
		value: one.rows,
		cells: withPeople ? [number(one.people)] : [],
	}));
	if (others.organizations > 0) {
		bars.push({
			label: markup`<em>${count(others.organizations, 'other')}</em>`,
			value: others.rows,
			rest: true,
			cells: withPeople ? [number(others.people)] : [],
		});
	}
	const heads = ['Organization', 'Rows', ...(withPeople ? ['People'] : [])];
	return markup`<div>${chart(`Rows by organization (${count(different, 'organization')})`, heads, bars)}${blanks}</div>`;
}

function branchesChart({ branches }: ManagerOverview): HtmlPart {
	if (branches.length === 0) return '';
	const bars = branches.flatMap((branch): Bar[] => [
		{ label: markup`<strong>${name(branch.name)}</strong>`, value: branch.people },
		...branch.below.map((one): Bar => ({ label: name(one.name), value: one.people, inner: true })),
	]);
	return markup`<div>${chart('People below the first two layers, by organization', ['Led from', 'People'], bars)}<p class="small">In bold the organizations of those who report to the top, below each the largest one layer deeper; everybody under them counts.</p></div>`;
}
