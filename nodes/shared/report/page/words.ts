import type { ReportData } from '../observe/reportData';

/** The sentences in which reports of imports and of signals differ. */
interface Words {
	ready: string;
	notReady: string;
	failed: string;
	/** what it means that the service took the data */
	accepted: string;
	/** the step that makes such reports */
	madeBy: string;
	/** what of the file can be read in the report */
	readable: string;
}

/** See {@link Words}. */
export const WORDS: Readonly<Record<ReportData['delivery'], Words>> = {
	import: {
		ready: 'Ready to import',
		notReady: 'Not ready to import',
		failed: 'The upload did not succeed',
		accepted: 'Microsoft has accepted the upload and processes it now.',
		madeBy: 'Viva HR Ingest',
		readable: 'what stood in the file is masked, and organizations are the only values shown',
	},
	signals: {
		ready: 'Ready to send',
		notReady: 'Not ready to send',
		failed: 'The sending did not succeed',
		accepted:
			"Purview has accepted the file; 'RecordsSaved' in the connector's log tells how many rows it saved.",
		madeBy: 'Purview HR Signal',
		readable: 'what stood in the file is masked',
	},
};
