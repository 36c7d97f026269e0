import type { IExecuteFunctions } from 'n8n-workflow';
import type { Job } from '../../shared/n8n/input/inputJobs';
import { openInput, takingNotes, type Noted } from '../../shared/n8n/input/tableInput';
import { problem } from '../../shared/core/problem';
import {
	prepareSignals,
	severitiesFor,
	type PreparedSignals,
} from '../../shared/purview/signals/prepareSignals';
import type { Settings } from '../settings';

/** What was made of a job's input, before anything is sent. */
export interface PreparedJob extends PreparedSignals, Noted {
	fileName: string;
}

/**
 * Reads, checks and spools the input of one job.
 * @throws Problem `input` where the input cannot be read at all, `configuration` for contradictory settings
 */
export async function prepareJob(
	context: IExecuteFunctions,
	job: Job,
	settings: Settings,
	signal: AbortSignal | undefined,
): Promise<PreparedJob> {
	const input = await openInput(context, job, settings);
	if (input.form === 'zip') {
		throw problem.input(
			'The file is a zip; the HR connector of Purview takes tables.',
			"Unpack it first, for example with n8n's Compression step, and give the CSV file.",
		);
	}
	const { outputFindings, severities, onInvalid } = settings;
	const prepared = await takingNotes(
		context,
		job,
		{ outputFindings, severities: severitiesFor(onInvalid, severities) },
		async (takeNotes) => await prepareSignals(input.open, { ...settings, signal }, takeNotes),
	);
	return { ...prepared, fileName: input.fileName };
}
