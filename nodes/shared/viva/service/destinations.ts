import { problem } from '../../core/problem';
import type { ValueType } from '../../columns/columnPlan';
import type { Evidence } from '../../core/evidence';

/** The services of this family, by the names that workflows store. */
export type DestinationId = 'vivaHr' | 'vivaSurvey' | 'organizationalData';

/** What an upload's body is: a zip with data.csv and metadata.json in a form, or a CSV or JSON text alone. */
export type BodyType = 'zip' | 'csv' | 'json';

/** What an upload does to what the service already has. */
export type RefreshKind = 'full' | 'incremental' | 'merge';

/** A path below the API's base address; `{tenantId}` and `{ingestionId}` are filled in. */
export interface PathTemplate extends Evidence {
	template: string;
}

/** Names that the one part of a multipart form may have. */
export interface PartNames extends Evidence {
	/** name of the form's part */
	name: string;
	fileName: string;
}

/** One way to send an upload's body. */
export interface BodyTypeRule extends Evidence {
	/** the Content-Type header, or for forms what it begins with */
	contentType: string;
	/** the part's names where the body is a form; the first is the default */
	parts?: readonly PartNames[];
	/** whether metadata.json travels along: mapping, data set and kind of refresh */
	carriesMetadata: boolean;
}

/** The service's word for one of our types of values. */
export interface ServiceType extends Evidence {
	word: string;
}

/** What a destination takes beside its own attributes. */
export interface CustomAttributes extends Evidence {
	allowed: boolean;
	/** a sentence for the panel */
	note: string;
}

/** Everything that differs between the services. Addresses, words and forms are data; the code has no case for one. */
export interface Destination {
	id: DestinationId;
	/** as an HR admin knows it */
	displayName: string;
	/** the service's word for the kind of connector, as it stands in paths */
	connectorType: 'HR' | 'Survey';
	/** below the API's base address */
	paths: {
		ping: PathTemplate;
		push: PathTemplate;
		/** in the order in which to try them */
		poll: readonly PathTemplate[];
		/** in the order in which to try them */
		errors: readonly PathTemplate[];
	};
	bodyTypes: Partial<Record<BodyType, BodyTypeRule>>;
	defaultBodyType: BodyType;
	refreshKinds: readonly RefreshKind[];
	/** value of `DatasetType` in metadata.json; missing where the service takes no metadata */
	datasetType?: Evidence & { word: string };
	/** default words for `type` in metadata.json; no complete list is published, so users can edit them */
	serviceTypes: Readonly<Record<ValueType, ServiceType>>;
	customAttributes: CustomAttributes;
	/** who sets the connector up and where imports are listed, for advice */
	admin: Evidence & {
		/** role of the person who makes the connection */
		role: string;
		/** where the connection is made */
		connection: string;
		/** where imports and their outcomes are listed */
		history: string;
	};
}

/** Names the scale unit on every call but its own lookup (source A2, documented). */
export const SCALE_UNIT_HEADER = 'x-nova-scaleunit';

/** Asks for the tenant's scale unit (source A3). */
export const SCALE_UNIT_PATH: PathTemplate = {
	template: '/tenants/{tenantId}/scopes/{tenantId}/scaleUnit',
	source: 'A3',
	certainty: 'sample',
};

/** Both spellings of the form's part; running code has used the first since 2023 (source F5). */
const PARTS: readonly PartNames[] = [
	{ name: 'info', fileName: 'info.zip', source: 'A5, F5', certainty: 'sample' },
	{ name: 'file', fileName: 'info', source: 'A5, F5', certainty: 'documented' },
];

const ZIP: BodyTypeRule = {
	contentType: 'multipart/form-data',
	parts: PARTS,
	carriesMetadata: true,
	source: 'A5',
	certainty: 'documented',
};

const CSV: BodyTypeRule = {
	contentType: 'text/csv',
	carriesMetadata: false,
	source: 'A5',
	certainty: 'sample',
};

const JSON_ARRAY: BodyTypeRule = {
	contentType: 'application/json',
	carriesMetadata: false,
	source: 'A5',
	certainty: 'sample',
};

