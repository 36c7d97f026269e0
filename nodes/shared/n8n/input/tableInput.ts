import { finished } from 'node:stream/promises';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { createSpool, type Spool, type SpooledFile } from '../../files/spool';
import type { Finding } from '../../findings/finding';
import { createFindings, type Findings } from '../../findings/findings';
import { writeFindings } from '../../findings/findingsFile';
import { readItems } from '../../json/itemReader';
import { megabytes } from '../../core/format';
import { openTableFile, type TableFileSettings } from '../../files/openTableFile';
import type { RecordBatch, Table } from '../../records/recordBatch';
import { readBinaryInput, type BinaryInput } from './binaryInput';
import type { Job } from './inputJobs';
import { collectRejectedRows } from './rejectedRows';
import type { TableSettings } from '../fields/tableFields';
import { createProgressLogger } from '../progress';

/** The input of one job: a table that can be opened as often as asked, or a zip. */
export type TableInput =
	| { form: 'table'; open: () => Promise<Table>; fileName: string }
	| { form: 'zip'; file: BinaryInput; fileName: string };

/** What takes notes of one reading of a table. */
export interface Notes {
	findings: Findings;
	/** told each batch with a flag for each record, 1 = invalid */
	onBatch: (batch: RecordBatch, flags: Uint8Array) => void;
}

/** What was noted besides the findings. */
export interface Noted {
	rejectedRows: INodeExecutionData[];
	/** all findings as a CSV file, where the user asked for it; to be disposed of */
	findingsFile?: SpooledFile;
}

/**
 * Finds the rows of a job: its items, or the file of its item.
 * @param context the step's execution
 * @param job see {@link Job}
 * @param settings which field holds the file, and how to read it
 * @throws Problem `input` where the item has no such file or it is none that can be read
 */
export async function openInput(
	context: IExecuteFunctions,
	{ fileItem }: Job,
	settings: TableFileSettings & { binaryPropertyName: string },
): Promise<TableInput> {
	if (fileItem === undefined) {
		const items = context.getInputData();
		const rows = {
			*[Symbol.iterator]() {
				for (const { json } of items) yield json;
			},
		};
		return { form: 'table', open: async () => await readItems(rows), fileName: '' };
	}
	const file = readBinaryInput(context, fileItem, settings.binaryPropertyName);
	const { fileName } = file;
	const opened = await openTableFile(file, settings);
	return opened.form === 'table' ? { ...opened, fileName } : { form: 'zip', file, fileName };
}

/**
 * Prepares a table while notes are taken: rejected rows, and all findings as a file where that is wished. Of several readings the
 * last one counts.
 * @param context the step's execution
 * @param job see {@link Job}
 * @param settings the user's wishes
 * @param prepare reads the table; asks for fresh notes before each reading, and may want to be told the findings too
 */
export async function takingNotes<T>(
	context: IExecuteFunctions,
	{ fileItem }: Job,
	settings: Pick<TableSettings, 'severities' | 'outputFindings'>,
	prepare: (takeNotes: (table: Table, onFinding?: (finding: Finding) => void) => Notes) => Promise<T>,
): Promise<T & Noted> {
	let rejectedRows: INodeExecutionData[] = [];
	let spool: Spool | undefined;
	let findingsFile: SpooledFile | undefined;
	const logProgress = createProgressLogger(context);
	try {
		const prepared = await prepare((table, onFinding) => {
			const rejected = collectRejectedRows(table, context.getInputData(), fileItem);
			rejectedRows = rejected.items;
			void spool?.discard();
			spool = settings.outputFindings ? createSpool() : undefined;
			const write = spool && writeFindings(spool.sink);
			const findings = createFindings({
				onRowError: rejected.onRowError,
				onFinding: both(write, onFinding),
				severities: settings.severities,
			});
			let records = 0;
			let bytes = 0;
			return {
				findings,
				onBatch(batch, flags) {
					rejected.onBatch(batch, flags);
					records += batch.records;
					bytes += batch.bytes.length;
					logProgress(
						() => `${records.toLocaleString('en')} ${table.unit}s (${megabytes(bytes)}) checked so far`,
					);
				},
			};
		});
		if (!spool) return { ...prepared, rejectedRows };
		await finished(spool.sink.end());
		findingsFile = spool.file();
		return { ...prepared, rejectedRows, findingsFile };
	} finally {
		if (!findingsFile) await spool?.discard();
	}
}

/** Tells two listeners, where there are two. */
function both<T>(one?: (told: T) => void, other?: (told: T) => void): ((told: T) => void) | undefined {
	if (!one || !other) return one ?? other;
	return (told) => {
		one(told);
		other(told);
	};
}
