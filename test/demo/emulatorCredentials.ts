import type { IDataObject } from 'n8n-workflow';
import { demo, demoReport, type Emulator } from '../emulator/emulator';

/** What a credential holds that differs from the demo tenant's own. */
export interface CredentialChanges extends IDataObject {
	tenantId?: string;
	clientId?: string;
	clientSecret?: string;
	/** signs in with the certificate that the emulator registered, instead of the secret */
	certificate?: boolean;
}

/** Data of a `vivaHrApi` credential for the emulator's demo tenant. */
export function vivaHrApi(emulator: Emulator, changes: CredentialChanges = {}): IDataObject {
	return {
		apiBaseUrl: emulator.vivaBaseUrl,
		...entraFields(emulator, changes),
	};
}

/** Data of a `purviewHrApi` credential for the emulator's demo tenant. */
export function purviewHrApi(emulator: Emulator, changes: CredentialChanges = {}): IDataObject {
	return {
		signalsUrl: emulator.signalsUrl,
		...entraFields(emulator, changes),
	};
}

/** Data of n8n's own `httpBasicAuth` credential for the emulator's Workday-shaped reports. */
export function reportLogin(): IDataObject {
	return { user: demoReport.user, password: demoReport.password };
}

function entraFields(emulator: Emulator, { certificate, ...changes }: CredentialChanges): IDataObject {
	const proof = certificate
		? {
				authentication: 'certificate',
				privateKey: emulator.appCertificate.privateKeyPem,
				certificateChain: emulator.appCertificate.certificatePem,
			}
		: { authentication: 'clientSecret', clientSecret: demo.clientSecret };
	return {
		tenantId: demo.tenantId,
		clientId: demo.clientId,
		...proof,
		cloud: 'custom',
		loginHost: emulator.origin,
		...changes,
	};
}
