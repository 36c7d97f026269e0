import { randomUUID } from 'node:crypto';
import { BrokenBody, drain, empty, json, text, type Exchange, type Reply } from './exchange';
import type { BodyForm, Connector, Destination, ReceivedIngestion, ValidationResult } from './model';
import { receiveParts, receiveRaw, type ReceivedFile } from './receive';
import { signInPageReply } from './signInPage';
import type { EmulatorState } from './state';
import { bearerToken, type TokenHolder } from './tokens';
import { vivaResourceId, vivaResourceUrl } from './entra';

/** What Viva and Organizational Data have in common: who may call, how a push comes in, how it grows old. */

/**
 * Finds out who calls. Without Authorization: 403 (A6). With a token that is expired or of another resource: the
 * sign-in page, or what the settings say.
 */
export async function callerOf(
	state: EmulatorState,
	exchange: Exchange,
	tenantId: string,
): Promise<TokenHolder | Reply> {
	if (exchange.headers['authorization'] === undefined) return await refused(exchange, empty(403));
	const token = bearerToken(exchange.headers);
	const holder = token === null ? null : await state.tokens.holderOf(token);
	const audience = holder?.audience.toLowerCase();
	if (!holder || (audience !== vivaResourceId && audience !== vivaResourceUrl)) {
		return await refused(exchange, badTokenReply(state, exchange));
	}
	if (holder.tenantId !== tenantId.toLowerCase()) return await refused(exchange, empty(403));
	return holder;
}

/** An answer that does not care for the body: takes it in first, so that the sender sees the answer. */
export async function refused(exchange: Exchange, reply: Reply): Promise<Reply> {
	await drain(exchange.request);
	return reply;
}

function badTokenReply(state: EmulatorState, exchange: Exchange): Reply {
	switch (state.settings.badTokenAnswer) {
		case 'html200':
			return signInPageReply();
		case 'unauthorized401':
			return { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };
		case 'redirect302':
			return { status: 302, headers: { location: `${exchange.origin}/common/oauth2/authorize` } };
	}
}

/** True for an answer, false for what led to none. */
export function isReply(value: object): value is Reply {
	return 'status' in value && typeof value.status === 'number';
}

/**
 * Checks header and connector. A missing or foreign scale unit is 400: the reference does not know the answer,
 * this is the emulator's choice. No connector, or one of other apps: 403 (A4, A6).
 */
export function gateReply(
	exchange: Exchange,
	holder: TokenHolder,
	scaleUnit: string,
	connector: Connector | null,
): Reply | null {
	const sent = exchange.headers['x-nova-scaleunit'];
	if (sent === undefined || sent === '') return text(400, 'The header x-nova-scaleunit is missing.');
	if (sent !== scaleUnit)
		return text(400, 'The header x-nova-scaleunit does not name the scale unit of the tenant.');
	if (!connector || !connector.authorisedAppIds.includes(holder.appId)) return empty(403);
	return null;
}

/** A push on its way in. */
export interface Push {
	destination: Destination;
	connector: Connector;
	scaleUnit: string;
	holder: TokenHolder;
	/** what the body forms mean here */
	forms: { multipart: BodyForm; csv: boolean; json: boolean };
	validate(file: ReceivedFile, form: BodyForm): Promise<ValidationResult>;
}

const incoming = new WeakMap<EmulatorState, Set<string>>();

/**
 * Takes a push: one at a time for a tenant, whatever the connection (A6, A13, B2), 500 without a file (A6), else 200 with the
 * ingestion (A5). The contents are validated before the answer, but only a poll tells the result, as in the service.
 */
