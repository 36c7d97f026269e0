import { join } from 'node:path';
import {
	ageOfNote,
	hashParts,
	readNote,
	removeNote,
	removeOldNotes,
	writeNote,
} from '../../storage/noteFiles';

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
}

/** The last file that was sent whole. */
export interface LastComplete {
	contentHash: string;
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
	/** undefined where nothing is known; a note counts by its content, whenever and wherever it was written */
	read(): Promise<Progress | undefined>;
	write(progress: Progress): Promise<void>;
	/** forgets the progress */
	forget(): Promise<void>;
	/** with its age by the clock of the file system, in milliseconds */
	lastComplete(): Promise<(LastComplete & { ageMs: number }) | undefined>;
	/** notes that the whole file was sent, and forgets its progress */
	complete(): Promise<void>;
}

/**
 * Opens the store of one file's progress.
 * @param folder the folder that n8n keeps for this step
 * @param transfer see {@link Transfer}
 * @param now the present time, in milliseconds since 1970
 */
export function openProgress(
	folder: string,
	transfer: Transfer,
	now: () => number = Date.now,
): ProgressStore {
	const { contentHash } = transfer;
	const progressPath = join(folder, `progress-${transferKey(transfer)}.json`);
	const completePath = join(folder, `complete-${hashParts(targetOf(transfer))}.json`);

	return {
		async read() {
			const progress = await readNote<Progress>(progressPath);
			return isPosition(progress?.confirmed) ? { ...progress, confirmed: progress.confirmed } : undefined;
		},
		async write(progress) {
			await writeNote(progressPath, progress);
		},
		async forget() {
			await removeNote(progressPath);
		},
		async lastComplete() {
			const { contentHash: hash, completedAt } = (await readNote<LastComplete>(completePath)) ?? {};
			if (typeof hash !== 'string' || typeof completedAt !== 'number') return undefined;
			return { contentHash: hash, completedAt, ageMs: await ageOfNote(completePath) };
		},
		async complete() {
			await writeNote(completePath, { contentHash, completedAt: now() });
			await removeNote(progressPath);
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
