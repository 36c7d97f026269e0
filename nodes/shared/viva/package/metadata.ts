import type { ColumnPlan, ValueType } from '../../columns/columnPlan';

/** The service's names of the types of values; the user can edit them, since no complete list is published. */
export type ServiceTypes = Record<ValueType, string>;

/** What metadata.json says besides the mapping. */
export interface MetadataHead {
	/** `HR`, or what the destination's documents name */
	datasetType: string;
	/** true = full refresh, replaces everything; false = incremental */
	isBootstrap: boolean;
}

/**
 * Writes metadata.json: a mapping of every column onto itself, since our data.csv already carries the service's names
 * (source A9, F7).
 * @param head dataset type and kind of refresh
 * @param plan the columns of data.csv
 * @param types the service's words for our value types
 */
export function writeMetadata(head: MetadataHead, plan: ColumnPlan, types: ServiceTypes): Buffer {
	const Mapping = Object.fromEntries(
		plan.columns.map(({ name, type }) => [name, { name, type: types[type] }]),
	);
	// Text, not booleans: the documents print "true" and "false" in quotes.
	const metadata = {
		DatasetType: head.datasetType,
		IsBootstrap: head.isBootstrap ? 'true' : 'false',
		Mapping,
	};
	return Buffer.from(JSON.stringify(metadata, undefined, 2), 'utf8');
}
