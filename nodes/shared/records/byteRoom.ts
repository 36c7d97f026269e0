/** Memory that one piece of text after the other is put into. */
export interface ByteRoom {
	/**
	 * Gives the memory at its new size, never smaller than before, with what it held at its beginning. What was given before must
	 * not be used any more.
	 * @param size bytes
	 */
	resize(size: number): Buffer;
}

/** Room in memory of its own. */
export function createByteRoom(): ByteRoom {
	let bytes = Buffer.alloc(0);
	return {
		resize(size) {
			const larger = Buffer.alloc(size);
			larger.set(bytes);
			return (bytes = larger);
		},
	};
}
