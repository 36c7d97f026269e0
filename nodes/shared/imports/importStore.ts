import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
	ageOfNote,
	hashParts,
	modifiedAt,
	readNote,
	removeNote,
	removeOldNotes,
	rethrowAsStorageProblem,
	writeNote,
} from '../storage/noteFiles';
import type { DestinationId, RefreshKind } from '../viva/service/destinations';

/** Where imports go. What differs in one of these knows nothing of the other. */
export interface ImportTarget {
	/** base address of the API: tells clouds apart */
	baseUrl: string;
	tenantId: string;
	destination: DestinationId;
}

/** What an import sends, as far as it is kept: a hash, counts and names of columns, never a value of a row. */
export interface ImportFacts {
	/** SHA-256 of the body, hexadecimal: whatever changes what is sent changes it */
	contentHash: string;
	refresh: RefreshKind;
	/** rows that are sent */
	rows: number;
	/** different people among them, where they were counted */
	people?: number;
	/** names of the columns as they are sent */
	columns: readonly string[];
}

/** Who sends. */
export interface Sender {
	/** the same for an execution, each of its tries and rounds, and the executions that repeat it with n8n's Retry button */
	run: string;
	/** n8n's id of the execution, for people to read */
	executionId: string;
}

/** A try whose end nobody noted. It is under way as long as its lock is held, else in doubt. */
export interface OpenTry extends ImportFacts, Sender {
	/** ISO 8601, for people to read */
	startedAt: string;
}

/** An import that the service has accepted. */
export interface AcceptedImport extends ImportFacts, Sender {
	ingestionId: string;
	/** the service's status word when it accepted */
	status: string;
	/** ISO 8601, for people to read */
	acceptedAt: string;
	/** a try before it was in doubt, so the service may have the content twice */
	possiblyDuplicated: boolean;
}

/** A note with its age in milliseconds, by the clock of the file system. */
export type Aged<T> = T & { ageMs: number };

/**
 * What was sent to one target, kept where a later execution finds it, beside the locks (see `storage/lock`). A note is a
 * private file; it is there as a whole or not at all, also after SIGKILL. All functions reject with a Problem `configuration`
 * where the folder cannot be used.
 */
export interface ImportStore {
	/** the name of the lock that whoever reads or writes notes of a content holds */
	lockKey(contentHash: string): string;
	/** the try of a content that is under way or in doubt */
	openTry(contentHash: string): Promise<Aged<OpenTry> | undefined>;
	/** the last accepted import of a content */
	accepted(contentHash: string): Promise<Aged<AcceptedImport> | undefined>;
	/** before the body leaves */
	begin(started: OpenTry): Promise<void>;
	/** the service has refused the try: nothing was taken */
	forgetTry(contentHash: string): Promise<void>;
	/** the service has accepted the try */
	accept(accepted: AcceptedImport): Promise<void>;
	/** the last accepted import of a kind to this target, however long ago; undefined where none was noted */
	lastAccepted(refresh: RefreshKind): Promise<AcceptedImport | undefined>;
	/** the run whose import to this target was accepted last: what an older one sent may have been replaced since */
	lastRun(): Promise<string | undefined>;
	/** all imports that a run has sent to this target: those accepted and those without a known end, in no order */
	sentInRun(run: string): Promise<{ accepted: AcceptedImport[]; open: OpenTry[] }>;
}

const REFRESH_KINDS: readonly RefreshKind[] = ['full', 'incremental', 'merge'];

/**
 * Opens what was sent to one target.
 * @param folder the folder that n8n keeps for this step; who shares it shares the notes
 */
