import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readBinaryInput } from '../shared/n8n/binaryInput';
import type { Job } from '../shared/n8n/inputJobs';
import { collectRejectedRows } from '../shared/n8n/rejectedRows';
import { finished } from 'node:stream/promises';
import { createSpool, type Spool, type SpooledFile } from '../shared/package/spool';
import { createFindings } from '../shared/rules/findings';
import { writeFindings } from '../shared/rules/findingsFile';
import { problem } from '../shared/problem';
import { readItems } from '../shared/table/itemReader';
import type { Table } from '../shared/table/recordBatch';
import { openTableFile } from '../shared/table/openTableFile';
import { prepareReadyZip } from '../shared/viva/readyZip';
import type { RefreshKind } from '../shared/viva/destinations';
import { prepareTable, type Preparation } from '../shared/viva/preparePackage';
import type { Settings } from './settings';

/** What was made of a job's input, before anything is sent. */
export interface PreparedJob extends Preparation {
	/** what the rows are called: rows of a file or n8n items */
	unit: Table['unit'];
	fileName: string;
	/** the kind of refresh that is sent: the user's, or that of a ready zip */
	refresh: RefreshKind;
	rejectedRows: INodeExecutionData[];
	/** all findings as a CSV file, where the user asked for it */
	findingsFile?: SpooledFile;
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
	if (job.fileItem === undefined) {
		const items = context.getInputData();
		const rows = {
			*[Symbol.iterator]() {
				for (const { json } of items) yield json;
			},
		};
		return await fromTable(context, async () => await readItems(rows), '', job, settings, signal);
	}
	const file = readBinaryInput(context, job.fileItem, settings.binaryPropertyName);
	const opened = await openTableFile(file, settings);
	if (opened.form === 'table') {
		return await fromTable(context, opened.open, file.fileName, job, settings, signal);
	}
	if (settings.form !== 'zip') {
		throw problem(
			'configuration',
			"The file is a ready zip, but the option 'Send As' or the destination asks for another form.",
			"Zip files go to Viva Insights with 'Send As' set to 'Recommended'; for anything else give the CSV file.",
		);
	}
	const preparation = await prepareReadyZip(
		await file.open(),
		settings.destination,
		createFindings({ severities: settings.severities }),
		signal,
	);
	return { ...preparation, unit: 'row', fileName: file.fileName, rejectedRows: [] };
}

async function fromTable(
	context: IExecuteFunctions,
	open: () => Promise<Table>,
	fileName: string,
	job: Job,
	settings: Settings,
	signal: AbortSignal | undefined,
): Promise<PreparedJob> {
	let rejectedRows: INodeExecutionData[] = [];
	let unit: Table['unit'] = 'row';
	let spool: Spool | undefined;
	let findingsFile: SpooledFile | undefined;
	try {
		const preparation = await prepareTable(
			open,
			{ ...settings, zone: context.getTimezone(), signal },
			(table) => {
				const rejected = collectRejectedRows(table, context.getInputData(), job.fileItem);
				rejectedRows = rejected.items;
				unit = table.unit;
				void spool?.discard();
				spool = settings.outputFindings ? createSpool() : undefined;
				const findings = createFindings({
					onRowError: rejected.onRowError,
					onFinding: spool && writeFindings(spool.sink),
					severities: settings.severities,
				});
				return { findings, onBatch: rejected.onBatch };
			},
		);
		const described = { unit, fileName, refresh: settings.refresh, rejectedRows };
		if (!spool) return { ...preparation, ...described };
		await finished(spool.sink.end());
		findingsFile = spool.file();
		return { ...preparation, ...described, findingsFile };
	} finally {
		if (!findingsFile) await spool?.discard();
	}
}
