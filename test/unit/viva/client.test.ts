import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { HttpBody } from '../../../nodes/shared/http/message';
import { problem } from '../../../nodes/shared/core/problem';
import { createIngressClient } from '../../../nodes/shared/viva/service/client';
import { DESTINATION_IDS, DESTINATIONS } from '../../../nodes/shared/viva/service/destinations';
import {
	fakeService,
	html,
	ingestion,
	INGESTION_ID,
	inTurn,
	json,
	sleepingClock,
	TENANT,
	type Reply,
} from './fakeService';
import { problemOf } from '../../helpers/thrownBy';

const WORLDWIDE_API_URL = 'https://api.orginsights.viva.office.com/v1.0';
const SIGN_IN = '<!DOCTYPE html><html><head><title>Sign in to your account</title></head></html>';
const PROXY_PAGE = '<html><head><title>Blocked by policy</title></head><body>No.</body></html>';

const zip: HttpBody = {
	contentType: 'multipart/form-data; boundary=x',
	length: 3,
	open: () => Readable.from([Buffer.from('abc')]),
};

function setUp(
	reply: Parameters<typeof fakeService>[0],
	scaleUnit: string | undefined = 'novaprdwus2-01',
	getToken?: () => Promise<string>,
) {
	const service = fakeService(reply);
	const clock = sleepingClock();
	const renewals: boolean[] = [];
	const client = createIngressClient({
		send: service.send,
		sendForStream: service.sendForStream,
		getToken:
			getToken ??
			(async (renew) => {
				renewals.push(renew);
				return renew ? 'token-fresh' : 'token-kept';
			}),
		baseUrl: WORLDWIDE_API_URL,
		tenantId: TENANT,
		scaleUnit,
		clock,
	});
	return { client, requests: service.requests, waits: clock.waits, renewals };
}

describe('scale unit', () => {
	it.each([
		['quoted', '"novaprdwus2-02"'],
		['bare', 'novaprdwus2-02'],
		['with a line end', '"novaprdwus2-02"\r\n'],
	])('is looked up once and taken %s', async (_, answer) => {
		const { client, requests } = setUp(
			({ url }) => (url.endsWith('/scaleUnit') ? { text: answer } : json({ ConnectorId: 'c' })),
			'',
		);
		await client.ping('vivaHr');
		await client.ping('vivaHr');
		expect(await client.scaleUnit()).toBe('novaprdwus2-02');
		expect(requests.map(({ url }) => url)).toEqual([
			`${WORLDWIDE_API_URL}/tenants/${TENANT}/scopes/${TENANT}/scaleUnit`,
			`${WORLDWIDE_API_URL}/scopes/${TENANT}/ingress/connectors/HR`,
			`${WORLDWIDE_API_URL}/scopes/${TENANT}/ingress/connectors/HR`,
		]);
		expect(requests[0].headers).not.toHaveProperty('x-nova-scaleunit');
		expect(requests[1].headers).toEqual({
			Accept: 'application/json',
			Authorization: 'Bearer token-kept',
			'x-nova-scaleunit': 'novaprdwus2-02',
		});
	});

	it('given by hand is used without a lookup, without its quotes', async () => {
		const { client, requests } = setUp(() => json({ ConnectorId: 'c' }), ' "novaprdwus2-07" ');
		await client.ping('vivaHr');
		expect(requests).toHaveLength(1);
		expect(requests[0].headers?.['x-nova-scaleunit']).toBe('novaprdwus2-07');
	});

	it('is looked up again when asked to, and a failed lookup is not remembered', async () => {
		const { client } = setUp(inTurn({ status: 403 }, { text: '"unit-a"' }, { text: '"unit-b"' }), '');
		await expect(client.scaleUnit()).rejects.toThrow('403');
		expect(await client.scaleUnit()).toBe('unit-a');
		expect(await client.scaleUnit()).toBe('unit-a');
		expect(await client.scaleUnit(true)).toBe('unit-b');
	});

	it.each<[string, Reply, string]>([
		['404', { status: 404 }, 'scaleUnitNotFound'],
		['403', { status: 403 }, 'connectorNotAvailable'],
		['sign-in page', html(SIGN_IN), 'signInPage'],
		['other page', html(PROXY_PAGE), 'webPage'],
		['JSON of another kind', json({ error: 'x' }), 'notJson'],
		['a text that would break the header', { text: 'a\r\nX-Evil: 1' }, 'notJson'],
		['a name, and more behind many blanks', { text: `unit-a${' '.repeat(500)}x` }, 'notJson'],
	])('answered with %s is explained', async (_, reply, code) => {
		const failure = await problemOf(setUp(() => reply, '').client.scaleUnit());
		expect(failure.details.code).toBe(code);
		expect(failure.message).toMatch(/^The lookup of the scale unit /);
	});

	it('with impossible characters is refused before anything is sent', () => {
		expect(() => setUp(() => json({}), 'a b')).toThrow('characters');
	});
});

