import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, mkdtempSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { BrokenBody } from './exchange';

/** A file that came in a request. It lies on disk until `remove()`. */
export interface ReceivedFile {
	path: string;
	bytes: number;
	/** hexadecimal */
	sha256: string;
	/** of multipart bodies */
	partName: string | null;
	partFileName: string | null;
	/** bytes, when the file is not larger than the limit given */
	keep(upTo: number): Promise<Buffer | null>;
	remove(): Promise<void>;
}

/** Takes the whole body of a request as one file. */
export async function receiveRaw(request: IncomingMessage): Promise<ReceivedFile> {
	return await spool(request, null, null);
}

/** What a multipart body held. */
export interface ReceivedParts {
	/** the first part with a file name */
	file: ReceivedFile | null;
	/** number of parts with a file name */
	fileCount: number;
	/** names of the parts without one */
	fields: string[];
}

/**
 * Takes a multipart body apart. Only the first file is kept.
 * Throws {@link BrokenBody} when the framing is broken.
 */
export async function receiveParts(request: IncomingMessage): Promise<ReceivedParts> {
	const parts: ReceivedParts = { file: null, fileCount: 0, fields: [] };
	let first: Promise<ReceivedFile> | null = null;
	let parser: busboy.Busboy;
	try {
		parser = busboy({ headers: request.headers, preservePath: true, defParamCharset: 'utf8' });
	} catch (error) {
		throw new BrokenBody(`multipart framing: ${(error as Error).message}`);
	}
	parser.on('file', (name: string, stream: Readable, info: { filename: string }) => {
		parts.fileCount += 1;
		if (first === null) {
			first = spool(stream, name, info.filename);
			// told below, by awaiting it
			first.catch(() => undefined);
		} else {
			stream.resume();
		}
	});
	parser.on('field', (name: string) => parts.fields.push(name));
	const file = (): Promise<ReceivedFile> | null => first;
	try {
		await Promise.all([pipeline(request, parser), finished(parser)]);
		parts.file = await file();
		return parts;
	} catch (error) {
		await file()?.then(
			async (received) => await received.remove(),
			() => undefined,
		);
		throw new BrokenBody(`multipart framing: ${(error as Error).message}`);
	}
}

async function spool(
	source: Readable,
	partName: string | null,
	partFileName: string | null,
): Promise<ReceivedFile> {
	// at once: a stream that breaks while nobody listens would end the process
	const folder = mkdtempSync(join(tmpdir(), 'hr-emulator-'));
	const path = join(folder, randomUUID());
	const hash = createHash('sha256');
	let bytes = 0;
	const measure = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			hash.update(chunk);
			bytes += chunk.length;
			done(null, chunk);
		},
	});
	const remove = async (): Promise<void> => await rm(folder, { recursive: true, force: true });
	try {
		await pipeline(source, measure, createWriteStream(path, { mode: 0o600 }));
	} catch (error) {
		await remove();
		throw error;
	}
	return {
		path,
		bytes,
		sha256: hash.digest('hex'),
		partName,
		partFileName,
		keep: async (upTo) => ((await stat(path)).size <= upTo ? await readFile(path) : null),
		remove,
	};
}
