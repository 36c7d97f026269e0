import { createPrivateKey, randomBytes } from 'node:crypto';
import type { INodeExecutionData } from 'n8n-workflow';
import { demo, type Emulator } from '../emulator/emulator';
import { TOKEN_BEGINS, type Canaries } from '../fixtures/canaries';

/** What encrypts the private key of the app. */
export const passphrase = 'planted-passphrase-7319-Ωλ';

/** Stand in every row that is sent. */
const ROW_VALUES = {
	'a name': 'Zebradine Planted-Okonkwo',
	'an e-mail address': 'zebradine.planted7319@contoso.com',
	'a salary': '731942.17',
	'an organization': 'Planted Zebra 7319 Division',
};

/** Enough that the system cannot take it off the sender's hands at once: more than its buffers hold. */
const LARGE_VALUES = 2500;
const LARGE_VALUE_BYTES = 3 * 1024;

/** The private key of the demo app as an administrator may keep it: encrypted. */
export function encryptedKey(emulator: Emulator): string {
	return createPrivateKey(emulator.appCertificate.privateKeyPem)
		.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
		.toString();
}

/** What a credential holds and what tokens look like: must be nowhere. */
export function secrets(emulator: Emulator, keyPem: string): Canaries {
	return {
		'the client secret': demo.clientSecret,
		'the private key': emulator.appCertificate.privateKeyPem.split('\n')[3],
		'the encrypted private key': keyPem.split('\n')[3],
		'the certificate passphrase': passphrase,
		'a token': TOKEN_BEGINS,
	};
}

/** What the rows hold: must be nowhere but in what is sent and in what the step puts out. */
export const rowValues: Canaries = ROW_VALUES;

const random = (bytes = LARGE_VALUE_BYTES): string => randomBytes((bytes * 3) / 4).toString('base64');
const address = (i: number): string => (i === 0 ? ROW_VALUES['an e-mail address'] : `p${i}@contoso.com`);
const rows = (large: boolean, few: number): number[] =>
	Array.from({ length: large ? LARGE_VALUES : few }, (_, i) => i);

/** People for Viva Insights. */
export function people(large: boolean): INodeExecutionData[] {
	return rows(large, 4).map((i) => ({
		json: {
			PersonId: address(i),
			ManagerId: i === 0 ? '' : address(0),
			Organization: ROW_VALUES['an organization'],
			EffectiveDate: '2026-03-14',
			HourlyRate: ROW_VALUES['a salary'],
			FullName: ROW_VALUES['a name'],
			// A zip makes it smaller by a quarter.
			...(large && { Notes: random(2 * LARGE_VALUE_BYTES) }),
		},
	}));
}

/** People for Organizational Data. */
export function profiles(large: boolean): INodeExecutionData[] {
	return rows(large, 4).map((i) => ({
		json: {
			Microsoft_PersonEmail: address(i),
			Microsoft_ManagerEmail: i === 0 ? '' : address(0),
			Microsoft_Organization: ROW_VALUES['an organization'],
			Microsoft_HourlyRate: ROW_VALUES['a salary'],
			Microsoft_JobTitle: ROW_VALUES['a name'],
			...(large && { Microsoft_LevelDesignation: random() }),
		},
	}));
}

/** Employee profiles for Purview: two chunks of two, or one large one. */
export function employees(large: boolean): INodeExecutionData[] {
	return rows(large, 4).map((i) => ({
		json: {
			UserPrincipalName: address(i),
			EmployeeFirstName: ROW_VALUES['a name'],
			EmployeeLastName: ROW_VALUES['a salary'],
			EmployeeAddressLine1: ROW_VALUES['an organization'],
			EmployeeZipCode: '10115',
			...(large && { EmployeeDepartment: random() }),
		},
	}));
}

/** The people of some items, as the emulator's books list them. */
export function addressesOf(items: readonly INodeExecutionData[]): string[] {
	return items.map(({ json }) =>
		String(json.PersonId ?? json.Microsoft_PersonEmail ?? json.UserPrincipalName),
	);
}
