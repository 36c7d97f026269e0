import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { AutomaticMatching } from '../../shared/columns/matchColumns';
import type { OtherColumns } from '../../shared/columns/planColumns';
import { fillColumnPreview } from '../../shared/n8n/lists/fillColumnPreview';
import type { RuleSettings } from '../../shared/n8n/input/tableOptions';
import { planImport } from '../../shared/viva/attributes/planImport';
import { hasOwnLimit, type AppId } from '../../shared/viva/readiness/apps';
import {
	DESTINATIONS,
	refreshKindOf,
	type DestinationId,
	type RefreshKind,
} from '../../shared/viva/service/destinations';
import { readMapping, type MappingRow } from './columnMapping';

/** The options that the list depends on; those that nobody has set are missing. */
interface PreviewOptions {
	automaticMatching?: AutomaticMatching;
	ruleSettings?: RuleSettings;
	otherColumns?: OtherColumns;
	prepareFor?: AppId | 'none';
	send?: string;
}

/** Fills the list 'Where the Columns Go' of the step. */
export async function previewColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fillColumnPreview<MappingRow>(this, (read) => {
		const destination = read<DestinationId>('destination', 'vivaHr');
		const refresh = read<RefreshKind>('refresh', 'full');
		const options = read<PreviewOptions>('options', {});
		return {
			entries: read<{ entries?: MappingRow[] }>('columnMapping', {}).entries,
			ruleSettings: options.ruleSettings,
			unmatched: `It matches no attribute of ${DESTINATIONS[destination].displayName}`,
			decide: (header, rows, findings) =>
				planImport(
					header,
					{
						destination,
						refresh: refreshKindOf(
							destination,
							read('send', options.send) === 'changes' ? 'incremental' : refresh,
						),
						mapping: readMapping(rows),
						matching: options.automaticMatching ?? 'sure',
						otherColumns: options.otherColumns ?? 'leaveOut',
						hasOwnLimit: hasOwnLimit(options.prepareFor === 'none' ? undefined : options.prepareFor),
					},
					findings,
				),
		};
	});
}