describe('addresses', () => {
	it.each([
		['vivaHr', `/scopes/${TENANT}/ingress/connectors/HR`],
		['vivaSurvey', `/scopes/${TENANT}/ingress/connectors/Survey`],
		['organizationalData', `/tenants/${TENANT}/modis/connectors/HR`],
	] as const)('of %s', async (id, connector) => {
		const { client, requests } = setUp(({ url, method }) =>
			method === 'POST' || url.includes('/ingestions/')
				? json(ingestion('NotStarted'))
				: json({ ConnectorId: 'c' }),
		);
		await client.ping(id);
		await client.push(id, { ...zip, contentType: 'text/csv' });
		await client.status(id, INGESTION_ID);
		const base = WORLDWIDE_API_URL + connector;
		expect(requests.map(({ method, url }) => `${method} ${url.replace('/Hr/', '/HR/')}`)).toEqual([
			`GET ${base}`,
			`POST ${base}/ingestions/fileIngestion`,
			`GET ${base}/ingestions/fileIngestion/${INGESTION_ID}`,
		]);
	});

	it.each(['', '  ', '../admin', 'a/b', 'a?b=1', 'a b'])('take no ingestion id like %j', async (id) => {
		const { client, requests } = setUp(() => json({}));
		expect((await problemOf(client.status('vivaHr', id))).kind).toBe('configuration');
		expect(requests).toHaveLength(0);
	});

	it('every fact of every destination has its source', () => {
		const facts = DESTINATION_IDS.flatMap((id) => {
			const { paths, bodyTypes: bodyForms, serviceTypes, customAttributes, admin } = DESTINATIONS[id];
			return [
				paths.ping,
				paths.push,
				...paths.poll,
				...paths.errors,
				...Object.values(bodyForms),
				...Object.values(serviceTypes),
				customAttributes,
				admin,
			];
		});
		expect(facts.filter(({ source }) => !/^[A-G]\d/.test(source))).toEqual([]);
	});
});

