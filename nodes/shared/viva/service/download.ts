import type { Readable } from 'node:stream';
import { isWebPage } from '../../http/answerText';
import type { HttpAnswer, HttpRequest, HttpStreamAnswer, SendForStream } from '../../http/message';
import { Problem } from '../../core/problem';

/** The file of an import's errors. The caller must read or destroy `stream`. */
export interface ErrorStream {
	stream: Readable;
	contentType: string;
	/** name that the service gives the file; blank where it gives none */
	fileName: string;
	/** whether the file was longer than may be kept; to be asked when the stream has ended */
	isCut: () => boolean;
}

/** An answer, with `file` where it is one. */
export type DownloadAnswer = HttpAnswer & { file?: Pick<HttpStreamAnswer, 'stream' | 'isCut'> };

/** Enough for any explanation of a refusal. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** Opens a download; anything but a file is read as text at once, so that it can be judged like other answers. */
export async function openDownload(send: SendForStream, request: HttpRequest): Promise<DownloadAnswer> {
	const { stream, isCut, ...answer } = await send(request);
	if (answer.status === 200 && !isWebPage({ ...answer, text: '' })) {
		return { ...answer, text: '', file: { stream, isCut } };
	}
	return { ...answer, text: await readShort(stream, answer.status) };
}

/** The file of an answer, under the name and type that the service gives it. */
export function errorStreamOf(
	file: Pick<HttpStreamAnswer, 'stream' | 'isCut'>,
	{ headers }: HttpAnswer,
): ErrorStream {
	const contentType = headers['content-type'] ?? '';
	return { ...file, contentType, fileName: fileNameOf(headers['content-disposition']) };
}

/** The beginning of an answer as text. A connection that breaks here only shortens an explanation. */
async function readShort(stream: Readable, status: number): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	let fault: unknown;
	try {
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			chunks.push(chunk);
			length += chunk.length;
			if (length >= MAX_REFUSAL_BYTES) break;
		}
	} catch (error) {
		fault = error;
	} finally {
		stream.destroy();
	}
	if (fault instanceof Problem && (fault.kind === 'cancelled' || status < 300)) throw fault;
	return Buffer.concat(chunks).toString('utf8', 0, MAX_REFUSAL_BYTES);
}

function fileNameOf(disposition: string | undefined): string {
	const extended = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition ?? '')?.[1];
	const plain = /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition ?? '');
	let name = plain?.[1] ?? plain?.[2] ?? '';
	try {
		if (extended !== undefined) name = decodeURIComponent(extended);
	} catch {
		// The plain name stands.
	}
	return name
		.replace(/^.*[/\\]/, '')
		.trim()
		.slice(0, 200);
}
