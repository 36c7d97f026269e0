import { problem, problemOf, Problem } from '../core/problem';
import { acquireLockWhenFree, type Lock } from '../storage/lock';
import { DESTINATIONS, type DestinationId } from '../viva/service/destinations';
import { readStatus, type Ingestion } from '../viva/service/ingestion';
import { pushWhenFree, type BusyPolicy } from '../viva/service/pushWhenFree';
import { howToFindOut } from '../viva/service/refusals';
import type { AcceptedImport, Aged, ImportFacts, ImportStore, OpenAttempt, Sender } from './importStore';

/** One import that is to be made once. */
export interface OnceRequest {
	/** the folder that n8n keeps for this step; who shares it shares the locks */
	folder: string;
	store: ImportStore;
	destination: DestinationId;
	facts: ImportFacts;
	sender: Sender;
	/** the user wants it although another run has sent the same content */
	sendAgain: boolean;
	/** uploads once; what may have been taken all the same rejects with `details.inDoubt` */
	push: () => Promise<Ingestion>;
	/** asks the service for an import */
	status: (ingestionId: string) => Promise<Ingestion>;
	busy: BusyPolicy;
	/** called where another execution is sending the same content, before it waits */
	onWait?: () => void;
}

/** What came of it. */
export type OnceOutcome =
	| {
			kind: 'accepted';
			ingestion: Ingestion;
			/** an earlier attempt was in doubt */
			possiblyDuplicated: boolean;
			/** the service accepted it, but that could not be noted */
			noteProblem?: Problem;
	  }
	/** the service has accepted this content before; nothing was sent */
	| { kind: 'alreadyAccepted'; ingestion: Ingestion; earlier: AcceptedImport }
	/** another import is running, and the user chose to skip then */
	| { kind: 'skipped' };

/** For so long, the same content counts as the same import. In milliseconds. */
const SAME_IMPORT_MS = 86_400_000;

/**
 * Uploads a content, unless the service has it: the same content to the same target is one import for a day, and while the
 * service works on it, whichever execution sent it, unless another one has sent something else since. What the same run has sent is never sent by it again. An import that failed
 * in the service may be sent again by another run.
 * @param request see {@link OnceRequest}
 * @throws Problem `inDoubt` where it is not known whether an earlier attempt was accepted; those of the upload, the lock and the folder
 */
export async function sendOnce(request: OnceRequest): Promise<OnceOutcome> {
	const { folder, store, facts, busy, onWait } = request;
	const key = store.lockKey(facts.contentHash);
	const lock = await acquireLockWhenFree({ folder, key, signal: busy.signal }, onWait);
	try {
		const before = await store.openAttempt(facts.contentHash);
		assertKnownEnd(request, before);
		return (await findEarlier(request)) ?? (await send(request, lock, before));
	} finally {
		await lock.release(false);
	}
}

/** @throws Problem `inDoubt` for an attempt without a known end that this run may not repeat */
function assertKnownEnd(
	{ sender, sendAgain, destination }: OnceRequest,
	before: Aged<OpenAttempt> | undefined,
): void {
	if (before === undefined) return;
	const isOwn = before.run === sender.run;
	if (!isOwn && (sendAgain || before.ageMs >= SAME_IMPORT_MS)) return;
	const { executionId, startedAt } = before;
	const who =
		executionId === sender.executionId ? 'An earlier attempt of this execution' : `Execution ${executionId}`;
	throw problem.inDoubt(
		`${who} sent the same content to ${DESTINATIONS[destination].displayName} (${startedAt}) and could not find out whether it was accepted. It may have been accepted; nothing was sent now.`,
		howToFindOut(DESTINATIONS[destination]),
		{ code: 'inDoubt', startedAt, executionId },
	);
}

/** The import that exists already, where it counts as the same. */
async function findEarlier(request: OnceRequest): Promise<OnceOutcome | undefined> {
	const { store, facts, sender, sendAgain, status } = request;
	const earlier = await store.accepted(facts.contentHash);
	const isOwn = earlier?.run === sender.run;
	if (earlier === undefined || (sendAgain && !isOwn)) return undefined;
	// Another run has sent something else since: this content is sent to restore what it replaced.
	if (!isOwn && (await store.lastRun()) !== earlier.run) return undefined;
	const asked = await status(earlier.ingestionId).catch((error: unknown) => {
		// That the service accepted it is known; how far it is says only the service.
		if (error instanceof Problem && error.kind !== 'cancelled') return undefined;
		throw error;
	});
	const { phase, known } = readStatus(asked ?? { Status: '' });
	const isRecent = earlier.ageMs < SAME_IMPORT_MS;
	const tookNothing = phase === 'failed' || phase === 'cancelled';
	const goesOn = phase === 'needsApproval' || (phase === 'running' && known);
	const counts = isOwn || (isRecent ? !tookNothing : goesOn);
	const ingestion = asked ?? { Id: earlier.ingestionId, Status: earlier.status };
	return counts ? { kind: 'alreadyAccepted', ingestion, earlier } : undefined;
}

/** Uploads, with a note of each attempt from before it leaves until its end is known. */
async function send(
	{ store, facts, sender, push, busy }: OnceRequest,
	lock: Lock,
	before: OpenAttempt | undefined,
): Promise<OnceOutcome> {
	const ingestion = await pushWhenFree(async () => {
		await lock.assertHeld();
		await store.begin({ ...facts, ...sender, startedAt: new Date().toISOString() });
		return await push().catch(async (error: unknown) => {
			if (error instanceof Problem && error.details.inDoubt !== true) {
				// Where that cannot be noted, the attempt stays in doubt.
				await problemOf(before ? store.begin(before) : store.forgetAttempt(facts.contentHash));
			}
			throw error;
		});
	}, busy);
	if (ingestion === undefined) return { kind: 'skipped' };
	const possiblyDuplicated = before !== undefined;
	const { Id: ingestionId, Status: status } = ingestion;
	const acceptedAt = new Date().toISOString();
	const noteProblem = await problemOf(
		store.accept({ ...facts, ...sender, ingestionId, status, acceptedAt, possiblyDuplicated }),
	);
	return { kind: 'accepted', ingestion, possiblyDuplicated, ...(noteProblem && { noteProblem }) };
}
