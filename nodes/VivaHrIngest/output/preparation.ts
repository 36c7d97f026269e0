import type { IDataObject } from 'n8n-workflow';
import { describeChecks, reasonToStop as reasonByChecks } from '../../shared/n8n/input/invalidData';
import type { Problem } from '../../shared/core/problem';
import { DESTINATIONS } from '../../shared/viva/service/destinations';
import type { PreparedJob } from '../operations/prepareInput';
import type { Settings } from '../settings';

/** What the checks and the mapping came to, for the output item. */
export function describePreparation(job: PreparedJob, settings: Settings): IDataObject {
	return {
		destination: settings.destination,
		refresh: job.refresh,
		sentAs: job.form,
		...(job.file && !isNothingToSend(job) ? { bytes: job.file.size, sha256: job.file.sha256 } : {}),
		...describeChecks(job),
		...describeChanges(job),
	};
}

/** What is sent of the rows that were checked, and how the input differs from the previous file. */
function describeChanges({ changes }: PreparedJob): IDataObject {
	if (!changes) return {};
	const { columns, ...counts } = changes.counts;
	return { rows: counts.sentRows, changes: { ...counts, columns: columns.map((column) => ({ ...column })) } };
}

/** Whether all is well and nothing changed since the previous file. */
export function isNothingToSend({ file, changes }: PreparedJob): boolean {
	return file !== undefined && changes?.counts.sentRows === 0;
}

/**
 * The problem that keeps a package from being sent, or nothing.
 * @param job what was prepared
 * @param settings the user's wishes
 */
export function reasonToStop(job: PreparedJob, settings: Settings): Problem | undefined {
	const service = DESTINATIONS[settings.destination].displayName;
	return reasonByChecks(job, { ...settings, service });
}
