import { temporaryFolder } from './privateMachine';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { filesBelow, ownFilesBelow } from '../e2e/leftovers';
import { startEmulator, type Emulator } from '../emulator/emulator';
import { foundIn, inFull, TOKEN_BEGINS, type Canaries } from '../fixtures/canaries';
import { localCertificate, startServer, type LocalServer } from '../unit/http/httpsServer';
import { CALL_IDS, CALLS, type CallId, type MatrixCall } from './calls';
import { encryptedKeyOf, runAgain, runCell, type Duration, type Seen } from './cell';
import {
	readReliabilityPage,
	withGroups,
	withoutChance,
	writeFullMatrix,
	writeReliabilityPage,
	type MatrixCell,
} from './document';
import { FAULT_IDS, FAULTS, type FaultId, type MatrixFault, type World } from './faults';
import { surround } from './network';
import { addressesOf, rowValues, secrets } from './planted';
import { ADDRESSES, PATIENCE, POLICY, STRIKES, type Verdict } from './policy';
import { startRecorder, type Recorder } from './recorder';
import { skipWaits } from '../helpers/skipWaits';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./network'));

const DURATIONS = ['once', 'always'] as const;
/** what was seen of each call; filled by the tests */
const matrix = new Map<CallId, MatrixCell[]>();
/** Where n8n lets the Purview step keep its notes. */
const progressFolder = join(temporaryFolder, 'home', '.n8n', 'storage');

let emulator: Emulator;
let otherName: LocalServer;
let recorder: Recorder;
let canaries: { secrets: Canaries; all: Canaries };

beforeAll(async () => {
	emulator = await startEmulator();
	otherName = await startServer(await localCertificate(['service.example']));
	surround({
		emulator,
		trusted: [emulator.caPem(), otherName.ca],
		closedPort: await closedPort(),
		otherNamePort: otherName.port,
	});
	skipWaits(() => emulator);
	const planted = secrets(emulator, encryptedKeyOf(emulator));
	canaries = { secrets: planted, all: { ...planted, ...rowValues } };
});
afterAll(async () => {
	await otherName.close();
	await emulator.close();
});
beforeEach(() => {
	recorder = startRecorder();
});
afterEach(() => {
	recorder.stop();
	expect(emulator.failures).toEqual([]);
});

describe.each(CALL_IDS)('%s', (callId) => {
	const call: MatrixCall = CALLS[callId];
	const cells: MatrixCell[] = [];
	matrix.set(callId, cells);

	it.each(FAULT_IDS)('%s', async (faultId) => {
		const fault: MatrixFault = FAULTS[faultId];
		const expectation = POLICY[callId][faultId];
		if ('cannotOccur' in expectation) {
			cells.push({ fault: fault.title, cannotOccur: expectation.cannotOccur });
			return;
		}
		const seen = {} as Record<Duration, Seen>;
		for (const duration of DURATIONS) {
			for (const world of fault.worlds) {
				const cell: Cell = { call, callId, fault, faultId, duration, world, ...expectation };
				rmSync(progressFolder, { recursive: true, force: true });
				const now = await runCell(call, fault, { emulator, duration, world, logger: recorder.logger });
				assertVerdict(now, cell);
				assertBooks(now, cell);
				assertNothingTold(now);
				// The sender cannot know what the service did with the request: it must do and say the same.
				seen[duration] ??= now;
				expect(spoken(now)).toEqual(spoken(seen[duration]));
				// A large package shows nothing new here that a small one does not.
				if (now.ended === 'error' && !fault.large) await assertNothingLost(now, cell);
				assertNothingLeft();
			}
		}
		cells.push({ fault: fault.title, ...expectation, ...seen });
	});
});

it('docs/reliability.md groups what was seen (npm run docs:reliability)', () => {
	for (const callId of CALL_IDS)
		expect([callId, matrix.get(callId)?.length]).toEqual([callId, FAULT_IDS.length]);
	writeFullMatrix(matrix);
	if (process.env.WRITE_DOCUMENTS) writeReliabilityPage(matrix);
	expect(readReliabilityPage()).toBe(withGroups(readReliabilityPage(), matrix));
});

it('a canary is found wherever it is told', () => {
	const error = Object.assign(new Error('outer', { cause: new Error(rowValues['a name']) }), {
		httpRequest: { headers: { Authorization: `Bearer ${TOKEN_BEGINS}x` } },
	});
	Object.defineProperty(error, 'hidden', { value: canaries.all['the certificate passphrase'] });
	expect(foundIn(inFull(error), canaries.all).sort()).toEqual([
		'a name',
		'a token',
		'the certificate passphrase',
	]);
	// What libraries write when DEBUG is set gets here too.
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded as the libraries load it
	(require('debug') as (name: string) => (text: string) => void)('follow-redirects')(
		`Authorization: ${canaries.all['the client secret']}`,
	);
	console.warn({ salary: rowValues['a salary'] });
	recorder.logger.debug(encodeURIComponent(rowValues['an organization']));
	expect(foundIn(recorder.take().join('\n'), canaries.all).sort()).toEqual([
		'a salary',
		'an organization',
		'the client secret',
	]);
});

/** One run, and what must come of it. */
interface Cell {
	call: MatrixCall;
	callId: CallId;
	fault: MatrixFault;
	faultId: FaultId;
	duration: Duration;
	world: World;
	verdict: Verdict;
	because?: string;
}

/** What the user gets to know. */
const spoken = ({ ended, message, advice, told, requests }: Seen) => ({
	ended,
	message: withoutChance(message),
	advice: withoutChance(advice),
	told,
	requests,
});

