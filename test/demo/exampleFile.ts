import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Workflow, WorkflowNode } from '../host/rest';

/** What a step of an example gets in place of its placeholders: parameters by name, credentials by type. */
export type Filling = Pick<Partial<WorkflowNode>, 'parameters' | 'credentials'>;

/** The folder of the examples. */
export const examplesFolder = path.resolve(__dirname, '../../examples/workflows');

/**
 * Reads an example, and fills in what its user has to.
 * @param name file name without its ending
 * @param fillings for steps by their names
 * @throws Error when the example has no such step
 */
export function filledExample(name: string, fillings: Record<string, Filling>): Workflow {
	const workflow = JSON.parse(readFileSync(path.join(examplesFolder, `${name}.json`), 'utf8')) as Workflow;
	for (const [step, { parameters, credentials }] of Object.entries(fillings)) {
		const node = workflow.nodes.find((candidate) => candidate.name === step);
		if (!node) throw new Error(`The example ${name} has no step "${step}".`);
		Object.assign(node.parameters, parameters);
		if (credentials) node.credentials = credentials;
	}
	return workflow;
}
