import { randomUUID } from 'node:crypto';
import { demo, type Emulator } from '../emulator/emulator';
import type { ReceivedIngestion, RowError, StatusStep } from '../emulator/model';

/** An import that the emulator shall know without an upload, so that several can run at the same time. */
export interface Planted {
	statuses: StatusStep[];
	destination?: ReceivedIngestion['destination'];
	errors?: RowError[];
}

/**
 * Puts an import into the emulator, as if it had just been received for the demo tenant.
 * @returns its id
 */
export function plant(
	emulator: Emulator,
	{ statuses, destination, errors = [] }: Planted,
	tenantId: string = demo.tenantId,
): string {
	const id = randomUUID();
	emulator.state.ingestions.push({
		id,
		tenantId: tenantId.toLowerCase(),
		appId: demo.clientId,
		destination: destination ?? 'viva-hr',
		connectorId: randomUUID(),
		scaleUnit: '',
		receivedAt: emulator.state.clock.now(),
		form: 'zip',
		contentType: 'multipart/form-data',
		partName: 'info',
		partFileName: 'info.zip',
		bytes: 1,
		sha256: '',
		body: null,
		statuses: [...statuses],
		errorDetail: errors.length > 0 ? `Validation found ${errors.length} error(s).` : null,
		answerLost: false,
		planted: true,
		valid: errors.length === 0,
		bootstrap: true,
		header: [],
		columns: [],
		rowCount: 0,
		acceptedRows: 0,
		rows: [],
		errors,
		errorCount: errors.length,
		warnings: [],
	});
	return id;
}

export const twoErrors: RowError[] = [
	{ row: 2, column: 'PersonId', rule: 'email', message: 'Not an e-mail address' },
	{ row: 3, column: 'HireDate', rule: 'date', message: 'Not a date, such as MM/DD/YYYY' },
];

/** Ends at once, or after some milliseconds. */
export const completed = (afterMs = 0): Planted => ({
	statuses: [
		{ afterMs: 0, status: 'NotStarted' },
		{ afterMs, status: 'Completed' },
	],
});

export const failed = (afterMs = 0, errors = twoErrors): Planted => ({
	statuses: [
		{ afterMs: 0, status: 'NotStarted' },
		{ afterMs, status: 'ValidationFailed' },
	],
	errors,
});

export const endless: Planted = { statuses: [{ afterMs: 0, status: 'NotStarted' }] };
