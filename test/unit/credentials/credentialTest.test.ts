import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { createSend } from '../../../nodes/shared/http/transport/send';
import {
	testPurviewCredential,
	testVivaCredential,
} from '../../../nodes/shared/n8n/credentials/credentialTest';
import { demo, exchangeAudience, startEmulator, type Emulator } from '../../emulator/emulator';
import { setEnvironment } from '../../helpers/environment';

let emulator: Emulator;
let network: ReturnType<typeof createSend>;

beforeAll(async () => {
	emulator = await startEmulator();
	network = createSend({ ca: [emulator.caPem()] });
});
afterAll(async () => {
	expect(emulator.failures).toEqual([]);
	await emulator.close();
});
beforeEach(() => emulator.state.faults.clear());

function sound(): ICredentialDataDecryptedObject {
	return {
		tenantId: demo.tenantId,
		clientId: demo.clientId,
		authentication: 'clientSecret',
		clientSecret: demo.clientSecret,
		cloud: 'custom',
		loginHost: `localhost:${emulator.port}`,
		apiBaseUrl: emulator.vivaBaseUrl,
		signalsUrl: emulator.signalsUrl,
	};
}

/** A day so many days from now, as people write it. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function viva(more: ICredentialDataDecryptedObject = {}) {
	const data = { ...sound(), ...more };
	const result = await testVivaCredential({ id: '1', name: 'x', type: 'vivaHrApi', data }, network);
	expect(result.message).not.toMatch(/demo-secret|stranger-secret|PRIVATE KEY/);
	return result;
}

async function purview(more: ICredentialDataDecryptedObject = {}) {
	const data = { ...sound(), ...more };
	return await testPurviewCredential({ id: '1', name: 'x', type: 'purviewHrApi', data }, network);
}

describe('Viva HR API', () => {
	it('with a secret', async () => {
		expect(await viva()).toEqual({
			status: 'OK',
			message: 'Viva Insights (HR) is set up for this app (scale unit novaprdwus2-01).',
		});
	});

	it('with a certificate, pasted on one line', async () => {
		const { privateKeyPem, certificatePem } = emulator.appCertificate;
		const result = await viva({
			authentication: 'certificate',
			privateKey: privateKeyPem.replaceAll('\n', ' '),
			certificateChain: certificatePem.replaceAll('\n', '\\n'),
		});
		expect(result.status).toBe('OK');
	});

	describe('with a token of n8n itself', () => {
		const folder = mkdtempSync(join(tmpdir(), 'credential-test-'));
		afterAll(() => rmSync(folder, { recursive: true }));
		beforeEach(async () => {
			const path = join(folder, 'token');
			writeFileSync(
				path,
				await emulator.issuer.issue({
					iss: demo.federatedIssuer,
					sub: demo.federatedSubject,
					aud: exchangeAudience,
				}),
			);
			setEnvironment({
				N8N_MICROSOFT_HR_ALLOW_FEDERATED: 'true',
				N8N_MICROSOFT_HR_FEDERATED_HOSTS: `localhost:${emulator.port}`,
				AZURE_FEDERATED_TOKEN_FILE: path,
			});
		});

		it('that the app trusts', async () => {
			expect((await viva({ authentication: 'federated' })).status).toBe('OK');
			expect((await purview({ authentication: 'federated' })).status).toBe('OK');
		});

		it('that the app does not trust', async () => {
			const stranger = { authentication: 'federated', clientId: demo.strangerClientId };
			expect(await viva(stranger)).toMatchObject({
				status: 'Error',
				message: expect.stringContaining(
					`The app has no federated credential for the issuer '${demo.federatedIssuer}'`,
				),
			});
		});

		it('which the administrator does not allow', async () => {
			setEnvironment({ N8N_MICROSOFT_HR_ALLOW_FEDERATED: undefined });
			const before = emulator.requests.length;
			for (const test of [viva, purview]) {
				expect((await test({ authentication: 'federated' })).message).toContain(
					'set the environment variable N8N_MICROSOFT_HR_ALLOW_FEDERATED to true',
				);
			}
			expect(emulator.requests).toHaveLength(before);
		});
	});

	it('says that a secret ends soon, where its date is known', async () => {
		const expiresOn = inDays(10);
		const words = `The client secret ends on ${expiresOn}, in 9 days.`;
		for (const test of [viva, purview]) {
			const result = await test({ expiresOn });
			expect(result).toEqual({ status: 'OK', message: expect.stringContaining(words) });
			expect(result.message).toContain('Create the next client secret');
			expect((await test({ expiresOn: inDays(40) })).message).not.toContain('ends on');
		}
	});

	it('looks up no scale unit that is given', async () => {
		const before = emulator.requests.length;
		expect((await viva({ scaleUnit: demo.scaleUnit })).status).toBe('OK');
		const paths = emulator.requests.slice(before).map(({ path }) => path);
		expect(paths.some((path) => /scaleUnit/i.test(path))).toBe(false);
	});

	it('asks for a token each time, so that a wrong secret cannot hide behind a token', async () => {
		await viva();
		expect((await viva({ clientSecret: 'wrong' })).status).toBe('Error');
	});

	it.each<[string, () => ICredentialDataDecryptedObject, string]>([
		[
			'bad tenant',
			() => ({ tenantId: '00000000-0000-4000-8000-000000000000' }),
			'was not found at localhost',
		],
		['bad app', () => ({ clientId: '00000000-0000-4000-8000-000000000000' }), 'does not exist in the tenant'],
		['bad secret', () => ({ clientSecret: 'nonsense' }), 'The client secret is wrong.'],
		['expired secret', () => ({ clientSecret: demo.expiredClientSecret }), 'The client secret has expired.'],
		[
			'an app that is not the connector’s',
			() => ({ clientId: demo.strangerClientId, clientSecret: demo.strangerClientSecret }),
			'The check of the connection to Viva Insights (HR)',
		],
		['a scale unit that is none', () => ({ scaleUnit: 'nowhere 1' }), 'The scale unit holds characters'],
		['fields that are wrong', () => ({ tenantId: '' }), 'The tenant ID is blank.'],
	])('%s', async (_, more, words) => {
		const result = await viva(more());
		expect(result.status).toBe('Error');
		expect(result.message).toContain(words);
		expect(result.message.length).toBeGreaterThan(words.length + 20);
	});

	it('a certificate that is not registered', async () => {
		const { makeAppCertificate } = await import('../../emulator/tls');
		const { privateKeyPem, certificatePem } = await makeAppCertificate('other');
		const result = await viva({
			authentication: 'certificate',
			privateKey: privateKeyPem,
			certificateChain: certificatePem,
		});
		expect(result.message).toMatch(
			/^The certificate is not registered with the app.* \(SHA-1 thumbprint [0-9A-F]{40}\)/,
		);
	});

	it('a credential for Organizational Data alone is right as well', async () => {
		emulator.fault({
			service: 'ping',
			pathContains: '/ingress/connectors/HR',
			action: { kind: 'status', status: 403 },
		});
		expect(await viva()).toMatchObject({
			status: 'OK',
			message: expect.stringContaining('Microsoft Organizational Data Service is set up'),
		});
	});

	it('a sign-in page in place of the service', async () => {
		emulator.fault({ service: 'ping', times: 10, action: { kind: 'html200' } });
		const result = await viva();
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/sign/i);
	});

	it('a service that is not reached', async () => {
		const result = await viva({ apiBaseUrl: 'https://localhost:1/v1.0', scaleUnit: demo.scaleUnit });
		expect(result.status).toBe('Error');
		expect(result.message).toContain('localhost:1 refused the connection');
	});
});

describe('Purview HR API', () => {
	it('proves the token, and says that this is all', async () => {
		const result = await purview();
		expect(result.status).toBe('OK');
		expect(result.message).toContain('job ID');
	});

	it('a wrong secret', async () => {
		expect(await purview({ clientSecret: 'nonsense' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('The client secret is wrong.'),
		});
	});
});
