import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** How the proxy treats the next tunnels. */
export type ProxyMood = 'open' | 'silent' | 'hangUp' | { refuse: number } | { accept: number };

/** A local proxy that understands nothing but CONNECT. */
export interface ConnectProxy {
	port: number;
	/** hosts and ports that were asked for */
	asked: string[];
	/** Proxy-Authorization headers that came with them */
	logins: Array<string | undefined>;
	/** bytes that came through tunnels from clients */
	relayed: Buffer[];
	open: Set<Socket>;
	mood: ProxyMood;
	close(): Promise<void>;
}

/**
 * Starts a proxy on a free port of the loopback address.
 * @param pems for a proxy that is itself spoken to over TLS
 */
export async function startConnectProxy(pems?: { private: string; cert: string }): Promise<ConnectProxy> {
	const server = pems ? createSecureServer({ key: pems.private, cert: pems.cert }) : createServer();
	const proxy: ConnectProxy = {
		port: 0,
		asked: [],
		logins: [],
		relayed: [],
		open: new Set(),
		mood: 'open',
		async close() {
			for (const socket of proxy.open) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	server.on('connection', (socket: Socket) => {
		proxy.open.add(socket);
		socket.on('close', () => proxy.open.delete(socket)).on('error', () => undefined);
	});
	server.on('connect', (request, client: Socket) => {
		proxy.asked.push(request.url ?? '');
		proxy.logins.push(request.headers['proxy-authorization']);
		if (proxy.mood === 'silent') {
			// Who does not read does not notice when the client leaves.
			client.resume().on('end', () => client.end());
			return;
		}
		if (proxy.mood === 'hangUp') {
			client.destroy();
			return;
		}
		if (typeof proxy.mood === 'object' && 'refuse' in proxy.mood) {
			client.on('data', (chunk: Buffer) => proxy.relayed.push(chunk)).on('end', () => client.end());
			client.write(`HTTP/1.1 ${proxy.mood.refuse} No\r\nContent-Length: 7\r\n\r\nbecause`);
			return;
		}
		const status = typeof proxy.mood === 'object' ? proxy.mood.accept : 200;
		const port = Number((request.url ?? '').split(':')[1]);
		const target = connect(port, '127.0.0.1', () => {
			client.write(`HTTP/1.1 ${status} Connection established\r\n\r\n`);
			client.on('data', (chunk: Buffer) => proxy.relayed.push(chunk));
			client.pipe(target).pipe(client);
		});
		target.on('error', () => client.destroy());
		client.on('close', () => target.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	proxy.port = (server.address() as AddressInfo).port;
	return proxy;
}
