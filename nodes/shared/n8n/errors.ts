import {
	BaseError,
	NodeApiError,
	NodeError,
	NodeOperationError,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import { Problem, type ProblemKind } from '../core/problem';

/** Problems that are about us, our settings or our data; all others are about a service or the way to it. */
const OWN_KINDS: ReadonlySet<ProblemKind> = new Set(['input', 'configuration', 'cancelled', 'timeLimit']);

/**
 * Turns whatever was caught into an error that n8n shows well.
 *
 * A problem keeps its sentence as message; its advice and what Microsoft said become the description. Errors of n8n itself
 * are passed on. Anything else is a fault in this package: its own words stay out, because nobody has checked what
 * they quote.
 * @param node the step, for n8n
 * @param caught what was caught
 * @param itemIndex index of the input item it is about
 */
export function toNodeError(
	node: INode,
	caught: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (caught instanceof Problem) return fromProblem(node, caught, itemIndex);
	if (caught instanceof NodeApiError || caught instanceof NodeOperationError) {
		return withItem(caught, itemIndex);
	}
	if (isOfN8n(caught)) {
		return withItem(new NodeOperationError(node, caught, { itemIndex }), itemIndex);
	}
	const name = caught instanceof Error ? caught.name : typeof caught;
	return new NodeOperationError(node, 'The step stopped because of a fault within it.', {
		description: `This should not happen; please report it to the authors of this step (${name}${placeOf(caught)}).`,
		itemIndex,
	});
}

/** Where an unforeseen error arose: file and line, which quote nothing; the error's own words might. */
function placeOf(caught: unknown): string {
	const frame =
		caught instanceof Error
			? /[/\\]([\w.-]{1,80}\.[jt]s:\d{1,6}):\d{1,6}\)?$/m.exec(caught.stack ?? '')
			: null;
	return frame ? ` at ${frame[1]}` : '';
}

/**
 * The facts of a problem for outputs of people's workflows: plain values only, and nothing that is blank.
 * @param problem the problem
 */
export function problemFacts({ kind, details }: Problem): Record<string, string | number | boolean> {
	const facts: Record<string, string | number | boolean> = { kind };
	for (const [name, value] of Object.entries(details)) {
		const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
		if (plain && value !== '') facts[name] = value;
	}
	return facts;
}

function fromProblem(node: INode, problem: Problem, itemIndex: number | undefined) {
	const description = describe(problem);
	const facts = problemFacts(problem);
	if (OWN_KINDS.has(problem.kind)) {
		const error = new NodeOperationError(node, problem.message, { description, itemIndex });
		error.context.data = facts;
		return exactly(error, problem.message);
	}
	const { status } = problem.details;
	const httpCode = status === undefined ? undefined : String(status);
	const error = new NodeApiError(node, facts as JsonObject, {
		message: problem.message,
		description,
		httpCode,
		itemIndex,
	});
	// Without a status, n8n takes any code it finds for one.
	error.httpCode = httpCode ?? null;
	error.context.data = facts;
	return exactly(error, problem.message);
}

/**
 * n8n puts a stock sentence in place of a message in which it finds the letters of a system code, even within a word or
 * a host name. Ours says more.
 */
function exactly<T extends NodeError>(error: T, message: string): T {
	error.message = message;
	return error;
}

function describe({ advice, details }: Problem): string {
	const { serviceText, microsoftCode, correlationId, networkCode } = details;
	const ids = [microsoftCode, correlationId && `correlation ID ${correlationId}`, networkCode].filter(
		(part): part is string => typeof part === 'string' && part !== '' && !advice.includes(part),
	);
	const text = [
		advice,
		serviceText && !advice.includes(serviceText) ? `Microsoft's words: "${serviceText}".` : '',
		ids.length > 0 ? `(${ids.join(', ')})` : '',
	]
		.filter(Boolean)
		.join(' ');
	return asHtml(text);
}

/** n8n shows descriptions as HTML; as plain text, in a log or a message, the lines still are lines. */
function asHtml(text: string): string {
	return text.replace(/<(?=[a-z/!?])/gi, '&lt;').replaceAll('\n', '<br>\n');
}

/** Errors that n8n's own functions throw, such as an expression that cannot be resolved: their words are for users. */
function isOfN8n(caught: unknown): caught is Error {
	if (caught instanceof NodeError || caught instanceof BaseError) return true;
	return (
		caught instanceof Error &&
		/^(Expression|Workflow|Application|User|Operational)\w*Error$/.test(caught.name)
	);
}

function withItem<T extends NodeError>(error: T, itemIndex: number | undefined): T {
	if (itemIndex !== undefined && error.context.itemIndex === undefined) error.context.itemIndex = itemIndex;
	return error;
}
