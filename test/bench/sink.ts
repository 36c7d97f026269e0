import { createServer } from 'node:https';
import { writeFileSync } from 'node:fs';
import { makeServerIdentity } from '../emulator/tls';

/*
 * An HTTPS server that takes whatever is sent, as fast as it comes, and answers as Viva does. Prints its address.
 * Usage: sink.ts CA-FILE-TO-WRITE
 */
async function main(): Promise<void> {
	const identity = await makeServerIdentity('Microsoft HR bench authority');
	writeFileSync(process.argv[2], identity.caPem);
	const server = createServer(
		{ cert: identity.certificatePem, key: identity.privateKeyPem },
		(request, response) => {
			let bytes = 0;
			request.on('data', (piece: Buffer) => (bytes += piece.length));
			request.on('end', () => response.end(JSON.stringify({ Id: 'bench', Status: 'NotStarted', bytes })));
		},
	);
	server.listen(0, '127.0.0.1', () => {
		const address = server.address();
		if (typeof address === 'object' && address) console.log(`https://localhost:${address.port}/upload`);
	});
}

void main();
