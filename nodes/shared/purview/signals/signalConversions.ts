import type { DateColumns } from '../../dates/dateColumns';
import type { Conversion } from '../../records/convertedValues';
import type { SignalColumn } from './planSignals';
import { IDENTIFIER_COLUMN, SCENARIOS, type FileLayout, type ScenarioId } from './scenarios';

/** What happens to texts that are longer than the service takes. */
export type LongTexts = 'reject' | 'cut';

/** Which scenarios a file may name, and how. */
export interface Identifiers {
	/** the scenario that a value names, in whatever case and between whatever blanks */
	scenarioOf(value: string): ScenarioId | undefined;
	/** the value as the connector has it */
	of(id: ScenarioId): string;
	/** all values, for sentences */
	all: string;
}

/** The identifiers of a file. */
export function identifiersOf({ scenarios, identifiers }: FileLayout): Identifiers {
	const normalize = (value: string) => value.trim().toLowerCase();
	const of = (id: ScenarioId) => identifiers?.[id] ?? SCENARIOS[id].identifier;
	const byValue = new Map(scenarios.map((id) => [normalize(of(id)), id]));
	return { of, scenarioOf: (value) => byValue.get(normalize(value)), all: scenarios.map(of).join(', ') };
}

/**
 * How the values of a column are rewritten for the connector; nothing where they stay.
 * @param column see {@link SignalColumn}
 * @param dates writes dates as the connector takes them
 * @param settings the file's identifiers are written as the connector has them; what is none stays
 */
export function conversionFor(
	column: SignalColumn,
	dates: DateColumns,
	{ layout, longTexts }: { layout: FileLayout; longTexts: LongTexts },
): Conversion | undefined {
	const { sourceIndex, type, attribute, maximumLength } = column;
	if (sourceIndex < 0) return undefined;
	if (type === 'date') return dates.conversion(sourceIndex);
	if (attribute === IDENTIFIER_COLUMN) {
		const identifiers = identifiersOf(layout);
		return {
			convert(text) {
				const id = identifiers.scenarioOf(text);
				return id === undefined ? text : identifiers.of(id);
			},
		};
	}
	if (maximumLength === undefined || longTexts !== 'cut') return undefined;
	return {
		convert: (text) => cutText(text, maximumLength),
		// No text has more characters than bytes.
		stays: ({ starts, ends }, f) => ends[f] - starts[f] <= maximumLength,
	};
}

/**
 * Cuts a text to a number of characters, and no character in two. Characters are counted as UTF-16 counts them: that is
 * never fewer than other ways to count.
 */
function cutText(text: string, limit: number): string {
	if (text.length <= limit) return text;
	const halved = /[\ud800-\udbff]/.test(text[limit - 1]);
	return text.slice(0, halved ? limit - 1 : limit);
}
