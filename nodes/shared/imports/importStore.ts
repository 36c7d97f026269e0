import { join } from 'node:path';
import {
	ageOfNote,
	hashParts,
	modifiedAt,
	namesIn,
	readNote,
	removeNote,
	removeOldNotes,
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
	/** the same for an execution, each of its attempts and rounds, and the executions that repeat it with n8n's Retry button */
	run: string;
	/** n8n's id of the execution, for people to read */
	executionId: string;
}

/** An attempt whose end nobody noted. It is under way as long as its lock is held, else in doubt. */
export interface OpenAttempt extends ImportFacts, Sender {
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
	/** an earlier attempt was in doubt, so the service may have the content twice */
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
	/** the name of the lock that a reader or writer of notes of a content holds */
	lockKey(contentHash: string): string;
	/** the attempt of a content that is under way or in doubt */
	openAttempt(contentHash: string): Promise<Aged<OpenAttempt> | undefined>;
	/** the last accepted import of a content */
	accepted(contentHash: string): Promise<Aged<AcceptedImport> | undefined>;
	/** before the body leaves */
	begin(started: OpenAttempt): Promise<void>;
	/** the service has refused the attempt: nothing was taken */
	forgetAttempt(contentHash: string): Promise<void>;
	/** the service has accepted the attempt */
	accept(accepted: AcceptedImport): Promise<void>;
	/** the last accepted import of a kind to this target, however long ago; undefined where none was noted */
	lastAccepted(refresh: RefreshKind): Promise<AcceptedImport | undefined>;
	/** the run whose import to this target was accepted last: what an older one sent may have been replaced since */
	lastRun(): Promise<string | undefined>;
	/** all imports that a run has sent to this target: those accepted and those without a known end, in no order */
	sentInRun(run: string): Promise<{ accepted: AcceptedImport[]; open: OpenAttempt[] }>;
}

const REFRESH_KINDS: readonly RefreshKind[] = ['full', 'incremental', 'merge'];

/**
 * Opens what was sent to one target.
 * @param folder the folder that n8n keeps for this step; who shares it shares the notes
 */
export function openImports(folder: string, { baseUrl, tenantId, destination }: ImportTarget): ImportStore {
	const target = [baseUrl, tenantId, destination].map((part) => part.toLowerCase());
	const prefix = hashParts(target);
	const pathOf = (kind: 'attempt' | 'import', contentHash: string) =>
		join(folder, `${kind}-${prefix}-${contentHash.slice(0, 40)}.json`);
	const lastPath = (refresh: RefreshKind) => join(folder, `last-${hashParts([...target, refresh])}.json`);
	const notesOf = async (kind: 'attempt' | 'import') => {
		const names = await namesIn(folder);
		return names.filter((name) => name.startsWith(`${kind}-${prefix}-`) && name.endsWith('.json'));
	};

	return {
		lockKey: (contentHash) => hashParts([...target, contentHash]),
		async openAttempt(contentHash) {
			const path = pathOf('attempt', contentHash);
			const note = await readNote<OpenAttempt>(path);
			// That it is there says that something was sent, even where a full disk has cut it.
			return note && { ...asOpenAttempt(note, contentHash), ageMs: await ageOfNote(path) };
		},
		async accepted(contentHash) {
			const path = pathOf('import', contentHash);
			const note = asAccepted(await readNote<AcceptedImport>(path));
			return note && { ...note, ageMs: await ageOfNote(path) };
		},
		begin: async (started) => await writeNote(pathOf('attempt', started.contentHash), started),
		forgetAttempt: async (contentHash) => await removeNote(pathOf('attempt', contentHash)),
		async accept(accepted) {
			const { contentHash, refresh } = accepted;
			const path = pathOf('import', contentHash);
			await writeNote(lastPath(refresh), { ...accepted, tenantId, destination });
			await writeNote(path, accepted);
			await removeNote(pathOf('attempt', contentHash));
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
			const open = (await notesOf('attempt')).map(async (name) =>
				asOpenAttempt((await readNote<OpenAttempt>(join(folder, name))) ?? {}, ''),
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
 * The last accepted import of a kind to a destination, where the tenant is not known.
 * @param folder the folder that n8n keeps for this step
 * @returns undefined where none was noted, or imports to several tenants were
 */
export async function lastAcceptedByAll(
	folder: string,
	destination: DestinationId,
	refresh: RefreshKind,
): Promise<AcceptedImport | undefined> {
	const names = (await namesIn(folder)).filter((name) => /^last-[0-9a-f]{40}\.json$/.test(name));
	const notes = names.map(async (name) => await readNote<AcceptedImport & ImportTarget>(join(folder, name)));
	const found = (await Promise.all(notes)).filter(
		(note) => note?.destination === destination && note.refresh === refresh,
	);
	return found.length === 1 ? asAccepted(found[0]) : undefined;
}

/** What a note of an attempt says; what it lacks is unknown. */
function asOpenAttempt(note: Partial<OpenAttempt>, contentHash: string): OpenAttempt {
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
