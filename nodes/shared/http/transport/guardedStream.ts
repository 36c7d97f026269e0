import { Transform } from 'node:stream';
import { REDACTED, type Redactor } from '../redact';

/** A download on its way to where it is kept. */
export interface GuardedStream {
	stream: Transform;
	/** whether the download was longer than may be kept; what came before the limit was passed on */
	isCut(): boolean;
}

/**
 * Passes a download on, unpacked, without the secrets of its request, up to a limit. At the limit the stream ends well.
 * @param redactor knows the secrets
 * @param maxBytes so many bytes are passed on
 * @param onCut called at the limit: the source may be closed
 */
export function guardedStream(redactor: Redactor, maxBytes: number, onCut: () => void): GuardedStream {
	const longest = Math.max(1, ...redactor.patterns.map(({ length }) => length));
	let rest: Buffer = Buffer.alloc(0);
	let left = maxBytes;
	let cut = false;

	/** Passes on all but the end, which may be the beginning of a secret. */
	function pass(data: Buffer, keep: number): void {
		const { pieces, from } = withoutPatterns(data, redactor.patterns);
		const end = Math.max(from, data.length - keep);
		rest = Buffer.from(data.subarray(end));
		for (const piece of [...pieces, data.subarray(from, end)]) give(piece);
	}

	function give(piece: Buffer): void {
		if (cut || piece.length === 0) return;
		stream.push(piece.subarray(0, left));
		left -= piece.length;
		if (left >= 0) return;
		cut = true;
		stream.push(null);
		onCut();
		stream.end();
	}

	const stream = new Transform({
		transform(chunk: Buffer, _, done) {
			if (!cut) pass(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), longest - 1);
			done();
		},
		flush(done) {
			if (!cut) pass(rest, 0);
			done();
		},
	});
	return { stream, isCut: () => cut };
}

const REPLACEMENT = Buffer.from(REDACTED);

/** What stands before and between the patterns, each pattern replaced, and where the last one ends. */
function withoutPatterns(data: Buffer, patterns: readonly Buffer[]): { pieces: Buffer[]; from: number } {
	const pieces: Buffer[] = [];
	const next = patterns.map((pattern) => data.indexOf(pattern));
	let from = 0;
	for (;;) {
		let first = -1;
		for (const [index, pattern] of patterns.entries()) {
			if (next[index] >= 0 && next[index] < from) next[index] = data.indexOf(pattern, from);
			if (next[index] >= 0 && (first < 0 || next[index] < next[first])) first = index;
		}
		if (first < 0) return { pieces, from };
		pieces.push(data.subarray(from, next[first]), REPLACEMENT);
		from = next[first] + patterns[first].length;
	}
}
