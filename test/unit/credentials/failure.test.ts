import {
	ExpressionError,
	NodeApiError,
	NodeOperationError,
	UserError,
	type INode,
	type NodeError,
} from 'n8n-workflow';
import { problemFacts, toNodeError } from '../../../nodes/shared/n8n/errors';
import { problem, type ProblemKind } from '../../../nodes/shared/core/problem';

const node: INode = {
	id: '1',
	name: 'Viva HR Ingest',
	type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const kinds: Array<[ProblemKind, new (...all: never[]) => NodeError]> = [
	['input', NodeOperationError],
	['configuration', NodeOperationError],
	['cancelled', NodeOperationError],
	['timeLimit', NodeOperationError],
	['token', NodeApiError],
	['refused', NodeApiError],
	['unexpectedAnswer', NodeApiError],
	['network', NodeApiError],
	['inDoubt', NodeApiError],
];

it.each(kinds)('%s becomes the right class, with sentence, advice and item', (kind, expected) => {
	const error = toNodeError(node, problem[kind]('The upload did not work.', 'Do this.', { status: 403 }), 3);
	expect(error).toBeInstanceOf(expected);
	expect(error.message).toBe('The upload did not work.');
	expect(error.description).toBe('Do this.');
	expect(error.context.itemIndex).toBe(3);
	if (error instanceof NodeApiError) expect(error.httpCode).toBe('403');
});

it.each(kinds)('%s: the message stays ours even where it holds the letters of a system code', (kind) => {
	for (const message of [
		'approvePermissions is missing.',
		'The file contoso-eacces.csv failed.',
		'It is ENOTFOUND.',
	]) {
		const error = toNodeError(node, problem[kind](message, 'Do this.', { networkCode: 'ECONNREFUSED' }));
		expect(error.message).toBe(message);
	}
});

it('lines stay lines where n8n shows HTML, and what looks like a tag is shown', () => {
	const advice = "• Row 2: '<b>' is unknown.\n• Row 3: 1 < 2.";
	expect(toNodeError(node, problem.input('No.', advice, {})).description).toBe(
		"• Row 2: '&lt;b>' is unknown.<br>\n• Row 3: 1 < 2.",
	);
});

it('our own codes are for programs only', () => {
	const error = toNodeError(node, problem.input('No.', 'Do this.', { code: 'invalidData' }));
	expect(error.description).toBe('Do this.');
	expect(error.context.data).toMatchObject({ code: 'invalidData' });
});

it('a code is not taken for a status', () => {
	const error = toNodeError(
		node,
		problem.network('No.', 'Do this.', { networkCode: 'ECONNREFUSED', microsoftCode: 'x' }),
	);
	expect((error as NodeApiError).httpCode).toBeNull();
});

it.each([500, 404, 403, 429])('n8n has no stock sentence to put in place of ours: HTTP %s', (status) => {
	const error = toNodeError(node, problem.refused('Ours.', 'Do this.', { status }));
	expect([error.message, (error as NodeApiError).httpCode]).toEqual(['Ours.', String(status)]);
});

it('what Microsoft said goes into the description, once', () => {
	const facts = {
		microsoftCode: 'AADSTS1',
		correlationId: 'abc',
		serviceText: 'Words.',
		networkCode: 'ECONNRESET',
	};
	const plain = toNodeError(node, problem.token('No.', 'Do this.', facts));
	expect(plain.description).toBe(
		`Do this. Microsoft's words: "Words.". (AADSTS1, correlation ID abc, ECONNRESET)`,
	);
	const told = toNodeError(node, problem.token('No.', 'Do this (AADSTS1, correlation ID abc).', facts));
	expect(told.description?.match(/AADSTS1/g)).toHaveLength(1);
});

it('facts are plain: nothing nested, nothing blank', () => {
	const findings = [{ code: 'x', message: 'y' }];
	const facts = problemFacts(
		problem.refused('a', 'b', {
			status: 400,
			reason: '',
			findings,
			correlationId: undefined,
			code: 'notJson',
		}),
	);
	expect(facts).toEqual({ kind: 'refused', status: 400, code: 'notJson' });
	const error = toNodeError(node, problem.refused('a', 'b', { status: 400, findings }));
	expect(error.context.data).toEqual({ kind: 'refused', status: 400 });
});

it('an error of n8n stays as it is, with the item added where it lacks one', () => {
	const api = new NodeApiError(node, { message: 'x' }, { message: 'Theirs.' });
	expect(toNodeError(node, api, 2)).toBe(api);
	expect(api.context.itemIndex).toBe(2);
	const own = new NodeOperationError(node, 'Theirs.', { itemIndex: 5 });
	expect(toNodeError(node, own, 2)).toBe(own);
	expect(own.context.itemIndex).toBe(5);
});

it('errors that n8n throws for users keep their words', () => {
	for (const theirs of [
		new ExpressionError('Node A has not been executed'),
		new UserError('Choose a file'),
	]) {
		const error = toNodeError(node, theirs, 1);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(theirs.message);
		expect(error.context.itemIndex).toBe(1);
	}
});

it.each([
	new TypeError('cannot read planted-secret of undefined'),
	Object.assign(new Error('planted-secret'), { config: { headers: { Authorization: 'planted-secret' } } }),
	'planted-secret',
	undefined,
	{ message: 'planted-secret' },
])('anything else is a fault of ours and says nothing of what it held: %p', (caught) => {
	const error = toNodeError(node, caught, 1);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error.context.itemIndex).toBe(1);
	expect(error.message).toBe('The step stopped because of a fault within it.');
	const all = JSON.stringify([
		error,
		error.message,
		error.description,
		error.stack,
		error.messages,
		error.cause,
	]);
	expect(all).not.toContain('planted-secret');
});
