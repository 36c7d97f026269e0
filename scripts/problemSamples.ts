import type { HttpAnswer } from '../nodes/shared/http/message';
import type { NetworkFault } from '../nodes/shared/http/transport/networkFault';
import type { SignalAnswerCode } from '../nodes/shared/purview/delivery/answers';
import type { Call, RefusalCode } from '../nodes/shared/viva/service/refusals';

/** What to show where a sentence holds a name or an id. */
export const ANY = '…';

/** An answer of a service that leads to a sentence. */
export type AnswerSample = Partial<HttpAnswer>;

const page = { headers: { 'content-type': 'text/html' }, text: '<html><title>…</title></html>' };
const signIn = {
	headers: { 'content-type': 'text/html' },
	text: '<html><title>Sign in to your account</title></html>',
};

/** For every refusal of Viva Insights and Organizational Data, a call and an answer that lead to it. */
export const VIVA_SAMPLES: Record<RefusalCode, Array<AnswerSample & { call?: Call }>> = {
	previousIngestionRunning: [{ status: 400, text: 'Previous ingestion is not complete.' }],
	badRequest: [{ status: 400 }],
	tokenRefused: [{ status: 401 }],
	signInPage: [{ status: 200, ...signIn }],
	connectorNotAvailable: [{ status: 403 }],
	notFound: [{ status: 404 }],
	ingestionNotFound: [{ status: 404, call: 'status' }],
	scaleUnitNotFound: [{ status: 404, call: 'scaleUnit' }],
	tooLarge: [{ status: 413 }],
	throttled: [{ status: 429 }],
	noFile: [{ status: 500 }],
	serviceFault: [{ status: 502 }, { status: 503 }],
	redirected: [{ status: 302 }],
	webPage: [
		{ status: 200, ...page },
		{ status: 200, ...page, call: 'status' },
	],
	notJson: [{ status: 200, text: 'x' }],
	withoutId: [{ status: 200, text: '{}' }],
	wrongIngestion: [{ status: 200, text: '{"Id":"2","Status":"Completed"}', call: 'status' }],
	unexpectedStatus: [{ status: 204 }],
};

/** For every refusal of the Purview HR connector, an answer that leads to it. */
export const PURVIEW_SAMPLES: Record<SignalAnswerCode, AnswerSample> = {
	jobIdMismatch: { status: 403, reason: 'jobId and corresponding appId do not match.' },
	forbidden: { status: 403 },
	badRequest: { status: 400 },
	tokenRefused: { status: 401 },
	notFound: { status: 404 },
	tooLarge: { status: 413 },
	throttled: { status: 429 },
	serviceFault: { status: 500 },
	signInPage: { status: 200, ...page },
	redirected: { status: 302 },
	unexpectedStatus: { status: 410 },
};

/** Answers to a request for a token that have no line in the table of Entra's codes. */
export const TOKEN_SAMPLES: Record<string, AnswerSample> = {
	'another code of Entra': { status: 400, text: '{"error":"invalid_request"}' },
	'HTTP 429 or 5xx of Entra': { status: 503, text: '{"error":"temporarily_unavailable"}' },
	'a web page instead of an answer': { status: 200, ...page },
	'a redirect': { status: 302 },
	'a blank or unreadable answer': { status: 200 },
};

/** Faults of the network that are told by where they happened, not by their code. */
export const NETWORK_SAMPLES: Record<string, Partial<NetworkFault>> = {
	'`ETIMEDOUT` after the connection stood': { code: 'ETIMEDOUT', connected: true, limitMs: 600_000 },
	'cut before all had left': { code: 'ECONNRESET', connected: true, delivery: 'partly' },
	'cut after all had left': { code: 'ECONNRESET', connected: true, delivery: 'all', harmless: false },
	'the proxy says 407': { proxy: ANY, proxyStatus: 407 },
	'the proxy says 403 or another status': { proxy: ANY, proxyStatus: 403 },
};

