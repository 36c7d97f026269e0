import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { assertMayUse, isGuid, readEntraApp, type EntraApp, type EntraFields } from '../../entra/app';
import { AUDIENCES, CLOUDS, type CloudName } from '../../entra/clouds';
import { readBaseUrl } from '../../http/host';
import { problem } from '../../core/problem';
import { purviewCredentialFields, vivaCredentialFields } from '../fields/credentialFields';
import { readCredentialFields } from '../parameters';

/** What a Viva HR API credential says. */
export interface VivaCredential {
	app: EntraApp;
	/** base address of the API with its version */
	baseUrl: string;
	/** missing: to be looked up */
	scaleUnit?: string;
	/** what tokens are asked for */
	audience: string;
}

/** What a Purview HR API credential says. */
export interface PurviewCredential {
	app: EntraApp;
	/** address to which files are sent, without the job id */
	signalsUrl: string;
	/** what tokens are asked for */
	audience: string;
}

interface EntraPanel extends Omit<EntraFields, 'loginHost'> {
	cloud: CloudName | 'custom';
	/** these for a custom cloud only */
	loginHost?: string;
	audience?: string;
}

interface VivaPanel extends EntraPanel {
	scaleUnit: string;
	apiBaseUrl?: string;
}

interface PurviewPanel extends EntraPanel {
	signalsUrl?: string;
}

/**
 * Reads a decrypted credential of the type `vivaHrApi` and checks it before anything is sent.
 * @throws Problem `configuration` that names the field and says what to do
 */
export function readVivaCredential(data: ICredentialDataDecryptedObject): VivaCredential {
	const panel = readCredentialFields<VivaPanel>(vivaCredentialFields, data);
	const app = readApp(panel);
	if (!isGuid(app.tenantId)) {
		throw problem.configuration(
			`The tenant is given by its name (${app.tenantId}); Viva needs its ID.`,
			"Copy 'Directory (tenant) ID' from the Overview page of the app (Entra admin center > App registrations > the app).",
		);
	}
	const scaleUnit = panel.scaleUnit.trim();
	const baseUrl =
		panel.cloud === 'custom'
			? readBaseUrl(panel.apiBaseUrl ?? '', 'API Base URL')
			: CLOUDS.worldwide.vivaApiUrl.value;
	assertMayUse(app, baseUrl);
	return {
		app,
		baseUrl,
		audience: panel.audience ?? AUDIENCES.viva.value,
		...(scaleUnit === '' ? {} : { scaleUnit }),
	};
}

/**
 * Reads a decrypted credential of the type `purviewHrApi` and checks it before anything is sent.
 * @throws Problem `configuration` that names the field and says what to do
 */
export function readPurviewCredential(data: ICredentialDataDecryptedObject): PurviewCredential {
	const panel = readCredentialFields<PurviewPanel>(purviewCredentialFields, data);
	const app = readApp(panel);
	const signalsUrl =
		panel.cloud === 'custom'
			? readBaseUrl(panel.signalsUrl ?? '', 'Signals URL')
			: CLOUDS[panel.cloud].purviewSignalsUrl.value;
	assertMayUse(app, signalsUrl);
	return {
		app,
		signalsUrl,
		// A blank field means the audience of all clouds of Microsoft, as the panel fills it in.
		audience: panel.audience?.trim() || AUDIENCES.purview.value,
	};
}

function readApp({ cloud, loginHost = '', ...fields }: EntraPanel): EntraApp {
	return readEntraApp({
		...fields,
		loginHost: cloud === 'custom' ? loginHost : CLOUDS[cloud].loginHost.value,
	});
}
