import type { Language } from '../language/language';
import { markup, type Html, type HtmlPart } from './html';

/** One bar of a chart. */
export interface Bar {
	label: HtmlPart;
	value: number;
	/** further cells between label and bar */
	cells?: HtmlPart[];
	/** what is counted together with no bar of its own: it would make the others small */
	rest?: boolean;
	/** stands below the bar before, as a part of it */
	inner?: boolean;
}

/** What a chart shows. */
export interface Chart {
	caption: string;
	/** names of the columns: label, value, further cells */
	heads: readonly string[];
	/** from top to bottom */
	bars: readonly Bar[];
}

/**
 * A chart that is a table: every figure stands beside its bar, for those who cannot see bars and for e-mail programs that draw none.
 * @param shown see {@link Chart}
 * @param language of the report
 */
export function chart({ caption, heads, bars }: Chart, { number }: Language): Html {
	const largest = Math.max(1, ...bars.map(({ value, rest }) => (rest ? 0 : value)));
	const [label, ...figures] = heads;
	return markup`<div class="chart-part"><table>
<caption>${caption}</caption>
<thead><tr><th scope="col">${label}</th>${figures.map((head) => markup`<th scope="col" class="figure">${head}</th>`)}<td aria-hidden="true"></td></tr></thead>
<tbody>${bars.map(
		(bar) =>
			markup`<tr${bar.inner ? markup` class="inner"` : ''}><th scope="row">${bar.label}</th><td class="figure">${number(bar.value)}</td>${(
				bar.cells ?? []
			).map(
				(cell) => markup`<td class="figure">${cell}</td>`,
			)}<td class="chart">${bar.rest ? '' : track(bar.value, largest)}</td></tr>
`,
	)}</tbody></table></div>
`;
}

/** A bar alone; the figure has to stand beside it. */
export function track(value: number, largest: number): Html {
	const width = largest === 0 ? 0 : Math.round((value / largest) * 1000) / 10;
	if (value === 0) return markup`<div class="track" aria-hidden="true"></div>`;
	return markup`<div class="track" aria-hidden="true"><div class="bar" style="width:${width}%"></div></div>`;
}
