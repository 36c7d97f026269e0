import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { startSlowLink, type LinkSpeed } from '../../bench/slowLink';

/** Sends bytes over a link to a server that gives them back; tells what came and how long it took. */
async function roundTrip(sent: Buffer, speed: LinkSpeed) {
	const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const link = await startSlowLink((server.address() as AddressInfo).port, speed);
	try {
		const socket = connect({ port: link.port, host: '127.0.0.1', allowHalfOpen: true });
		await once(socket, 'connect');
		const began = performance.now();
		socket.end(sent);
		const came = await buffer(socket);
		return { came, ms: performance.now() - began, connections: link.connections() };
	} finally {
		await link.close();
		server.close();
	}
}

it('carries all bytes, both ways, not before their time', async () => {
	const sent = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => i % 251));
	const { came, ms, connections } = await roundTrip(sent, { oneWayMs: 30 });
	expect(came.equals(sent)).toBe(true);
	expect(ms).toBeGreaterThanOrEqual(60);
	expect(connections).toBe(1);
});

it('lets no more through than its width', async () => {
	const { came, ms } = await roundTrip(Buffer.alloc(100_000), { oneWayMs: 0, bitsPerSecond: 8_000_000 });
	expect(came).toHaveLength(100_000);
	expect(ms).toBeGreaterThanOrEqual(100);
});
