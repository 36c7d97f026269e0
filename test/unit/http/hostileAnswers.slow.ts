import { Readable } from 'node:stream';
import { buffer, text as readText } from 'node:stream/consumers';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { answerFacts, pageTitle } from '../../../nodes/shared/http/answerText';
import type { HttpRequest } from '../../../nodes/shared/http/message';
import { boundedValue, quote } from '../../../nodes/shared/http/outsideText';
import { createRedactor, withoutSecrets } from '../../../nodes/shared/http/redact';
import { createSend } from '../../../nodes/shared/http/transport/send';
import { foundIn } from '../../fixtures/canaries';
import { startServer, type LocalServer } from './httpsServer';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJwbGFudGVkIn0.c2lnbmF0dXJlLXBsYW50ZWQ';
const SECRET = 'p1+nt&d "secret"~<8>';
const PERSON = 'Plantina Canary';
const ADDRESS = 'plantina.canary@contoso.example';
const CANARIES = { token: TOKEN, secret: SECRET, person: PERSON, address: ADDRESS };
const CSV = `PersonId,Name,HireDate\r\n${ADDRESS},${PERSON},2019-04-01\r\n`;

let server: LocalServer;
let sender: ReturnType<typeof createSend>;
beforeAll(async () => {
	server = await startServer();
	sender = createSend({ ca: [server.ca] });
});
afterAll(async () => await server.close());

function upload(body: string, more: Partial<HttpRequest> = {}): HttpRequest {
	return {
		step: 'The upload',
		method: 'POST',
		url: `${server.url}/x`,
		headers: { Authorization: `Bearer ${TOKEN}` },
		body: {
			contentType: 'text/csv',
			length: Buffer.byteLength(body),
			open: () => Readable.from([Buffer.from(body)], { objectMode: false }),
		},
		timeoutMs: 60_000,
		...more,
	};
}

describe('what an answer repeats of its request is not kept', () => {
	it.each<[string, (headers: string, body: string) => string]>([
		['as text', (headers, body) => `${headers}\n${body}`],
		[
			'in JSON',
			(headers, body) => JSON.stringify({ error: { code: headers, message: `${headers} ${body}` } }),
		],
		['in JSON as .NET writes it', (headers, body) => `{"message":"${escaped(`${headers} ${body}`)}"}`],
		['in a web page', (headers, body) => `<html><title>${html(`${headers} ${body}`)}</title>`],
		[
			'in base64',
			(headers, body) =>
				`${Buffer.from(TOKEN).toString('base64')} ${Buffer.from(SECRET).toString('base64')} ${headers} ${body}`,
		],
		[
			'word by word',
			(_, body) =>
				`Cannot read the value ${body
					.split(/[\r\n,]+/)
					.slice(3, 6)
					.join(' of ')}.`,
		],
	])('%s', async (_, answer) => {
		server.handle((request, reply) => {
			void buffer(request).then((body) => {
				const headers = JSON.stringify(request.headers);
				reply.writeHead(400, 'No', { 'x-ms-correlation-id': String(request.headers.authorization) });
				reply.end(answer(headers, body.toString()));
			});
		});
		const said = await sender.send(upload(CSV, { secrets: [SECRET] }));
		const form = await sender.send(
			upload(`client_secret=${encodeURIComponent(SECRET)}`, { secrets: [SECRET] }),
		);
		const kept = JSON.stringify([said, form]);
		expect(foundIn(kept, { token: TOKEN, secret: SECRET })).toEqual([]);
		const shown = JSON.stringify([answerFacts(said), pageTitle(said)]);
		expect(foundIn(shown, CANARIES)).toEqual([]);
	});

	it('in a reason phrase', async () => {
		server.handle(
			(request, reply) => void reply.writeHead(400, `No ${request.headers.authorization ?? ''}`).end(),
		);
		expect(foundIn(JSON.stringify(await sender.send(upload(CSV))), CANARIES)).toEqual([]);
	});

	it('in a download, wherever its pieces end', async () => {
		const file = Buffer.from(`Row 1,${TOKEN}\n`.repeat(200));
		for (const size of [1, 7, 64, 4096]) {
			server.handle((_, reply) => {
				void (async () => {
					for (let at = 0; at < file.length; at += size) reply.write(file.subarray(at, at + size));
					reply.end();
				})();
			});
			const { stream, isCut } = await sender.sendForStream(upload('', { method: 'GET', body: undefined }));
			const kept = await readText(stream);
			expect(kept).toBe('Row 1,[redacted]\n'.repeat(200));
			expect(isCut()).toBe(false);
		}
	});

	it('keeps the words that say what is wrong', async () => {
		const words = "Row 12: the column 'HireDate' is missing, see https://aka.ms/hr?code=12";
		server.handle((request, reply) => void request.resume().on('end', () => reply.writeHead(400).end(words)));
		expect(answerFacts(await sender.send(upload(CSV))).serviceText).toBe(words);
	});
});

