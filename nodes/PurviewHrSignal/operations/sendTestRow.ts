import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { problem } from '../../shared/core/problem';
import { readItems } from '../../shared/json/itemReader';
import { allItems } from '../../shared/n8n/checklist';
import { purviewConnection, purviewCredential } from '../../shared/n8n/credentials/purviewConnection';
import { toNodeError } from '../../shared/n8n/errors';
import { inForm } from '../../shared/n8n/output/resultForm';
import { prepareSignals } from '../../shared/purview/preparation/prepareSignals';
import { IDENTIFIER_COLUMN, type FileLayout } from '../../shared/purview/signals/scenarios';
import { sentWithLocks } from '../../shared/storage/lock';
import type { SentResult } from '../output/facts';
import type { PreparedJob } from '../output/preparation';
import { readTestRowSettings, type Settings } from '../settings';
import { deliver } from './deliver';

const DAY_MS = 86_400_000;
/** From the made-up resignation to the last working day. */
const NOTICE_DAYS = 30;

/**
 * The operation Send Test Row: sends one made-up resignation, through the checks and the client of Send. It is the only way to find
 * out whether job ID, connector and app belong together (source C3).
 * @param context the step's execution
 * @returns one item at the output 'Signals', whatever number came in
 * @throws NodeOperationError or NodeApiError, unless the step continues on errors
 */
export async function sendTestRow(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const pairedItem = allItems(context).map((item) => ({ item }));
	try {
		return [[{ json: await send(context), pairedItem }], []];
	} catch (error) {
		const nodeError = toNodeError(context.getNode(), error);
		if (!context.continueOnFail()) throw nodeError;
		const { message, description } = nodeError;
		return [[{ json: { error: message, message: description ?? '' }, pairedItem }], []];
	}
}

async function send(context: IExecuteFunctions) {
	const sentBefore = await sentWithLocks(context.helpers.getStoragePath());
	const signal = context.getExecutionCancelSignal();
	const { user, settings } = readTestRowSettings(context);
	const credential = await purviewCredential(context, allItems(context));
	const prepared = await prepareTestRow(user, settings);
	const connection = purviewConnection(context, credential, { ...settings.delivery, signal });
	try {
		const { items } = await deliver({ context, settings, sentBefore, prepared }, connection);
		const [result] = items;
		const summary = summaryOf(result.facts as Partial<SentResult>);
		return inForm({ ...result, summary }, settings.output.form);
	} finally {
		connection.close();
		await prepared.file.dispose();
	}
}

function summaryOf({ alreadySent, status, possiblyDuplicatedRows = 0 }: Partial<SentResult>): string {
	if (alreadySent) return 'An earlier attempt has sent the test row; nothing was sent now.';
	const twice = possiblyDuplicatedRows > 0 ? ' It may have arrived twice.' : '';
	if (status === 'PartlyAccepted') {
		return `Purview took the test row only in part (HTTP 207): look at the log of the connector in the Purview portal.${twice}`;
	}
	return `Purview took the test row: job ID, connector and app belong together. One made-up resignation of the chosen account was sent.${twice}`;
}

/** @throws Problem `configuration` where the account is none */
async function prepareTestRow(
	user: string,
	{ signals }: Settings,
): Promise<PreparedJob & { file: NonNullable<PreparedJob['file']> }> {
	const row = testRow(user, signals.layout, signals.now);
	const mapping = Object.keys(row).map((name) => ({ column: name, attribute: name }));
	const prepared = await prepareSignals(
		{ open: async () => await readItems([row]) },
		{ ...signals, mapping },
	);
	const { file, findings } = prepared;
	if (file && findings.errors === 0) return { ...prepared, file, fileName: '', rejectedRows: [] };
	await file?.dispose();
	throw problem.configuration(
		"The field 'User Principal Name' does not hold a user principal name.",
		'Enter the name with which the account signs in, such as test.leaver@contoso.com. Nothing was sent.',
	);
}

function testRow(user: string, { identifiers }: FileLayout, now: Date): Record<string, string> {
	const day = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
	return {
		UserPrincipalName: user,
		ResignationDate: day(0),
		LastWorkingDate: day(NOTICE_DAYS),
		...(identifiers && { [IDENTIFIER_COLUMN]: identifiers.resignation }),
	};
}
