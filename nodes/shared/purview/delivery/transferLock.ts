import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { problem, type Problem } from '../../core/problem';
import { ownIdentity, stillRuns, type ProcessIdentity } from './processIdentity';
import { consignmentKey, storageProblem, type Consignment } from './progress';

/** The right to send one file to one job, held by one execution at a time. */
export interface Claim {
	/**
	 * Asked before anything leaves and before any note is written.
	 * @throws Problem `timeLimit` when another execution has taken the claim over
	 */
	assertHeld(): Promise<void>;
	/** Gives it back. `sentWhole` tells executions that wanted it meanwhile that there is nothing left for them. */
	release(sentWhole: boolean): Promise<void>;
}

/** How a claim is asked for. */
export interface ClaimRequest {
	/** the folder that n8n keeps for this step; who shares it shares the claims */
	folder: string;
	consignment: Consignment;
	/** when this execution set to work, in milliseconds since 1970: what another sent after it is not sent again by it */
	begunAt: number;
	signal?: AbortSignal;
	timing?: ClaimTiming;
	/** this process, unless a test speaks for another */
	identity?: ProcessIdentity;
}

/** Signs of life of a claim, in milliseconds. */
export interface ClaimTiming {
	/** from one to the next */
	beatMs: number;
	/** a holder elsewhere that gives none for so long counts as dead */
	leaseMs: number;
}

const TIMING: ClaimTiming = { beatMs: 5_000, leaseMs: 60_000 };

/** What stands in the file of a claim. */
interface Note {
	/** tells this claim from all others */
	token: string;
	/** grows while the holder lives */
	beat: number;
	holder?: ProcessIdentity;
	/** it was given back; where all was sent, when: milliseconds since 1970 */
	released?: boolean;
	sentWholeAt?: number;
}

/** Claims that this process holds. */
const heldHere = new Set<string>();

/**
 * Takes the claim on a file.
 *
 * A claim is a file with a number in its name, made so that it can be made once only; whoever made the one with the highest
 * number holds it. Numbers only grow, so two who find the same holder dead cannot both follow him.
 *
 * Whether a holder is dead is known at once within one machine or container, and there a living one never loses its claim. Of
 * one elsewhere the signs of life are watched; what counts is that they go on, not any clock.
 * @param request see {@link ClaimRequest}
 * @throws Problem `configuration` when another execution sends the same at this moment, or has sent it since this one began;
 * `cancelled` when cancelled while it watched
 */
export async function takeClaim(request: ClaimRequest): Promise<Claim> {
	const { folder, consignment, begunAt, signal, timing = TIMING } = request;
	const key = consignmentKey(consignment);
	const own = request.identity ?? (await ownIdentity());
	await mkdir(folder, { recursive: true, mode: 0o700 }).catch(inWords(folder));

	for (;;) {
		const last = (await numbersOf(folder, key)).at(-1) ?? 0;
		if (last > 0) {
			const note = await watch(pathOf(folder, key, last), { own, timing, signal });
			if (note === 'held') throw busy();
			if (note === 'changed') continue;
			if ((note?.sentWholeAt ?? 0) >= begunAt) throw sentMeanwhile();
		}
		const number = last + 1;
		const held: Held = { folder, key, number, path: pathOf(folder, key, number), beatMs: timing.beatMs };
		const note: Note = { token: randomUUID(), beat: 0, ...(own ? { holder: own } : {}) };
		if (await make(held, note)) return holding(held, note);
	}
}

/** A claim and its place. */
interface Held {
	folder: string;
	key: string;
	number: number;
	path: string;
	beatMs: number;
}

/** Makes the claim's file; tells whether this execution holds the claim now. */
async function make({ folder, key, number, path }: Held, note: Note): Promise<boolean> {
	heldHere.add(note.token);
	let made = false;
	let holds = false;
	try {
		made = await create(path, note);
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
		if (!holds) heldHere.delete(note.token);
	}
}

