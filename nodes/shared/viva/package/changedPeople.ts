import { randomBytes } from 'node:crypto';
import type { ChangeCounts } from '../../changes/changeCounts';
import { Comparison, type Reading } from '../../changes/comparison';
import type { PreviousFile } from '../../pipeline/previousFile';
import type { DatasetCheck } from '../../checks/dataset/datasetCheck';
import { createNewPeopleCheck } from '../../checks/dataset/newPeopleCheck';
import type { ColumnPlan } from '../../columns/columnPlan';
import { problem } from '../../core/problem';
import type { Findings } from '../../findings/findings';
import type { Selection } from '../../pipeline/selection';
import { ATTRIBUTE_SETS } from '../attributes/attributes';
import { newPeopleRules } from '../attributes/importChecks';
import type { DestinationId } from '../service/destinations';
import type { ReadingSettings } from './importRules';
import {
	comparedColumns,
	comparedSource,
	indexPreviousFile,
	listMissing,
	type PreviousRequest,
} from './previousFile';

/** What the user says about sending only changes. */
export interface ChangesSettings {
	/** of the people of the previous file, from 0 to 1: with more missing, the file is probably cut */
	maximumMissingShare: number;
}

/** What a comparison came to. */
export interface FoundChanges {
	counts: ChangeCounts;
	/** Reads the previous file once more and gives the address of each person who is missing now. */
	eachMissing(take: (address: string) => void): Promise<void>;
}

/** Chooses new and changed people of one table. */
export interface ChangedPeople extends Selection {
	/** what was found; nothing where the table names no people */
	found(): FoundChanges | undefined;
}

/** What a table is compared with, and how. */
export interface ChangedPeopleRequest {
	/** missing in the first run */
	previous?: PreviousFile;
	changes: ChangesSettings;
	/** the previous file is read as the current one is, so that only what differs is a difference */
	settings: ReadingSettings;
	signal?: AbortSignal;
}

/**
 * Makes what compares a table with the previous file, which is read when the first reading of the table begins. That `begin` throws
 * a Problem: `input` for a previous file that cannot be used, `configuration` where no column names people.
 * @param request see {@link ChangedPeopleRequest}
 */
export function createChangedPeople({
	previous,
	changes,
	settings,
	signal,
}: ChangedPeopleRequest): ChangedPeople {
	const { destination } = settings;
	let known: PreviousRequest | undefined;
	let current: Reading | undefined;
	let newPeople: DatasetCheck | undefined;

	async function index(plan: ColumnPlan): Promise<PreviousRequest> {
		const comparison = new Comparison(comparedColumns(destination, plan), randomBytes(4).readInt32LE());
		const request = { settings, current: plan, comparison, signal };
		if (previous) await indexPreviousFile(previous, request);
		return request;
	}

	return {
		async begin(plan, findings) {
			if (!namesPeople(plan, destination, findings)) return false;
			known ??= await index(plan);
			current = known.comparison.compare(comparedSource(known, plan.columns));
			newPeople = createNewPeopleCheck(plan, newPeopleRules(destination), findings);
			return true;
		},
		choose(batch, flags) {
			if (!current) return flags;
			const skip = current.choose(batch, flags);
			newPeople?.observe(batch, current.known);
			return skip;
		},
		conclude(findings) {
			if (!known) return;
			newPeople?.conclude(findings);
			if (!previous) findings.add('previous-file-missing');
			const { missingPeople, previousPeople } = known.comparison.counts();
			if (missingPeople === 0) return;
			if (missingPeople > previousPeople * changes.maximumMissingShare) {
				const limit = Math.round(changes.maximumMissingShare * 10_000) / 100;
				findings.add('people-missing-many', { count: missingPeople, total: previousPeople, limit });
			} else findings.add('people-missing', { count: missingPeople });
		},
		mustRepeat: () => known?.comparison.mustReadAgain() ?? false,
		found() {
			if (!known) return undefined;
			const request = known;
			return {
				counts: request.comparison.counts(),
				eachMissing: async (take) => {
					if (previous) await listMissing(previous, request, take);
				},
			};
		},
	};
}

/** Whether the table names people. Where it does not, its findings say so, unless somebody has silenced them. */
function namesPeople({ columns }: ColumnPlan, destination: DestinationId, findings: Findings): boolean {
	const { people } = ATTRIBUTE_SETS[destination];
	if (columns.some(({ name, sourceIndex }) => name === people?.person && sourceIndex >= 0)) return true;
	if (findings.errors > 0) return false;
	throw problem.configuration(
		`Without a column for ${people?.person ?? 'the person'}, nobody can tell what changed.`,
		"Map the column with the e-mail address under 'Column Mapping', or send everything.",
	);
}