export async function takePush(state: EmulatorState, exchange: Exchange, push: Push): Promise<Reply> {
	const busy = incoming.get(state) ?? new Set<string>();
	incoming.set(state, busy);
	const { tenantId } = push.holder;
	if (busy.has(tenantId) || isRunning(state, tenantId)) {
		return await refused(exchange, previousIngestionReply(state));
	}
	busy.add(tenantId);
	try {
		const taken = await takeFile(exchange, push.forms);
		if (isReply(taken)) return taken;
		const { file, form } = taken;
		try {
			return json(200, publicIngestion(state, await store(state, exchange, push, file, form)));
		} finally {
			await file.remove();
		}
	} finally {
		busy.delete(tenantId);
	}
}

function previousIngestionReply(state: EmulatorState): Reply {
	const words = 'Previous ingestion is not complete.';
	return state.settings.previousIngestionAnswer === 'text' ? text(400, words) : json(400, { Message: words });
}

async function takeFile(
	exchange: Exchange,
	forms: Push['forms'],
): Promise<{ file: ReceivedFile; form: BodyForm } | Reply> {
	const [type = '', ...parameters] = (exchange.headers['content-type'] ?? '')
		.split(';')
		.map((part) => part.trim().toLowerCase());
	if (exchange.headers['content-encoding'] !== undefined) return await refused(exchange, empty(415));
	const charset = parameters.find((parameter) => parameter.startsWith('charset='));
	if (type === 'multipart/form-data') {
		try {
			const parts = await receiveParts(exchange.request);
			// a refusal of several parts is the emulator's choice: all sources send one
			if (parts.fileCount + parts.fields.length > 1) {
				await parts.file?.remove();
				return text(400, 'The form must have one part.');
			}
			if (!parts.file) return empty(500);
			if (parts.file.bytes === 0) {
				await parts.file.remove();
				return empty(500);
			}
			return { file: parts.file, form: forms.multipart };
		} catch (error) {
			if (error instanceof BrokenBody) return await refused(exchange, text(400, error.message));
			throw error;
		}
	}
	const raw = (type === 'text/csv' && forms.csv) || (type === 'application/json' && forms.json);
	if (!raw || (charset !== undefined && !/^charset="?utf-8"?$/.test(charset))) {
		return await refused(exchange, empty(415));
	}
	const file = await receiveRaw(exchange.request);
	if (file.bytes === 0) {
		await file.remove();
		return empty(500);
	}
	return { file, form: type === 'text/csv' ? 'csv' : 'json' };
}

async function store(
	state: EmulatorState,
	exchange: Exchange,
	push: Push,
	file: ReceivedFile,
	form: BodyForm,
): Promise<ReceivedIngestion> {
	const { settings } = state;
	const result: ValidationResult = settings.checkContents
		? await push.validate(file, form)
		: {
				valid: true,
				bootstrap: null,
				header: [],
				columns: [],
				rowCount: 0,
				acceptedRows: 0,
				rows: [],
				errors: [],
				errorCount: 0,
				warnings: [],
			};
	const plan = state.planned.shift();
	const end = !result.valid
		? 'ValidationFailed'
		: result.errorCount > 0
			? settings.partialSuccessStatus
			: 'Completed';
	const statuses = plan?.statuses ?? [
		{ afterMs: 0, status: 'NotStarted' },
		{ afterMs: settings.extractionMs, status: 'ExtractionComplete' },
		{ afterMs: settings.extractionMs + settings.processingMs, status: end },
	];
	const ingestion: ReceivedIngestion = {
		...result,
		id: randomUUID(),
		tenantId: push.holder.tenantId,
		appId: push.holder.appId,
		destination: push.destination,
		connectorId: push.connector.connectorId,
		scaleUnit: push.scaleUnit,
		receivedAt: state.clock.now(),
		form,
		contentType: exchange.headers['content-type'] ?? '',
		partName: file.partName,
		partFileName: file.partFileName,
		bytes: file.bytes,
		sha256: file.sha256,
		body: await file.keep(settings.keepBytesUpTo),
		statuses,
		// its form when set is not known: this text is the emulator's invention
		errorDetail:
			plan?.errorDetail !== undefined
				? plan.errorDetail
				: result.errorCount > 0
					? `Validation found ${result.errorCount} error(s).`
					: null,
		answerLost: exchange.answerLost,
	};
	state.ingestions.push(ingestion);
	if (plan) state.plannedById.set(ingestion.id, plan);
	return ingestion;
}

