import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { AUDIENCES, CLOUDS, type CloudName } from '../../entra/clouds';
import { entraFields, loginHostField } from './entraFields';

const audience: INodeProperties = {
	displayName: 'Audience',
	name: 'audience',
	type: 'string',
	default: '',
};

const VIVA_AUDIENCES: INodePropertyOptions[] = [
	{
		name: 'Application ID (Recommended)',
		value: AUDIENCES.viva.value,
		description: 'What the programs of Microsoft ask for',
	},
	{
		name: 'URL',
		value: AUDIENCES.vivaUrl.value,
		description: 'What the documentation names; for tenants that do not know the application ID',
	},
];

/** The fields of Viva HR API. */
export const vivaCredentialFields: INodeProperties[] = [
	...entraFields,
	{
		displayName: 'Scale Unit',
		name: 'scaleUnit',
		type: 'string',
		default: '',
		placeholder: 'e.g. novaprdwus2-01',
		hint: 'Leave blank to have it looked up. It is shown on the page of the connection: Viva Insights > Organizational data > Data connections.',
	},
	{
		displayName: 'Cloud',
		name: 'cloud',
		type: 'options',
		default: 'worldwide',
		options: [
			{ name: 'Worldwide', value: 'worldwide', description: 'The cloud that nearly every company is in' },
			{
				name: 'Custom',
				value: 'custom',
				description: 'Addresses of your own, for a gateway, a pre-production service or an emulator',
			},
		],
	},
	loginHostField,
	{
		displayName: 'API Base URL',
		name: 'apiBaseUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://api.orginsights.viva.office.com/v1.0',
		description: 'Address of the API with its version, over https',
		displayOptions: { show: { cloud: ['custom'] } },
	},
	{
		...audience,
		type: 'options',
		default: AUDIENCES.viva.value,
		description: 'What the token is asked for; both names mean the same service',
		options: VIVA_AUDIENCES,
	},
];

const cloudOption = (value: CloudName): INodePropertyOptions => ({ name: CLOUDS[value].displayName, value });

const PURVIEW_CLOUDS: INodePropertyOptions[] = [
	cloudOption('worldwide'),
	cloudOption('gcc'),
	cloudOption('gccHigh'),
	cloudOption('dod'),
	{ name: 'Custom', value: 'custom', description: 'Addresses of your own, for a gateway or an emulator' },
];

/** The fields of Purview HR API. */
export const purviewCredentialFields: INodeProperties[] = [
	...entraFields,
	{
		displayName: 'Cloud',
		name: 'cloud',
		type: 'options',
		default: 'worldwide',
		description: 'The Microsoft cloud in which the tenant is',
		options: PURVIEW_CLOUDS,
	},
	loginHostField,
	{
		displayName: 'Signals URL',
		name: 'signalsUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://webhook.ingestion.office.com/api/signals',
		description: 'Where files are sent, over https and without the job ID',
		displayOptions: { show: { cloud: ['custom'] } },
	},
	{
		...audience,
		default: AUDIENCES.purview.value,
		description: 'What the token is asked for; the same in all clouds of Microsoft',
		displayOptions: { show: { cloud: ['custom'] } },
	},
];
