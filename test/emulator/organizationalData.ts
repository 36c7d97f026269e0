import { empty, json, type Exchange, type Reply } from './exchange';
import {
	callerOf,
	errorStream,
	findIngestion,
	gateReply,
	isReply,
	publicIngestion,
	refused,
	takePush,
} from './ingestions';
import type { Connector, OrganizationalDataTenant } from './model';
import type { Route } from './routes';
import type { EmulatorState } from './state';
import type { TokenHolder } from './tokens';
import { validateProfiles } from './validation/profiles';

const base = '^/v1\\.0/tenants/([^/]+)/modis/connectors/hr';

/**
 * Microsoft Organizational Data Service (B). Only the push path is documented; ping, poll and error stream are inferred
 * from Viva's. The scale-unit lookup is Viva's own.
 */
export const organizationalDataRoutes: Route[] = [
	{
		service: 'ping',
		method: 'GET',
		pattern: new RegExp(`${base}$`, 'i'),
		handle: async (state, exchange, tenantId = '') =>
			await admitted(state, exchange, tenantId, async ({ connector }) =>
				json(200, { ConnectorId: connector.connectorId }),
			),
	},
	{
		service: 'push',
		method: 'POST',
		pattern: new RegExp(`${base}/ingestions/fileIngestion$`, 'i'),
		handle: async (state, exchange, tenantId = '') =>
			await admitted(
				state,
				exchange,
				tenantId,
				async ({ holder, tenant, connector }) =>
					await takePush(state, exchange, {
						destination: 'organizational-data',
						connector,
						scaleUnit: tenant.scaleUnit,
						holder,
						// a part carries a CSV here: there is no metadata to zip it with (B2)
						forms: { multipart: 'csv', csv: true, json: true },
						validate: async (file, form) =>
							await validateProfiles(file, form, tenant, state.settings.keepRows),
					}),
			),
	},
	{
		service: 'errors',
		method: 'GET',
		pattern: new RegExp(`${base}/ingestions/(?:fileIngestion/)?([^/]+)/errors$`, 'i'),
		handle: async (state, exchange, tenantId = '', id = '') =>
			await admitted(state, exchange, tenantId, async () => {
				const ingestion = findIngestion(state, tenantId, 'organizational-data', id);
				return ingestion ? errorStream(state, ingestion) : empty(404);
			}),
	},
	{
		service: 'poll',
		method: 'GET',
		pattern: new RegExp(`${base}/ingestions/(?:fileIngestion/)?([^/]+)$`, 'i'),
		handle: async (state, exchange, tenantId = '', id = '') =>
			await admitted(state, exchange, tenantId, async () => {
				const ingestion = findIngestion(state, tenantId, 'organizational-data', id);
				return ingestion ? json(200, publicIngestion(state, ingestion)) : empty(404);
			}),
	},
];

interface Admitted {
	holder: TokenHolder;
	tenant: OrganizationalDataTenant;
	connector: Connector;
}

async function admitted(
	state: EmulatorState,
	exchange: Exchange,
	tenantId: string,
	work: (entry: Admitted) => Promise<Reply>,
): Promise<Reply> {
	const holder = await callerOf(state, exchange, tenantId);
	if (isReply(holder)) return holder;
	const tenant = state.tenants.get(holder.tenantId)?.organizationalData;
	if (!tenant) return await refused(exchange, empty(403));
	const refusal = gateReply(exchange, holder, tenant.scaleUnit, tenant.connector);
	if (refusal || !tenant.connector) return await refused(exchange, refusal ?? empty(403));
	return await work({ holder, tenant, connector: tenant.connector });
}
