import { readStatus } from '../../../nodes/shared/viva/service/ingestion';

describe('status words', () => {
	it.each([
		['NotStarted', 'running', true],
		['ExtractionComplete', 'running', true],
		['ValidationFailed', 'failed', true],
		['Completed', 'completed', true],
		['completed', 'completed', true],
		['ProcessingFailed', 'failed', false],
		['Failed', 'failed', false],
		['Suspended', 'running', false],
		['ValidationComplete', 'running', false],
		['CompletedWithErrors', 'running', false],
		['NotCompleted', 'running', false],
		['', 'running', false],
	])('%j means %s', (word, phase, known) => {
		expect(readStatus(word)).toMatchObject({ phase, known });
	});
});
