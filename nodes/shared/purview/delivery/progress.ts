import { join } from 'node:path';
import {
	ageOfNote,
	hashParts,
	readNote,
	removeNote,
	removeOldNotes,
	writeNote,
} from '../../storage/noteFiles';
import type { RowRange } from './rowRanges';

/** How much of a file lies before a point in it. */
export interface Position {
	records: number;
	bytes: number;
	/** number of the last record before it as the user knows it; 0 at the beginning */
	lastRow: number;
}

/** How far the sending of one file has come. Holds counts and hashes, never a value of a row. */
export interface Progress {
	/** everything before it was accepted */
	confirmed: Position;
	/** what lies between `confirmed` and this was on its way when the progress was written: it is in doubt */
	inDoubt?: Position;
	/** confirmed rows that may have arrived twice */
	possiblyDuplicated: readonly RowRange[];
}

/** A file that was sent whole. */
export interface Finished {
	/** its end */
	end: Position;
	/** rows that may have arrived twice */
	possiblyDuplicated: readonly RowRange[];
	/** by the clock of the machine that sent it, in milliseconds since 1970: to be shown, not to be compared */
	completedAt: number;
}

/** What a file is sent to, and what is in it. */
export interface Transfer {
	signalsUrl: string;
	tenantId: string;
	jobId: string;
	/** SHA-256 over header and records, hexadecimal */
	contentHash: string;
}

/** Keeps progress of one file where a later execution finds it. */
export interface ProgressStore {
	/**
	 * A note counts by its content, whenever and wherever it was written; undefined where nothing is known.
	 * @param ownOnly only what this run has noted counts
	 */
	read(ownOnly: boolean): Promise<Progress | undefined>;
	write(progress: Progress): Promise<void>;
	/** forgets the progress */
	forget(): Promise<void>;
	/** the file, where this run has sent it whole */
	finished(): Promise<Finished | undefined>;
	/** the file, where another run has sent it whole */
	finishedByOther(): Promise<Finished | undefined>;
	/** the file, where the last run of the job sent or skipped it; with its age by the clock of the file system, in milliseconds */
	unchanged(): Promise<(Finished & { ageMs: number }) | undefined>;
	/** when the job got a whole file last, and how long ago by the clock of the file system, in milliseconds */
	lastSent(): Promise<{ completedAt: number; ageMs: number } | undefined>;
	/** notes that this run skipped the file, so that the next one may */
	skip(): Promise<void>;
	/** notes that the whole file was sent, and forgets its progress */
	complete(sent: Omit<Finished, 'completedAt'>): Promise<void>;
}

/** Which files of a job the last run sent or skipped, by their keys: a file that an older run sent may have changed since. */
interface LastRun {
	run: string;
	files: string[];
	/** those of the run before it */
	before: string[];
}

/** Whose progress it is. */
export interface ProgressRequest {
	/** the folder that n8n keeps for this step */
	folder: string;
	transfer: Transfer;
	/** the same for an execution, its attempts and those that repeat it */
	run: string;
	/** the present time, in milliseconds since 1970 */
	now?: () => number;
}

/** Opens the store of one file's progress. */
export function openProgress({ folder, transfer, run, now = Date.now }: ProgressRequest): ProgressStore {
	const key = transferKey(transfer);
	const progressPath = join(folder, `progress-${key}.json`);
	const completePath = join(folder, `complete-${key}.json`);
	const lastPath = join(folder, `last-${hashParts(targetOf(transfer))}.json`);
	const sentPath = join(folder, `sent-${hashParts(targetOf(transfer))}.json`);

	const readFinished = async () => {
		const note = await readNote<Finished & { run: string }>(completePath);
		return isPosition(note?.end) && typeof note.completedAt === 'number'
			? (note as Finished & { run: string })
			: undefined;
	};
	/** The last run, and the files of the one before this. */
	const readLast = async () => {
		const last: LastRun = { run: '', files: [], before: [], ...(await readNote<LastRun>(lastPath)) };
		return last.run === run ? last : { run, files: [], before: last.files };
	};
	const skip = async () => {
		const last = await readLast();
		if (!last.files.includes(key)) await writeNote(lastPath, { ...last, files: [...last.files, key] });
	};

	return {
		async read(ownOnly) {
			const note = await readNote<Progress & { run: string }>(progressPath);
			if (!isPosition(note?.confirmed) || (ownOnly && note.run !== run)) return undefined;
			const { confirmed, inDoubt, possiblyDuplicated = [] } = note;
			return { confirmed, inDoubt, possiblyDuplicated };
		},
		write: async (progress) => await writeNote(progressPath, { ...progress, run }),
		forget: async () => await removeNote(progressPath),
		async finished() {
			const finished = await readFinished();
			return finished?.run === run ? finished : undefined;
		},
		async finishedByOther() {
			const finished = await readFinished();
			return finished?.run === run ? undefined : finished;
		},
		async unchanged() {
			const finished = (await readLast()).before.includes(key) ? await readFinished() : undefined;
			return finished && { ...finished, ageMs: await ageOfNote(completePath) };
		},
		async lastSent() {
			const completedAt = (await readNote<Pick<Finished, 'completedAt'>>(sentPath))?.completedAt;
			if (typeof completedAt !== 'number') return undefined;
			return { completedAt, ageMs: await ageOfNote(sentPath) };
		},
		skip,
		async complete(sent) {
			await writeNote(completePath, { ...sent, run, completedAt: now() });
			await writeNote(sentPath, { completedAt: now() });
			await removeNote(progressPath);
			await skip();
			await removeOldNotes(completePath);
		},
	};
}

/** Tells one file to one job from all others, in 40 hexadecimal digits. */
export function transferKey(transfer: Transfer): string {
	return hashParts([...targetOf(transfer), transfer.contentHash]);
}

function targetOf({ signalsUrl, tenantId, jobId }: Transfer): string[] {
	return [signalsUrl, tenantId, jobId].map((part) => part.toLowerCase());
}

function isPosition(value: unknown): value is Position {
	const position = value as Partial<Position> | undefined;
	return Number.isInteger(position?.records) && Number.isInteger(position?.bytes);
}
