import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, exchangeAudience, startEmulator, type Emulator } from '../emulator/emulator';
import { startIdentityService, type IdentityService } from '../emulator/identityService';
import { setEnvironment } from '../helpers/environment';
import { thrownBy } from '../helpers/thrownBy';
import { trust } from './emulatorNetwork';
import { runStep } from './executionContext';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

const folder = mkdtempSync(join(tmpdir(), 'federated-'));
const path = join(folder, 'token');
let emulator: Emulator;
let service: IdentityService;

beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
	service = await startIdentityService(emulator.issuer, [
		{ tenantId: demo.tenantId, clientId: demo.identityClientId, objectId: demo.identityObjectId },
	]);
	const { federatedIssuer: iss, federatedSubject: sub } = demo;
	writeFileSync(path, await emulator.issuer.issue({ iss, sub, aud: exchangeAudience }));
});
afterAll(async () => {
	expect(emulator.failures).toEqual([]);
	await Promise.all([emulator.close(), service.close()]);
	rmSync(folder, { recursive: true });
});
beforeEach(() => {
	emulator.reset();
	setEnvironment({
		N8N_MICROSOFT_HR_ALLOW_FEDERATED: 'true',
		N8N_MICROSOFT_HR_FEDERATED_HOSTS: `localhost:${emulator.port}`,
		AZURE_FEDERATED_TOKEN_FILE: path,
		AZURE_POD_IDENTITY_AUTHORITY_HOST: service.origin,
	});
});

const PROOFS = [
	['a token file', { federatedSource: 'tokenFile' }],
	['a managed identity', { federatedSource: 'managedIdentity', identityClientId: demo.identityClientId }],
] as const;
const credentials = (proof: object = {}) => {
	const federated = { authentication: 'federated', clientSecret: '', ...proof };
	return { vivaHrApi: vivaHrApi(emulator, federated), purviewHrApi: purviewHrApi(emulator, federated) };
};
const items = [{ json: { PersonId: 'ann@contoso.com', ManagerId: '', Organization: 'HR' } }];

describe.each(PROOFS)('with %s', (_, proof) => {
	it('Check Connection of both steps is fine, and names what is right', async () => {
		for (const type of [new VivaHrIngest(), new PurviewHrSignal()]) {
			const run = { type, parameters: { operation: 'checkConnection' }, credentials: credentials(proof) };
			expect((await runStep(run))[0][0].json).toMatchObject({
				check: 'Sign-in',
				ok: true,
				meaning:
					'Microsoft Entra issued a token: tenant ID, client ID and the federated credential are right.',
			});
		}
	});

	it('an upload arrives', async () => {
		const parameters = { operation: 'upload' };
		await runStep({ type: new VivaHrIngest(), parameters, credentials: credentials(proof), items });
		expect(emulator.ingestions).toMatchObject([{ appId: demo.clientId, rowCount: 1 }]);
	});
});

it('an upload is refused before anything is read or sent where the administrator does not allow it', async () => {
	setEnvironment({ N8N_MICROSOFT_HR_ALLOW_FEDERATED: undefined });
	for (const [, proof] of PROOFS) {
		const parameters = { operation: 'upload' };
		const run = { type: new VivaHrIngest(), parameters, credentials: credentials(proof), items };
		const { message, description } = await thrownBy(runStep(run));
		expect(message).toBe('This n8n does not allow credentials to sign in as n8n itself.');
		expect(description).toContain('N8N_MICROSOFT_HR_ALLOW_FEDERATED to true');
	}
	expect(emulator.requests).toEqual([]);
});
