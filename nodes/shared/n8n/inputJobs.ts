import type { IExecuteFunctions, IPairedItemData } from 'n8n-workflow';

/** What is sent at a time: all input items together, or the file of one item. */
export interface Job {
	/** the items that the job stands for, for paired items and errors */
	items: number[];
	/** the item whose file is read; missing when each item is a row */
	fileItem?: number;
}

/**
 * The jobs of one execution, by the parameter `input`: `items` makes one of all items, `file` one of each item.
 * @param context the step's execution
 */
export function jobsOf(context: IExecuteFunctions): Job[] {
	const items = context.getInputData().map((_, item) => item);
	const input = context.getNodeParameter('input', 0, 'items') as 'items' | 'file';
	if (input === 'items') return [{ items }];
	return items.map((item) => ({ items: [item], fileItem: item }));
}

/** A job's output is paired with all its input items. */
export function pairedItems({ items }: Job): IPairedItemData[] {
	return items.map((item) => ({ item }));
}
