import type { Fact } from '../core/evidence';

/** The clouds of Microsoft that a credential can name. */
export type CloudName = 'worldwide' | 'gcc' | 'gccHigh' | 'dod';

/** Where a cloud signs apps in, and where its services listen. */
export interface Cloud {
	displayName: string;
	loginHost: Fact<string>;
	/** where HR files for Purview go */
	purviewSignalsUrl: Fact<string>;
	/** base address of the ingress API of Viva Insights; missing where there is none */
	vivaApiUrl?: Fact<string>;
}

/** All clouds. Viva Insights and Organizational Data are known for the worldwide one only (source D4). */
export const CLOUDS = {
	worldwide: {
		displayName: 'Worldwide',
		loginHost: { value: 'login.microsoftonline.com', source: 'A1, D4', certainty: 'documented' },
		purviewSignalsUrl: {
			value: 'https://webhook.ingestion.office.com/api/signals',
			source: 'C1',
			certainty: 'sample',
		},
		vivaApiUrl: {
			value: 'https://api.orginsights.viva.office.com/v1.0',
			source: 'A1',
			certainty: 'documented',
		},
	},
	gcc: {
		displayName: 'US Government GCC',
		loginHost: { value: 'login.microsoftonline.com', source: 'C1, D4', certainty: 'documented' },
		// The sample's address has two slashes before "api"; one is right (source F24).
		purviewSignalsUrl: {
			value: 'https://webhook-gcc.ingestion.office365.us/api/signals',
			source: 'C1, F24',
			certainty: 'sample',
		},
	},
	gccHigh: {
		displayName: 'US Government GCC High',
		loginHost: { value: 'login.microsoftonline.us', source: 'C1, D4', certainty: 'documented' },
		purviewSignalsUrl: {
			value: 'https://webhook-itarl4.ingestion.office365.us/api/signals',
			source: 'C1',
			certainty: 'sample',
		},
	},
	dod: {
		displayName: 'US Government DoD',
		loginHost: { value: 'login.microsoftonline.us', source: 'C1, D4', certainty: 'documented' },
		purviewSignalsUrl: {
			value: 'https://webhook-itarl5.ingestion.apps.mil/api/signals',
			source: 'C1',
			certainty: 'sample',
		},
	},
} satisfies Record<CloudName, Cloud>;

/** What tokens are asked for, by service. */
export const AUDIENCES = {
	/** application id of the ingress service; all running code of the vendor asks for this one (source F3) */
	viva: { value: '9d827643-d003-4cca-9dc8-71213a8f1644', source: 'A1, F3', certainty: 'sample' },
	/** the documented name of the same service */
	vivaUrl: { value: 'https://api.orginsights.viva.office.com', source: 'A1, F3', certainty: 'documented' },
	/** the same in all clouds since 2025 */
	purview: {
		value: 'https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1',
		source: 'C2, F15',
		certainty: 'sample',
	},
} as const satisfies Record<string, Fact<string>>;