function holding({ folder, key, number, path, beatMs }: Held, note: Note): Claim {
	// Notes only grow, so the old text is covered. Never makes the file anew: it is gone when another has taken over.
	const write = async (change: Partial<Note>) =>
		await writeFile(path, JSON.stringify(Object.assign(note, change)), { flag: 'r+' });
	// A beat that fails shows nowhere but in the next question, which is asked before anything is done.
	let beating: Promise<void> = Promise.resolve();
	const timer = setInterval(() => {
		beating = write({ beat: note.beat + 1 }).catch(() => undefined);
	}, beatMs);
	timer.unref();
	return {
		async assertHeld() {
			if ((await numbersOf(folder, key)).at(-1) !== number) throw lost();
		},
		async release(sentWhole) {
			clearInterval(timer);
			await beating;
			await write({ released: true, ...(sentWhole ? { sentWholeAt: Date.now() } : {}) }).catch(
				// What cannot be written may still be removed; gone is as good as given back.
				async () => await unlink(path).catch(() => undefined),
			);
			heldHere.delete(note.token);
		},
	};
}

/**
 * Finds out whether the holder of a claim lives.
 * @returns `held` by a living one, `changed` when the file went away, else the note of one that is dead or was given back;
 * undefined where that one never wrote its note
 */
async function watch(
	path: string,
	{ own, timing, signal }: { own?: ProcessIdentity; timing: ClaimTiming; signal?: AbortSignal },
): Promise<'held' | 'changed' | Note | undefined> {
	const first = await read(path);
	if (first === undefined) return 'changed';
	const note = parsed(first);
	if (note?.released) return note;
	if (note && heldHere.has(note.token)) return 'held';
	const runs = await stillRuns(note?.holder, own);
	// What this process does not know of, it does not hold: it could not be given back.
	if (runs === false || (runs && note?.holder?.pid === own?.pid)) return note;
	if (runs) return 'held';
	for (let waited = 0; waited < timing.leaseMs; waited += timing.beatMs) {
		await sleep(timing.beatMs, signal);
		const next = await read(path);
		if (next === undefined) return 'changed';
		const now = next === first ? undefined : parsed(next);
		if (now) return now.released ? 'changed' : 'held';
	}
	return note;
}

const pathOf = (folder: string, key: string, number: number): string =>
	join(folder, `claim-${key}-${number}.json`);

/** Numbers of the claims on a file, in growing order. */
async function numbersOf(folder: string, key: string): Promise<number[]> {
	const names = await readdir(folder).catch(inWords(folder));
	return names
		.map((name) => /^claim-([0-9a-f]{40})-(\d+)\.json$/.exec(name))
		.filter((match) => match?.[1] === key)
		.map((match) => Number(match?.[2]))
		.sort((a, b) => a - b);
}

/** Makes the file unless there is one already; tells whether it did. */
async function create(path: string, note: Note): Promise<boolean> {
	return await writeFile(path, JSON.stringify(note), { flag: 'wx', mode: 0o600 }).then(
		() => true,
		(error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? false : inWords(path)(error)),
	);
}

/** Undefined where there is no such file. */
async function read(path: string): Promise<string | undefined> {
	return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
		error.code === 'ENOENT' ? undefined : inWords(path)(error),
	);
}

/** A note that was just begun, or cut by a full disk, says nothing. */
function parsed(text: string): Note | undefined {
	try {
		return JSON.parse(text) as Note;
	} catch {
		return undefined;
	}
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	await delay(ms, undefined, { signal }).catch(() => {
		throw problem.cancelled(
			'The step was cancelled before anything was sent.',
			'Run the workflow again when you want to.',
		);
	});
}

const inWords =
	(path: string) =>
	(error: NodeJS.ErrnoException): never => {
		throw storageProblem(path, error);
	};

const busy = (): Problem =>
	problem.configuration(
		'Another execution is sending the same data to the same job at this moment; nothing was sent.',
		'Wait until it has ended, and see that the workflow is not started twice.',
	);

const sentMeanwhile = (): Problem =>
	problem.configuration(
		'Another execution has sent the same data to the same job since this one began; nothing was sent again.',
		'Nothing is missing. See that the workflow is not started twice. To send the data once more, run the workflow again.',
	);

const lost = (): Problem =>
	problem.timeLimit(
		'Another execution has taken over the sending of this data, because this one gave no sign of life for some time.',
		'See whether n8n or its machine was stopped or overloaded. The other execution goes on after the confirmed rows and tells which may have arrived twice.',
	);
