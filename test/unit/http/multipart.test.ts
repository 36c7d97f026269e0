import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import busboy from 'busboy';
import { multipartBody } from '../../../nodes/shared/http/multipart';
import type { HttpBody } from '../../../nodes/shared/http/message';

function source(bytes: Buffer) {
	const opened: Readable[] = [];
	return {
		opened,
		length: bytes.length,
		open() {
			const pieces = [bytes.subarray(0, 10), bytes.subarray(10)];
			const stream = Readable.from(pieces, { objectMode: false });
			opened.push(stream);
			return stream;
		},
	};
}

async function parts(body: HttpBody, bytes: Buffer) {
	return await new Promise<unknown[]>((resolve, reject) => {
		const found: unknown[] = [];
		const parser = busboy({ headers: { 'content-type': body.contentType }, defParamCharset: 'utf8' });
		parser.on('file', (name, stream, { filename, mimeType }) => {
			void buffer(stream).then((content) => found.push({ name, filename, mimeType, content }));
		});
		parser.on('field', (name, value) => found.push({ name, value }));
		parser.on('close', () => setImmediate(() => resolve(found)));
		parser.on('error', reject);
		parser.end(bytes);
	});
}

const content = Buffer.from('PK\u0003\u0004 any bytes, \r\n--and line ends\r\n'.repeat(1000));

it('one file that a form parser reads back, as often as opened, of the length announced', async () => {
	const body = multipartBody({ name: 'info', fileName: 'info.zip', source: source(content) });
	for (let round = 0; round < 2; round++) {
		const bytes = await buffer(body.open());
		expect(bytes.length).toBe(body.length);
		expect(await parts(body, bytes)).toEqual([
			expect.objectContaining({ name: 'info', filename: 'info.zip', content }),
		]);
	}
});

it('has no Content-Type in the part unless told, as the samples of the services', async () => {
	const without = await buffer(
		multipartBody({ name: 'info', fileName: 'info.zip', source: source(content) }).open(),
	);
	expect(without.toString('latin1').split('\r\n\r\n')[0]).toMatch(
		/^--\S+\r\nContent-Disposition: form-data; name="info"; filename="info\.zip"$/,
	);
	const body = multipartBody({
		name: 'file',
		fileName: 'a.csv',
		contentType: 'text/csv',
		source: source(content),
	});
	const read = await parts(body, await buffer(body.open()));
	expect(read).toEqual([expect.objectContaining({ name: 'file', mimeType: 'text/csv' })]);
});

it('keeps a file name from breaking the frame', async () => {
	const body = multipartBody({ name: 'file', fileName: 'a"\r\nX: y.csv', source: source(content) });
	const bytes = await buffer(body.open());
	expect(bytes.length).toBe(body.length);
	expect(bytes.toString('latin1').split('\r\n\r\n')[0].split('\r\n')).toHaveLength(2);
});

it('closes the file with itself, and fails with it', async () => {
	const file = source(content);
	const left = multipartBody({ name: 'info', fileName: 'info.zip', source: file }).open();
	left.destroy();
	await new Promise((resolve) => setImmediate(resolve));
	expect(file.opened[0].destroyed).toBe(true);

	const broken = multipartBody({
		name: 'info',
		fileName: 'info.zip',
		source: {
			length: 5,
			open: () =>
				new Readable({
					read() {
						this.destroy(new Error('disk'));
					},
				}),
		},
	});
	await expect(buffer(broken.open())).rejects.toThrow('disk');
});
