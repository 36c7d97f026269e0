import type { Transform, TransformCallback } from 'node:stream';
import { crc32, DeflateRaw } from 'node:zlib';

/** What archiver's compressor of one entry has, as crc32-stream makes it. */
interface EntryCompressor extends Transform {
	/** CRC-32 so far; a buffer of zeros before the first byte */
	checksum: number | Buffer;
	/** bytes so far */
	rawSize: number;
}

/** What archiver's zip format makes a compressor with, as compress-commons has it. */
interface CompressorFactory {
	_smartStream(entry: unknown, callback: unknown): EntryCompressor;
}

/**
 * Has archiver's checksum counted by zlib instead of JavaScript, which takes a tenth of the processor time of a whole run. The
 * numbers are the same. Only this archive is touched; where archiver is built differently, it is left as it is.
 * @param archive a zip archive of archiver, before its first entry
 * @returns whether zlib counts
 */
export function countChecksumNatively(archive: object): boolean {
	const factory = factoryOf(archive);
	if (!factory) return false;
	const make = factory._smartStream;
	factory._smartStream = function (this: CompressorFactory, entry, callback) {
		const compressor = make.call(this, entry, callback);
		if (isDeflate(compressor)) compressor._transform = countAndDeflate;
		return compressor;
	};
	return true;
}

function factoryOf(archive: object): CompressorFactory | undefined {
	const { engine } = (archive as { _module?: { engine?: Partial<CompressorFactory> } })._module ?? {};
	return typeof engine?._smartStream === 'function' ? (engine as CompressorFactory) : undefined;
}

function isDeflate(compressor: EntryCompressor): boolean {
	return (compressor as unknown) instanceof DeflateRaw && compressor.rawSize === 0;
}

function countAndDeflate(
	this: EntryCompressor,
	chunk: Buffer,
	...rest: [BufferEncoding, TransformCallback]
): void {
	this.checksum = crc32(chunk, typeof this.checksum === 'number' ? this.checksum : 0);
	this.rawSize += chunk.length;
	(DeflateRaw.prototype as unknown as Transform)._transform.call(this, chunk, ...rest);
}
