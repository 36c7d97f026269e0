import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { composeReport } from '../../shared/report/composeReport';
import type { Outcome } from '../../shared/report/page/verdict';
import { writeReport } from '../../shared/report/page/writeReport';
import { DESTINATIONS } from '../../shared/viva/service/destinations';
import type { PreparedJob } from '../operations/prepareInput';
import type { Settings } from '../settings';

/**
 * Writes the report of one import and hands it to n8n.
 * @param context the step's execution
 * @param job what was prepared, and noted for the report
 * @param settings the user's wishes
 * @param outcome what became of it
 * @returns the field 'report' of an output item; nothing where no report is wanted
 */
export async function reportFile(
	context: IExecuteFunctions,
	job: PreparedJob,
	settings: Settings,
	outcome: Outcome,
): Promise<IBinaryData | undefined> {
	if (!job.report) return undefined;
	const known = {
		...job,
		invalid: job.rejected,
		changes: job.changes?.counts,
		destination: DESTINATIONS[settings.destination].displayName,
		otherColumns: settings.otherColumns,
		made: new Date(),
		zone: context.getTimezone(),
		outcome,
	};
	const page = writeReport(composeReport(known, job.report));
	return await context.helpers.prepareBinaryData(Buffer.from(page, 'utf8'), 'report.html', 'text/html');
}
