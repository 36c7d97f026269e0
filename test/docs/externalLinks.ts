/**
 * Every address outside this repository to which a page leads, in one place, because no test opens them: look at them
 * before a release.
 */
export const EXTERNAL_LINKS: readonly string[] = [
	'http://localhost:5678',
	'https://openssl-library.org',
	'https://semver.org',
	'https://developer.personio.de/changelog',
	'https://developer.ukg.com/hcm/',
	'https://docs.oracle.com/en/cloud/saas/field-service/faint/t-receive-additional-information-from-get-workers-api.html',
	'https://docs.workato.com/connectors/bamboo-hr/list-employees-in-directory-action.html',
	'https://docs.workato.com/connectors/ukg-pro-rest/',
	'https://fivetran.com/docs/connectors/applications/hibob/connector-schema.md',
	'https://guide.orgchartnow.com/adpdataprep',
	'https://leanx.eu/en/sap/table/pa0809.html',
	'https://learn.microsoft.com/entra/identity/app-provisioning/sap-successfactors-attribute-reference',
	'https://learn.microsoft.com/entra/identity/app-provisioning/workday-attribute-reference',
	'https://learn.microsoft.com/graph/api/resources/user',
	'https://pipedream.com/apps/personio/actions/create-employee.md',
	'https://prismatic.io/docs/example-payloads/rippling/actions/listWorkers.json',
	'https://queryviz.io/tables/PA0006',
	'https://support.1password.com/saas-manager-dayforce/',
];
