import type { INodeProperties } from 'n8n-workflow';

const showFor = (field: string, ...values: string[]) => ({ displayOptions: { show: { [field]: values } } });

/**
 * The fields by which an Entra app signs in; the same in all credentials of this package.
 *
 * Those that depend on another field are not `required`: n8n refuses to save such a field blank before it puts in the values of
 * CREDENTIALS_OVERWRITE_DATA. What is missing is told when the credential is tested, and by each step.
 */
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
			{
				name: 'Federated',
				value: 'federated',
				description: 'No secret: the app trusts the identity that Kubernetes or Azure gives to this n8n',
			},
		],
	},
	{
		displayName: 'Client Secret',
		name: 'clientSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		hint: "Entra admin center > App registrations > your app > Certificates & secrets: the column 'Value', not 'Secret ID'",
		...showFor('authentication', 'clientSecret'),
	},
	{
		displayName: 'Secret Expires On',
		name: 'expiresOn',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2027-01-31',
		hint: "From the column 'Expires' beside the value. Check Connection, the test of the credential and each run warn 30 days before.",
		...showFor('authentication', 'clientSecret'),
	},
	{
		displayName: 'Certificate',
		name: 'certificateChain',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
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
	{
		displayName: 'Identity',
		name: 'federatedSource',
		type: 'options',
		default: 'tokenFile',
		description: 'Who proves to Microsoft that this n8n may sign in as the app',
		hint: 'Who runs n8n must allow this with the environment variable N8N_MICROSOFT_HR_ALLOW_FEDERATED.',
		options: [
			{
				name: 'Managed Identity',
				value: 'managedIdentity',
				description: 'A user-assigned managed identity of the Azure machine that runs n8n',
			},
			{
				name: 'Token File',
				value: 'tokenFile',
				description:
					'The file that Kubernetes renews and the environment variable AZURE_FEDERATED_TOKEN_FILE names',
			},
		],
		...showFor('authentication', 'federated'),
	},
	{
		displayName: 'Client ID of the Identity',
		name: 'identityClientId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 89abcdef-0123-4567-89ab-cdef01234567',
		hint: "Azure portal > Managed Identities > the identity > Overview: 'Client ID'",
		displayOptions: { show: { authentication: ['federated'], federatedSource: ['managedIdentity'] } },
	},
];

/** The host that signs in, where the cloud is a custom one. */
export const loginHostField: INodeProperties = {
	displayName: 'Login Host',
	name: 'loginHost',
	type: 'string',
	default: '',
	placeholder: 'e.g. login.microsoftonline.com',
	description: 'Where tokens are asked for, over https',
	...showFor('cloud', 'custom'),
};
