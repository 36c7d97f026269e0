import type { IExecuteFunctions } from 'n8n-workflow';
import type { Job } from '../../shared/n8n/input/inputJobs';
import { openPreviousInput } from '../../shared/n8n/input/previousInput';
import { openInput, takingNotes, type Noted } from '../../shared/n8n/input/tableInput';
import { createReportNotes, type ReportObserver } from '../../shared/report/observe/reportObserver';
import { createFindings } from '../../shared/findings/findings';
import { problem } from '../../shared/core/problem';
import type { Table } from '../../shared/records/recordBatch';
import { ATTRIBUTE_SETS } from '../../shared/viva/attributes/attributes';
import { checkPrebuiltPackage } from '../../shared/viva/prebuilt/prebuiltPackage';
import type { RefreshKind } from '../../shared/viva/service/destinations';
import { prepareTable, type Preparation } from '../../shared/viva/package/preparePackage';
import type { Settings } from '../settings';

/** What was made of a job's input, before anything is sent. */
export interface PreparedJob extends Preparation, Noted {
	/** what the rows are called: rows of a file or n8n items */
	unit: Table['unit'];
	fileName: string;
	/** the kind of refresh that is sent: the user's, or that of a ready zip */
	refresh: RefreshKind;
	/** what is done with invalid rows; a ready zip is sent as it is or not at all */
	onInvalid: Settings['onInvalid'];
	/** what was noted for a report, where one is wanted */
	report?: ReportObserver;
}

/**
 * Reads, checks and packs the input of one job.
 * @throws Problem `input` where the input cannot be read at all, `configuration` for contradictory settings
 */
export async function prepareJob(
	context: IExecuteFunctions,
	job: Job,
	settings: Settings,
	signal: AbortSignal | undefined,
): Promise<PreparedJob> {
	const input = await openInput(context, job, settings);
	const { fileName } = input;
	const { refresh } = settings;
	const freshReport = () =>
		settings.outputReport ? createReportNotes(ATTRIBUTE_SETS[settings.destination].people) : undefined;
	if (input.form === 'table') {
		let unit: Table['unit'] = 'row';
		let report: ReportObserver | undefined;
		const changes = settings.changes && {
			previous: await openPreviousInput(context, job, { ...settings, ...settings.changes }),
			maximumMissingShare: settings.changes.maximumMissingShare,
			severities: settings.severities,
		};
		const wishes = { ...settings, changes, zone: context.getTimezone(), signal };
		const prepared = await takingNotes(
			context,
			job,
			settings,
			async (takeNotes) =>
				await prepareTable(input.open, wishes, (table) => {
					unit = table.unit;
					const watching = (report = freshReport());
					const notes = takeNotes(table, watching?.onFinding);
					if (!watching) return notes;
					return {
						...notes,
						onPlan: watching.onPlan,
						onBatch(batch, flags) {
							notes.onBatch(batch, flags);
							watching.onBatch(batch, flags);
						},
					};
				}),
		);
		return { ...prepared, unit, fileName, refresh, onInvalid: settings.onInvalid, report };
	}
	if (settings.changes) {
		throw problem.configuration(
			'The file is a ready zip, which is sent as it is, so nothing can be left out of it.',
			"Give the CSV or JSON file that it was made from, or set 'Send' to 'Everything'.",
		);
	}
	if (settings.form !== 'zip') {
		throw problem.configuration(
			"The file is a ready zip, but the option 'Send As' or the destination asks for another form.",
			"Zip files go to Viva Insights with 'Send As' set to 'Recommended'; for anything else give the CSV file.",
		);
	}
	const report = freshReport();
	const preparation = await checkPrebuiltPackage(
		await input.file.open(),
		settings.destination,
		createFindings({ severities: settings.severities, onFinding: report?.onFinding }),
		signal,
		report,
	);
	return { ...preparation, unit: 'row', fileName, onInvalid: 'stop', rejectedRows: [], report };
}
