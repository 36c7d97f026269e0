import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { count } from '../../shared/core/format';
import { problem } from '../../shared/core/problem';
import { itemsBeforeExecuteOnce } from '../../shared/n8n/execution';
import { readParameters } from '../../shared/n8n/parameters';
import { deletionFile } from '../../shared/viva/attributes/deletionFile';
import { DESTINATIONS, type DestinationId } from '../../shared/viva/service/destinations';
import { readMapping, type MappingRow } from '../fields/columnMapping';
import { parameters } from '../fields/fields';

interface DeletionPanel {
	destination: DestinationId;
	addressField: string;
	attributes: string[];
	substituteManager: string;
	columnMapping: { entries?: MappingRow[] };
	outputField: string;
}

/**
 * The operation Create Deletion File: rows that delete what Organizational Data keeps of the people in the items. It sends nothing.
 * @param context the step's execution
 * @returns one item with the file and what it does
 * @throws Problem `configuration` for a destination without such rows, or wishes that delete nothing; `input` for an item without an
 *   address
 */
export async function createDeletionFile(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const panel = readParameters<DeletionPanel>(context, parameters, 0);
	const { destination, addressField, outputField } = panel;
	assertDeletes(destination);
	assertAllItems(context);
	const items = context.getInputData();
	const { text, ...facts } = deletionFile(
		items.map(({ json }) => json[addressField]),
		{
			attributes: panel.attributes,
			mapping: readMapping(panel.columnMapping.entries ?? []),
			substitute: panel.substituteManager.trim(),
		},
	);
	const attributes = count(facts.columns.length - 1, 'attribute');
	const people = count(facts.people, 'person', 'people');
	const summary = `The file deletes ${attributes} of ${people} when it is uploaded to ${DESTINATIONS[destination].displayName}; attributes in 'notDeleted' stay. Nothing was sent.`;
	const file = Buffer.from(text, 'utf8');
	const binary = await context.helpers.prepareBinaryData(
		file,
		'organizational-data-deletion.csv',
		'text/csv',
	);
	const json = { destination, ...facts, summary };
	const pairedItem = items.map((_, item) => ({ item }));
	return [[{ json, binary: { [outputField]: binary }, pairedItem }], []];
}

/** @throws Problem `configuration` for a destination that knows no rows that delete */
function assertDeletes(destination: DestinationId): void {
	if (destination === 'organizationalData') return;
	throw problem.configuration(
		`${DESTINATIONS[destination].displayName} has no rows that delete.`,
		`A full import without a person deletes the person there. For a deletion file set 'Destination' to '${DESTINATIONS.organizationalData.displayName}'.`,
	);
}

/** @throws Problem `configuration` where n8n hands on one of several people */
function assertAllItems(context: IExecuteFunctions): void {
	const items = context.getNode().executeOnce === true ? itemsBeforeExecuteOnce(context) : 1;
	if (items === 1) return;
	throw problem.configuration(
		`The setting 'Execute Once' of this step leaves one of ${items ?? 'all'} items, and each item is a person.`,
		"Switch 'Execute Once' off in the settings of this step.",
		{ code: 'executeOnce' },
	);
}
