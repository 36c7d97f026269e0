import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { AutomaticMatching } from '../../shared/columns/matchColumns';
import {
	fillColumnPreview,
	type PreviewLine,
	type ReadCurrent,
} from '../../shared/n8n/lists/fillColumnPreview';
import type { RuleSettings } from '../../shared/n8n/input/tableOptions';
import { planSignals, type SignalPlan } from '../../shared/purview/signals/planSignals';
import {
	headerOf,
	IDENTIFIER_COLUMN,
	needOf,
	SCENARIOS,
	type FileLayout,
} from '../../shared/purview/signals/scenarios';
import { layoutOf, readMapping, type LayoutPanel, type MappingRow } from '../settings';
import { DEFAULT_SCENARIOS } from './fields';

/** The options that the list depends on; those that nobody has set are missing. */
interface PreviewOptions {
	automaticMatching?: AutomaticMatching;
	ruleSettings?: RuleSettings;
	sendColumns?: 'all' | 'found';
}

/** Fills the list 'Where the Columns Go' of the step. */
export async function previewColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fillColumnPreview<MappingRow>(this, (read) => {
		const layout = readLayout(read);
		const options = read<PreviewOptions>('options', {});
		return {
			entries: read<{ entries?: MappingRow[] }>('columnMapping', {}).entries,
			ruleSettings: options.ruleSettings,
			unmatched: 'It matches no column of the scenario',
			decide(header, rows, findings) {
				const request = {
					...header,
					layout,
					mapping: readMapping(rows, layout),
					matching: options.automaticMatching ?? 'sure',
					sendColumns: options.sendColumns ?? 'all',
				};
				const decided = planSignals(request, findings);
				return { ...decided, further: furtherLines(decided.plan, layout) };
			},
		};
	});
}

function readLayout(read: ReadCurrent): FileLayout {
	const { entries = [] } = read<LayoutPanel['headerNames']>('headerNames', {});
	return layoutOf({
		scenario: read<LayoutPanel['scenario']>('scenario', 'resignation'),
		// A line that somebody has just begun says nothing yet.
		headerNames: { entries: entries.filter(({ header }) => header?.trim()) },
		scenarios: read('scenarios', DEFAULT_SCENARIOS),
		identifierColumn: read('identifierColumn', IDENTIFIER_COLUMN),
		identifierValues: read('identifierValues', {}),
	});
}

/** Columns that are sent although the input lacks them, and those that the rows of a scenario would lack. */
function furtherLines({ columns, missing }: SignalPlan, layout: FileLayout): PreviewLine[] {
	const isRequired = (attribute: string) =>
		attribute === IDENTIFIER_COLUMN || layout.scenarios.some((id) => needOf(id, attribute) === 'required');
	return [
		...missing.map(({ scenario, attribute }) => ({
			name: `– ${headerOf(layout, attribute)} is missing`,
			description: `Rows of ${SCENARIOS[scenario].displayName} need it; without such rows it is sent blank`,
		})),
		...columns
			.filter(({ sourceIndex, attribute }) => sourceIndex < 0 && !isRequired(attribute))
			.map(({ name, reason }) => ({ name: `– ${name} is sent blank`, description: reason })),
	];
}
