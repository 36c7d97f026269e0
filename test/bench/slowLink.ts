import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** What a link is like, in each direction alike. */
export interface LinkSpeed {
	/** how long a byte is on its way, in milliseconds */
	oneWayMs: number;
	/** missing where only the distance counts */
	bitsPerSecond?: number;
}

/** A link to a server of this machine. */
export interface SlowLink {
	port: number;
	/** connections since the start; over TLS each is one handshake */
	connections(): number;
	close(): Promise<void>;
}

/** Bytes that are on their way before the sender has to wait: more than a fast link of this length carries. */
const MOST_QUEUED_BYTES = 1 << 20;

/**
 * Starts a link: bytes pass unseen, later. It listens on 127.0.0.1.
 * @param targetPort where it leads to, on this machine
 * @param speed see {@link LinkSpeed}
 */
export async function startSlowLink(targetPort: number, speed: LinkSpeed): Promise<SlowLink> {
	let connections = 0;
	const sockets = new Set<Socket>();
	const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
		connections++;
		const far = connect({ port: targetPort, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
		for (const [from, to] of [
			[near, far],
			[far, near],
		]) {
			sockets.add(from);
			from.once('close', () => sockets.delete(from));
			from.on('error', () => to.destroy());
			carry(from, to, speed);
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		connections: () => connections,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** Hands the bytes of one direction on, each when it arrives. */
function carry(from: Socket, to: Socket, { oneWayMs, bitsPerSecond = Infinity }: LinkSpeed): void {
	const queue: Array<{ due: number; piece?: Buffer }> = [];
	let queued = 0;
	/** when the link has taken what came so far */
	let takenAt = 0;
	let timer: NodeJS.Timeout | undefined;

	function deliver(): void {
		timer = undefined;
		while (queue.length > 0 && queue[0].due <= performance.now()) {
			const { piece } = queue.shift() as { piece?: Buffer };
			if (!piece) {
				to.end();
				return;
			}
			queued -= piece.length;
			to.write(piece);
		}
		if (queued < MOST_QUEUED_BYTES) from.resume();
		if (queue.length > 0) timer = setTimeout(deliver, Math.max(0, queue[0].due - performance.now()));
	}

	function add(piece?: Buffer): void {
		takenAt = Math.max(performance.now(), takenAt) + ((piece?.length ?? 0) * 8_000) / bitsPerSecond;
		queue.push({ due: takenAt + oneWayMs, piece });
		queued += piece?.length ?? 0;
		if (queued >= MOST_QUEUED_BYTES) from.pause();
		timer ??= setTimeout(deliver, queue[0].due - performance.now());
	}
	from.on('data', (piece: Buffer) => add(piece));
	from.on('end', () => add());
	// What is on its way arrives also when its sender has closed.
	to.on('close', () => clearTimeout(timer));
}
