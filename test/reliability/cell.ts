import type { IDataObject, INodeExecutionData, Logger } from 'n8n-workflow';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import type { Emulator } from '../emulator/emulator';
import { runStep } from '../node/executionContext';
import type { MatrixCall } from './calls';
import type { MatrixFault, World } from './faults';
import { clearWay, strike, timesSent } from './network';
import { encryptedKey, passphrase } from './planted';
import { forgetWaits, waited } from '../helpers/skipWaits';

/** Struck once, the fault has passed at the next attempt; struck always, it lasts. */
export type Duration = 'once' | 'always';

/** What was seen of one run of a step. */
export interface Seen {
	ended: 'success' | 'error';
	/** the sentence that the user reads: the error's, or what the step put out as one */
	message: string;
	/** what the error says to do */
	advice: string;
	/** how often the call was made */
	requests: number;
	/** waits between attempts, in milliseconds */
	waits: number[];
	/** whether the user was told that data may have been accepted, or may have been accepted twice */
	told: 'nothing' | 'mayBeAccepted' | 'mayBeTwice';
	/** by the emulator's books: who was in each delivery that it accepted */
	accepted: string[][];
	/** what was thrown */
	error?: unknown;
	outputs?: INodeExecutionData[][];
	/** what the input was */
	items: INodeExecutionData[];
}

const LASTS = 1_000;

/** Strikes a call with a fault and runs the step that makes it, once. */
export async function runCell(
	call: MatrixCall,
	fault: MatrixFault,
	{
		emulator,
		duration,
		world,
		logger,
	}: { emulator: Emulator; duration: Duration; world: World; logger: Logger },
): Promise<Seen> {
	clearWay();
	forgetWaits();
	emulator.reset();
	const large = fault.large === true && call.accepted !== undefined && call.service !== 'token';
	const items = call.items(emulator, large);
	const times = duration === 'once' ? 1 : LASTS;
	// A large body goes in one chunk.
	const skip = large ? 0 : (call.skip ?? 0);
	const { service, pathContains } = call;
	if (fault.obstacle) strike({ service, skip, times, what: fault.obstacle });
	if (fault.tooSlow) strike({ service, skip, times, what: 'tooSlow' });
	if (fault.action)
		emulator.fault({ service, pathContains, skip, times, action: fault.action(world === 'processed') });
	const seen = await runOnce(call, items, { emulator, large, logger });
	return { ...seen, requests: timesSent(service) - skip };
}

/** Runs the step again with the same input, after the fault has passed. */
export async function runAgain(
	call: MatrixCall,
	{ items }: Seen,
	{ emulator, logger }: { emulator: Emulator; logger: Logger },
): Promise<Seen> {
	clearWay();
	emulator.state.faults.clear();
	return await runOnce(call, items, { emulator, large: false, logger });
}

async function runOnce(
	call: MatrixCall,
	items: INodeExecutionData[],
	{ emulator, large, logger }: { emulator: Emulator; large: boolean; logger: Logger },
): Promise<Seen> {
	const outcome = await runStep({
		type: new call.type(),
		credentials: { [call.credential]: credentialOf(call, emulator) },
		parameters: large ? inOneChunk(call.parameters) : call.parameters,
		items,
		logger,
	}).then(
		(outputs) => ({ outputs }),
		(error: unknown) => ({ error }),
	);
	return {
		...readingOf(outcome),
		...outcome,
		items,
		requests: timesSent(call.service),
		waits: [...waited()],
		accepted: call.accepted?.(emulator) ?? [],
	};
}

function credentialOf(call: MatrixCall, emulator: Emulator): IDataObject {
	const changes = call.certificate
		? { certificate: true, privateKey: encryptedKeyOf(emulator), passphrase }
		: {};
	const make = call.credential === 'vivaHrApi' ? vivaHrApi : purviewHrApi;
	return make(emulator, changes) as IDataObject;
}

let keyOnce: string | undefined;

/** The same text for the whole run, so that it can be looked for. */
export function encryptedKeyOf(emulator: Emulator): string {
	return (keyOnce ??= encryptedKey(emulator));
}

function inOneChunk(parameters: MatrixCall['parameters']): MatrixCall['parameters'] {
	const options = (parameters.options ?? {}) as IDataObject;
	return 'chunkRows' in options
		? { ...parameters, options: { ...options, chunkRows: 5_000 } as MatrixCall['parameters'] }
		: parameters;
}

type Reading = Pick<Seen, 'ended' | 'message' | 'advice' | 'told'>;

/** What a user reads, in the error or in what the step put out. */
function readingOf(outcome: { outputs?: INodeExecutionData[][]; error?: unknown }): Reading {
	if (outcome.outputs === undefined) {
		const { message, description } = outcome.error as Error & { description?: string };
		const advice = (description ?? '').replaceAll('<br>\n', '\n');
		const doubt = /may have been accepted|In doubt \(may have arrived\): (?!none)/;
		return {
			ended: 'error',
			message,
			advice,
			told: doubt.test(`${message}\n${advice}`) ? 'mayBeAccepted' : 'nothing',
		};
	}
	const [first] = outcome.outputs;
	// Check Connection puts out a checklist instead of failing.
	const failedCheck = first.find(({ json }) => json.ok === false);
	if (failedCheck) {
		const { meaning, whatToDo } = failedCheck.json;
		return { ended: 'error', message: String(meaning), advice: String(whatToDo), told: 'nothing' };
	}
	const { errorFileNote, possiblyDuplicatedRows = 0 } = first[0]?.json ?? {};
	const twice = possiblyDuplicatedRows !== 0;
	return {
		ended: 'success',
		message: twice
			? `May have arrived twice: ${String(possiblyDuplicatedRows)} rows.`
			: String(errorFileNote ?? ''),
		advice: '',
		told: twice ? 'mayBeTwice' : 'nothing',
	};
}
