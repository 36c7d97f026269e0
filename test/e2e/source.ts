import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A plain HTTP server on loopback that gives out what a test puts there: the HR system of the end-to-end tests. */
export interface Source {
	/**
	 * Puts content at an address.
	 * @returns the address
	 */
	put(fileName: string, content: string | Buffer, contentType: string): string;
	/**
	 * Answers with JSON, or with the bytes of a buffer, whatever is asked below an address.
	 * @param reply gives the answer to a path and its query
	 * @returns the address
	 */
	answer(reply: (asked: URL) => unknown): string;
	close(): Promise<void>;
}

/** Starts a {@link Source} on a free port. */
export async function startSource(): Promise<Source> {
	const contents = new Map<string, { body: string | Buffer; contentType: string; fileName: string }>();
	const replies = new Map<string, (asked: URL) => unknown>();
	const server: Server = createServer((request, response) => {
		const asked = new URL(request.url ?? '', 'http://localhost');
		const reply = replies.get(asked.pathname.split('/')[1]);
		if (reply) {
			const answer = reply(asked);
			if (Buffer.isBuffer(answer)) response.writeHead(200).end(answer);
			else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
			return;
		}
		const found = contents.get(request.url ?? '');
		if (!found) {
			response.writeHead(404).end();
			return;
		}
		response.writeHead(200, {
			'content-type': found.contentType,
			'content-disposition': `attachment; filename="${found.fileName}"`,
		});
		response.end(found.body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		put(fileName, body, contentType) {
			const place = `/${contents.size + 1}/${fileName}`;
			contents.set(place, { body, contentType, fileName });
			return `http://localhost:${port}${place}`;
		},
		answer(reply) {
			const name = `answers-${replies.size + 1}`;
			replies.set(name, reply);
			return `http://localhost:${port}/${name}`;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
