import { request } from 'node:https';
import type { Emulator } from '../emulator';
import { demo } from '../emulator';

/** A plain client for the emulator's own tests: node:https and nothing of ours. */

export interface Answer {
	status: number;
	reason: string;
	headers: Record<string, string | string[] | undefined>;
	text: string;
}

export interface Call {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer | AsyncIterable<Buffer>;
	ca?: string | null;
}

/** Sends one request; a broken connection rejects. */
export async function call(emulator: Emulator, path: string, options: Call = {}): Promise<Answer> {
	const { body } = options;
	const fixed = typeof body === 'string' || Buffer.isBuffer(body) ? Buffer.from(body) : null;
	return await new Promise<Answer>((resolve, reject) => {
		const sent = request(
			{
				host: 'localhost',
				port: emulator.port,
				path,
				method: options.method ?? (body === undefined ? 'GET' : 'POST'),
				agent: false,
				...(options.ca !== null && { ca: options.ca ?? emulator.caPem() }),
				headers: { ...(fixed && { 'content-length': String(fixed.length) }), ...options.headers },
			},
			(answer) => {
				const pieces: Buffer[] = [];
				answer.on('data', (piece: Buffer) => pieces.push(piece));
				answer.on('error', reject);
				answer.on('end', () =>
					resolve({
						status: answer.statusCode ?? 0,
						reason: answer.statusMessage ?? '',
						headers: answer.headers,
						text: Buffer.concat(pieces).toString('utf8'),
					}),
				);
			},
		);
		sent.on('error', reject);
		if (fixed) sent.end(fixed);
		else if (body === undefined) sent.end();
		else void writeAll(sent, body as AsyncIterable<Buffer>).catch(reject);
	});
}

async function writeAll(sent: ReturnType<typeof request>, body: AsyncIterable<Buffer>): Promise<void> {
	for await (const piece of body) {
		if (!sent.write(piece)) await new Promise((resolve) => sent.once('drain', resolve));
	}
	sent.end();
}

export const vivaScope = '9d827643-d003-4cca-9dc8-71213a8f1644/.default';
export const purviewScope = 'https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1/.default';

/** Sends a token request with these form fields instead of the usual ones; undefined leaves one out. */
export async function askToken(
	emulator: Emulator,
	fields: Record<string, string | undefined> = {},
	tenantId: string = demo.tenantId,
): Promise<Answer> {
	const form = new URLSearchParams();
	const all: Record<string, string | undefined> = {
		client_id: demo.clientId,
		client_secret: demo.clientSecret,
		grant_type: 'client_credentials',
		scope: vivaScope,
		...fields,
	};
	for (const [name, value] of Object.entries(all)) if (value !== undefined) form.set(name, value);
	return await call(emulator, `/${tenantId}/oauth2/v2.0/token`, {
		body: form.toString(),
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
	});
}

/** A token for Viva, or for what the fields say. */
export async function tokenFor(
	emulator: Emulator,
	fields: Record<string, string | undefined> = {},
	tenantId: string = demo.tenantId,
): Promise<string> {
	const answer = await askToken(emulator, fields, tenantId);
	const token = (JSON.parse(answer.text) as { access_token?: string }).access_token;
	if (token === undefined) throw new Error(answer.text);
	return token;
}

/** Headers of a Viva call. */
export async function vivaHeaders(emulator: Emulator): Promise<Record<string, string>> {
	return { authorization: `Bearer ${await tokenFor(emulator)}`, 'x-nova-scaleunit': demo.scaleUnit };
}

const boundary = '----emulator-test-boundary';

/** A multipart body of one file. */
export function multipart(
	content: string | Buffer,
	name = 'info',
	fileName = 'info.zip',
): { body: Buffer; type: string } {
	return {
		type: `multipart/form-data; boundary=${boundary}`,
		body: Buffer.concat([
			Buffer.from(
				`--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n\r\n`,
			),
			Buffer.from(content),
			Buffer.from(`\r\n--${boundary}--\r\n`),
		]),
	};
}

export const hrPath = `/v1.0/scopes/${demo.tenantId}/ingress/connectors/HR`;
export const pushPath = `${hrPath}/ingestions/fileIngestion`;
