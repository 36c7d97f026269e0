import { Readable } from 'node:stream';
import FormData from 'form-data';
import type { HttpBody } from './message';

/** The one file of a form. */
export interface FormFile {
	/** name of the part: `info` for Viva (source A5, F5), `file` for Purview (source C3) */
	name: string;
	/** file name that the service sees */
	fileName: string;
	/** Content-Type of the part; without it the part has none, as in the samples of both services */
	contentType?: string;
	/** the file's bytes, to be opened as often as asked */
	source: Pick<HttpBody, 'length' | 'open'>;
}

/**
 * Makes a multipart/form-data body with one file, of known length, that can be sent more than once.
 *
 * form-data writes the frame once, round nothing; each opening puts the file's bytes into it.
 */
export function multipartBody({ name, fileName, contentType, source }: FormFile): HttpBody {
	const form = new FormData();
	form.append(name, Buffer.alloc(0), { filename: fileName, contentType });
	const { head, tail } = frameOf(form, contentType === undefined);
	return {
		contentType: form.getHeaders()['content-type'],
		length: head.length + source.length + tail.length,
		open: () => framed(head, source, tail),
	};
}

/** The form up to the file and from its end on. form-data always writes a Content-Type, guessed from the file name. */
function frameOf(form: FormData, withoutType: boolean): { head: Buffer; tail: Buffer } {
	const whole = form.getBuffer();
	const border = whole.indexOf('\r\n\r\n') + 4;
	const head = whole.subarray(0, border);
	return {
		head: withoutType ? Buffer.from(head.toString('utf8').replace(/Content-Type:[^\r]*\r\n/, '')) : head,
		tail: whole.subarray(border),
	};
}

/** The file's chunks between head and tail; reading and closing go through to the file. */
function framed(head: Buffer, source: FormFile['source'], tail: Buffer): Readable {
	const file = source.open();
	const stream = new Readable({
		read() {
			file.resume();
		},
		destroy(error, done) {
			file.destroy();
			done(error);
		},
	});
	file.pause();
	stream.push(head);
	file.on('data', (chunk: Buffer) => {
		if (!stream.push(chunk)) file.pause();
	});
	file.on('end', () => {
		stream.push(tail);
		stream.push(null);
	});
	file.on('error', (error) => stream.destroy(error));
	file.on('close', () => {
		if (!file.readableEnded) stream.destroy();
	});
	return stream;
}
