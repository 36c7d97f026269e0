import { randomBytes } from 'node:crypto';
import type { ChangeCounts } from '../../changes/changeCounts';
import { createComparison, type ComparedSource, type Reading } from '../../changes/comparison';
import type { Findings } from '../../findings/findings';
import type { ColumnPlan, PlannedColumn } from '../../columns/columnPlan';
import type { DatasetCheck } from '../../checks/datasetCheck';
import type { RecordBatch } from '../../records/recordBatch';
import { ATTRIBUTE_SETS } from '../attributes/attributes';
import { createNewPeopleCheck } from '../../checks/newPeopleCheck';
import { listMissing, indexPreviousFile, type PreviousFile, type PreviousReading } from './previousFile';

/** What the user says about sending only changes. */
export interface ChangesRequest extends Pick<PreviousReading, 'severities'> {
	/** missing in the first run */
	previous?: PreviousFile;
	/** of the people of the previous file, from 0 to 1: with more missing, the file is probably cut */
	maximumMissingShare: number;
}

/** What a comparison came to. */
export interface FoundChanges {
	counts: ChangeCounts;
	/** memory that both files' people take, in bytes */
	indexBytes: number;
	/** Reads the previous file once more and tells the address of each person who is missing now. */
	eachMissing(take: (address: string) => void): Promise<void>;
}

/** Chooses new and changed people of one table; reads the previous file when it is made. */
export interface ChangedPeople {
	/** Begins a reading of the current table. */
	begin(plan: ColumnPlan, findings: Findings): void;
	/** see `Reading.choose` */
	choose(batch: RecordBatch, flags: Uint8Array): Uint8Array;
	/** Puts into the findings who is missing, and what new people lack. */
	conclude(findings: Findings): void;
	/** see `Comparison.mustReadAgain` */
	mustReadAgain(): boolean;
	found(): FoundChanges;
}

/**
 * Reads the previous file and makes what compares the current one with it.
 * @param request see {@link ChangesRequest}
 * @param reading how the current file is read
 * @throws Problem `input` for a previous file that cannot be used
 */
export async function createChangedPeople(
	{ previous, maximumMissingShare }: ChangesRequest,
	reading: PreviousReading,
): Promise<ChangedPeople> {
	const { people, requiredForNewPeople } = ATTRIBUTE_SETS[reading.destination];
	const own = new Set([people?.person, people?.date]);
	const compared = reading.plan.columns.filter(({ name }) => !own.has(name));
	const comparison = createComparison(compared, randomBytes(4).readInt32LE());

	function sourceOf(columns: readonly PlannedColumn[]): ComparedSource {
		const named = (wanted: string | undefined) => columns.find(({ name }) => name === wanted);
		return {
			person: named(people?.person)?.sourceIndex ?? -1,
			date: named(people?.date),
			values: compared.map(({ name, type }) => named(name) ?? { sourceIndex: -1, type }),
		};
	}

	if (previous) await indexPreviousFile(previous, reading, comparison, sourceOf);
	let current: Reading | undefined;
	let newPeople: DatasetCheck | undefined;

	return {
		begin(plan, findings) {
			current = comparison.compare(sourceOf(plan.columns));
			const rules = { requiredForNewPeople, manager: people?.manager };
			newPeople = createNewPeopleCheck(plan, rules, findings);
		},
		choose(batch, flags) {
			if (!current) return flags;
			const skip = current.choose(batch, flags);
			newPeople?.observe(batch, current.known);
			return skip;
		},
		conclude(findings) {
			newPeople?.conclude(findings);
			if (!previous) findings.add('previous-file-missing');
			const { missingPeople, previousPeople } = comparison.counts();
			if (missingPeople === 0) return;
			if (missingPeople > previousPeople * maximumMissingShare) {
				const limit = Math.round(maximumMissingShare * 10_000) / 100;
				findings.add('people-missing-many', { count: missingPeople, total: previousPeople, limit });
			} else findings.add('people-missing', { count: missingPeople });
		},
		mustReadAgain: () => comparison.mustReadAgain(),
		found: () => ({
			counts: comparison.counts(),
			indexBytes: comparison.bytes,
			eachMissing: async (take) => {
				if (previous) await listMissing(previous, reading, comparison, sourceOf, take);
			},
		}),
	};
}
