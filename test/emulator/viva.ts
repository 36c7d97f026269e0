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
import type { Connector, Destination, VivaTenant } from './model';
import type { Route } from './routes';
import type { EmulatorState } from './state';
import type { TokenHolder } from './tokens';
import { validateViva } from './validation/hr';

type ConnectorType = 'HR' | 'Survey';

/** The Viva Insights ingress, versions of a path included (A3 to A8, A14). */
export const vivaRoutes: Route[] = [
	{
		service: 'scaleUnit',
		method: 'GET',
		pattern: /^\/v1\.0\/tenants\/([^/]+)\/scopes\/([^/]+)\/scaleunit$/i,
		handle: async (state, exchange, tenantId = '', scopeId = '') => {
			const holder = await callerOf(state, exchange, tenantId);
			if (isReply(holder)) return holder;
			const tenant = state.tenants.get(holder.tenantId);
			const scaleUnit = tenant?.viva?.scaleUnit ?? tenant?.organizationalData?.scaleUnit;
			if (scopeId.toLowerCase() !== holder.tenantId || scaleUnit === undefined) return empty(404);
			// a bare JSON string (A3)
			return json(200, scaleUnit);
		},
	},
	{
		service: 'ping',
		method: 'GET',
		pattern: /^\/v1\.0\/scopes\/([^/]+)\/ingress\/connectors\/(hr|survey)$/i,
		handle: async (state, exchange, tenantId = '', type = '') =>
			await admitted(state, exchange, tenantId, type, async ({ connector }) =>
				json(200, { ConnectorId: connector.connectorId }),
			),
	},
	{
		service: 'push',
		method: 'POST',
		pattern: /^\/v1\.0\/scopes\/([^/]+)\/ingress\/connectors\/(hr|survey)\/ingestions\/fileingestion$/i,
		handle: async (state, exchange, tenantId = '', type = '') =>
			await admitted(state, exchange, tenantId, type, async (entry) => {
				const { settings } = state;
				return await takePush(state, exchange, {
					destination: entry.destination,
					connector: entry.connector,
					scaleUnit: entry.viva.scaleUnit,
					holder: entry.holder,
					forms: { multipart: 'zip', csv: true, json: true },
					validate: async (file, form) =>
						await validateViva(file, {
							form,
							datasetType: entry.type,
							people: entry.viva.people,
							excludeInvalidRows: entry.viva.excludeInvalidRows,
							keepRows: settings.keepRows,
							keepBytesUpTo: settings.keepRows ? settings.keepBytesUpTo : 0,
							today: Number(new Date(state.clock.now()).toISOString().slice(0, 10).replaceAll('-', '')),
						}),
				});
			}),
	},
	{
		service: 'errors',
		method: 'GET',
		// the documented path has a hole (F4): the two sensible readings and the literal one
		pattern:
			/^\/v1\.0\/scopes\/([^/]+)\/(?:ingress\/connectors|)\/(hr|survey)\/ingestions\/(fileingestion\/)?([^/]+)\/errors$/i,
		handle: async (state, exchange, tenantId = '', type = '', fileIngestion = '', id = '') => {
			const literal = !/\/ingress\/connectors\//i.test(exchange.path);
			const form = literal ? 'literal' : fileIngestion ? 'fileIngestion' : 'connectors';
			if (!state.settings.errorPaths.includes(form) || (literal && fileIngestion)) return empty(404);
			return await admitted(state, exchange, tenantId, type, async ({ destination }) => {
				const ingestion = findIngestion(state, tenantId, destination, id);
				return ingestion ? errorStream(state, ingestion) : empty(404);
			});
		},
	},
	{
		service: 'poll',
		method: 'GET',
		pattern:
			/^\/v1\.0\/scopes\/([^/]+)\/ingress\/connectors\/(hr|survey)\/ingestions\/(fileingestion\/)?([^/]+)$/i,
		handle: async (state, exchange, tenantId = '', type = '', fileIngestion = '', id = '') => {
			if (!state.settings.pollPaths.includes(fileIngestion ? 'fileIngestion' : 'short')) return empty(404);
			return await admitted(state, exchange, tenantId, type, async ({ destination }) => {
				const ingestion = findIngestion(state, tenantId, destination, id);
				return ingestion ? json(200, publicIngestion(state, ingestion)) : empty(404);
			});
		},
	},
];

interface Admitted {
	holder: TokenHolder;
	viva: VivaTenant;
	type: ConnectorType;
	destination: Destination;
	connector: Connector;
}

/** Lets a caller in whose token, scale unit and connector are right. */
async function admitted(
	state: EmulatorState,
	exchange: Exchange,
	tenantId: string,
	typeName: string,
	work: (entry: Admitted) => Promise<Reply>,
): Promise<Reply> {
	const holder = await callerOf(state, exchange, tenantId);
	if (isReply(holder)) return holder;
	const viva = state.tenants.get(holder.tenantId)?.viva;
	if (!viva) return await refused(exchange, empty(403));
	const type: ConnectorType = typeName.toLowerCase() === 'survey' ? 'Survey' : 'HR';
	const connector = viva.connectors[type];
	const refusal = gateReply(exchange, holder, viva.scaleUnit, connector);
	if (refusal || !connector) return await refused(exchange, refusal ?? empty(403));
	return await work({
		holder,
		viva,
		type,
		destination: type === 'Survey' ? 'viva-survey' : 'viva-hr',
		connector,
	});
}
