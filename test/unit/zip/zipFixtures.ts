import { setImmediate } from 'node:timers/promises';
import { Writable } from 'node:stream';
import { fromBufferPromise, type Entry } from 'yauzl';

const METADATA = { name: 'metadata.json', bytes: Buffer.from('{}') };

/** The two files of a package, of which the table has this content. */
export const tableFile = (content: AsyncIterable<Buffer>) => ({
	table: { name: 'data.csv', pieces: content },
	metadata: METADATA,
});

/** A sink that keeps what it gets, and pauses after each piece. */
export function collector(pause: () => Promise<unknown> = async () => await setImmediate()) {
	const pieces: Buffer[] = [];
	const sink = new Writable({
		highWaterMark: 1,
		write(chunk: Buffer, _encoding, done) {
			pieces.push(Buffer.from(chunk));
			void pause().then(() => done());
		},
	});
	return { sink, bytes: () => Buffer.concat(pieces) };
}

/** The entries of a zip as its directory has them. */
export async function entriesOf(bytes: Buffer): Promise<Entry[]> {
	const entries: Entry[] = [];
	for await (const entry of (await fromBufferPromise(bytes)).eachEntry()) entries.push(entry);
	return entries;
}

/** A table without end that says whether it was closed. */
export function endless(onPiece: (number: number) => void | Promise<void> = () => undefined) {
	const state = { closed: 0, given: 0 };
	const content = async function* () {
		try {
			for (;;) {
				await onPiece(++state.given);
				yield Buffer.alloc(200_000, state.given);
			}
		} finally {
			state.closed++;
		}
	};
	return { state, content: content() };
}