describe('what an answer to an upload means', () => {
	const PREVIOUS = 'Previous ingestion is not complete.';

	it('200 with JSON and an Id is a success', async () => {
		const { client } = setUp(() => json(ingestion('NotStarted')));
		expect(await client.push('vivaHr', zip)).toEqual(ingestion('NotStarted'));
	});

	it.each<[string, Reply, string, RegExp]>([
		['sign-in page', html(SIGN_IN), 'signInPage', /sign-in page.*Insights administrator/s],
		[
			'redirect to the login host',
			{ status: 302, headers: { location: 'https://login.microsoftonline.com/x?code=secret' } },
			'signInPage',
			/sign-in page/,
		],
		[
			'other redirect',
			{ status: 307, headers: { location: 'https://elsewhere.example/x?k=secret' } },
			'redirected',
			/redirect to elsewhere\.example, which/,
		],
		['web page', html(PROXY_PAGE), 'webPage', /'Blocked by policy'.*Import history/s],
		['page without a type', { text: '<!doctype html><p>No' }, 'webPage', /web page/],
		['web page without a type', { text: PROXY_PAGE }, 'webPage', /web page/],
		[
			'earlier import, plain text',
			{ status: 400, text: PREVIOUS },
			'previousIngestionRunning',
			/one at a time/,
		],
		['earlier import, JSON text', json(PREVIOUS, 400), 'previousIngestionRunning', /one at a time/],
		[
			'earlier import, JSON object',
			json({ error: { code: 'BadRequest', message: PREVIOUS } }, 400),
			'previousIngestionRunning',
			/one at a time/,
		],
		['other 400', { status: 400, text: 'Nope' }, 'badRequest', /not valid/],
		['401', { status: 401 }, 'tokenRefused', /token/],
		['403', { status: 403 }, 'connectorNotAvailable', /client id/],
		['403 of a firewall', html(PROXY_PAGE, 403), 'connectorNotAvailable', /may come from a proxy/],
		['404', { status: 404 }, 'notFound', /scale unit/],
		['413', { status: 413 }, 'tooLarge', /too large/],
		['429', { status: 429, headers: { 'retry-after': '17' } }, 'throttled', /17 s/],
		['500', { status: 500 }, 'noFile', /no file.*may have been accepted.*Import history/s],
		['502', { status: 502 }, 'serviceFault', /may have been accepted.*Import history/s],
		['503', { status: 503 }, 'serviceFault', /later/],
		['504', html(PROXY_PAGE, 504), 'serviceFault', /may have been accepted/],
		['409', { status: 409 }, 'unexpectedStatus', /^(?!.*may have been accepted).*HTTP 409/s],
		['408', { status: 408 }, 'unexpectedStatus', /HTTP 408.*may have been accepted/s],
		['202', json(ingestion('NotStarted'), 202), 'unexpectedStatus', /HTTP 202/],
		['broken JSON', { text: '{"Id": "x' }, 'notJson', /may have been accepted/],
		['blank', {}, 'notJson', /not JSON/],
		['a list', json([]), 'withoutId', /another shape/],
		['no Id', json({ Status: 'NotStarted' }), 'withoutId', /without an 'Id'/],
		['a blank Id', json({ Id: ' ' }), 'withoutId', /without an 'Id'/],
		['an Id with NUL', json({ Id: 'a\u0000b' }), 'withoutId', /without an 'Id'/],
		['an Id that is half a character', json({ Id: '\ud800' }), 'withoutId', /without an 'Id'/],
	])('%s', async (_, reply, code, words) => {
		const { client } = setUp(() => reply);
		const failure = await problemOf(client.push('vivaHr', zip));
		expect(failure.details.code).toBe(code);
		expect(`${failure.message}\n${failure.advice}`).toMatch(words);
		expect(failure.message).toMatch(/^The upload to Viva Insights \(HR\) .*\.$/);
		expect(JSON.stringify([failure.message, failure.advice, failure.details])).not.toMatch(/secret|token-/);
	});

	it("keeps the service's words and correlation id", async () => {
		const { client } = setUp(() => ({
			status: 400,
			reason: 'Bad Request',
			headers: { 'content-type': 'application/json', 'x-ms-correlation-id': 'abc' },
			text: JSON.stringify({ error: { code: 'Invalid', message: 'No such unit' } }),
		}));
		expect((await problemOf(client.push('vivaHr', zip))).details).toEqual({
			status: 400,
			reason: 'Bad Request',
			code: 'badRequest',
			microsoftCode: 'Invalid',
			serviceText: 'No such unit',
			correlationId: 'abc',
		});
	});

	it('names the right people for Organizational Data', async () => {
		const { client } = setUp(() => ({ status: 403 }));
		const { message, advice } = await problemOf(client.ping('organizationalData'));
		expect(message).toMatch(/Microsoft Organizational Data Service/);
		expect(advice).toMatch(/Organizational Data Source administrator/);
	});
});