const SERVICE_TYPES: Destination['serviceTypes'] = {
	string: { word: 'string', source: 'A9', certainty: 'inferred' },
	email: { word: 'EmailType', source: 'A9', certainty: 'documented' },
	date: { word: 'DateTime_MMDDYYYY', source: 'A9', certainty: 'documented' },
	integer: { word: 'int32', source: 'A9', certainty: 'documented' },
	double: { word: 'double', source: 'A9', certainty: 'documented' },
};

const VIVA_ADMIN: Destination['admin'] = {
	role: 'Insights administrator',
	connection: 'Viva Insights > Organizational data > Data connections',
	history: 'Viva Insights > Organizational data > Data connections > Import history',
	source: 'A1, A7',
	certainty: 'documented',
};

/** Every destination by its id. */
export const DESTINATIONS: Readonly<Record<DestinationId, Destination>> = {
	vivaHr: {
		id: 'vivaHr',
		displayName: 'Viva Insights (HR)',
		connectorType: 'HR',
		paths: {
			ping: {
				template: '/scopes/{tenantId}/ingress/connectors/HR',
				source: 'A4',
				certainty: 'documented',
			},
			push: {
				template: '/scopes/{tenantId}/ingress/connectors/HR/ingestions/fileIngestion',
				source: 'A5, F18',
				certainty: 'documented',
			},
			// 'Hr' as printed; elsewhere the documents print 'HR'.
			poll: [
				{
					template: '/scopes/{tenantId}/ingress/connectors/Hr/ingestions/fileIngestion/{ingestionId}',
					source: 'A7, F19',
					certainty: 'documented',
				},
				{
					template: '/scopes/{tenantId}/ingress/connectors/Hr/ingestions/{ingestionId}',
					source: 'A7, F19',
					certainty: 'documented',
				},
			],
			errors: [
				{
					template: '/scopes/{tenantId}/ingress/connectors/Hr/ingestions/{ingestionId}/errors',
					source: 'A8, F4',
					certainty: 'inferred',
				},
				{
					template: '/scopes/{tenantId}/ingress/connectors/Hr/ingestions/fileIngestion/{ingestionId}/errors',
					source: 'A8, F4',
					certainty: 'inferred',
				},
				{
					template: '/scopes/{tenantId}//Hr/ingestions/{ingestionId}/errors',
					source: 'A8, F4',
					certainty: 'documented',
				},
			],
		},
		bodyTypes: { zip: ZIP, csv: CSV, json: JSON_ARRAY },
		defaultBodyType: 'zip',
		refreshKinds: ['full', 'incremental'],
		datasetType: { word: 'HR', source: 'A9', certainty: 'documented' },
		serviceTypes: SERVICE_TYPES,
		customAttributes: {
			allowed: true,
			note: 'Custom attributes are accepted by the documented rules; an early version of the guide said that API imports do not support them.',
			source: 'A10, F10',
			certainty: 'documented',
		},
		admin: VIVA_ADMIN,
	},
	vivaSurvey: {
		id: 'vivaSurvey',
		displayName: 'Viva Insights (Survey)',
		connectorType: 'Survey',
		paths: {
			ping: {
				template: '/scopes/{tenantId}/ingress/connectors/Survey',
				source: 'A14',
				certainty: 'inferred',
			},
			push: {
				template: '/scopes/{tenantId}/ingress/connectors/Survey/ingestions/fileIngestion',
				source: 'A14',
				certainty: 'sample',
			},
			poll: [
				{
					template: '/scopes/{tenantId}/ingress/connectors/Survey/ingestions/fileIngestion/{ingestionId}',
					source: 'A14',
					certainty: 'inferred',
				},
				{
					template: '/scopes/{tenantId}/ingress/connectors/Survey/ingestions/{ingestionId}',
					source: 'A14',
					certainty: 'inferred',
				},
			],
			errors: [
				{
					template: '/scopes/{tenantId}/ingress/connectors/Survey/ingestions/{ingestionId}/errors',
					source: 'A14, F4',
					certainty: 'inferred',
				},
				{
					template:
						'/scopes/{tenantId}/ingress/connectors/Survey/ingestions/fileIngestion/{ingestionId}/errors',
					source: 'A14, F4',
					certainty: 'inferred',
				},
				{
					template: '/scopes/{tenantId}//Survey/ingestions/{ingestionId}/errors',
					source: 'A14, F4',
					certainty: 'inferred',
				},
			],
		},
		bodyTypes: { zip: ZIP, csv: CSV, json: JSON_ARRAY },
		defaultBodyType: 'zip',
		refreshKinds: ['full', 'incremental'],
		datasetType: { word: 'Survey', source: 'A9', certainty: 'inferred' },
		serviceTypes: SERVICE_TYPES,
		customAttributes: {
			allowed: true,
			note: "The columns of a survey are its questions: every column but the person's address is your own.",
			source: 'A14',
			certainty: 'documented',
		},
		admin: VIVA_ADMIN,
	},
	organizationalData: {
		id: 'organizationalData',
		displayName: 'Microsoft Organizational Data Service',
		connectorType: 'HR',
		paths: {
			ping: {
				template: '/tenants/{tenantId}/modis/connectors/HR',
				source: 'B2',
				certainty: 'inferred',
			},
			push: {
				template: '/tenants/{tenantId}/modis/connectors/HR/ingestions/fileIngestion',
				source: 'B2',
				certainty: 'documented',
			},
			poll: [
				{
					template: '/tenants/{tenantId}/modis/connectors/HR/ingestions/fileIngestion/{ingestionId}',
					source: 'B2',
					certainty: 'inferred',
				},
				{
					template: '/tenants/{tenantId}/modis/connectors/HR/ingestions/{ingestionId}',
					source: 'B2',
					certainty: 'inferred',
				},
			],
			errors: [
				{
					template: '/tenants/{tenantId}/modis/connectors/HR/ingestions/{ingestionId}/errors',
					source: 'B2, F4',
					certainty: 'inferred',
				},
				{
					template: '/tenants/{tenantId}/modis/connectors/HR/ingestions/fileIngestion/{ingestionId}/errors',
					source: 'B2, F4',
					certainty: 'inferred',
				},
			],
		},
		bodyTypes: {
			csv: { ...CSV, source: 'B2, F17' },
			json: { ...JSON_ARRAY, source: 'B2' },
		},
		defaultBodyType: 'csv',
		refreshKinds: ['merge'],
		serviceTypes: SERVICE_TYPES,
		customAttributes: {
			allowed: true,
			note: 'Custom attributes must have been declared in the Microsoft 365 admin center, with the header-only CSV file of the connection.',
			source: 'B2',
			certainty: 'documented',
		},
		admin: {
			role: 'Organizational Data Source administrator (or Global administrator)',
			connection: 'Microsoft 365 admin center > Setup > Migration and imports > Data connections',
			history:
				'Microsoft 365 admin center > Setup > Migration and imports > Data connections > the connection',
			source: 'B1a, B2, B3',
			certainty: 'documented',
		},
	},
};

