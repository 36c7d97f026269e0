// Read by n8n when it is loaded.
process.env.N8N_SSRF_PROTECTION_ENABLED = 'true';

import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { networkOf } from '../../nodes/shared/n8n/credentials/network';
import { startServer, type LocalServer } from '../unit/http/httpsServer';
import { executionContext, runStep } from './executionContext';

// n8n's own filter, and the network that the steps really use.

const ID = '0b1f8f0e-6f57-4c5e-8c2e-1d5a3c0f7e21';
let server: LocalServer;
beforeAll(async () => {
	server = await startServer();
});
afterAll(async () => await server.close());

/** A custom cloud on this machine. */
const credential = (): IDataObject => ({
	tenantId: ID,
	clientId: ID,
	authentication: 'clientSecret',
	clientSecret: 'planted-secret',
	cloud: 'custom',
	loginHost: `localhost:${server.port}`,
	apiBaseUrl: `${server.url}/v1.0`,
	signalsUrl: `${server.url}/api/signals`,
	scaleUnit: 'unit-a',
});

const steps: ReadonlyArray<[string, INodeType, string, INodeParameters]> = [
	['Viva HR Ingest', new VivaHrIngest(), 'vivaHrApi', { operation: 'checkConnection' }],
	[
		'Poll Ingestion',
		new PollIngestion(),
		'vivaHrApi',
		{ operation: 'getStatus', ingestionId: ID, destination: 'vivaHr' },
	],
	['Purview HR Signal', new PurviewHrSignal(), 'purviewHrApi', { operation: 'checkConnection' }],
];

it.each(steps)("%s asks nothing that n8n's protection forbids", async (_, type, name, parameters) => {
	const before = server.connections();
	const ended = await runStep({ type, parameters, credentials: { [name]: credential() } }).then(
		(outputs) => JSON.stringify(outputs),
		(error: Error) => error.message,
	);
	expect(ended).toContain(`this n8n does not allow requests to localhost:${server.port}`);
	expect(server.connections()).toBe(before);
});

it('connections and tokens are kept from execution to execution', () => {
	const context = () => executionContext({ type: new VivaHrIngest() });
	expect(networkOf(context().helpers)).toBe(networkOf(context().helpers));
});

it('an n8n without the protection for steps is reached as before', () => {
	expect(networkOf({})).toBe(networkOf({}));
	expect(networkOf({})).not.toBe(networkOf(executionContext({ type: new VivaHrIngest() }).helpers));
});
