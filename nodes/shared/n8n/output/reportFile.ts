import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { Problem, problem } from '../../core/problem';
import { composeReport, type ReportedImport } from '../../report/composeReport';
import type { Language } from '../../report/language/language';
import type { ReportObserver } from '../../report/observe/reportObserver';
import type { Outcome } from '../../report/page/verdict';
import { writeReport } from '../../report/page/writeReport';
import type { JobOutputs } from '../input/inputJobs';
import { INVALID_DATA } from '../input/invalidData';

/**
 * Writes the report of one job and hands it to n8n.
 * @param context the step's execution
 * @param known what the job came to
 * @param report what was observed while its rows were read, and the language
 */
export async function createReportFile(
	context: IExecuteFunctions,
	known: ReportedImport,
	{ seen, language }: { seen: ReportObserver; language: Language },
): Promise<IBinaryData> {
	const page = writeReport(composeReport(known, seen, language), language);
	return await context.helpers.prepareBinaryData(Buffer.from(page, 'utf8'), 'report.html', 'text/html');
}

/**
 * An error carries no file, so the report goes with the item that takes its place where the step continues on errors; elsewhere the
 * error says how to get it.
 * @param job the step's execution, and the outputs that take the report
 * @param error what ended the job
 * @param create makes the report of what became of the data
 * @returns the error to throw
 */
export async function errorWithReport(
	{ context, outputs }: { context: IExecuteFunctions; outputs: Pick<JobOutputs, 'errorFiles'> },
	error: unknown,
	create: (outcome: Outcome, failure: Problem) => Promise<IBinaryData | undefined>,
): Promise<unknown> {
	if (!(error instanceof Problem) || error.kind === 'cancelled') return error;
	const refused = error.details.code === INVALID_DATA;
	if (context.continueOnFail()) {
		const report = await create({ kind: refused ? 'refused' : 'failed', reason: error.message }, error);
		if (report) outputs.errorFiles = { report };
		return error;
	}
	if (!refused) return error;
	const advice = `${error.advice}\nTo get the report with the error, set 'On Error' in the settings of this step to continue.`;
	return problem[error.kind](error.message, advice, error.details);
}
