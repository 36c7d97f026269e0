import type { INodeProperties } from 'n8n-workflow';
import { PurviewHrSignal } from '../../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../../nodes/VivaHrIngest/VivaHrIngest.node';

/** What a user of most files meets, in the order of the list, and what few ever need. */
const BY_USE = [
	'Invalid Rows',
	'Send',
	'Clean Values',
	'Date Order',
	'Time Zone',
	'Lines Before the Header',
	'Delimiter',
	'Encoding',
	'Other Columns',
	'Columns to Send',
	'Delimiter Sent',
	'Automatic Matching',
	'Prepare For',
	'Maximum Invalid Rows (Percent)',
	'Output Report',
	'Report Language',
	'Output',
	'Output Items',
	'Output All Findings',
	'Rule Settings',
	'Largest Drop (Percent)',
];
const TRANSPORT = [
	'Timeout (Minutes)',
	'Send As',
	'Compression Level',
	'Form Part',
	'Type Names',
	'Retry For (Minutes)',
	'Attempts per Chunk',
	'Rows per Chunk',
	'Maximum Chunk Size (MB)',
];

it.each(
	[new VivaHrIngest(), new PurviewHrSignal()].map((step) => [step.description.displayName, step] as const),
)('%s lists its options by use: values and files first, the transport last', (_, { description }) => {
	const { options = [] } = description.properties.find(({ name }) => name === 'options')!;
	const names = [...new Set((options as INodeProperties[]).map(({ displayName }) => displayName))];
	expect(names.filter((name) => BY_USE.includes(name))).toEqual(
		BY_USE.filter((name) => names.includes(name)),
	);
	const transport = TRANSPORT.filter((name) => names.includes(name));
	expect(transport.length).toBeGreaterThan(3);
	expect(names.slice(-transport.length)).toEqual(transport);
});
