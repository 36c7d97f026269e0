/** All bytes of a stream. Pieces are copied, for a source may use them again. */
export async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of source) pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces);
}
