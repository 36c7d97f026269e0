import { Readable } from 'node:stream';
import type { HttpBody } from '../../../nodes/shared/http/message';

/** A body with a few bytes. */
export function chunkOf(text: string): HttpBody {
	const bytes = Buffer.from(text, 'utf8');
	return {
		contentType: 'multipart/form-data; boundary=x',
		length: bytes.length,
		open: () => Readable.from([bytes], { objectMode: false }),
	};
}
