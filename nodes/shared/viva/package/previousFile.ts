import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { aboutPreviousFile, type PreviousFile } from '../../pipeline/previousFile';
import type { ComparedColumn, ComparedSource, Comparison } from '../../changes/comparison';
import { createShapeCheck, type RowCheck } from '../../checks/rowCheck';
import type { ColumnPlan, PlannedColumn } from '../../columns/columnPlan';
import { problem } from '../../core/problem';
import { createSpool } from '../../files/spool';
import { createFindings } from '../../findings/findings';
import { readChecked, type ReadRequest, type TableSource } from '../../pipeline/readChecked';
import { fieldText } from '../../records/recordBatch';
import { ATTRIBUTE_SETS } from '../attributes/attributes';
import { planImport } from '../attributes/planImport';
import { openPrebuiltPackage, prebuiltSource } from '../prebuilt/prebuiltPackage';
import type { DestinationId } from '../service/destinations';
import { importRules, type ReadingSettings } from './importRules';

/** What the previous file is read for, and how: as the current one, so that only what differs is a difference. */
export interface PreviousRequest {
	settings: ReadingSettings;
	/** the columns of the current file as they will be sent */
	current: ColumnPlan;
	comparison: Comparison;
	signal?: AbortSignal;
}

/** The columns by which rows are compared: all that are sent, but for the person and the day. */
export function comparedColumns(destination: DestinationId, { columns }: ColumnPlan): ComparedColumn[] {
	const { people } = ATTRIBUTE_SETS[destination];
	return columns.filter(({ name }) => name !== people?.person && name !== people?.date);
}

/** Where the columns of the comparison are among those of a file. */
export function comparedSource(
	{ settings: { destination }, current }: PreviousRequest,
	columns: readonly PlannedColumn[],
): ComparedSource {
	const { people } = ATTRIBUTE_SETS[destination];
	const named = (wanted: string | undefined) => columns.find(({ name }) => name === wanted);
	return {
		person: named(people?.person)?.sourceIndex ?? -1,
		date: named(people?.date),
		values: comparedColumns(destination, current).map(
			({ name, type }) => named(name) ?? { sourceIndex: -1, type },
		),
	};
}

/**
 * Reads the previous file into a comparison. Rows that break a rule do not count: they were not sent.
 * @param file see {@link PreviousFile}
 * @param request see {@link PreviousRequest}
 * @throws Problem `input` where it cannot be read, names no people, or leaves open what its dates mean
 */
export async function indexPreviousFile(file: PreviousFile, request: PreviousRequest): Promise<void> {
	const { comparison, settings, signal } = request;
	await withPreviousFile(file, request, async (source) => {
		const { taken: dates } = await readChecked({ ...source, signal }, async (reading) => {
			comparison.forget();
			const index = comparison.indexPrevious(comparedSource(request, reading.plan.columns));
			for await (const { batch, flags } of reading.batches) index(batch, flags);
			return reading.dates;
		});
		// Its faults were reported when it was sent; but with dates that could be either, nothing can be compared.
		const findings = createFindings({ severities: settings.severities });
		dates.conclude(findings);
		const unclear = findings.list.find(({ severity }) => severity === 'error');
		if (unclear) {
			throw problem.input(unclear.message, findings.totals()[0].advice, { rule: unclear.code });
		}
	});
}

/**
 * Reads the previous file once more, for the addresses of those who are missing now.
 * @param take receives each address, in the file's order, each person once
 */
export async function listMissing(
	file: PreviousFile,
	request: PreviousRequest,
	take: (address: string) => void,
): Promise<void> {
	const { comparison, signal } = request;
	await withPreviousFile(file, request, async (source) => {
		// Whoever had an invalid row only is missing as well.
		const rules = { ...source.rules, check: createShapeCheck };
		await readChecked({ ...source, rules, signal }, async ({ plan, batches }) => {
			const compared = comparedSource(request, plan.columns);
			const missing = comparison.listMissing(compared);
			for await (const { batch } of batches) {
				const marks = missing(batch);
				for (let r = 0; r < batch.records; r++) {
					if (marks[r] === 1) take(fieldText(batch, batch.fields[r] + compared.person));
				}
			}
		});
	});
}

type PreviousSource = Pick<ReadRequest<ColumnPlan, RowCheck>, 'open' | 'rules' | 'severities'>;

/** Opens the previous file for one use. */
async function withPreviousFile(
	file: PreviousFile,
	request: PreviousRequest,
	use: (source: PreviousSource) => Promise<void>,
): Promise<void> {
	await aboutPreviousFile(async () => {
		if (file.format === 'table') await use(tableSource(file, request));
		else await withPreviousPackage(file, request, use);
	});
}

/** A table whose columns are those of the current file: those with the same names first, the others as if it came alone. */
function tableSource({ open }: TableSource, { settings, current }: PreviousRequest): PreviousSource {
	const { destination, refresh, severities } = settings;
	return {
		open,
		severities,
		rules: {
			...importRules(settings),
			plan(header, findings) {
				const once = (name: string) => header.columns.filter((column) => column === name).length === 1;
				const mapping = current.columns
					.filter(({ sourceIndex, sourceName }) => sourceIndex >= 0 && once(sourceName))
					.map(({ sourceName, name, type, values }) => ({
						column: sourceName,
						attribute: name,
						type,
						values,
					}));
				const wishes = {
					destination,
					refresh,
					mapping,
					matching: 'sure' as const,
					otherColumns: 'custom' as const,
				};
				const planned = planImport(header, wishes, findings);
				return { ...planned, plan: comparablePlan(planned.plan, destination, current) };
			},
		},
	};
}

async function withPreviousPackage(
	file: Extract<PreviousFile, { format: 'zip' }>,
	{ settings, current, signal }: PreviousRequest,
	use: (source: PreviousSource) => Promise<void>,
): Promise<void> {
	const { destination, severities } = settings;
	const spool = createSpool();
	try {
		await pipeline(Readable.from(await file.open(), { objectMode: false }), spool.sink, { signal });
		const findings = createFindings({ severities });
		const content = await openPrebuiltPackage(spool.file(), destination, findings);
		if (!content) {
			const [total] = findings.totals();
			throw problem.input(findings.list[0]?.message ?? 'It cannot be read.', total?.advice ?? '');
		}
		const { open, rules } = prebuiltSource(content, settings);
		await use({
			open,
			severities,
			rules: {
				...importRules(settings),
				dates: rules.dates,
				plan(header, into) {
					const { plan, mapping } = rules.plan(header, into);
					return { plan: comparablePlan(plan, destination, current), mapping };
				},
			},
		});
	} finally {
		await spool.discard();
	}
}

/**
 * The columns of a previous file that the current one sends too.
 * @throws Problem `input` where none of them names people
 */
function comparablePlan(plan: ColumnPlan, destination: DestinationId, current: ColumnPlan): ColumnPlan {
	const columns = current.columns.flatMap(
		({ name }) => plan.columns.find((column) => column.name === name) ?? [],
	);
	const { people } = ATTRIBUTE_SETS[destination];
	if (!columns.some(({ name }) => name === people?.person)) {
		throw problem.input(
			`None of its columns is ${people?.person ?? 'that of the person'}.`,
			'Give the file of the last import: the same export, or the package that Validate put out.',
			{ code: 'previousWithoutPeople' },
		);
	}
	return { columns, leftOut: [], proposals: [] };
}
