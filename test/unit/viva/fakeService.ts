import { Readable } from 'node:stream';
import type { HttpAnswer, HttpRequest, Send, SendForStream } from '../../../nodes/shared/http/message';
import type { RetryClock } from '../../../nodes/shared/http/retry';
import type { Problem } from '../../../nodes/shared/core/problem';

export const TENANT = '5d3e9a1c-0f4b-4f0e-9a53-3a1f5c7f9b10';
export const INGESTION_ID = '0b1f8f0e-6f57-4c5e-8c2e-1d5a3c0f7e21';

export type Reply = Partial<HttpAnswer> | Problem;

/** A service that answers from a list and remembers what it was asked. */
export function fakeService(reply: (request: HttpRequest, number: number) => Reply) {
	const requests: HttpRequest[] = [];
	const answerTo = async (request: HttpRequest): Promise<HttpAnswer> => {
		requests.push(request);
		const found = reply(request, requests.length);
		if (found instanceof Error) throw found;
		return { status: 200, reason: '', headers: {}, text: '', ...found };
	};
	const send: Send = answerTo;
	const sendForStream: SendForStream = async (request) => {
		const { text, ...answer } = await answerTo(request);
		return { ...answer, stream: Readable.from(text === '' ? [] : [Buffer.from(text)]), isCut: () => false };
	};
	return { requests, send, sendForStream };
}

/** Gives the replies one after the other, then the last one for ever. */
export function inTurn(...replies: Reply[]): (request: HttpRequest, number: number) => Reply {
	return (_, number) => replies[Math.min(number, replies.length) - 1];
}

/** A clock that moves only by sleeping. */
export function sleepingClock(): RetryClock & { waits: number[] } {
	const waits: number[] = [];
	let now = 0;
	return {
		waits,
		now: () => now,
		random: () => 0,
		sleep: async (ms) => {
			waits.push(ms);
			now += ms;
		},
	};
}

export const json = (value: unknown, status = 200): Reply => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	text: JSON.stringify(value),
});

export const html = (text: string, status = 200): Reply => ({
	status,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	text,
});

export const ingestion = (Status: string, more: Record<string, unknown> = {}) => ({
	FriendlyName: 'Data ingress',
	Id: INGESTION_ID,
	ConnectorId: '9f1b7a52-7f42-4a0d-8b8e-3c1f0a6d2e11',
	Submitter: 'System',
	StartDate: '2026-05-08T19:07:07.4994043Z',
	Status,
	ErrorDetail: null,
	EndDate: null,
	Type: 'FileIngestion',
	...more,
});
