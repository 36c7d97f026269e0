import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvPieces, makeWorkers, type Worker } from '../emulator/workers';

/*
 * Realistic HR data as CSV: names in many scripts, quoted fields, twenty columns.
 * Usage: makePeople.ts ROWS FILE
 */
const MONTHS = 13;

/** What a report of employees holds: a worker with an effective date, without two columns that tell nothing new. */
export type DatedWorker = Omit<Worker, 'City' | 'Original_Hire_Date'> & { Effective_Date: string };

/** A row of a report of leavers. */
export type DatedLeaver = Pick<
	Worker,
	| 'Employee_ID'
	| 'Display_Name'
	| 'Work_Email'
	| 'Worker_Status'
	| 'Supervisory_Organization'
	| 'Manager_Work_Email'
> & { Resignation_Date: string; Termination_Date: string; Termination_Reason: string };

/**
 * Makes one row of twenty columns for each employee, with effective dates of thirteen months.
 * @param count rows
 */
export function* datedWorkers(count: number): Generator<DatedWorker> {
	let index = 0;
	for (const worker of makeWorkers(count)) {
		const row: Partial<Worker> = { ...worker };
		delete row.City;
		delete row.Original_Hire_Date;
		yield { ...(row as Worker), Effective_Date: day(2025, index++ % MONTHS, 28) };
	}
}

/**
 * Makes rows of people who leave, as many as asked, with the columns of the emulator's report of leavers.
 * @param count rows
 */
export function* datedLeavers(count: number): Generator<DatedLeaver> {
	let index = 0;
	for (const worker of makeWorkers(count)) {
		index++;
		yield {
			Employee_ID: worker.Employee_ID,
			Display_Name: worker.Display_Name,
			Work_Email: worker.Work_Email,
			Worker_Status: worker.Worker_Status,
			Supervisory_Organization: worker.Supervisory_Organization,
			Manager_Work_Email: worker.Manager_Work_Email,
			Resignation_Date: day(2026, index % 6, (index % 28) + 1),
			Termination_Date: day(2026, 6 + (index % 6), (index % 28) + 1),
			Termination_Reason: index % 4 === 0 ? 'Retirement' : 'Resignation, voluntary',
		};
	}
}

function day(year: number, month: number, date: number): string {
	return new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
}

if (require.main === module) {
	const [rows, file] = process.argv.slice(2);
	void pipeline(Readable.from(csvPieces(datedWorkers(Number(rows)))), createWriteStream(file));
}