describe('what is repeated', () => {
	const network = (delivery: 'nothing' | 'partly') =>
		problem.network('Cut.', 'Again.', { delivery, networkCode: 'ECONNRESET' });
	const inDoubt = problem.inDoubt('Sent, no answer.', '', { delivery: 'all', networkCode: 'ECONNRESET' });
	const certificate = problem.network('Not trusted.', '', { networkCode: 'SELF_SIGNED_CERT_IN_CHAIN' });

	const uploads: Array<[string, Reply, 'again' | 'fresh token' | 'once']> = [
		['nothing left', network('nothing'), 'again'],
		['part of the body left', network('partly'), 'again'],
		['all of it left', inDoubt, 'once'],
		['certificate not trusted', certificate, 'once'],
		['time-out of ours', problem.timeLimit('Too long.', ''), 'once'],
		['400', { status: 400 }, 'once'],
		['401', { status: 401 }, 'fresh token'],
		['403', { status: 403 }, 'once'],
		['404', { status: 404 }, 'once'],
		['408', { status: 408 }, 'once'],
		['413', { status: 413 }, 'once'],
		['429', { status: 429 }, 'again'],
		['500', { status: 500 }, 'once'],
		['501', { status: 501 }, 'once'],
		['502', { status: 502 }, 'once'],
		['503', { status: 503 }, 'again'],
		['504', { status: 504 }, 'once'],
		['sign-in page', html(SIGN_IN), 'fresh token'],
		['broken JSON', { text: '{' }, 'once'],
	];
	it.each(uploads)('upload, %s: %#', async (_, reply, expected) => {
		const { client, requests, waits, renewals } = setUp(inTurn(reply, json(ingestion('NotStarted'))));
		const outcome = await client.push('vivaHr', zip).then(
			() => 'accepted',
			() => 'failed',
		);
		expect({ outcome, requests: requests.length, waits: waits.length, renewals }).toEqual(
			{
				again: { outcome: 'accepted', requests: 2, waits: 1, renewals: [false, false] },
				'fresh token': { outcome: 'accepted', requests: 2, waits: 0, renewals: [false, true] },
				once: { outcome: 'failed', requests: 1, waits: 0, renewals: [false] },
			}[expected],
		);
	});

	it('reads an answer whose names have other letters', async () => {
		const answer = Object.fromEntries(
			Object.entries(ingestion('Completed')).map(([name, value]) => [
				name.charAt(0).toLowerCase() + name.slice(1),
				value,
			]),
		);
		const { client } = setUp(inTurn(json(answer)));
		expect(await client.status('vivaHr', INGESTION_ID)).toMatchObject({
			Id: INGESTION_ID,
			Status: 'Completed',
		});
	});

	const readings: Array<[string, Reply, 'again' | 'fresh token' | 'once']> = [
		['no answer', network('nothing'), 'again'],
		['certificate not trusted', certificate, 'once'],
		['400', { status: 400 }, 'once'],
		['401', { status: 401 }, 'fresh token'],
		['403', { status: 403 }, 'once'],
		['408', { status: 408 }, 'again'],
		['429', { status: 429 }, 'again'],
		['500', { status: 500 }, 'again'],
		['501', { status: 501 }, 'once'],
		['502', { status: 502 }, 'again'],
		['503', { status: 503 }, 'again'],
		['504', { status: 504 }, 'again'],
		['sign-in page', html(SIGN_IN), 'fresh token'],
		[
			'redirect to sign-in',
			{ status: 302, headers: { location: 'https://login.microsoftonline.com/' } },
			'fresh token',
		],
		['other page', html(PROXY_PAGE), 'once'],
	];
	it.each(readings)('status request, %s: %#', async (_, reply, expected) => {
		const { client, requests, waits, renewals } = setUp(inTurn(reply, json(ingestion('Completed'))));
		const outcome = await client.status('vivaHr', INGESTION_ID).then(
			() => 'read',
			() => 'failed',
		);
		expect({ outcome, requests: requests.length, waits: waits.length, renewals }).toEqual(
			{
				again: { outcome: 'read', requests: 2, waits: 1, renewals: [false, false] },
				'fresh token': { outcome: 'read', requests: 2, waits: 0, renewals: [false, true] },
				once: { outcome: 'failed', requests: 1, waits: 0, renewals: [false] },
			}[expected],
		);
	});

	it('waits as long as the service asks', async () => {
		const { client, waits } = setUp(
			inTurn({ status: 429, headers: { 'retry-after': '42' } }, json(ingestion('NotStarted'))),
		);
		await client.push('vivaHr', zip);
		expect(waits).toEqual([42_000]);
	});

	it('renews a refused token only once', async () => {
		const { client, requests, renewals } = setUp(() => ({ status: 401 }));
		expect((await problemOf(client.push('vivaHr', zip))).details.code).toBe('tokenRefused');
		expect(requests).toHaveLength(2);
		expect(renewals).toEqual([false, true]);
	});

	it('does not renew a second time after a wait', async () => {
		const { client, renewals } = setUp(inTurn({ status: 401 }, { status: 503 }, { status: 401 }));
		expect((await problemOf(client.push('vivaHr', zip))).details.code).toBe('tokenRefused');
		expect(renewals).toEqual([false, true, false]);
	});

	it('ends, with the last answer, when attempts are used up', async () => {
		const { client, requests } = setUp(() => ({ status: 503 }));
		expect((await problemOf(client.push('vivaHr', zip))).details.status).toBe(503);
		expect(requests).toHaveLength(4);
	});

	it('says how to find out about an upload in doubt', async () => {
		const failure = await problemOf(setUp(() => inDoubt).client.push('vivaHr', zip));
		expect(failure.kind).toBe('inDoubt');
		expect(failure.advice).toMatch(/Import history.*Previous ingestion is not complete/s);
	});

	it('says that the running import may be this very file after an attempt that failed', async () => {
		const { client } = setUp(
			inTurn({ status: 503 }, { status: 400, text: 'Previous ingestion is not complete.' }),
		);
		const failure = await problemOf(client.push('vivaHr', zip));
		expect(failure.details.code).toBe('previousIngestionRunning');
		expect(failure.message).toMatch(/this very file.*HTTP 503/);
	});

	it.each<[string, Reply]>([
		['429', { status: 429 }],
		['a broken connection', network('partly')],
	])('does not say so after %s, when nothing can have been taken', async (_, reply) => {
		const { client } = setUp(inTurn(reply, { status: 400, text: 'Previous ingestion is not complete.' }));
		const failure = await problemOf(client.push('vivaHr', zip));
		expect(failure.details.code).toBe('previousIngestionRunning');
		expect(failure.message).not.toMatch(/this very file/);
	});

	it('leaves the patience for a token to those who fetch it', async () => {
		let asked = 0;
		const { client, requests } = setUp(
			() => json(ingestion('NotStarted')),
			undefined,
			async () => {
				asked++;
				throw network('nothing');
			},
		);
		await problemOf(client.push('vivaHr', zip));
		await problemOf(client.ping('vivaHr'));
		expect(asked).toBe(2);
		expect(requests).toEqual([]);
	});
});

