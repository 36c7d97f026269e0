import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '../../core/problem';
import { isLockFree } from './lockRecord';

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

const DAY_MS = 86_400_000;
/** What nobody asked for in such a time is removed. */
const FILE_KEPT_DAYS = 60;

/**
 * Opens the store of one file's progress: small private files (0600, in a folder of 0700), each written anew and put in the
 * old one's place, so that a crash leaves either the old or the new one.
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
	const completePath = join(folder, `complete-${hashOf(targetOf(transfer))}.json`);

	return {
		async read() {
			const progress = await readJson<Progress>(progressPath);
			return isPosition(progress?.confirmed) ? progress : undefined;
		},
		async write(progress) {
			await writeJson(folder, progressPath, progress);
		},
		async forget() {
			await removeFile(progressPath);
		},
		async lastComplete() {
			const last = await readJson<LastComplete>(completePath);
			if (typeof last?.contentHash !== 'string' || typeof last.completedAt !== 'number') return undefined;
			return { ...last, ageMs: await ageOf(completePath) };
		},
		async complete() {
			await writeJson(folder, completePath, { contentHash, completedAt: now() });
			await removeFile(progressPath);
			await removeOldFiles(folder, await modifiedAt(completePath));
		},
	};
}

/** Tells one file to one job from all others, in 40 hexadecimal digits. */
export function transferKey(transfer: Transfer): string {
	return hashOf([...targetOf(transfer), transfer.contentHash]);
}

function targetOf({ signalsUrl, tenantId, jobId }: Transfer): string[] {
	return [signalsUrl, tenantId, jobId].map((part) => part.toLowerCase());
}

function hashOf(parts: readonly string[]): string {
	return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 40);
}

function isPosition(value: unknown): value is Position {
	const position = value as Partial<Position> | undefined;
	return Number.isInteger(position?.records) && Number.isInteger(position?.bytes);
}

/** A file that is missing or was cut by a full disk says nothing. */
async function readJson<T>(path: string): Promise<T | undefined> {
	const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return '';
		throw storageProblem(path, error);
	});
	try {
		return JSON.parse(text) as T;
	} catch {
		return undefined;
	}
}

async function writeJson(folder: string, path: string, value: unknown): Promise<void> {
	const draft = `${path}.${process.pid}-${randomUUID()}.draft`;
	const write = async () => {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const file = await open(draft, 'wx', 0o600);
		try {
			await file.writeFile(JSON.stringify(value));
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(draft, path);
	};
	await write().catch(async (error: NodeJS.ErrnoException) => {
		await unlink(draft).catch(() => undefined);
		throw storageProblem(folder, error);
	});
}

async function removeFile(path: string): Promise<void> {
	await unlink(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOENT') throw storageProblem(path, error);
	});
}

/** When a file was written, by the clock of the file system: machines that share a folder share that clock. */
async function modifiedAt(path: string): Promise<number> {
	return await stat(path).then(({ mtimeMs }) => mtimeMs, rethrowAsStorageProblem(path));
}

/** The age of a file, by a file that is written now beside it. */
async function ageOf(path: string): Promise<number> {
	const probe = `${path}.${process.pid}-${randomUUID()}.draft`;
	await writeFile(probe, '', { flag: 'wx', mode: 0o600 }).catch(rethrowAsStorageProblem(path));
	try {
		return Math.max(0, (await modifiedAt(probe)) - (await modifiedAt(path)));
	} finally {
		await unlink(probe).catch(() => undefined);
	}
}

/** Removes notes that nobody asked for in a long time, and the locks of those who are done or dead. */
async function removeOldFiles(folder: string, fileSystemNow: number): Promise<void> {
	for (const name of await readdir(folder).catch(() => [])) {
		const kind = /^(progress|complete|lock)-[0-9a-f]{40}(-\d+)?\.json/.exec(name)?.[1];
		if (kind === undefined) continue;
		const path = join(folder, name);
		const age = await modifiedAt(path).then(
			(written) => fileSystemNow - written,
			() => 0,
		);
		const short = kind === 'lock' || name.endsWith('.draft');
		if (age <= (short ? DAY_MS : FILE_KEPT_DAYS * DAY_MS)) continue;
		// However old it looks: a lock that may be held stays.
		if (kind === 'lock' && !(await isLockFree(path))) continue;
		await unlink(path).catch(() => undefined);
	}
}

export const rethrowAsStorageProblem =
	(path: string) =>
	(error: NodeJS.ErrnoException): never => {
		throw storageProblem(path, error);
	};

/** A file below n8n's folder for this step could not be read or written. */
function storageProblem(path: string, { code = 'unknown' }: NodeJS.ErrnoException): Error {
	return problem.configuration(
		'The note of how far the sending has come could not be kept.',
		`See that n8n may read and write below '${path}' and that the disk is not full (system code ${code}). Without such a note, a later run could not continue where this one ended.`,
		{ networkCode: code },
	);
}
