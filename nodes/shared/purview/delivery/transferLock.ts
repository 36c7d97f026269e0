import { problem, type Problem } from '../../core/problem';
import { acquireLock, type Lock, type LockRequest } from '../../storage/lock';

/**
 * Takes the lock on one file to one job.
 * @throws Problem `configuration` when another execution sends the same at this moment, or has sent it since this one began
 */
export async function acquireTransferLock(request: LockRequest): Promise<Lock> {
	const outcome = await acquireLock(request);
	if (outcome.kind === 'acquired') return outcome.lock;
	throw outcome.kind === 'heldByAnother' ? busy() : sentMeanwhile();
}

const busy = (): Problem =>
	problem.configuration(
		'Another execution is sending the same data to the same job at this moment; nothing was sent.',
		'Wait until it has ended, and see that the workflow is not started twice.',
	);

const sentMeanwhile = (): Problem =>
	problem.configuration(
		'Another execution has sent the same data to the same job since this one began; nothing was sent again.',
		'Nothing is missing. See that the workflow is not started twice. To send the data once more, run the workflow again.',
	);
