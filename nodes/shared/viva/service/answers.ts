import type { HttpAnswer } from '../../http/message';
import { problem, type Problem } from '../../core/problem';
import { answerFacts, isWebPage } from '../../http/answerText';
import { boundedText, boundedValue, jsonValue } from '../../http/outsideText';
import type { Ingestion } from './ingestion';
import { howToFindOut, refusal, type CallContext, type RefusalCode } from './refusals';

/** What the ping answers when the connector is there. */
export interface ConnectorAnswer {
	ConnectorId: string;
}

/**
 * Reads the answer of push and poll: a success is HTTP 200 with a JSON object that has an `Id`, and nothing else, since this
 * service answers 200 with a sign-in page to an expired token (source A6).
 * @param answer as it came
 * @param context what was asked
 * @param ingestionId for polls: the import that was asked for
 * @throws Problem `refused` or `unexpectedAnswer`, with `details.code`
 */
export function readIngestion(answer: HttpAnswer, context: CallContext, ingestionId?: string): Ingestion {
	const object = readObject(answer, context);
	const { Id, Status, ErrorDetail } = object;
	if (typeof Id !== 'string' || !ID.test(Id)) {
		throw unlike({ answer, context }, 'withoutId', "an answer without an 'Id'");
	}
	if (ingestionId !== undefined && bare(Id) !== bare(ingestionId)) {
		throw unlike({ answer, context }, 'wrongIngestion', 'an answer about another import');
	}
	if (typeof Status !== 'string' && context.call !== 'push') {
		throw unlike({ answer, context }, 'withoutId', "an answer without a 'Status'");
	}
	return {
		...Object.fromEntries(
			TEXT_FIELDS.filter((name) => name in object).map((name) => [name, textOrNull(object[name])]),
		),
		...('ErrorDetail' in object ? { ErrorDetail: boundedValue(ErrorDetail) } : {}),
		Id,
		Status: typeof Status === 'string' ? boundedText(Status, LONGEST_TEXT) : 'NotStarted',
	};
}

const ID = /^[!-~]{1,200}$/;
const LONGEST_TEXT = 200;
const TEXT_FIELDS = [
	'FriendlyName',
	'ConnectorId',
	'Submitter',
	'StartDate',
	'EndDate',
	'Type',
] as const satisfies ReadonlyArray<keyof Ingestion>;
const FIELDS = ['Id', 'Status', 'ErrorDetail', ...TEXT_FIELDS];

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? boundedText(value, LONGEST_TEXT) : null;
}

/**
 * Reads the answer of the ping (source A4).
 * @throws Problem `refused` or `unexpectedAnswer`, with `details.code`
 */
export function readConnector(answer: HttpAnswer, context: CallContext): ConnectorAnswer {
	const { ConnectorId } = readObject(answer, context);
	if (typeof ConnectorId === 'string' && ID.test(ConnectorId)) return { ConnectorId };
	throw unlike({ answer, context }, 'withoutId', "an answer without a 'ConnectorId'");
}

/**
 * Reads the answer of the scale unit lookup: a JSON string, or the same without quotes (source A3).
 * @throws Problem `refused` or `unexpectedAnswer`, with `details.code`
 */
export function readScaleUnit(answer: HttpAnswer, context: CallContext): string {
	if (answer.status !== 200 || isWebPage(answer)) throw refusal(answer, context);
	const unit = answer.text.replaceAll('"', '').trim();
	if (isScaleUnit(unit)) return unit;
	throw unlike({ answer, context }, 'notJson', 'a text that is not the name of a scale unit');
}

/** Whether a text can be the name of a scale unit and may stand in a header. */
export function isScaleUnit(text: string): boolean {
	return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text);
}

function readObject(answer: HttpAnswer, context: CallContext): Record<string, unknown> {
	if (answer.status !== 200 || isWebPage(answer)) throw refusal(answer, context);
	const value = jsonValue(answer.text);
	if (value === undefined) throw unlike({ answer, context }, 'notJson', 'a text that is not JSON');
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw unlike({ answer, context }, 'withoutId', 'JSON of another shape');
	}
	return asDocumented(value);
}

/** The fields with the documented letters: the service's serializer may be set to write `id` for `Id`. */
function asDocumented(value: object): Record<string, unknown> {
	const written = new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
	const fields = FIELDS.filter((name) => written.has(name.toLowerCase()));
	return { ...Object.fromEntries(fields.map((name) => [name, written.get(name.toLowerCase())])), ...value };
}

/** A 200 that is no success. What it says is not quoted: nobody knows what it is. */
function unlike(
	{ answer, context }: { answer: HttpAnswer; context: CallContext },
	code: RefusalCode,
	what: string,
): Problem {
	const { serviceText, ...facts } = answerFacts(answer);
	void serviceText;
	return problem.unexpectedAnswer(
		`${context.step} was answered with HTTP ${answer.status} and ${what}.`,
		context.call === 'push'
			? `It may have been accepted all the same. ${howToFindOut(context.destination)}`
			: 'Check the API address in the credential, and whether a proxy changes the traffic. If both are right, the service may have changed: tell the maintainers of this package.',
		{ ...facts, code },
	);
}

const bare = (id: string) => id.replace(/[{}]/g, '').toLowerCase();
