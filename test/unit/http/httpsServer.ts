import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { generate } from 'selfsigned';

/** A local https server for one test file, with a certificate of its own. */
export interface LocalServer {
	url: string;
	port: number;
	/** PEM of its certificate, to be trusted */
	ca: string;
	/** connections that are open now */
	open: Set<Socket>;
	/** connections since the start */
	connections(): number;
	handle(listener: RequestListener): void;
	close(): Promise<void>;
}

/** PEM key and certificate for names and addresses of this machine. */
export async function localCertificate(names: string[] = ['localhost'], days = 2) {
	const notBeforeDate = new Date(Date.now() - 24 * 3600 * 1000);
	const notAfterDate = new Date(Date.now() + days * 24 * 3600 * 1000);
	return await generate([{ name: 'commonName', value: names[0] }], {
		keySize: 2048,
		notBeforeDate,
		notAfterDate,
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{
				name: 'subjectAltName',
				altNames: [
					...names.map((value) => ({ type: 2 as const, value })),
					{ type: 7 as const, ip: '127.0.0.1' },
				],
			},
		],
	});
}

/** Starts a server on a free port of the loopback address. */
export async function startServer(pems?: { private: string; cert: string }): Promise<LocalServer> {
	const { private: key, cert } = pems ?? (await localCertificate());
	let listener: RequestListener = (_, answer) => void answer.writeHead(500).end();
	let connections = 0;
	const open = new Set<Socket>();
	const server = createServer({ key, cert }, (request, answer) => listener(request, answer));
	// An idle connection stays: how long a test takes on a busy machine decides nothing.
	server.keepAliveTimeout = 0;
	server.on('connection', (socket: Socket) => {
		connections++;
		open.add(socket);
		socket.on('close', () => open.delete(socket));
		socket.on('error', () => undefined);
	});
	server.on('clientError', (_, socket) => void socket.destroy());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `https://localhost:${port}`,
		port,
		ca: cert,
		open,
		connections: () => connections,
		handle(next) {
			listener = next;
		},
		async close() {
			for (const socket of open) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
