import { Transform, type Readable } from 'node:stream';
import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Problem } from '../../shared/core/problem';
import { readErrorRows, type ErrorRows } from '../../shared/polling/errorRows';
import type { IngressClient } from '../../shared/viva/service/client';
import type { DestinationId } from '../../shared/viva/service/destinations';
import type { ErrorSettings } from '../settings';

const MEGABYTE = 1024 * 1024;
/** So much of an error file is read for its rows; all of it is kept as a file. */
const READ_FOR_ROWS = 4 * MEGABYTE;

/** What is said where there is no file. */
export const NO_ERROR_FILE = 'The service has no error file for this import.';

/** The error file of an import. */
export interface ErrorFile extends ErrorRows {
	/** the file, as n8n keeps files */
	binary: IBinaryData;
	bytes: number;
	/** said where the file was larger than may be kept; its beginning is there */
	cutNote?: string;
}

/** Which error file, and how much of it. */
export interface ErrorFileRequest {
	destination: DestinationId;
	ingestionId: string;
	limits: Pick<ErrorSettings, 'maximumMegabytes' | 'maximumRows'>;
}

/**
 * Downloads the error file of an import: as much as may be kept into n8n's file storage, its beginning into rows.
 * @param context the step's execution
 * @param client of the credential
 * @param request see {@link ErrorFileRequest}
 * @returns undefined where the service has none
 * @throws Problem of the client
 */
export async function downloadErrorFile(
	context: IExecuteFunctions,
	client: Pick<IngressClient, 'errors'>,
	{ destination, ingestionId, limits }: ErrorFileRequest,
): Promise<ErrorFile | undefined> {
	const { maximumMegabytes, maximumRows } = limits;
	const found = await client.errors(destination, ingestionId, maximumMegabytes * MEGABYTE);
	if (found === undefined) return undefined;
	const mimeType = found.contentType.split(';')[0].trim() || 'application/octet-stream';
	const fileName = found.fileName || `errors-${ingestionId}${extensionFor(mimeType)}`;
	const head = keepHead(found.stream, READ_FOR_ROWS);
	const binary = await context.helpers.prepareBinaryData(head.stream, fileName, mimeType);
	const { bytes, total } = head.seen();
	const read = readErrorRows(bytes, maximumRows, {
		isCut: found.isCut() || total > bytes.length,
		charset: /;\s*charset=([^;]+)/i.exec(found.contentType)?.[1],
	});
	if (!found.isCut()) return { ...read, binary, bytes: total };
	const cutNote = `The error file is larger than ${maximumMegabytes} MB; only its beginning was kept.`;
	context.logger.warn(`Import ${ingestionId}: ${cutNote}`);
	return { ...read, binary, bytes: total, cutNote };
}

/** What a failed import's item says of its error file. */
export function describeErrorFile(file: ErrorFile | undefined): IDataObject {
	if (file === undefined) return { errors: [], errorFile: null };
	const { rows, format, truncated, bytes, binary } = file;
	return {
		errors: rows as IDataObject[],
		errorFile: {
			fileName: binary.fileName ?? '',
			bytes,
			format,
			rows: rows.length,
			truncated,
			...(format === 'text' && { note: 'Format not known: each line is given as it is.' }),
		},
	};
}

/** What came of a download: the file, or why there is none. */
export interface DownloadOutcome {
	file?: ErrorFile;
	note?: string;
}

/**
 * Downloads without spoiling what is known already.
 * @throws Problem `cancelled` only
 */
export async function tryDownload(download: () => Promise<ErrorFile | undefined>): Promise<DownloadOutcome> {
	const outcome = await download().catch((error: unknown) => {
		if (error instanceof Problem && error.kind !== 'cancelled') return error;
		return Promise.reject(error);
	});
	if (outcome instanceof Problem) return { note: `${outcome.message} ${outcome.advice}` };
	return outcome === undefined ? { note: NO_ERROR_FILE } : { file: outcome };
}

/** Passes a stream on and remembers its beginning. */
function keepHead(source: Readable, most: number) {
	const chunks: Buffer[] = [];
	let kept = 0;
	let total = 0;
	const stream = new Transform({
		transform(chunk: Buffer, _, done) {
			total += chunk.length;
			if (kept < most) {
				const part = chunk.subarray(0, most - kept);
				chunks.push(Buffer.from(part));
				kept += part.length;
			}
			done(null, chunk);
		},
	});
	source.on('error', (error) => stream.destroy(error));
	// A failure before n8n reads waits for it; an error that nobody listens to would end the process.
	stream.on('error', () => undefined);
	stream.on('close', () => source.destroy());
	source.pipe(stream);
	return { stream, seen: () => ({ bytes: Buffer.concat(chunks), total }) };
}

function extensionFor(mimeType: string): string {
	const known: Record<string, string> = {
		'text/csv': '.csv',
		'application/json': '.json',
		'application/x-ndjson': '.jsonl',
		'text/plain': '.txt',
		'application/zip': '.zip',
	};
	return known[mimeType] ?? '';
}
