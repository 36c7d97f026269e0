import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { problem, type Problem } from '../core/problem';
import { ownIdentity, stillRuns, type ProcessIdentity } from './processIdentity';
import { parseLockRecord, type LockRecord } from './lockRecord';
import { namesIn, rethrowAsStorageProblem } from './noteFiles';

/** The right to send one content to one destination, held by one execution at a time. */
export interface Lock {
	/**
	 * Asked before anything leaves and before any note is written.
	 * @throws Problem `timeLimit` when another execution has taken the lock over
	 */
	assertHeld(): Promise<void>;
	/** Gives it back. `sentWhole` tells executions that wanted it meanwhile that there is nothing left for them. */
	release(sentWhole: boolean): Promise<void>;
}

/** How a lock is asked for. */
export interface LockRequest {
	/** the folder that n8n keeps for this step; who shares it shares the locks */
	folder: string;
	/** tells content and destination from all others, see `hashParts` */
	key: string;
	/** see {@link sentWithLocks}; missing where it does not matter what another has sent since then */
	sentBefore?: readonly string[];
	signal?: AbortSignal;
	timing?: LockTiming;
	/** this process, unless a test speaks for another */
	identity?: ProcessIdentity;
}

/** The lock, or who stands in the way: one that holds it at this moment, or one that sent everything since this one began. */
export type LockOutcome =
	{ kind: 'acquired'; lock: Lock } | { kind: 'heldByAnother' } | { kind: 'sentMeanwhile' };

/** Signs of life of a lock, in milliseconds. */
export interface LockTiming {
	/** from one to the next */
	beatMs: number;
	/** a holder elsewhere that gives none for so long counts as dead */
	leaseMs: number;
}

const LOCK_NAME = /^lock-([0-9a-f]{40})-(\d+)\.json$/;

const TIMING: LockTiming = { beatMs: 5_000, leaseMs: 60_000 };

/** Who waits for a lock asks again so often, in milliseconds. */
const LOOK_AGAIN_MS = 250;

/** Holds any record: token, place, process and beat take some 250 bytes. */
const RECORD_BYTES = 1_024;

/** Locks that this process holds. */
const heldHere = new Set<string>();

/**
 * Takes the lock on a content.
 *
 * A lock is a file with a number in its name, made so that it can be made once only; the maker of the one with the highest
 * number holds it. Numbers only grow, so two who find the same holder dead cannot both follow him.
 *
 * Whether a holder is dead is known at once within one machine or container, and there a living one never loses its lock. Of
 * one elsewhere the signs of life are watched; what counts is that they go on, not any clock.
 * @param request see {@link LockRequest}
 * @throws Problem `configuration` where the folder cannot be used; `cancelled` when cancelled while it watched
 */
export async function acquireLock(request: LockRequest): Promise<LockOutcome> {
	const { folder, key, sentBefore, signal, timing = TIMING } = request;
	const own = request.identity ?? (await ownIdentity());
	await mkdir(folder, { recursive: true, mode: 0o700 }).catch(rethrowAsStorageProblem(folder));

	for (;;) {
		const last = (await numbersOf(folder, key)).at(-1) ?? 0;
		if (last > 0) {
			const record = await inspectHolder(pathOf(folder, key, last), { own, timing, signal });
			if (record === 'held') return { kind: 'heldByAnother' };
			if (record === 'changed') continue;
			if (record?.sentWhole && sentBefore?.includes(record.token) === false) return { kind: 'sentMeanwhile' };
		}
		const number = last + 1;
		const held: LockFile = { folder, key, number, path: pathOf(folder, key, number), beatMs: timing.beatMs };
		const record: LockRecord = { token: randomUUID(), beat: 0, ...(own ? { holder: own } : {}) };
		if (await tryAcquire(held, record)) return { kind: 'acquired', lock: heldLock(held, record) };
	}
}

/**
 * Takes the lock on a content as soon as nobody else holds it: a holder ends by its own limits, or dies.
 * @param onWait called once where it waits
 * @throws as {@link acquireLock}
 */
export async function acquireLockWhenFree(
	request: Omit<LockRequest, 'sentBefore'>,
	onWait?: () => void,
): Promise<Lock> {
	const { beatMs } = request.timing ?? TIMING;
	for (let waits = 0; ; waits++) {
		const outcome = await acquireLock(request);
		if (outcome.kind === 'acquired') return outcome.lock;
		if (waits === 0) onWait?.();
		await sleep(Math.min(beatMs, LOOK_AGAIN_MS), request.signal);
	}
}

/**
 * What has been sent whole up to now, asked when an execution sets to work: tokens of the locks that were given back so.
 * No clock is asked, since those of two machines differ.
 */
export async function sentWithLocks(folder: string): Promise<string[]> {
	const names = await namesIn(folder);
	const records = await Promise.all(
		names
			.filter((name) => LOCK_NAME.test(name))
			.map(async (name) => parseLockRecord(await readFile(join(folder, name), 'utf8').catch(() => ''))),
	);
	return records.flatMap((record) => (record?.sentWhole ? [record.token] : []));
}

