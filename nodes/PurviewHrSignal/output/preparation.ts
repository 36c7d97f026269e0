import type { IDataObject } from 'n8n-workflow';
import { describeChecks, type DescribedInput } from '../../shared/n8n/input/invalidData';
import type { PreparedSignals } from '../../shared/purview/preparation/prepareSignals';
import type { ReportObserver } from '../../shared/report/observe/reportObserver';
import type { Settings } from '../settings';

/** One file of signals as it stands before anything is sent. */
export interface PreparedJob extends PreparedSignals, DescribedInput {
	/** what was seen for a report, where one is wanted */
	report?: ReportObserver;
	/** why all rows are sent although none is new */
	sentAgainBecause?: string;
}

/** Why nothing is sent where the previous file holds all rows. */
export const NOTHING_NEW = 'No row is new since the previous file.';

/** How many rows are sent of a file. */
export const rowsToSend = ({ records, rejected, rowChanges }: PreparedJob): number =>
	rowChanges?.newRows ?? records - rejected;

/** Whether the previous file holds every row. */
export const isNothingNew = ({ file, rowChanges }: PreparedJob): boolean =>
	file !== undefined && rowChanges?.newRows === 0;

/** What the checks came to, for the output item. */
export function describePreparation(job: PreparedJob, { scenario }: Settings): IDataObject {
	return {
		scenario,
		...describeChecks(job),
		rows: rowsToSend(job),
		perScenario: { ...job.perScenario },
		...(job.file ? { contentHash: job.contentHash } : {}),
		...(job.sentAgainBecause !== undefined && { sentAgainBecause: job.sentAgainBecause }),
		...(job.rowChanges && { changes: { ...job.rowChanges } }),
	};
}
