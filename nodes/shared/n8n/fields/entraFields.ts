import type { INodeProperties } from 'n8n-workflow';

const showFor = (field: string, ...values: string[]) => ({ displayOptions: { show: { [field]: values } } });

/** The fields by which an Entra app signs in; the same in all credentials of this package. */
export const entraFields: INodeProperties[] = [
	{
		displayName: 'Tenant ID',
		name: 'tenantId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 01234567-89ab-cdef-0123-456789abcdef',
		hint: "Entra admin center > App registrations > your app > Overview: 'Directory (tenant) ID'",
	},
	{
		displayName: 'Client ID',
		name: 'clientId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. fedcba98-7654-3210-fedc-ba9876543210',
		hint: "On the same page: 'Application (client) ID'",
	},
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		default: 'clientSecret',
		description: 'How the app proves to Microsoft that it is itself',
		options: [
			{
				name: 'Certificate',
				value: 'certificate',
				description: 'A certificate whose public part is uploaded to the app',
			},
			{
				name: 'Client Secret',
				value: 'clientSecret',
				description: 'A password that Entra makes for the app',
			},
		],
	},
	{
		displayName: 'Client Secret',
		name: 'clientSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		hint: "Entra admin center > App registrations > your app > Certificates & secrets: the column 'Value', not 'Secret ID'",
		...showFor('authentication', 'clientSecret'),
	},
	{
		displayName: 'Certificate',
		name: 'certificateChain',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		required: true,
		placeholder: '-----BEGIN CERTIFICATE-----',
		hint: 'The certificate that is uploaded under Certificates & secrets of the app, in PEM form; if an authority issued it, its certificates too. The thumbprint is computed from it.',
		...showFor('authentication', 'certificate'),
	},
	{
		displayName: 'Private Key',
		name: 'privateKey',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		required: true,
		placeholder: '-----BEGIN PRIVATE KEY-----',
		hint: 'The RSA key of the certificate, in PEM form. Lost line breaks are restored.',
		...showFor('authentication', 'certificate'),
	},
	{
		displayName: 'Passphrase',
		name: 'passphrase',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		hint: 'Only if the private key is encrypted',
		...showFor('authentication', 'certificate'),
	},
];

/** The host that signs in, where the cloud is a custom one. */
export const loginHostField: INodeProperties = {
	displayName: 'Login Host',
	name: 'loginHost',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. login.microsoftonline.com',
	description: 'Where tokens are asked for, over https',
	...showFor('cloud', 'custom'),
};