describe('forms', () => {
	it.each([
		['a form that the destination does not take', 'organizationalData', zip.contentType],
		['a body of another type', 'vivaHr', 'application/zip'],
	] as const)('%s is refused before anything is sent', async (_, id, contentType) => {
		const { client, requests } = setUp(() => json(ingestion('NotStarted')));
		const failure = await problemOf(client.push(id, { ...zip, contentType }));
		expect(failure.kind).toBe('configuration');
		expect(requests).toHaveLength(0);
	});
});

describe('the object of an import', () => {
	it('is reduced to its known fields, cut to a size that can be stored', async () => {
		const deep = `${'['.repeat(450_000)}${']'.repeat(450_000)}`;
		const text = JSON.stringify(
			ingestion('Completed', { FriendlyName: 'x'.repeat(1e6), Type: 7, Other: 'y' }),
		);
		const { client } = setUp(() => ({
			headers: { 'content-type': 'application/json' },
			text: text.replace('"ErrorDetail":null', `"ErrorDetail":${deep},"__proto__":{"a":1}`),
		}));
		const found = await client.status('vivaHr', INGESTION_ID);
		expect(found).toEqual(
			ingestion('Completed', {
				FriendlyName: `${'x'.repeat(199)}…`,
				Type: null,
				ErrorDetail: [[[[['…']]]]],
			}),
		);
		expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
	});

	it.each(['x'.repeat(201), 'a b', '\n'])('is none with the id %j', async (Id) => {
		const { client } = setUp(() => json(ingestion('NotStarted', { Id })));
		expect((await problemOf(client.push('vivaHr', zip))).details.code).toBe('withoutId');
	});
});

