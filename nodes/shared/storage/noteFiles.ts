import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { problem } from '../core/problem';
import { isLockFree } from './lockRecord';

const DAY_MS = 86_400_000;
/** What nobody asked for in such a time is removed. */
const FILE_KEPT_DAYS = 60;

/** Tells what has these parts from all else, in 40 hexadecimal digits. */
export function hashParts(parts: readonly string[]): string {
	return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 40);
}

/**
 * Reads a note.
 * @returns undefined for one that is missing, an empty one for one that cannot be read; the reader checks its members
 */
export async function readNote<T extends object>(path: string): Promise<Partial<T> | undefined> {
	const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
		error.code === 'ENOENT' ? undefined : rethrowAsStorageProblem(path)(error),
	);
	if (text === undefined) return undefined;
	try {
		return (JSON.parse(text) as Partial<T> | null) ?? {};
	} catch {
		return {};
	}
}

/** Names of the files in a folder of notes; none where there is no folder yet. What cannot be listed is an error: it may hold notes. */
export async function namesIn(folder: string): Promise<string[]> {
	return await readdir(folder).catch((error: NodeJS.ErrnoException) =>
		error.code === 'ENOENT' ? [] : rethrowAsStorageProblem(folder)(error),
	);
}

/** Writes a private file anew (0600, in a folder of 0700) and puts it in the old one's place: a crash leaves one of both. */
export async function writeNote(path: string, value: object): Promise<void> {
	const draft = draftOf(path);
	const write = async () => {
		await mkdir(dirname(path), { recursive: true, mode: 0o700 });
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
		throw storageProblem(dirname(path), error);
	});
}

/** Removes a note, where there is one. */
export async function removeNote(path: string): Promise<void> {
	await unlink(path).catch((error: NodeJS.ErrnoException) =>
		error.code === 'ENOENT' ? undefined : rethrowAsStorageProblem(path)(error),
	);
}

/**
 * The age of a note in milliseconds, by a file that is written now beside it: both times are of the file system's clock, which
 * machines that share the folder share.
 */
export async function ageOfNote(path: string): Promise<number> {
	const probe = draftOf(path);
	await writeFile(probe, '', { flag: 'wx', mode: 0o600 }).catch(rethrowAsStorageProblem(path));
	try {
		return Math.max(0, (await modifiedAt(probe)) - (await modifiedAt(path)));
	} finally {
		await unlink(probe).catch(() => undefined);
	}
}

/** When a note was written, in milliseconds, by the clock of the file system. */
export async function modifiedAt(path: string): Promise<number> {
	return await stat(path).then(({ mtimeMs }) => mtimeMs, rethrowAsStorageProblem(path));
}

/** Tells a folder of notes from all others: it gets an id when it is asked for the first time, and is new then. */
export async function identifyFolder(folder: string): Promise<{ id: string; isNew: boolean }> {
	const path = join(folder, 'folder.json');
	await mkdir(folder, { recursive: true, mode: 0o700 }).catch(rethrowAsStorageProblem(folder));
	const isNew = await writeFile(path, JSON.stringify({ id: randomUUID() }), { flag: 'wx', mode: 0o600 }).then(
		() => true,
		(error: NodeJS.ErrnoException) =>
			error.code === 'EEXIST' ? false : rethrowAsStorageProblem(path)(error),
	);
	return { id: (await readNote<{ id: string }>(path))?.id ?? '', isNew };
}

/**
 * Removes notes that nobody asked for in a long time, and the locks of those who are done or dead.
 * @param fresh path of a note that was written just now: its time is the present, its folder is cleared
 */
export async function removeOldNotes(fresh: string): Promise<void> {
	const folder = dirname(fresh);
	const now = await modifiedAt(fresh);
	for (const name of await readdir(folder).catch(() => [])) {
		const kind = /^([a-z]+)-[0-9a-f]{40}(-[0-9a-f]+)?\.json/.exec(name)?.[1];
		// One for each destination: what a later import is compared with, however late it comes.
		if (kind === undefined || kind === 'last') continue;
		const path = join(folder, name);
		const age = await modifiedAt(path).then(
			(written) => now - written,
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

const draftOf = (path: string): string => `${path}.${process.pid}-${randomUUID()}.draft`;

/** A file below n8n's folder for this step could not be read or written. */
function storageProblem(path: string, { code = 'unknown' }: NodeJS.ErrnoException): Error {
	return problem.configuration(
		'The note of what was sent could not be kept.',
		`See that n8n may read and write below '${path}' and that the disk is not full (system code ${code}). Without such a note, a later run could not know what this one has sent.`,
		{ networkCode: code },
	);
}
