import { randomUUID } from 'node:crypto';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo } from '../emulator/emulator';
import type { Bench } from './bench';

/** The Test button of both credentials. */
export function testCredentials(bench: () => Bench): void {
	const press = async (type: string, data: Record<string, unknown>) => {
		const { id } = await bench().editor.createCredential(`${type} ${randomUUID()}`, type, data);
		return await bench().editor.testCredential(id);
	};
	const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
	const stranger = { clientId: demo.strangerClientId, clientSecret: demo.strangerClientSecret };

	describe('the Test button', () => {
		it.each([
			['with the right secret', {}, /^OK/],
			['with the certificate', { certificate: true }, /^OK/],
			['with the secret that the administrator sets for all', { clientSecret: '' }, /^OK/],
			['with a secret that ends soon', { expiresOn: soon }, /^OK.* The client secret ends on .*, in 9 days/],
			['with a wrong secret', { clientSecret: 'planted-wrong-secret-7319' }, /^Error.*secret/i],
			['with an unknown tenant', { tenantId: '00000000-1111-4222-8333-444444444444' }, /^Error.*tenant/i],
			['with an app that the connector does not name', stranger, /^Error.*(app|client|connect)/i],
		])('Viva HR API %s', async (_, changes, expected) => {
			const { status, message } = await press('vivaHrApi', vivaHrApi(bench().emulator, changes));
			expect(`${status}: ${message}`).toMatch(expected);
			expect(message).not.toContain('planted');
		});

		it('Viva HR API with a token of a Kubernetes cluster that the app trusts, and with one that it does not', async () => {
			const test = async (subject: string) => {
				const token = await bench().mountToken(subject);
				const data = vivaHrApi(bench().emulator, { authentication: 'federated', clientSecret: '' });
				const { status, message } = await press('vivaHrApi', data);
				expect(message).not.toContain(token);
				return `${status}: ${message}`;
			};
			expect(await test(demo.federatedSubject)).toMatch(/^OK/);
			expect(await test('system:serviceaccount:hr:other')).toMatch(
				/^Error.* no federated credential for the subject 'system:serviceaccount:hr:other'/,
			);
		});

		it('tells the connector that is not set up from a wrong secret', async () => {
			const { emulator } = bench();
			const wrongSecret = await press(
				'vivaHrApi',
				vivaHrApi(emulator, { clientSecret: 'planted-wrong-secret-7319' }),
			);
			const notNamed = await press('vivaHrApi', vivaHrApi(emulator, stranger));
			expect(notNamed.message).not.toBe(wrongSecret.message);
		});

		it.each([
			['with the right secret', {}, /^OK/],
			['with a wrong secret', { clientSecret: 'planted-wrong-secret-7319' }, /^Error.*secret/i],
			['with the secret that the administrator sets for all', { clientSecret: '' }, /^OK/],
		])('Purview HR API %s', async (_, changes, expected) => {
			const { status, message } = await press('purviewHrApi', purviewHrApi(bench().emulator, changes));
			expect(`${status}: ${message}`).toMatch(expected);
		});
	});
}
