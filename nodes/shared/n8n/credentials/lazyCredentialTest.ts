import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

type Credential = ICredentialsDecrypted<ICredentialDataDecryptedObject>;

/**
 * For `methods.credentialTest` of every step that lists `vivaHrApi`: n8n may press the button through any of them. The test itself
 * is loaded when a person presses the button, because n8n loads the steps at every start.
 */
export const vivaCredentialTest = {
	async testVivaHrApi(
		this: ICredentialTestFunctions,
		credential: Credential,
	): Promise<INodeCredentialTestResult> {
		const [{ testVivaCredential }, { networkOf }] = await Promise.all([
			import('./credentialTest'),
			import('./network'),
		]);
		return await testVivaCredential(credential, networkOf(this.helpers));
	},
};

/** As {@link vivaCredentialTest}, for `purviewHrApi`. */
export const purviewCredentialTest = {
	async testPurviewHrApi(
		this: ICredentialTestFunctions,
		credential: Credential,
	): Promise<INodeCredentialTestResult> {
		const [{ testPurviewCredential }, { networkOf }] = await Promise.all([
			import('./credentialTest'),
			import('./network'),
		]);
		return await testPurviewCredential(credential, networkOf(this.helpers));
	},
};