/** Ids of all destinations, in the order in which panels show them. */
export const DESTINATION_IDS = Object.keys(DESTINATIONS) as DestinationId[];

/**
 * The kind of refresh of an import: a destination that knows only one leaves no choice.
 * @param wish the user's choice, where there is one
 */
export function refreshKindOf(id: DestinationId, wish: RefreshKind): RefreshKind {
	const { refreshKinds } = DESTINATIONS[id];
	return refreshKinds.length === 1 ? refreshKinds[0] : wish;
}

/**
 * Fills in a path.
 * @param path one of a destination's paths
 * @param tenantId the tenant; its id is also that of the scope (source A1)
 * @param ingestionId the import, where the path names one
 * @throws Problem `configuration` where an id is blank or holds other characters than ids do
 */
export function fillPath(path: PathTemplate, tenantId: string, ingestionId?: string): string {
	const ids: Record<string, string | undefined> = { tenantId, ingestionId };
	return path.template.replace(/\{(\w+)\}/g, (_, name: string) => idSegment(name, ids[name]));
}

const ID_NAMES: Record<string, string> = { tenantId: 'tenant id', ingestionId: 'ingestion id' };

function idSegment(name: string, value: string | undefined): string {
	const id = (value ?? '').trim();
	const label = ID_NAMES[name] ?? name;
	if (/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(id) && !id.includes('..')) return id;
	throw problem.configuration(
		id === '' ? `The ${label} is blank.` : `The ${label} holds characters that no ${label} has.`,
		name === 'ingestionId'
			? "Take the field 'ingestionId' of the output of Viva HR Ingest."
			: 'Copy it from the Overview page of the app registration in the Microsoft Entra admin center.',
	);
}
