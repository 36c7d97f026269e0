import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { toNodeError } from './errors';
import { noteCustomData } from './execution';
import { readParameters } from './parameters';

/** What a step does for one of its operations. */
export type Operation = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/**
 * Does what the panel's field 'Operation' says.
 * @param field that field
 * @param operations by the field's values
 * @throws NodeOperationError or NodeApiError
 */
export async function runOperation(
	context: IExecuteFunctions,
	field: INodeProperties,
	operations: Readonly<Record<string, Operation>>,
): Promise<INodeExecutionData[][]> {
	try {
		const { operation } = readParameters<{ operation: string }>(context, [field], 0);
		const outputs = await operations[operation](context);
		noteCustomData(context, outputs.flat());
		return outputs;
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