describe('what looks like a secret is not shown', () => {
	it.each([
		['a token', `Token ${TOKEN}`],
		['the beginning of a token', 'Token eyJhbGciOiJSUzI1NiJ9'],
		['a client secret of Entra', 'xyz8Q~abcdefghijklmnopqrstuvwxyz0123456789'],
		['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEabc'],
		['a form', 'client_secret=hunter2hunter2&x=1'],
		['JSON', '{"client_assertion": "hunter2hunter2"}'],
		['a password', 'https://x.example/?password=hunter2hunter2'],
	])('%s', (_, text) => {
		expect(withoutSecrets(text)).not.toMatch(/eyJ|8Q~|MIIE|hunter2/);
	});

	it('nor are addresses of people, control characters and halves of characters', () => {
		expect(quote('No\u0000 such\tperson \ud800: bob@contoso.example.', 100)).toBe(
			'No such person �: [address]',
		);
		expect(quote('😀'.repeat(100), 20)).toMatch(/^[😀]{9}(�|😀)…$/u);
	});
});

it('knows a secret in every way of writing', () => {
	const { text } = createRedactor([SECRET, 'abc']);
	const ways = [SECRET, encodeURIComponent(SECRET), JSON.stringify(SECRET), escaped(SECRET), html(SECRET)];
	for (const way of ways) expect(text(`<${way}>`)).toContain('[redacted]');
	expect(text('abc')).toBe('abc');
});

describe('a value from outside', () => {
	it.each([5_000, 1_000_000])('%s lists deep is cut', (depth) => {
		const value: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
		expect(JSON.stringify(boundedValue(value))).toBe('[[[[["…"]]]]]');
	});

	it('of a million entries is cut', () => {
		const many = Array.from({ length: 1_000_000 }, () => ({ a: 1 }));
		expect(JSON.stringify(boundedValue(many)).length).toBeLessThan(4_000);
	});

	it('with names of the prototype keeps them', () => {
		expect(JSON.stringify(boundedValue(JSON.parse('{"__proto__":{"x":1}}')))).toBe('{"__proto__":{"x":1}}');
	});
});

describe('a download ends at its limit', () => {
	const MIB = 1024 * 1024;
	const zeros = Buffer.alloc(64 * MIB);
	it.each([
		['as it is', undefined, zeros],
		['gzip', 'gzip', gzipSync(zeros)],
		['deflate', 'deflate', deflateSync(zeros)],
		['br', 'br', brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } })],
	])('packed as %s', async (_, encoding, packed) => {
		server.handle((_request, reply) => {
			reply.writeHead(200, { 'content-type': 'text/csv', ...(encoding && { 'content-encoding': encoding }) });
			reply.on('error', () => undefined).end(packed);
		});
		const get = { method: 'GET', body: undefined, maxAnswerBytes: 3 * MIB } as const;
		const { stream, isCut } = await sender.sendForStream(upload('', get));
		let bytes = 0;
		for await (const chunk of stream as AsyncIterable<Buffer>) bytes += chunk.length;
		expect([bytes, isCut()]).toEqual([3 * MIB, true]);
	});

	it('and is whole where it ends exactly there', async () => {
		server.handle((_, reply) => void reply.end('abc'));
		const get = { method: 'GET', body: undefined, maxAnswerBytes: 3 } as const;
		const { stream, isCut } = await sender.sendForStream(upload('', get));
		expect([await readText(stream), isCut()]).toEqual(['abc', false]);
	});
});

function escaped(text: string): string {
	return text.replace(
		/[^A-Za-z0-9 ._~-]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`,
	);
}

function html(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
