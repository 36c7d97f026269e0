import { randomUUID } from 'node:crypto';
import { checkFederatedCredentials } from './federation';
import type { Connector, ConnectorSetup, Tenant, TenantSetup } from './model';
import { kindOfAttribute, parseHeaderCsv } from './validation/profiles';
import { startPersonStore } from './validation/personStore';
import { startProfileStore } from './validation/profileStore';

/** A GUID, as tenant, client, connector and job ids are. */
export const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Scale unit of tenants that name none; the form is that of A2. */
export const defaultScaleUnit = 'novaprdwus2-01';

/** Turns a set-up into a tenant. Throws when an id is no GUID. */
export function makeTenant(setup: TenantSetup): Tenant {
	const tenantId = id(setup.tenantId, 'tenantId');
	const viva = setup.viva ?? null;
	const organizationalData = setup.organizationalData ?? null;
	const purview = setup.purview ?? null;
	return {
		tenantId,
		apps: (setup.apps ?? []).map((app) => ({
			clientId: id(app.clientId, 'clientId'),
			secrets: (app.secrets ?? []).map((secret) => (typeof secret === 'string' ? { value: secret } : secret)),
			certificates: app.certificates ?? [],
			federatedCredentials: checkFederatedCredentials(app.federatedCredentials ?? []),
			blocked: app.blocked ?? false,
		})),
		viva: viva && {
			scaleUnit: viva.scaleUnit ?? defaultScaleUnit,
			connectors: { HR: connector(viva.hrConnector), Survey: connector(viva.surveyConnector) },
			excludeInvalidRows: viva.excludeInvalidRows ?? false,
			people: startPersonStore(),
		},
		organizationalData: organizationalData && {
			scaleUnit: organizationalData.scaleUnit ?? viva?.scaleUnit ?? defaultScaleUnit,
			connector: connector(organizationalData.connector),
			attributes: parseHeaderCsv(organizationalData.headerCsv),
			requiredAttributes: organizationalData.requiredAttributes ?? [],
			apps: organizationalData.apps ?? [],
			profiles: startProfileStore(kindOfAttribute),
		},
		purview: purview && {
			enabled: purview.enabled ?? true,
			jobs: purview.jobs.map((job) => ({
				...job,
				jobId: id(job.jobId, 'jobId'),
				appId: id(job.appId, 'appId'),
			})),
		},
	};
}

function connector(setup: ConnectorSetup | null | undefined): Connector | null {
	if (!setup) return null;
	return {
		connectorId: setup.connectorId ?? randomUUID(),
		authorisedAppIds: setup.authorisedAppIds.map((appId) => id(appId, 'authorisedAppIds')),
	};
}

function id(value: string, field: string): string {
	if (!guid.test(value)) throw new Error(`${field} must be a GUID, not "${value}"`);
	return value.toLowerCase();
}