export function openImports(folder: string, { baseUrl, tenantId, destination }: ImportTarget): ImportStore {
	const target = [baseUrl, tenantId, destination].map((part) => part.toLowerCase());
	const prefix = hashParts(target);
	const pathOf = (kind: 'try' | 'import', contentHash: string) =>
		join(folder, `${kind}-${prefix}-${contentHash.slice(0, 40)}.json`);
	const lastPath = (refresh: RefreshKind) => join(folder, `last-${hashParts([...target, refresh])}.json`);
	const notesOf = async (kind: 'try' | 'import') => {
		const names = await readdir(folder).catch((error: NodeJS.ErrnoException) =>
			// Before the first import there is no folder.
			error.code === 'ENOENT' ? [] : rethrowAsStorageProblem(folder)(error),
		);
		return names.filter((name) => name.startsWith(`${kind}-${prefix}-`) && name.endsWith('.json'));
	};

	return {
		lockKey: (contentHash) => hashParts([...target, contentHash]),
		async openTry(contentHash) {
			const path = pathOf('try', contentHash);
			const note = await readNote<OpenTry>(path);
			// That it is there says that something was sent, even where a full disk has cut it.
			return note && { ...asOpenTry(note, contentHash), ageMs: await ageOfNote(path) };
		},
		async accepted(contentHash) {
			const path = pathOf('import', contentHash);
			const note = asAccepted(await readNote<AcceptedImport>(path));
			return note && { ...note, ageMs: await ageOfNote(path) };
		},
		begin: async (started) => await writeNote(pathOf('try', started.contentHash), started),
		forgetTry: async (contentHash) => await removeNote(pathOf('try', contentHash)),
		async accept(accepted) {
			const { contentHash, refresh } = accepted;
			const path = pathOf('import', contentHash);
			await writeNote(lastPath(refresh), { ...accepted, tenantId, destination });
			await writeNote(path, accepted);
			await removeNote(pathOf('try', contentHash));
			await removeOldNotes(path);
		},
		lastAccepted: async (refresh) => asAccepted(await readNote<AcceptedImport>(lastPath(refresh))),
		async lastRun() {
			const notes = REFRESH_KINDS.map(lastPath).map(async (path) => {
				const note = asAccepted(await readNote<AcceptedImport>(path));
				return note && { run: note.run, at: await modifiedAt(path) };
			});
			const found = (await Promise.all(notes)).filter((note) => note !== undefined);
			return found.sort((a, b) => b.at - a.at).at(0)?.run;
		},
		async sentInRun(run) {
			const accepted = (await notesOf('import')).map(async (name) =>
				asAccepted(await readNote<AcceptedImport>(join(folder, name))),
			);
			const open = (await notesOf('try')).map(async (name) =>
				asOpenTry((await readNote<OpenTry>(join(folder, name))) ?? {}, ''),
			);
			const isOfRun = (note: Sender | undefined) => note?.run === run;
			return {
				accepted: (await Promise.all(accepted)).filter((note) => note !== undefined).filter(isOfRun),
				open: (await Promise.all(open)).filter(isOfRun),
			};
		},
	};
}

/**
 * The last accepted import of a kind to a destination, for whoever does not know the tenant.
 * @param folder the folder that n8n keeps for this step
 * @returns undefined where none was noted, or imports to several tenants were
 */
export async function lastAcceptedByAll(
	folder: string,
	destination: DestinationId,
	refresh: RefreshKind,
): Promise<AcceptedImport | undefined> {
	const names = (await readdir(folder).catch(() => [])).filter((name) =>
		/^last-[0-9a-f]{40}\.json$/.test(name),
	);
	const notes = names.map(async (name) => await readNote<AcceptedImport & ImportTarget>(join(folder, name)));
	const found = (await Promise.all(notes)).filter(
		(note) => note?.destination === destination && note.refresh === refresh,
	);
	return found.length === 1 ? asAccepted(found[0]) : undefined;
}

/** What a note of a try says; what it lacks is unknown. */
function asOpenTry(note: Partial<OpenTry>, contentHash: string): OpenTry {
	return {
		refresh: 'full',
		rows: 0,
		columns: [],
		run: '',
		executionId: '?',
		startedAt: '?',
		...note,
		contentHash: note.contentHash ?? contentHash,
	};
}

/** A note that does not tell what was accepted says nothing. */
function asAccepted(note: Partial<AcceptedImport> | undefined): AcceptedImport | undefined {
	const whole =
		typeof note?.ingestionId === 'string' &&
		typeof note.status === 'string' &&
		typeof note.rows === 'number' &&
		Array.isArray(note.columns);
	return whole ? (note as AcceptedImport) : undefined;
}
