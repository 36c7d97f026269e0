import type { IExecuteFunctions } from 'n8n-workflow';
import { count } from '../../shared/core/format';
import type { PurviewConnection } from '../../shared/n8n/credentials/purviewConnection';
import { senderOf } from '../../shared/n8n/execution';
import { openProgress } from '../../shared/purview/delivery/progress';
import type { PreparedJob } from '../output/preparation';
import type { Settings } from '../settings';

const DAY_MS = 86_400_000;

/** Whether a job with nothing new sends something all the same. */
export interface Heartbeat {
	/** why everything is sent; missing where nothing has to be */
	due?: string;
	/** when the job got a file last, in milliseconds since 1970; missing where it is not known */
	completedAt?: number;
}

/**
 * Finds out whether a job has been quiet for so long that all rows have to be sent: policies warn when nothing comes (source C6).
 * @param context the step's execution
 * @param prepared the file, in which nothing is new
 * @param to the step's settings, and the service
 */
export async function heartbeatOf(
	context: IExecuteFunctions,
	{ contentHash }: PreparedJob,
	{ settings, connection }: { settings: Settings; connection: PurviewConnection },
): Promise<Heartbeat> {
	const { jobId, quietForMs } = settings.delivery;
	const { signalsUrl, tenantId } = connection;
	const { lastSent } = openProgress({
		folder: context.helpers.getStoragePath(),
		transfer: { signalsUrl, tenantId, jobId, contentHash },
		run: senderOf(context).run,
	});
	const last = await lastSent();
	if (!last) return { due: 'No row is new, and it is not known when this job got data last.' };
	const { ageMs, completedAt } = last;
	if (ageMs < quietForMs) return { completedAt };
	const days = count(Math.floor(ageMs / DAY_MS), 'day');
	return { completedAt, due: `No row is new, and this job got no data for ${days}: policies would warn.` };
}