function isRunning(state: EmulatorState, tenantId: string): boolean {
	return state.ingestions.some(
		(ingestion) =>
			ingestion.tenantId === tenantId &&
			ingestion.planted !== true &&
			!hasEnded(stepAt(state, ingestion).status),
	);
}

/** Words with which an ingestion ends: documented (A7), and those of the admin center, whatever their spelling (B2, B6). */
const LAST_WORDS = /^(completed?|success|partialsuccess|cancell?ed|suspended|.*failed)(reviewdetails)?$/;

/** True for statuses that an ingestion does not leave any more. */
export function hasEnded(status: string): boolean {
	return LAST_WORDS.test(status.toLowerCase().replace(/[^a-z]/g, ''));
}

/** The status of an ingestion by the emulator's clock. */
export function stepAt(
	state: EmulatorState,
	ingestion: ReceivedIngestion,
): ReceivedIngestion['statuses'][number] {
	const age = state.clock.now() - ingestion.receivedAt;
	let current = ingestion.statuses[0] ?? { afterMs: 0, status: 'NotStarted' };
	for (const step of ingestion.statuses) if (step.afterMs <= age) current = step;
	return current;
}

/** The object of the service (A5, A7). */
export function publicIngestion(state: EmulatorState, ingestion: ReceivedIngestion): Record<string, unknown> {
	const step = stepAt(state, ingestion);
	const ended = hasEnded(step.status);
	return {
		FriendlyName: 'Data ingress',
		Id: ingestion.id,
		ConnectorId: ingestion.connectorId,
		Submitter: 'System',
		StartDate: dotNetDate(ingestion.receivedAt),
		Status: step.status,
		ErrorDetail: ended ? ingestion.errorDetail : null,
		EndDate: ended ? dotNetDate(ingestion.receivedAt + step.afterMs) : null,
		Type: 'FileIngestion',
	};
}

/** Seven digits of a second and Z, as in the printed examples. */
function dotNetDate(at: number): string {
	return new Date(at).toISOString().replace(/(\.\d{3})Z$/, '$10000Z');
}

/** Finds an ingestion of a caller; null when there is none or it was forgotten. */
export function findIngestion(
	state: EmulatorState,
	tenantId: string,
	destination: Destination,
	id: string,
): ReceivedIngestion | null {
	const found = state.ingestions.find(
		(ingestion) =>
			ingestion.id === id.toLowerCase() &&
			ingestion.tenantId === tenantId.toLowerCase() &&
			ingestion.destination === destination,
	);
	if (!found) return null;
	const forgottenAfterMs = state.plannedById.get(found.id)?.forgottenAfterMs;
	if (forgottenAfterMs !== undefined && state.clock.now() - found.receivedAt >= forgottenAfterMs) return null;
	return found;
}

/**
 * The error stream (A8). Its format is documented nowhere: a CSV with Row (the header being 1), Column, Message is the
 * emulator's invention. Before the ingestion ended, and when nothing was wrong, it has the header only.
 */
export function errorStream(state: EmulatorState, ingestion: ReceivedIngestion): Reply {
	const ended = hasEnded(stepAt(state, ingestion).status);
	const lines = (ended ? ingestion.errors : []).map(({ row, column, message }) =>
		[row === null ? '' : String(row), column ?? '', message].map(quoted).join(','),
	);
	return {
		status: 200,
		headers: {
			'content-type': 'text/csv',
			'content-disposition': `attachment; filename=${ingestion.id}_errors.csv`,
		},
		body: `${['Row,Column,Message', ...lines].join('\r\n')}\r\n`,
	};
}

function quoted(value: string): string {
	return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