/** A lock and its place. */
interface LockFile {
	folder: string;
	key: string;
	number: number;
	path: string;
	beatMs: number;
}

/** Makes the lock's file; tells whether this execution holds the lock now. */
async function tryAcquire({ folder, key, number, path }: LockFile, record: LockRecord): Promise<boolean> {
	heldHere.add(record.token);
	let made = false;
	let holds = false;
	try {
		made = await createFile(path, record);
		if (!made) return false;
		const numbers = await numbersOf(folder, key);
		// Others may have come and gone since it was looked; the last of them counts.
		holds = numbers.at(-1) === number;
		for (const old of holds ? numbers.slice(0, -1) : []) {
			await unlink(pathOf(folder, key, old)).catch(() => undefined);
		}
		return holds;
	} finally {
		if (made && !holds) await unlink(path).catch(() => undefined);
		if (!holds) heldHere.delete(record.token);
	}
}

function heldLock({ folder, key, number, path, beatMs }: LockFile, record: LockRecord): Lock {
	// Never makes the file anew: it is gone when another has taken over.
	const write = async (change: Partial<LockRecord>) =>
		await writeFile(path, textOf(Object.assign(record, change)), { flag: 'r+' });
	// A beat that fails shows nowhere but in the next question, which is asked before anything is done.
	let beating: Promise<void> = Promise.resolve();
	const timer = setInterval(() => {
		beating = write({ beat: record.beat + 1 }).catch(() => undefined);
	}, beatMs);
	timer.unref();
	return {
		async assertHeld() {
			if ((await numbersOf(folder, key)).at(-1) !== number) throw takenOver();
		},
		async release(sentWhole) {
			clearInterval(timer);
			await beating;
			await write({ released: true, ...(sentWhole ? { sentWhole } : {}) }).catch(
				// What cannot be written may still be removed; gone is as good as given back.
				async () => await unlink(path).catch(() => undefined),
			);
			heldHere.delete(record.token);
		},
	};
}

/**
 * Finds out whether the holder of a lock lives.
 * @returns `held` by a living one, `changed` when the file went away, else the record of one that is dead or was given back;
 * undefined where that one never wrote its record
 */
async function inspectHolder(
	path: string,
	{ own, timing, signal }: { own?: ProcessIdentity; timing: LockTiming; signal?: AbortSignal },
): Promise<'held' | 'changed' | LockRecord | undefined> {
	const first = await readFileText(path);
	if (first === undefined) return 'changed';
	const record = parseLockRecord(first);
	if (record?.released) return record;
	if (record && heldHere.has(record.token)) return 'held';
	const runs = await stillRuns(record?.holder, own);
	// What this process does not know of, it does not hold: it could not be given back.
	if (runs === false || (runs && record?.holder?.pid === own?.pid)) return record;
	if (runs) return 'held';
	for (let waited = 0; waited < timing.leaseMs; waited += timing.beatMs) {
		await sleep(timing.beatMs, signal);
		const next = await readFileText(path);
		if (next === undefined) return 'changed';
		const now = next === first ? undefined : parseLockRecord(next);
		if (now) return now.released ? 'changed' : 'held';
	}
	return record;
}

/** Of one length always: a reader that asks for the size first would get half a record while a longer one is written. */
const textOf = (record: LockRecord): string => JSON.stringify(record).padEnd(RECORD_BYTES);

const pathOf = (folder: string, key: string, number: number): string =>
	join(folder, `lock-${key}-${number}.json`);

/** Numbers of the locks on a file, in growing order. */
async function numbersOf(folder: string, key: string): Promise<number[]> {
	const names = await readdir(folder).catch(rethrowAsStorageProblem(folder));
	return names
		.map((name) => LOCK_NAME.exec(name))
		.filter((match) => match?.[1] === key)
		.map((match) => Number(match?.[2]))
		.sort((a, b) => a - b);
}

/** Makes the file unless there is one already; tells whether it did. */
async function createFile(path: string, record: LockRecord): Promise<boolean> {
	return await writeFile(path, textOf(record), { flag: 'wx', mode: 0o600 }).then(
		() => true,
		(error: NodeJS.ErrnoException) =>
			error.code === 'EEXIST' ? false : rethrowAsStorageProblem(path)(error),
	);
}

/** Undefined where there is no such file. */
async function readFileText(path: string): Promise<string | undefined> {
	return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
		error.code === 'ENOENT' ? undefined : rethrowAsStorageProblem(path)(error),
	);
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	await delay(ms, undefined, { signal }).catch(() => {
		throw problem.cancelled(
			'The step was cancelled before anything was sent.',
			'Run the workflow again when you want to.',
		);
	});
}

const takenOver = (): Problem =>
	problem.timeLimit(
		'Another execution has taken over the sending of this data, because this one gave no sign of life for some time.',
		'See whether n8n or its machine was stopped or overloaded. The other execution goes on, and tells what may have arrived twice.',
	);
