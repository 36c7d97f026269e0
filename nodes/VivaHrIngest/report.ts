import type { IDataObject } from 'n8n-workflow';
import { problem, type Problem } from '../shared/problem';
import type { Finding } from '../shared/rules/finding';
import { DESTINATIONS } from '../shared/viva/destinations';
import type { PreparedJob } from './prepareInput';
import { MOST_REJECTED_ROWS } from './rejectedRows';
import type { Settings } from './settings';

/** How many findings an error's description lists. */
const FINDINGS_IN_AN_ERROR = 10;

/** What the checks and the mapping came to, for the output item. */
export function describePreparation(job: PreparedJob, settings: Settings): IDataObject {
	const { findings } = job;
	return {
		destination: settings.destination,
		refresh: settings.refresh,
		sentAs: job.form,
		...(job.fileName === '' ? {} : { fileName: job.fileName }),
		rows: job.records - job.rejected,
		rejectedRows: job.rejected,
		columns: job.columns,
		...(job.file ? { bytes: job.file.size, sha256: job.file.sha256 } : {}),
		errors: findings.errors,
		warnings: findings.warnings,
		findingTotals: findings.totals().map((total) => ({ ...total })),
		findings: findings.list.map((finding) => ({ ...finding })),
		mapping: job.mapping.map((line) => ({ ...line })),
		columnsLeftOut: job.leftOut,
		...(job.rejectedRows.length >= MOST_REJECTED_ROWS
			? { rejectedRowsNote: `Only the first ${MOST_REJECTED_ROWS} rejected rows are given out.` }
			: {}),
	};
}

/**
 * The problem that keeps a package from being sent, or nothing.
 * @param job what was prepared
 * @param settings the user's wishes
 */
export function reasonToStop(job: PreparedJob, settings: Settings): Problem | undefined {
	const { findings } = job;
	const share = job.records === 0 ? 0 : job.rejected / job.records;
	if (job.file && settings.onInvalid === 'leaveOut' && share > settings.maximumInvalidShare) {
		return stop(
			job,
			`${count(job.rejected, 'row')} of ${job.records.toLocaleString('en')} would be left out, more than the allowed ${percent(settings.maximumInvalidShare)}; nothing was sent.`,
		);
	}
	if (job.file) return undefined;
	if (job.records > 0 && job.rejected === job.records && settings.onInvalid === 'leaveOut') {
		return stop(job, 'Every row breaks a rule; nothing was sent.');
	}
	const name = DESTINATIONS[settings.destination].displayName;
	return stop(job, `The data breaks ${count(findings.errors, 'time')} a rule of ${name}; nothing was sent.`);
}

function stop(job: PreparedJob, message: string): Problem {
	const { findings } = job;
	const errors = findings.list.filter(({ severity }) => severity === 'error');
	const shown = errors.slice(0, FINDINGS_IN_AN_ERROR).map((finding) => sentence(finding, job));
	const more = findings.errors - shown.length;
	if (more > 0) shown.push(`… and ${more.toLocaleString('en')} more.`);
	shown.push("Run the operation 'Validate' to get all findings and the rejected rows as items.");
	return problem('input', message, shown.join('\n'), {
		code: 'invalidData',
		findings: errors,
		findingTotals: findings.totals(),
	});
}

/** One finding as a line that names the row as the user sees it. */
function sentence({ row, message }: Finding, { unit }: PreparedJob): string {
	if (row === undefined) return message;
	return `${unit === 'item' ? 'Item' : 'Row'} ${row}: ${message}`;
}

function count(number: number, noun: string): string {
	return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

function percent(share: number): string {
	return `${Math.round(share * 10_000) / 100} %`;
}
