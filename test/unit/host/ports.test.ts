import { createServer } from 'node:net';
import { freePorts } from '../../host/ports';

describe('freePorts', () => {
	it('gives different ports that can be listened on at once', async () => {
		const ports = await freePorts(5);
		expect(new Set(ports).size).toBe(5);
		const servers = await Promise.all(
			ports.map(async (port) => {
				const server = createServer();
				await new Promise<void>((resolve, reject) => {
					server.once('error', reject);
					server.listen(port, '127.0.0.1', resolve);
				});
				return server;
			}),
		);
		for (const server of servers) server.close();
	});
});
