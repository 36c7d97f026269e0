import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunningN8n } from '../host/n8n';

/** What the processes of a cluster say about executions. */
export interface WorkerLogs {
	/** the workers that ran an execution, in order; one that ran it twice stands there twice */
	ranOn(executionId: string): RunningN8n[];
	/** every execution that a worker has started, in order */
	startedBy(worker: RunningN8n): string[];
}

/** Reads which process ran what from the logs that the workers write themselves. */
export function workerLogs(workers: RunningN8n[]): WorkerLogs {
	const starts = (worker: RunningN8n): Array<{ execution: string; job: number }> =>
		[...readFileSync(worker.logFile, 'utf8').matchAll(/Worker started execution (\d+) \(job (\d+)\)/g)].map(
			([, execution, job]) => ({ execution, job: Number(job) }),
		);
	return {
		ranOn(executionId) {
			return (
				workers
					.flatMap((worker) => starts(worker).map((start) => ({ worker, ...start })))
					.filter(({ execution }) => execution === executionId)
					// Numbers of jobs grow.
					.sort((a, b) => a.job - b.job)
					.map(({ worker }) => worker)
			);
		},
		startedBy: (worker) => starts(worker).map(({ execution }) => execution),
	};
}

/** `worker-1`, as its log is named. */
export const nameOf = ({ logFile }: RunningN8n): string => path.basename(logFile, '.log');
