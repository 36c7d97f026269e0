import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, mkdtemp, open, readdir, rmdir, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { Problem, problem } from '../core/problem';
import { bytesIn, type ByteLocation, type ByteRange } from '../zip/byteLocation';

/** A finished package: bytes that can be read again and again until they are disposed of. */
export interface SpooledFile {
	/** bytes */
	size: number;
	/** SHA-256 of the bytes, hexadecimal */
	sha256: string;
	/** a fresh stream over the bytes, all of them unless a part is named */
	open(range?: ByteRange): Readable;
	/** where the bytes are, for readers that jump about in them */
	location: ByteLocation;
	/** gives memory or disk space back; safe to call twice */
	dispose(): Promise<void>;
}

/** A package while it is written. */
export interface Spool {
	sink: Writable;
	/** Call after `sink` has finished. */
	file(): SpooledFile;
	/** Throws everything away, whatever state the sink is in. */
	discard(): Promise<void>;
}

/** Packages up to this size stay in memory, in bytes. */
export const MEMORY_LIMIT = 4 * 1024 * 1024;
/** Size of the pieces in which a spooled file is read, in bytes: measured to cost a third less CPU than 64 KiB. */
const READ_PIECE = 1024 * 1024;
/** A leftover of another process that seems to be alive is still removed after this time, in milliseconds: its number was reused. */
const LEFTOVER_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * Takes bytes in and keeps them until they are disposed of: in memory while they are few, else in a private
 * temporary file. The file is readable by this user only (0600, in a folder of 0700) and unlinked as soon as it is
 * open, so that it vanishes with the process however that ends.
 * @param options.memoryLimit bytes to keep in memory, {@link MEMORY_LIMIT} unless told
 * @param options.folder parent of the private folder, the system's temporary folder unless told
 */
export function createSpool(options: { memoryLimit?: number; folder?: string } = {}): Spool {
	const memoryLimit = options.memoryLimit ?? MEMORY_LIMIT;
	const hash = createHash('sha256');
	let pieces: Buffer[] = [];
	let size = 0;
	let file: PrivateFile | undefined;
	let disposed = false;

	async function write(chunk: Buffer): Promise<void> {
		hash.update(chunk);
		size += chunk.length;
		if (!file && size <= memoryLimit) {
			// The chunk's memory may be used again by its maker.
			pieces.push(Buffer.from(chunk));
			return;
		}
		if (!file) {
			file = await openPrivateFile(options.folder ?? tmpdir());
			const kept = pieces;
			pieces = [];
			for (const piece of kept) await writeFully(file.handle, piece);
		}
		await writeFully(file.handle, chunk);
	}

	async function dispose(): Promise<void> {
		if (disposed) return;
		disposed = true;
		pieces = [];
		await file?.remove();
	}

	const sink = new Writable({
		highWaterMark: READ_PIECE,
		write(chunk: Buffer, _encoding, done) {
			write(chunk).then(
				() => done(),
				(error: unknown) => done(storageProblem(error)),
			);
		},
	});

	return {
		sink,
		discard: dispose,
		file() {
			const location: ByteLocation = file ? { fd: file.handle.fd } : { buffer: Buffer.concat(pieces) };
			pieces = [];
			return {
				size,
				sha256: hash.digest('hex'),
				dispose,
				location,
				open: (range = { start: 0, length: size }) =>
					Readable.from(bytesIn(location, range, READ_PIECE), {
						objectMode: false,
						highWaterMark: READ_PIECE,
					}),
			};
		},
	};
}

interface PrivateFile {
	handle: FileHandle;
	remove(): Promise<void>;
}

async function writeFully(handle: FileHandle, bytes: Buffer): Promise<void> {
	let from = 0;
	while (from < bytes.length) {
		const { bytesWritten } = await handle.write(bytes, from, bytes.length - from);
		from += bytesWritten;
	}
}

async function openPrivateFile(parent: string): Promise<PrivateFile> {
	const { folder, isShared } = await privateFolder(parent);
	if (isShared) await sweepOnce(folder);
	const path = join(folder, `${process.pid}-${PROCESS_STARTED}-${randomUUID()}.spool`);
	const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
	const handle = await open(path, O_RDWR | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
	const forget = async () => {
		await unlink(path);
		if (!isShared) await rmdir(folder);
	};
	const forgotten = await forget().then(
		() => true,
		() => false,
	);
	return {
		handle,
		async remove() {
			await handle.close();
			if (!forgotten) await forget().catch(() => undefined);
		},
	};
}

/** Tells a process from a later one with the same number, as in a container that is started again. */
const PROCESS_STARTED = Math.round(Date.now() - process.uptime() * 1000);

/**
 * The folder for spool files: one for each user of the machine, readable by that user only. If somebody else put
 * something in its place, or the file system forces other modes, a fresh folder for one file is used, with a name that nobody
 * can foresee.
 */
async function privateFolder(parent: string): Promise<{ folder: string; isShared: boolean }> {
	const user = process.getuid?.() ?? 'user';
	const folder = join(parent, `n8n-nodes-microsoft-hr-${user}`);
	// Not `recursive`: below a folder that takes no entries, such as /proc, Node then never comes back.
	await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') throw storageProblem(error);
	});
	const stats = await lstat(folder);
	const ours = process.getuid === undefined || stats.uid === process.getuid();
	const closed = process.getuid === undefined || (stats.mode & 0o077) === 0;
	if (stats.isDirectory() && ours && closed) return { folder, isShared: true };
	return { folder: await mkdtemp(join(parent, 'n8n-nodes-microsoft-hr-')), isShared: false };
}

const swept = new Map<string, Promise<void>>();

function sweepOnce(folder: string): Promise<void> {
	let sweep = swept.get(folder);
	if (!sweep) {
		sweep = sweepLeftovers(folder);
		swept.set(folder, sweep);
	}
	return sweep;
}

/**
 * Removes spool files of processes that are gone. Only needed where an open file cannot be unlinked (Windows) or
 * where a process died in the instant between opening and unlinking.
 * @param folder the private folder
 */
export async function sweepLeftovers(folder: string): Promise<void> {
	for (const name of await readdir(folder).catch(() => [])) {
		const parts = /^(\d+)-(\d+)-[0-9a-f-]{36}\.spool$/.exec(name);
		if (!parts) continue;
		const pid = Number(parts[1]);
		const started = Number(parts[2]);
		const gone = pid === process.pid ? started !== PROCESS_STARTED : !isAlive(pid);
		if (gone || Date.now() - started > LEFTOVER_AGE_MS)
			await unlink(join(folder, name)).catch(() => undefined);
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function storageProblem(error: unknown): Error {
	if (error instanceof Problem) return error;
	const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
	return problem.configuration(
		'The package could not be written to the temporary folder of the n8n machine.',
		`Make room in the folder '${tmpdir()}' or point TMPDIR at one with enough room, and see that n8n may write there (system code ${code}).`,
		{ networkCode: code },
	);
}