/** What the panel and the way of working lead to: the sentence as the code has it, and what stands behind it. */
export const OWN_SENTENCES: ReadonlyArray<{ sentence: string; behind: string; advice: string }> = [
	{
		sentence: '; nothing was sent.',
		behind:
			'rows or columns break a rule; a single finding is the message itself, else the description lists the first ten',
		advice:
			'Look up the codes in [rules.md](rules.md) and correct the data at the source, or set *Invalid Rows* to *Leave Out*. *Validate* lists all findings.',
	},
	{
		sentence: 'would be left out, more than the allowed',
		behind: '*Leave Out* has a limit, which stops a wrong file',
		advice: 'Correct the data, or raise *Maximum Invalid Rows (Percent)*.',
	},
	{
		sentence: 'The input item has no file in the field',
		behind: 'the step before uses another field name',
		advice:
			'Enter the name in the output tab *Binary* of the step before into *Input Data Field Name*; often `data`.',
	},
	{
		sentence: 'The earlier import was still running after',
		behind: 'Microsoft takes one import at a time; *Wait at Most (Minutes)* is over',
		advice: 'Wait longer or start later. Abandon an import that never ends in the import history.',
	},
	{
		sentence: 'It may be this very file: an earlier attempt of this upload ended with',
		behind: 'the step repeated an upload after a fault, and the service says that one is running',
		advice:
			'Look at the import history. If it lists the file, the upload worked; Poll Ingestion can follow it by its ID.',
	},
	{
		sentence: 'The upload was skipped, so there is no import to follow.',
		behind: 'Viva HR Ingest ended with the status `Skipped`',
		advice: 'Put an *If* between both steps, or let Viva HR Ingest wait.',
	},
	{
		sentence: 'had not ended when the time limit was reached, after',
		behind: 'the import takes longer than the time limit of Poll Ingestion',
		advice: 'The import continues at Microsoft. Raise the time limit, or use the output *Still Running*.',
	},
	{
		sentence: 'This n8n cannot wait in its database without a wire',
		behind: 'n8n before 2.41',
		advice:
			'Connect *Still Running* to the input of the step ([poll-ingestion.md](poll-ingestion.md#wire-or-no-wire)).',
	},
	{
		sentence: "An output other than 'Still Running' of this step is connected to its own input.",
		behind: 'a wrong wire',
		advice: 'Remove it: only *Still Running* may lead back.',
	},
	{
		sentence: 'which gives nothing with these settings.',
		behind: 'the first output, where the **+** draws its wire, is *Still Running*',
		advice: 'Connect the next step to *Completed* or *Failed*.',
	},
	{
		sentence: 'The export was empty: the step before gave no row and no file.',
		behind: 'the source had nothing, and the step before has *Always Output Data* on',
		advice: 'Check the source. If nothing is usual, switch *Always Output Data* off there.',
	},
	{
		sentence: 'which does not fit this file of',
		behind: 'the note of how far the sending came was changed or damaged',
		advice:
			"Compare `RecordsSaved` in the connector's log with the file. *Start Over* sends everything again.",
	},
	{
		sentence: 'The rows do not add up: of',
		behind: 'a fault of this package: rows were lost or counted twice',
		advice: 'Report it with the numbers of the message.',
	},
	{
		sentence: "The setting 'Execute Once' of this step leaves one of",
		behind: 'with *Input: Items* each item is a row, and n8n passes only the first',
		advice: 'Switch *Execute Once* off in the settings of the step.',
	},
	{
		sentence: 'files would be full imports to the same destination, and each would replace the one before.',
		behind: 'with *Input: File* each file is an import, and a full refresh replaces everything',
		advice: 'Bring the rows together, or choose *Refresh: Incremental*.',
	},
	{
		sentence: 'This execution has already sent a full import of',
		behind: 'a loop runs the step once a round, or several steps send to one destination',
		advice: 'Connect the step to the output *done* of the loop.',
	},
	{
		sentence:
			'A field of the credential is an expression that names another step, which cannot be resolved while this step is paused.',
		behind: 'paused without a wire, a copy of the step runs in a workflow of its own',
		advice: 'Put the value into the item and name it as `{{ $json.… }}`, or draw the wire.',
	},
	{
		sentence: "The job ID is not one of Purview's.",
		behind: 'something else was copied; a job ID looks like 01234567-89ab-cdef-0123-456789abcdef',
		advice: 'Copy it from Purview portal > Settings > Data connectors > My connectors.',
	},
	{
		sentence: 'arrived; nothing was sent now.',
		behind: '*Rows in Doubt* is *Stop*, and an earlier run ended without an answer',
		advice:
			"Compare `RecordsSaved` in the connector's log, then choose *Send Again* or *Take as Sent* for one run.",
	},
	{
		sentence: 'could not find out whether it was accepted. It may have been accepted; nothing was sent now',
		behind: 'an earlier attempt or execution sent the same content and got no usable answer',
		advice:
			'Look at the import history. If it lists the import, follow it with Poll Ingestion. If not, run the workflow again with the option *Send Again*.',
	},
	{
		sentence: 'Another execution is sending the same data to the same job at this moment',
		behind: 'the workflow was started twice',
		advice: 'Wait for the other execution. Use only one trigger.',
	},
	{
		sentence: 'Another execution has sent the same data to the same job since this one began',
		behind: 'the workflow was started twice; the other execution was faster',
		advice: 'Nothing is missing. To send the data again on purpose, run the workflow again.',
	},
	{
		sentence: 'Another execution has taken over the sending of this data',
		behind: 'this n8n gave no sign of life for a minute: its machine was stopped or overloaded',
		advice:
			'Look at the other execution: it lists rows that may have arrived twice ([what the lock covers](purview-hr-signal.md#two-executions-at-once)).',
	},
	{
		sentence: 'The package could not be written to the temporary folder of the n8n machine.',
		behind: 'the folder is full or not writable; packages above 4 MB need it',
		advice: 'Free space, or set `TMPDIR` of n8n to another folder.',
	},
	{
		sentence: 'The tenant is given by its name',
		behind: "Viva's addresses need the ID",
		advice: "Copy *Directory (tenant) ID* from the app's Overview page into the credential.",
	},
	{
		sentence: 'The step stopped because of a fault within it.',
		behind: 'a fault of this package; its text is hidden, because it might quote data',
		advice: 'Report it with file and line from the description. Do not attach your data.',
	},
];
