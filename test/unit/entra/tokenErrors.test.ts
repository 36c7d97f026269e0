import type { EntraApp } from '../../../nodes/shared/entra/app';
import { isTransientTokenProblem, tokenRefusal } from '../../../nodes/shared/entra/tokenErrors';
import { problem } from '../../../nodes/shared/core/problem';

const app: EntraApp = {
	tenantId: 'contoso.com',
	clientId: '99999999-8888-4777-8666-555555555555',
	loginHost: 'login.microsoftonline.com',
	proof: { kind: 'secret', secret: 'planted' },
};

function refused(status: number, body: object | string, headers: Record<string, string> = {}) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return tokenRefusal({ status, reason: '', headers, text }, { app, audience: 'aud' });
}

const codes = [
	7000215, 7000222, 700016, 90002, 700027, 700024, 50027, 7000218, 70011, 1002012, 500011, 501051, 90033,
	50034, 53003, 7000112, 700030, 700023, 500014, 70021, 700211, 700212, 700213, 700229,
];

it.each(codes)('AADSTS%s has words of ours, and advice', (code) => {
	const told = refused(401, {
		error: 'invalid_client',
		error_description: `AADSTS${code}: Words of Microsoft.`,
		error_codes: [code],
	});
	expect(told.kind).toBe('token');
	expect(told.message).not.toContain('refused to issue');
	expect(told.message + told.advice).not.toContain('Words of Microsoft');
	expect(told.message).toMatch(/^['A-Z].*\.$/);
	expect(told.advice).toContain(`AADSTS${code}`);
	expect(told.details.microsoftCode).toBe(`AADSTS${code}`);
	expect(told.details.serviceText).toBeUndefined();
});

it('an unknown code keeps the words of Microsoft, apart and cut short', () => {
	const told = refused(400, {
		error: 'invalid_request',
		error_description: `AADSTS999999: ${'Long words. '.repeat(100)}\r\nTrace ID: x\r\nCorrelation ID: y`,
	});
	expect(told.message).toBe(
		'Microsoft Entra (login.microsoftonline.com) refused to issue a token (HTTP 400, AADSTS999999).',
	);
	expect(told.details.serviceText).toMatch(/^Long words\. /);
	expect(String(told.details.serviceText).length).toBeLessThan(310);
	expect(told.details.serviceText).not.toContain('Trace');
});

it('reads ids from the text where the fields are missing', () => {
	const told = refused(400, {
		error_description:
			'AADSTS90002: No. Trace ID: aaaaaaaa-0000-4000-8000-000000000001\r\nCorrelation ID: bbbbbbbb-0000-4000-8000-000000000002\r\n',
	});
	expect(told.details).toMatchObject({
		microsoftCode: 'AADSTS90002',
		traceId: 'aaaaaaaa-0000-4000-8000-000000000001',
		correlationId: 'bbbbbbbb-0000-4000-8000-000000000002',
	});
});

it('keeps the wait that was asked for', () => {
	expect(refused(429, { error: 'x' }, { 'retry-after': '5' }).details.retryAfterMs).toBe(5_000);
	expect(refused(503, '<html>', { 'retry-after': '5' }).details.retryAfterMs).toBe(5_000);
});

it('knows what passes by itself', () => {
	const transient = (status: number, microsoftCode?: string) =>
		isTransientTokenProblem(problem.token('x', 'y', { status, microsoftCode }));
	expect([429, 500, 503, 408].map((status) => transient(status))).toEqual([true, true, true, true]);
	expect([400, 401, 403].map((status) => transient(status))).toEqual([false, false, false]);
	expect(transient(400, 'AADSTS90033')).toBe(true);
	expect(isTransientTokenProblem(problem.cancelled('x', 'y'))).toBe(false);
	expect(isTransientTokenProblem(problem.configuration('x', 'y'))).toBe(false);
});

it.each([700027, 700024, 50027, 700023])(
	'AADSTS%s is about the token, not about a certificate, where the sign-in is federated',
	(code) => {
		const text = JSON.stringify({ error: 'invalid_client', error_codes: [code] });
		const proof = { kind: 'federated', source: { kind: 'tokenFile', path: '/tokens/token' } } as const;
		const answer = { status: 401, reason: '', headers: {}, text };
		const told = tokenRefusal(answer, { app: { ...app, proof }, audience: 'aud' });
		expect(told.message).toContain('token that proves the app');
		expect(told.message).not.toMatch(/certificate/i);
		expect(told.advice).not.toMatch(/thumbprint|login host/);
	},
);
