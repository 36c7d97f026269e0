import { createServer } from 'node:https';
import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { makeServerIdentity } from '../emulator/tls';

/*
 * An HTTPS server that takes whatever is sent, as fast as it comes, and answers as Viva does. Prints its address. With `?keep=FILE` the
 * file in a form is kept.
 * Usage: sink.ts CA-FILE-TO-WRITE
 */
async function main(): Promise<void> {
	const identity = await makeServerIdentity('Microsoft HR bench authority');
	writeFileSync(process.argv[2], identity.caPem);
	const server = createServer(
		{ cert: identity.certificatePem, key: identity.privateKeyPem },
		(request, response) => {
			let bytes = 0;
			const keep = new URL(request.url!, 'https://localhost').searchParams.get('keep');
			if (keep) keepFile(request, keep);
			request.on('data', (piece: Buffer) => (bytes += piece.length));
			request.on('end', () => response.end(JSON.stringify({ Id: 'bench', Status: 'NotStarted', bytes })));
		},
	);
	server.listen(0, '127.0.0.1', () => {
		const address = server.address();
		if (typeof address === 'object' && address) console.log(`https://localhost:${address.port}/upload`);
	});
}

/** Keeps the only part of a multipart form: what lies between the end of its head and the last boundary. */
function keepFile(request: IncomingMessage, path: string): void {
	const boundary = /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '')![1];
	const file = openSync(path, 'w');
	let size = 0;
	request.once('data', (head: Buffer) => {
		size += writeSync(file, head, head.indexOf('\r\n\r\n') + 4);
		request.on('data', (piece: Buffer) => {
			size += writeSync(file, piece);
		});
	});
	request.on('end', () => {
		ftruncateSync(file, size - `\r\n--${boundary}--\r\n`.length);
		closeSync(file);
	});
}

void main();
