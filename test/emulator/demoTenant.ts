import { issuerOfTenant } from './identityService';
import type { TenantSetup } from './model';
import { profileAttributes } from './validation/profiles';

/** Fixed ids and secrets of the tenant that every emulator starts with. They open nothing but the emulator. */
export const demo = {
	tenantId: '5f0c7b1e-3d5a-4c57-9d0e-6a4f1c2b8e01',
	clientId: '0b9a6c3d-8e21-4f7a-b1c5-2d3e4f5a6b7c',
	clientSecret: 'demo-secret-not-real',
	/** a secret of the same app that has run out */
	expiredClientSecret: 'demo-secret-expired',
	/** an app of the tenant that no connector knows */
	strangerClientId: '7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f',
	strangerClientSecret: 'stranger-secret-not-real',
	/** the service account of a cluster that the app trusts */
	federatedIssuer: 'https://oidc.cluster.example/9f1e2d3c/',
	federatedSubject: 'system:serviceaccount:hr:n8n',
	/** a managed identity that the app trusts */
	identityClientId: '2e3f4a5b-6c7d-4e8f-9a0b-1c2d3e4f5a6b',
	identityObjectId: '3f4a5b6c-7d8e-4f90-8b1c-2d3e4f5a6b7c',
	scaleUnit: 'novaprdwus2-01',
	hrConnectorId: 'c3b2a190-8f7e-4d6c-9b5a-4e3d2c1b0a99',
	surveyConnectorId: 'd4c3b2a1-908f-4e7d-8c6b-5f4e3d2c1b0a',
	organizationalDataConnectorId: 'e5d4c3b2-a190-4f8e-9d7c-605f4e3d2c1b',
	/** Purview jobs: one for each scenario, and one for all */
	jobs: {
		resignation: '10000000-aaaa-4bbb-8ccc-000000000001',
		jobLevelChange: '10000000-aaaa-4bbb-8ccc-000000000002',
		performanceReview: '10000000-aaaa-4bbb-8ccc-000000000003',
		performanceImprovementPlan: '10000000-aaaa-4bbb-8ccc-000000000004',
		employeeProfile: '10000000-aaaa-4bbb-8ccc-000000000005',
		allScenarios: '10000000-aaaa-4bbb-8ccc-000000000009',
	},
	/** identifier column of the job for all scenarios */
	scenarioColumn: 'HRScenario',
} as const;

/** Audience of the tokens that Entra takes in exchange for one of its own (D5). */
export const exchangeAudience = 'api://AzureADTokenExchange';

/** Login of the Workday-shaped reports. */
export const demoReport = {
	user: 'ISU_n8n@contoso',
	password: 'demo-password-not-real',
	workersPath: '/ccx/service/customreport2/contoso/ISU_n8n/Workers?format=json',
	leaversPath: '/ccx/service/customreport2/contoso/ISU_n8n/Leavers?format=json',
} as const;

/**
 * The default tenant: one app for everything, one that is nobody's.
 * @param certificatePem certificate that is registered for the app
 */
export function demoTenant(certificatePem: string): TenantSetup {
	const authorisedAppIds = [demo.clientId];
	const { jobs, clientId: appId } = demo;
	return {
		tenantId: demo.tenantId,
		apps: [
			{
				clientId: demo.clientId,
				secrets: [demo.clientSecret, { value: demo.expiredClientSecret, expired: true }],
				certificates: [certificatePem],
				federatedCredentials: [
					{ issuer: demo.federatedIssuer, subject: demo.federatedSubject },
					{ issuer: issuerOfTenant(demo.tenantId), subject: demo.identityObjectId },
				].map((trusted) => ({ ...trusted, audience: exchangeAudience })),
			},
			{ clientId: demo.strangerClientId, secrets: [demo.strangerClientSecret] },
		],
		viva: {
			scaleUnit: demo.scaleUnit,
			hrConnector: { connectorId: demo.hrConnectorId, authorisedAppIds },
			surveyConnector: { connectorId: demo.surveyConnectorId, authorisedAppIds },
		},
		organizationalData: {
			connector: { connectorId: demo.organizationalDataConnectorId, authorisedAppIds },
			headerCsv: [...profileAttributes.keys()].join(','),
		},
		purview: {
			jobs: [
				{ jobId: jobs.resignation, appId, scenarios: [{ scenario: 'resignation' }] },
				{ jobId: jobs.jobLevelChange, appId, scenarios: [{ scenario: 'jobLevelChange' }] },
				{ jobId: jobs.performanceReview, appId, scenarios: [{ scenario: 'performanceReview' }] },
				{
					jobId: jobs.performanceImprovementPlan,
					appId,
					scenarios: [{ scenario: 'performanceImprovementPlan' }],
				},
				{ jobId: jobs.employeeProfile, appId, scenarios: [{ scenario: 'employeeProfile' }] },
				{
					jobId: jobs.allScenarios,
					appId,
					scenarioColumn: demo.scenarioColumn,
					scenarios: [
						{ scenario: 'resignation' },
						{ scenario: 'jobLevelChange' },
						{ scenario: 'performanceReview' },
						{ scenario: 'performanceImprovementPlan' },
						{ scenario: 'employeeProfile' },
					],
				},
			],
		},
	};
}