/** The verdict of the policy, in terms of what can be seen. */
function assertVerdict(seen: Seen, { callId, faultId, fault, verdict, duration }: Cell): void {
	const addresses = ADDRESSES[callId]?.[faultId] ?? 1;
	const lasts = duration === 'always';
	const { ended, requests, told } = seen;
	const most = (STRIKES[callId]?.[faultId] ?? PATIENCE[callId]) * addresses;
	const expected: Record<Verdict, Pick<Seen, 'ended' | 'requests' | 'told'>> = {
		success: { ended: 'success', requests: lasts ? addresses : requests, told: 'nothing' },
		error: { ended: 'error', requests: addresses, told: 'nothing' },
		inDoubt: { ended: 'error', requests: 1, told: 'mayBeAccepted' },
		freshToken: { ended: lasts ? 'error' : 'success', requests: 2, told: 'nothing' },
		again: lasts
			? { ended: 'error', requests: most, told: 'nothing' }
			: { ended: 'success', requests, told: 'nothing' },
		againInDoubt: lasts
			? { ended: 'error', requests: most, told: 'mayBeAccepted' }
			: { ended: 'success', requests: 2, told: 'mayBeTwice' },
	};
	// Where there are several addresses, the next one answers what the fault has kept from the first.
	const evaded = !lasts && addresses > 1;
	expect({ ended, requests, told }).toEqual(
		evaded ? { ended: 'success', requests: 2, told: 'nothing' } : expected[verdict],
	);
	if (ended === 'error') {
		expect(seen.message).toMatch(/^\S.*\.$/s);
		expect(seen.advice).toMatch(/[A-Za-z]{3}/);
		expect(`${seen.message} ${seen.advice}`).not.toMatch(/undefined|\[object|fault within it|NaN/);
	}
	for (const wait of fault.asksToWaitMs === undefined ? [] : seen.waits) {
		expect(wait).toBeGreaterThanOrEqual(fault.asksToWaitMs ?? 0);
	}
}

/** The emulator's books against what the step said. */
function assertBooks(
	{ ended, told, accepted, outputs, items, advice }: Seen,
	{ call, fault, world, because }: Cell,
): void {
	if (ended === 'success' && because === undefined) call.assertSuccess(outputs ?? [], emulator, items);
	if (call.accepted === undefined) return;
	const people = accepted.flat();
	const everyone = addressesOf(items);
	// Nothing counts as done that was not accepted.
	if (ended === 'success') expect(new Set(people)).toEqual(new Set(everyone));
	// Nothing was accepted twice without being told; of uploads nothing ever is.
	const twice = people.length > new Set(people).size;
	if (twice) expect({ service: call.service, told }).not.toMatchObject({ told: 'nothing' });
	if (call.service !== 'signal') expect(twice).toBe(false);
	if (ended === 'success') return;
	// What was accepted is called confirmed or in doubt.
	const confirmed = call.service === 'signal' && !fault.large ? everyone.slice(0, 2) : [];
	const more = people.slice(confirmed.length);
	expect(people.slice(0, confirmed.length)).toEqual(confirmed);
	if (told === 'nothing') expect(more).toEqual([]);
	if (world === 'processed' && call.service !== 'token') {
		if (call.service === 'push' || call.service === 'signal') expect(more.length).toBeGreaterThan(0);
	}
	if (call.service === 'signal') {
		const spokenOf = confirmed.length === 0 ? 'none' : 'items 0 to 1 \\(2\\)';
		expect(advice).toMatch(new RegExp(`^Confirmed: ${spokenOf}\\.$`, 'm'));
	}
}

/** After the fault the same step with the same data ends well, or says that a person has to decide; nothing is doubled. */
async function assertNothingLost(before: Seen, { call, verdict }: Cell): Promise<void> {
	const after = await runAgain(call, before, { emulator, logger: recorder.logger });
	assertNothingTold(after);
	const people = after.accepted.flat();
	const everyone = addressesOf(before.items);
	const sendsAgain = (call.parameters.options as IDataObject | undefined)?.whenInDoubt === 'sendAgain';
	if (verdict === 'inDoubt' && !sendsAgain) {
		expect(after.ended).toBe('error');
		expect(`${after.message} ${after.advice}`).toMatch(/nothing was sent now/);
		expect(after.accepted).toEqual(before.accepted);
		return;
	}
	expect({ ended: after.ended, message: after.message }).toMatchObject({ ended: 'success' });
	if (call.accepted === undefined) return;
	expect([...new Set(people)]).toEqual(everyone);
	if (verdict === 'againInDoubt' || verdict === 'inDoubt') expect(after.told).toBe('mayBeTwice');
	else expect(people).toHaveLength(everyone.length);
}

/** Looks for canaries in everything that was said. */
function assertNothingTold({ error, outputs, message, advice }: Seen): void {
	const said = [message, advice, inFull(error), ...recorder.take()];
	const addresses = emulator.requests.map(({ path, headers }) => `${path} ${JSON.stringify(headers)}`);
	expect(foundIn([...said, ...addresses].join('\n'), canaries.all)).toEqual([]);
	// What the step puts out holds rows where the user asked for them, but nothing of the credential.
	expect(foundIn(inFull(outputs), canaries.secrets)).toEqual([]);
}

/** Looks at what lies in the folder for temporary files, and in the step's own folder. */
function assertNothingLeft(): void {
	mkdirSync(progressFolder, { recursive: true });
	expect(ownFilesBelow(temporaryFolder).filter((path) => !path.startsWith(progressFolder))).toEqual([]);
	const notes = filesBelow(progressFolder);
	expect(notes.map((path) => statSync(path).mode & 0o777)).toEqual(notes.map(() => 0o600));
	const left = filesBelow(temporaryFolder).map((path) => readFileSync(path, 'latin1'));
	expect(foundIn(left.join('\n'), canaries.all)).toEqual([]);
}

async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
