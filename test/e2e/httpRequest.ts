import { randomUUID } from 'node:crypto';
import { demo } from '../emulator/emulator';
import { outputItems } from '../host/rest';
import type { Bench } from './bench';

/** n8n's own HTTP Request with a credential of this package. */
export function testHttpRequest(bench: () => Bench): void {
	describe('HTTP Request with Viva HR API', () => {
		async function ask(url: string, credential?: { id: string; name: string }) {
			const { editor, executions } = bench();
			const vivaHrApi = credential ?? (await bench().vivaCredential());
			const { id } = await editor.createWorkflow({
				name: `HTTP Request ${randomUUID()}`,
				nodes: [
					{
						name: 'Start',
						type: 'n8n-nodes-base.manualTrigger',
						typeVersion: 1,
						position: [0, 0],
						parameters: {},
					},
					{
						name: 'Ask',
						type: 'n8n-nodes-base.httpRequest',
						typeVersion: 4.2,
						position: [200, 0],
						parameters: {
							url,
							authentication: 'predefinedCredentialType',
							nodeCredentialType: 'vivaHrApi',
							sendHeaders: true,
							headerParameters: { parameters: [{ name: 'x-nova-scaleunit', value: demo.scaleUnit }] },
							options: {},
						},
						credentials: { vivaHrApi },
					},
				],
				connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
				settings: { executionOrder: 'v1' },
			});
			const execution = await editor.waitForEnd(await editor.run(id, 'Start'));
			executions.push(execution);
			return execution;
		}
		const ping = () => `${bench().emulator.vivaBaseUrl}/scopes/${demo.tenantId}/ingress/connectors/HR`;

		it('asks whether the connector is there', async () => {
			const execution = await ask(ping());
			expect(execution.error?.message).toBeUndefined();
			expect(outputItems(execution, 'Ask', 0)).toMatchObject([{ json: { ConnectorId: expect.any(String) } }]);
		});

		it('asks with a token of a Kubernetes cluster in place of a secret', async () => {
			await bench().mountToken(demo.federatedSubject);
			const federated = { authentication: 'federated', clientSecret: '' };
			const execution = await ask(ping(), await bench().vivaCredential(federated));
			expect(execution.error?.message).toBeUndefined();
			expect(outputItems(execution, 'Ask', 0)).toMatchObject([{ json: { ConnectorId: expect.any(String) } }]);
		});

		it('is refused for any other host, and asks for no token', async () => {
			const { source, emulator } = bench();
			const before = emulator.requests.length;
			const execution = await ask(source.put('people.json', '[]', 'application/json'));
			expect(execution.status).toBe('error');
			const told = `${execution.error?.message} ${execution.error?.description}`;
			expect(told).toContain(
				`This credential signs in to ${emulator.origin.replace(/^(https:\/\/)?/, 'https://')} only, so nothing was sent to http://localhost:`,
			);
			expect(told).toContain('Use an address that begins with');
			expect(emulator.requests).toHaveLength(before);
		});
	});
}
