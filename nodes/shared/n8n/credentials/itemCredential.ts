import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { problem } from '../../core/problem';

/** The types of credentials of this package. */
export type CredentialType = 'vivaHrApi' | 'purviewHrApi';

/** What n8n offers at run time beyond its typings; every part may be missing on another version. */
interface HostExtras {
	additionalData?: { credentialsHelper?: { getDecrypted?: (...values: unknown[]) => Promise<unknown> } };
	mode?: string;
	executeData?: unknown;
}

/** Resolves the credential of a step for one item. */
export type CredentialReader = (item: number) => Promise<ICredentialDataDecryptedObject>;

/**
 * The only way to a credential (eslint forbids `getCredentials` elsewhere): its fields may be expressions, so it is resolved
 * for the item that it serves. Where none of them depends on an item, n8n is asked once for all.
 * @param context the step's execution
 */
export function credentialReader(context: IExecuteFunctions, type: CredentialType): CredentialReader {
	let forAll: Promise<ICredentialDataDecryptedObject> | undefined;
	let dependsOnItem: Promise<boolean> | undefined;
	return async (item) => {
		dependsOnItem ??= hasItemExpressions(context, type);
		if (await dependsOnItem) return await context.getCredentials(type, item);
		forAll ??= context.getCredentials(type, item);
		return await forAll;
	};
}

/**
 * The credential that serves several items together.
 * @param items their indexes
 * @throws Problem `configuration` where it is not the same for all of them
 */
export async function credentialOf(
	context: IExecuteFunctions,
	type: CredentialType,
	[first, ...others]: readonly number[],
): Promise<ICredentialDataDecryptedObject> {
	const read = credentialReader(context, type);
	const credential = await read(first);
	const values = JSON.stringify(credential);
	for (const item of others) {
		const other = await read(item);
		if (other === credential || JSON.stringify(other) === values) continue;
		const names = Object.keys(other).filter((name) => other[name] !== credential[name]);
		throw problem.configuration(
			`The items ${first} and ${item} resolve the credential to different values (${names.join(', ')}), but all items together are sent to one tenant; nothing was sent.`,
			"Give each tenant's rows as a file of its own with 'Input' set to 'File', or run the workflow once for each tenant.",
		);
	}
	return credential;
}

/** What an expression names that is the same for all items of an execution. */
const ITEM = /\$(?!(?:secrets|vars|env|workflow|execution|now|today)\b)/;

/** What an expression names that only the workflow of the step knows: other steps by their names, and the one before. */
const OTHER_STEPS = /\$\(|\$node\b|\$items\b|\$prevNode\b/;

/** Whether the credential holds an expression that a copy of the step in another workflow cannot resolve. False where n8n does not tell. */
export async function namesOtherSteps(context: IExecuteFunctions, type: CredentialType): Promise<boolean> {
	const found = await expressionsOf(context, type);
	return found?.some((expression) => OTHER_STEPS.test(expression)) ?? false;
}

/** Whether the credential holds an expression that may give each item another value. True where n8n does not tell. */
async function hasItemExpressions(context: IExecuteFunctions, type: CredentialType): Promise<boolean> {
	const found = await expressionsOf(context, type);
	return found?.some((expression) => ITEM.test(expression)) ?? true;
}

/** The expressions of a credential as they are written; undefined where n8n does not tell. */
async function expressionsOf(
	context: IExecuteFunctions,
	type: CredentialType,
): Promise<string[] | undefined> {
	const { additionalData, mode, executeData } = context as HostExtras;
	const helper = additionalData?.credentialsHelper;
	const named = context.getNode().credentials?.[type];
	if (helper?.getDecrypted === undefined || named === undefined) return undefined;
	const raw = await helper
		.getDecrypted(additionalData, named, type, mode, executeData, true)
		.catch(() => null);
	if (typeof raw !== 'object' || raw === null) return undefined;
	return Object.values(raw).filter((value) => typeof value === 'string' && value.startsWith('='));
}
