import { setTimeout as wait } from 'node:timers/promises';
import { createTokenSource } from '../../nodes/shared/entra/token';
import type { HttpRequest, Send, SendForStream } from '../../nodes/shared/http/message';
import { createSend } from '../../nodes/shared/http/transport/send';
import type { Emulator, FaultService } from '../emulator/emulator';
import { catchTimer } from '../helpers/caughtTimer';

// Stands in place of nodes/shared/n8n/credentials/network: the same functions, with a way to the services that can be spoilt.

/** A fault on the way to a service, before it could see anything of a request. */
export type Obstacle = 'refused' | 'unresolved' | 'untrusted' | 'otherName';

/** What happens to some requests of a service. */
export interface Strike {
	service: FaultService;
	/** so many are let pass first */
	skip: number;
	times: number;
	/** `tooSlow`: the time limit of the request passes as soon as the emulator keeps its answer back */
	what: Obstacle | 'tooSlow';
}

/** Where the obstacles are. */
export interface Surroundings {
	emulator: Emulator;
	/** authorities to trust */
	trusted: string[];
	/** a port of this machine at which nobody listens */
	closedPort: number;
	/** a port at which a server shows a trusted certificate for another name */
	otherNamePort: number;
}

type Sender = ReturnType<typeof createSend>;

let surroundings: Surroundings;
let trusting: Sender;
let distrusting: Sender;
let strikes: Strike[] = [];
let sentTo: FaultService[] = [];
const noticed = new Set<number>();

/** Call before the first request. */
export function surround(given: Surroundings): void {
	surroundings = given;
	trusting = createSend({ ca: given.trusted });
	// The authorities of Node, which do not know the emulator's.
	distrusting = createSend();
}

/** Spoils the way. */
export function strike(next: Strike): void {
	strikes.push(next);
}

/** Forgets strikes, counts and tokens. */
export function clearWay(): void {
	strikes = [];
	sentTo = [];
	noticed.clear();
	tokens.forget();
}

/** How often a request was sent to a service, also in vain. */
export function timesSent(service: FaultService): number {
	return sentTo.filter((other) => other === service).length;
}

export const send: Send = async (request) =>
	await sendOver(request, async (sender, changed) => await sender.send(changed));
export const sendForStream: SendForStream = async (request) =>
	await sendOver(request, async (sender, changed) => await sender.sendForStream(changed));
export const tokens = createTokenSource({ send });
export const networkOf = () => ({ send, sendForStream, tokens });

async function sendOver<T>(
	request: HttpRequest,
	by: (sender: Sender, request: HttpRequest) => Promise<T>,
): Promise<T> {
	const service = serviceOf(request);
	sentTo.push(service);
	switch (strikeFor(service)) {
		case 'refused':
			return await by(trusting, elsewhere(request, `localhost:${surroundings.closedPort}`));
		case 'unresolved':
			return await by(trusting, elsewhere(request, 'hr-service.invalid'));
		case 'untrusted':
			return await by(distrusting, request);
		case 'otherName':
			return await by(trusting, elsewhere(request, `localhost:${surroundings.otherNamePort}`));
		case 'tooSlow':
			return await untilLimit(request, async () => await by(trusting, request));
		default:
			return await by(trusting, request);
	}
}

function strikeFor(service: FaultService): Strike['what'] | undefined {
	const found = strikes.find((other) => other.service === service);
	if (found === undefined) return undefined;
	if (found.skip > 0) {
		found.skip -= 1;
		return undefined;
	}
	found.times -= 1;
	if (found.times <= 0) strikes = strikes.filter((other) => other !== found);
	return found.what;
}

function elsewhere(request: HttpRequest, host: string): HttpRequest {
	return { ...request, url: request.url.replace(/^https:\/\/[^/]+/, `https://${host}`) };
}

/** Sends, and lets the time limit of the request pass when the emulator has done its work and keeps the answer back. */
async function untilLimit<T>(request: HttpRequest, through: () => Promise<T>): Promise<T> {
	// The last timer of that length is the limit of the whole exchange; the one before is that of connecting.
	const limit = catchTimer(request.timeoutMs);
	let answer: Promise<T>;
	try {
		answer = through();
	} finally {
		limit.release();
	}
	let state: 'open' | 'answered' | 'failed' = 'open';
	void answer.then(
		() => (state = 'answered'),
		() => (state = 'failed'),
	);
	// A stream is answered before its body is there, and its limit still runs.
	void untilHeld(() => state !== 'open').then(() => state === 'failed' || limit.goOff());
	return await answer;
}

async function untilHeld(isOver: () => boolean): Promise<void> {
	while (!isOver()) {
		const held = surroundings.emulator.requests.find((entry) => entry.held && !noticed.has(entry.number));
		if (held) {
			noticed.add(held.number);
			// What has been answered so far has arrived by then.
			return await wait(5);
		}
		await wait(1);
	}
}

function serviceOf({ method, url }: HttpRequest): FaultService {
	const path = new URL(url).pathname.toLowerCase();
	if (path.endsWith('/token')) return 'token';
	if (path.endsWith('/scaleunit')) return 'scaleUnit';
	if (path.endsWith('/api/signals')) return 'signal';
	if (path.endsWith('/errors')) return 'errors';
	if (method === 'POST') return 'push';
	if (path.includes('/ingestions/')) return 'poll';
	if (path.includes('/ingress/connectors/')) return 'ping';
	return 'discovery';
}