describe('status', () => {
	it('tries the older path on 404 and keeps to the one that answered', async () => {
		const { client, requests } = setUp(({ url }) =>
			url.includes('fileIngestion') ? { status: 404 } : json(ingestion('Completed')),
		);
		await client.status('vivaHr', INGESTION_ID);
		await client.status('vivaHr', INGESTION_ID);
		expect(requests.map(({ url }) => url.split('/connectors/')[1])).toEqual([
			`Hr/ingestions/fileIngestion/${INGESTION_ID}`,
			`Hr/ingestions/${INGESTION_ID}`,
			`Hr/ingestions/${INGESTION_ID}`,
		]);
	});

	it.each<[string, Reply, string]>([
		['404 everywhere', { status: 404 }, 'ingestionNotFound'],
		['another import', json({ ...ingestion('Completed'), Id: 'ffffffff' }), 'wrongIngestion'],
		['no Id', json({ Status: 'Completed' }), 'withoutId'],
		['no Status', json({ Id: INGESTION_ID }), 'withoutId'],
		['403', { status: 403 }, 'connectorNotAvailable'],
	])('never takes %s for an outcome', async (_, reply, code) => {
		const { client } = setUp(() => reply);
		expect((await problemOf(client.status('vivaHr', INGESTION_ID))).details.code).toBe(code);
	});

	it('takes an Id that differs only in case or braces', async () => {
		const { client } = setUp(() =>
			json({ ...ingestion('Completed'), Id: `{${INGESTION_ID.toUpperCase()}}` }),
		);
		expect((await client.status('vivaHr', INGESTION_ID)).Status).toBe('Completed');
	});
});

describe('error file', () => {
	const file = (content: string): Reply => ({
		headers: {
			'content-type': 'text/csv',
			'content-disposition': 'attachment; filename="C:\\temp\\errors.csv"',
		},
		text: content,
	});

	it.each([0, 1, 2])('is taken from candidate %i', async (right) => {
		const { client, requests } = setUp((_, number) =>
			number - 1 === right ? file('Row,Message\n2,Bad\n') : { status: [404, 405, 400][number - 1] },
		);
		const found = await client.errors('vivaHr', INGESTION_ID);
		expect(requests).toHaveLength(right + 1);
		expect(found).toMatchObject({
			contentType: 'text/csv',
			fileName: 'errors.csv',
		});
		expect(await text(found?.stream as Readable)).toBe('Row,Message\n2,Bad\n');
	});

	it('tries the candidates in their order', async () => {
		const { client, requests } = setUp(() => ({ status: 404 }));
		expect(await client.errors('vivaHr', INGESTION_ID)).toBeUndefined();
		expect(requests.map(({ url }) => url.slice(`${WORLDWIDE_API_URL}/scopes/${TENANT}`.length))).toEqual([
			`/ingress/connectors/Hr/ingestions/${INGESTION_ID}/errors`,
			`/ingress/connectors/Hr/ingestions/fileIngestion/${INGESTION_ID}/errors`,
			`//Hr/ingestions/${INGESTION_ID}/errors`,
		]);
	});

	it('is missing where the service says 204', async () => {
		const { client, requests } = setUp(() => ({ status: 204 }));
		expect(await client.errors('vivaHr', INGESTION_ID)).toBeUndefined();
		expect(requests).toHaveLength(1);
	});

	it.each<[string, Reply, string]>([
		['sign-in page', html(SIGN_IN), 'signInPage'],
		['403', { status: 403, text: 'x'.repeat(100) }, 'connectorNotAvailable'],
		['400 everywhere', { status: 400 }, 'badRequest'],
	])('answered with %s is a problem', async (_, reply, code) => {
		const { client } = setUp(() => reply);
		expect((await problemOf(client.errors('vivaHr', INGESTION_ID))).details.code).toBe(code);
	});

	it('is asked for once more with a fresh token after a sign-in page', async () => {
		const { client, renewals } = setUp(inTurn(html(SIGN_IN), file('a')));
		expect(await client.errors('vivaHr', INGESTION_ID)).toBeDefined();
		expect(renewals).toEqual([false, true]);
	});
});
