/** Bytes that are written one after the other, into memory that is used again: fresh memory for each batch would be the collector's main work. */
export class OutputBytes {
	/** valid up to `length`; replaced when more room is needed */
	bytes: Buffer = Buffer.alloc(0);
	length = 0;

	/** Begins anew. @param usual how many bytes will usually be written */
	begin(usual: number): void {
		this.length = 0;
		if (this.bytes.length < usual) this.bytes = Buffer.allocUnsafeSlow(Math.ceil(usual * 1.25));
	}

	/** Makes room for so many further bytes. */
	reserve(size: number): void {
		if (this.length + size <= this.bytes.length) return;
		const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + size));
		larger.set(this.bytes.subarray(0, this.length));
		this.bytes = larger;
	}

	/** What was written; valid until something else is. */
	written(): Buffer {
		return this.bytes.subarray(0, this.length);
	}
}
