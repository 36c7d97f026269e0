import type { IExecuteFunctions } from 'n8n-workflow';
import type { ShrinkRules } from '../../shared/checks/dataset/shrinkCheck';
import { count } from '../../shared/core/format';
import { problem, type Problem } from '../../shared/core/problem';
import {
	lastAcceptedByAll,
	openImports,
	type ImportFacts,
	type ImportStore,
	type Sender,
} from '../../shared/imports/importStore';
import { vivaCredential, type VivaConnection } from '../../shared/n8n/credentials/vivaConnection';
import type { Job } from '../../shared/n8n/input/inputJobs';
import { DESTINATIONS } from '../../shared/viva/service/destinations';
import { readSettings, type Settings } from '../settings';

/**
 * How small an import may be, beside the last one that the service accepted from this n8n.
 * @param context the step's execution
 * @param settings of the import
 * @param connection missing where nothing is to be sent: then the last import to any tenant counts, if all went to one
 */
export async function shrinkRulesFor(
	context: IExecuteFunctions,
	{ package: { destination }, shrink }: Settings,
	connection: VivaConnection | undefined,
): Promise<ShrinkRules> {
	const { minimumPeople, ...limits } = shrink;
	const folder = context.helpers.getStoragePath();
	const [whole] = DESTINATIONS[destination].refreshKinds;
	const last = connection
		? await openImports(folder, { ...connection, destination }).lastAccepted(whole)
		: await lastAcceptedByAll(folder, destination, whole);
	return { minimumPeople, replaces: { last, ...limits } };
}

/**
 * Where the files of an execution would go as full imports, by item: each would replace the one before.
 * @param operation a validation knows no tenant, so there only the destination counts
 * @returns undefined for an item that is none, or whose own job will say what is wrong with it
 */
export async function fullImportTargets(
	context: IExecuteFunctions,
	operation: 'upload' | 'validate',
): Promise<Array<string | undefined>> {
	const items = context.getInputData();
	if (items.length < 2 || context.getNodeParameter('input', 0, 'items') !== 'file') return [];
	const targetOf = async (item: number) => {
		const { package: wishes, source } = readSettings(context, item);
		const file = items[item].binary?.[source.binaryPropertyName];
		if (wishes.refresh !== 'full' || !file) return undefined;
		// What kind of refresh a prebuilt zip is, only the zip says.
		if (file.mimeType === 'application/zip' || file.fileName?.toLowerCase().endsWith('.zip'))
			return undefined;
		if (operation === 'validate') return wishes.destination;
		const { app, baseUrl } = await vivaCredential(context, [item]);
		return JSON.stringify([baseUrl, app.tenantId, wishes.destination]);
	};
	return await Promise.all(items.map(async (_, item) => await targetOf(item).catch(() => undefined)));
}

const ONE_IMPORT =
	"Bring all rows together before this step: behind a loop, connect it to the loop's output 'done'; for files, use 'Extract from File' and 'Merge', and set 'Input' to 'Items'. Or set 'Refresh' to 'Incremental' if each holds other people.";

/** The problem of a file that another one of the same execution would replace, or nothing. */
export function replacedByOthers(
	targets: ReadonlyArray<string | undefined>,
	{ fileItem = -1 }: Job,
): Problem | undefined {
	const target = targets[fileItem];
	const files = targets.filter((other) => target !== undefined && other === target).length;
	if (files < 2) return undefined;
	return problem.configuration(
		`${files} files would be full imports to the same destination, and each would replace the one before.`,
		ONE_IMPORT,
		{ code: 'severalFullImports', files },
	);
}

/**
 * A second full import of an execution replaces the first: another file, or a later round of a loop.
 * @throws Problem `configuration` where the run has sent another one to this target, whether accepted or in doubt
 */
export async function assertFirstFullImport(
	store: ImportStore,
	{ contentHash, refresh, rows }: ImportFacts,
	{ run }: Sender,
): Promise<void> {
	if (refresh !== 'full') return;
	const { accepted, open } = await store.sentInRun(run);
	const other = [...accepted, ...open].find(
		(sent) => sent.refresh === 'full' && sent.contentHash !== contentHash,
	);
	if (!other) return;
	throw problem.configuration(
		`This execution has already sent a full import of ${count(other.rows, 'row')}, which this one of ${count(rows, 'row')} would replace; it was not sent.`,
		ONE_IMPORT,
		{ code: 'severalFullImports', rows, rowsSentBefore: other.rows },
	);
}

/**
 * A later round of a loop must not send its rows as a full import after an earlier one was refused: they are a part of all.
 * @param context the step's execution; n8n keeps its data through the rounds of a loop and the attempts of the step
 * @param target tells tenant and destination from all others
 * @throws Problem `configuration` where this step has tried to send another full import to this target in this execution
 */
export function assertOnlyFullImport(
	context: IExecuteFunctions,
	target: string,
	{ contentHash, refresh, rows }: ImportFacts,
): void {
	if (refresh !== 'full') return;
	const attempts = context.getContext('node');
	const name = `fullImport ${target}`;
	const first = (attempts[name] ??= { contentHash, rows }) as Pick<ImportFacts, 'contentHash' | 'rows'>;
	if (first.contentHash === contentHash) return;
	throw problem.configuration(
		`This step has already tried to send a full import of ${count(first.rows, 'row')} in this execution, so this one of ${count(rows, 'row')} is a part of the data; it was not sent.`,
		ONE_IMPORT,
		{ code: 'severalFullImports', rows, rowsTriedBefore: first.rows },
	);
}
