import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { isGuid, readEntraApp, type EntraApp } from '../../entra/app';
import { AUDIENCES, CLOUDS, type Cloud, type CloudName } from '../../entra/clouds';
import { readBaseUrl } from '../../http/host';
import { problem } from '../../core/problem';

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
	cloud: CloudName | 'custom';
}

/**
 * Reads a decrypted credential of the type `vivaHrApi` and checks it before anything is sent.
 * @throws Problem `configuration` that names the field and says what to do
 */
export function readVivaCredential(data: ICredentialDataDecryptedObject): VivaCredential {
	const text = reader(data);
	const custom = text('cloud', 'worldwide') === 'custom';
	const app = readApp(data, custom ? undefined : CLOUDS.worldwide);
	if (!isGuid(app.tenantId)) {
		throw problem.configuration(
			`The tenant is given by its name (${app.tenantId}); Viva needs its ID.`,
			"Copy 'Directory (tenant) ID' from the Overview page of the app (Entra admin center > App registrations > the app).",
		);
	}
	const scaleUnit = text('scaleUnit').trim();
	return {
		app,
		baseUrl: custom ? readBaseUrl(text('apiBaseUrl'), 'API Base URL') : CLOUDS.worldwide.vivaApiUrl.value,
		audience: text('audience').trim() || AUDIENCES.viva.value,
		...(scaleUnit === '' ? {} : { scaleUnit }),
	};
}

/**
 * Reads a decrypted credential of the type `purviewHrApi` and checks it before anything is sent.
 * @throws Problem `configuration` that names the field and says what to do
 */
export function readPurviewCredential(data: ICredentialDataDecryptedObject): PurviewCredential {
	const text = reader(data);
	const cloud = text('cloud', 'worldwide');
	const known = cloudNamed(cloud);
	if (known === undefined && cloud !== 'custom') {
		throw problem.configuration(
			'The cloud of the credential is not one of those that can be chosen.',
			"Open the credential and choose the field 'Cloud' again.",
		);
	}
	return {
		app: readApp(data, known),
		signalsUrl: known?.purviewSignalsUrl.value ?? readBaseUrl(text('signalsUrl'), 'Signals URL'),
		audience: text('audience').trim() || AUDIENCES.purview.value,
		cloud: cloud as CloudName | 'custom',
	};
}

function cloudNamed(name: string): Cloud | undefined {
	return Object.hasOwn(CLOUDS, name) ? CLOUDS[name as CloudName] : undefined;
}

function readApp(data: ICredentialDataDecryptedObject, cloud: Cloud | undefined): EntraApp {
	const text = reader(data);
	return readEntraApp({
		tenantId: text('tenantId'),
		clientId: text('clientId'),
		authentication: text('authentication', 'clientSecret') === 'certificate' ? 'certificate' : 'clientSecret',
		clientSecret: text('clientSecret'),
		privateKey: text('privateKey'),
		passphrase: text('passphrase'),
		certificateChain: text('certificateChain'),
		loginHost: cloud?.loginHost.value ?? text('loginHost'),
	});
}

/** Fields as text: credentials made by import or by the API may lack what the form would have filled in. */
function reader(data: ICredentialDataDecryptedObject) {
	return (name: string, otherwise = ''): string => {
		const value = data[name];
		return typeof value === 'string' && value !== '' ? value : otherwise;
	};
}
