import { plainWord, readStatus, type IngestionPhase } from '../../../nodes/shared/viva/service/ingestion';

describe('status words', () => {
	it.each<[string, IngestionPhase, boolean]>([
		['NotStarted', 'running', true],
		['ExtractionComplete', 'running', true],
		['ValidationFailed', 'failed', true],
		['Completed', 'completed', true],
		['completed', 'completed', true],
		['Data processing', 'running', true],
		['Validation complete – Review details', 'running', true],
		['Validation on hold – Review details', 'running', true],
		['Validation failed – Review details', 'failed', true],
		['Partial success – Review details', 'partlyCompleted', true],
		['PARTIALSUCCESS', 'partlyCompleted', true],
		['Ready for review', 'needsApproval', true],
		['readyForReview ', 'needsApproval', true],
		['Cancelled', 'cancelled', true],
		['Canceled', 'cancelled', true],
		['Success', 'completed', true],
		['Failed', 'failed', true],
		['Suspended', 'failed', true],
		['ProcessingFailed', 'failed', false],
		['CompletedWithErrors', 'running', false],
		['NotCompleted', 'running', false],
		['Not a success', 'running', false],
		['', 'running', false],
	])('%j means %s', (word, phase, known) => {
		expect(readStatus({ Status: word })).toMatchObject({ phase, known });
		expect(readStatus({ Status: word, EndDate: null })).toMatchObject({ phase, known });
	});

	it.each<[string, boolean]>([
		['Finalised', false],
		['NotStarted', true],
		['Ready for review', true],
	])('%j with an end date has ended, and is not taken for completed', (word, known) => {
		const reading = readStatus({ Status: word, EndDate: '2026-03-14T09:04:00.0000000Z' });
		expect(reading).toMatchObject({ phase: 'failed', known });
		expect(reading.meaning).toContain(`'${word}'`);
	});

	it('of the user come first', () => {
		const words = new Map<string, IngestionPhase>([
			[plainWord('Finalised'), 'completed'],
			[plainWord('Suspended'), 'running'],
		]);
		expect(readStatus({ Status: 'finalised' }, words)).toMatchObject({ phase: 'completed', known: true });
		expect(readStatus({ Status: 'Suspended' }, words)).toMatchObject({ phase: 'running', known: true });
		expect(readStatus({ Status: 'Completed' }, words)).toMatchObject({ phase: 'completed', known: true });
	});
});
