import { randomBytes } from 'node:crypto';
import { aboutPreviousFile, type PreviousFile } from '../../pipeline/previousFile';
import type { HashedColumn } from '../../changes/recordHash';
import { RowSet, type RowCounts } from '../../changes/rowSet';
import { problem } from '../../core/problem';
import { createFindings } from '../../findings/findings';
import type { Severities } from '../../pipeline/observers';
import { readChecked, type ReadingRules } from '../../pipeline/readChecked';
import type { Selection } from '../../pipeline/selection';
import { planSignals, type SignalColumn, type SignalPlan } from '../signals/planSignals';
import type { ScenarioCheck } from '../signals/scenarioCheck';
import { USER_COLUMN, type FileLayout } from '../signals/scenarios';

/** Chooses the rows of one table that the previous file does not hold. */
export interface NewRows extends Selection {
	/** what was found; nothing where the table was not read */
	found(): RowCounts | undefined;
}

/** What a table is compared with, and how. */
export interface NewRowsRequest {
	/** missing in the first run */
	previous?: PreviousFile;
	layout: FileLayout;
	/** those of the current file: the previous one is read alike, so that only what differs is a difference */
	rules: ReadingRules<SignalPlan, ScenarioCheck>;
	severities: Severities;
	signal?: AbortSignal;
}

/**
 * Makes what compares a table with the previous file, row by row as they are sent. Purview keeps each event that it got, so a row
 * that went out is not needed again, and one that disappears deletes nothing (source C5). The previous file is read when the first
 * reading of the table begins; that `begin` throws a Problem `input` where it cannot be used.
 * @param request see {@link NewRowsRequest}
 */
export function createNewRows(request: NewRowsRequest): NewRows {
	const { previous } = request;
	let known: RowSet | undefined;
	let choose: ReturnType<RowSet['compare']> | undefined;
	return {
		async begin(plan) {
			const { columns } = plan as SignalPlan;
			known ??= await indexPrevious(request, columns);
			choose = known.compare(comparable(columns));
			return true;
		},
		choose: (batch, flags) => choose?.(batch, flags) ?? flags,
		conclude(findings) {
			if (!previous) findings.add('purview-previous-missing');
		},
		mustRepeat: () => false,
		found: () => known?.counts(),
	};
}

/**
 * Reads the previous file. Rows that break a rule do not count: they were not sent.
 * @throws Problem `input` where it cannot be read, or leaves open what its dates mean
 */
async function indexPrevious(
	{ previous, layout, rules, severities, signal }: NewRowsRequest,
	current: readonly SignalColumn[],
): Promise<RowSet> {
	const seed = randomBytes(4).readInt32LE();
	if (!previous) return new RowSet(seed);
	return await aboutPreviousFile(async () => {
		if (previous.format === 'zip') {
			throw problem.input(
				'It is a zip; the HR connector of Purview takes tables.',
				"Unpack it first, for example with n8n's Compression step, and give the CSV file.",
			);
		}
		const previousRules: typeof rules = {
			...rules,
			shrink: undefined,
			plan: (header, findings) =>
				planSignals(
					{
						...header,
						layout,
						mapping: mappingOf(current, header.columns),
						matching: 'sure',
						sendColumns: 'all',
					},
					findings,
				),
		};
		const request = { open: previous.open, rules: previousRules, severities, signal };
		const { taken } = await readChecked(request, async ({ plan, batches, dates }) => {
			assertNamesPeople(plan);
			const rows = new RowSet(seed);
			const add = rows.addFrom(comparable(current.map((column) => sameAs(column, plan))));
			for await (const { batch, flags } of batches) add(batch, flags);
			return { rows, dates };
		});
		// Its faults were reported when it was sent; but with dates that could be either, nothing can be compared.
		const findings = createFindings({ severities });
		taken.dates.conclude(findings);
		const unclear = findings.list.find(({ severity }) => severity === 'error');
		if (unclear) throw problem.input(unclear.message, findings.totals()[0].advice, { rule: unclear.code });
		return taken.rows;
	});
}

/** Columns of the previous file with the same names are those of the current one; the others are found as if it came alone. */
function mappingOf(current: readonly SignalColumn[], columns: readonly string[]) {
	const once = (name: string) => columns.filter((column) => column === name).length === 1;
	return current
		.filter(({ sourceIndex, sourceName }) => sourceIndex >= 0 && once(sourceName))
		.map(({ sourceName, attribute, values }) => ({ column: sourceName, attribute, values }));
}

/** @throws Problem `input` where no column names the employee */
function assertNamesPeople({ columns }: SignalPlan): void {
	if (columns.some(({ attribute, sourceIndex }) => attribute === USER_COLUMN && sourceIndex >= 0)) return;
	throw problem.input(
		`None of its columns is ${USER_COLUMN}.`,
		'Give the file of the last run: the same export.',
		{ code: 'previousWithoutPeople' },
	);
}

/** The column of the previous file that is sent as one of the current file; a blank one where it has none. */
function sameAs({ attribute }: SignalColumn, { columns }: SignalPlan): HashedColumn & { attribute: string } {
	return (
		columns.find((column) => column.attribute === attribute) ?? { sourceIndex: -1, type: 'string', attribute }
	);
}

/** Values count as they are sent: a moment of another hour is another one. Names of users count without case. */
const comparable = (columns: ReadonlyArray<HashedColumn & { attribute: string }>): HashedColumn[] =>
	columns.map(({ sourceIndex, conversion, attribute }) => ({
		sourceIndex,
		conversion,
		type: attribute === USER_COLUMN ? 'email' : 'string',
	}));
