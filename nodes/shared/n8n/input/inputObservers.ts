import { finished } from 'node:stream/promises';
import type { IExecuteFunctions } from 'n8n-workflow';
import { megabytes } from '../../core/format';
import { createSpool, type Spool, type SpooledFile } from '../../files/spool';
import type { Finding } from '../../findings/finding';
import { writeFindings } from '../../findings/findingsFile';
import type { Observer } from '../../pipeline/observers';
import { createProgressLogger } from '../progress';
import type { Job } from './inputJobs';
import { collectRejectedRows, type RejectedRows } from './rejectedRows';

/** What a step observes of one input, whatever the service. */
export interface InputObservers {
	/** for the pipeline */
	all: readonly Observer[];
	rejectedRows: RejectedRows;
	/** all findings as a CSV file, where that is wished; gone after `dispose` */
	findingsFile(): Promise<SpooledFile | undefined>;
	/** gives memory or disk space back; safe whatever happened before */
	dispose(): Promise<void>;
}

/**
 * Makes the observers of one job: rejected rows, progress in n8n's log, and all findings as a file.
 * @param context the step's execution
 * @param job see {@link Job}
 * @param outputFindings whether the file of findings is wished
 */
export function observeInput(
	context: IExecuteFunctions,
	{ fileItem }: Job,
	outputFindings: boolean,
): InputObservers {
	const rejectedRows = collectRejectedRows(context.getInputData(), fileItem);
	const findings = outputFindings ? createFindingsFile() : undefined;
	return {
		all: [rejectedRows, createProgressObserver(context), ...(findings ? [findings] : [])],
		rejectedRows,
		findingsFile: async () => await findings?.file(),
		dispose: async () => await findings?.dispose(),
	};
}

function createProgressObserver(context: IExecuteFunctions): Observer {
	const logProgress = createProgressLogger(context);
	let unit = 'row';
	let records = 0;
	let bytes = 0;
	return {
		restart() {
			records = 0;
			bytes = 0;
		},
		begin(_plan, source) {
			({ unit } = source);
		},
		batch(batch) {
			records += batch.records;
			bytes += batch.bytes.length;
			logProgress(() => `${records.toLocaleString('en')} ${unit}s (${megabytes(bytes)}) checked so far`);
		},
	};
}

function createFindingsFile() {
	let spool: Spool | undefined;
	let write: ((finding: Finding) => void) | undefined;
	return {
		restart() {
			void spool?.discard();
			spool = createSpool();
			// Whoever asks for the file learns of a full disk.
			spool.sink.on('error', () => undefined);
			write = writeFindings(spool.sink);
		},
		onFinding: (finding: Finding) => write?.(finding),
		/** nothing where nothing was read */
		async file(): Promise<SpooledFile | undefined> {
			if (!spool) return undefined;
			await finished(spool.sink.end());
			return spool.file();
		},
		dispose: async () => await spool?.discard(),
	};
}
