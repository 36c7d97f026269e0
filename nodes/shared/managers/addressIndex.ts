import { problem } from '../core/problem';

/** Longest number or address that is kept, in bytes; longer ones are none. */
const MOST_BYTES = 255;
/** Size of one piece of memory, in bytes. */
const PIECE_BYTES = 1 << 20;
/** Pieces for some ten million people. */
const MOST_PIECES = 320;
/** Stands for the length of an address where a number is that of several people. */
const SEVERAL = 0;

/** What is known of a number: an address, nobody's, or that of several people. */
export type FoundAddress = { address: string } | 'nobody' | 'several';

/**
 * The addresses of people by their employee number, in about 35 bytes each: one entry a number, one after the other, with the part
 * of the address behind the @ kept once for all who share it.
 */
export class AddressIndex {
	private readonly pieces: Buffer[] = [];
	/** bytes of the last piece that are in use */
	private used = PIECE_BYTES;
	private count = 0;
	/** place of an entry + 1, by the hash of its number; 0 = free */
	private slots = new Uint32Array(1_024);
	private readonly domains: string[] = [];
	private readonly numberOfDomain = new Map<string, number>();

	/** bytes of memory in use, without the domains */
	get bytes(): number {
		return this.pieces.length * PIECE_BYTES - (PIECE_BYTES - this.used) + this.slots.byteLength;
	}

	/**
	 * Keeps the address of a number. A number that comes with two addresses is that of several people from then on.
	 * @throws Problem `input` for more people than there is room for
	 */
	add(number: string, address: string): void {
		const key = Buffer.from(comparable(number), 'utf8');
		const at = address.lastIndexOf('@');
		const name = Buffer.from(address.slice(0, at), 'utf8');
		if (key.length === 0 || key.length > MOST_BYTES || at < 1 || name.length > MOST_BYTES) return;
		const slot = this.slotOf(key);
		if (this.slots[slot] > 0) {
			const known = this.read(this.slots[slot] - 1, key.length);
			if (known !== 'several' && known.address.toLowerCase() !== address.toLowerCase()) {
				const { piece, offset } = this.locate(this.slots[slot] - 1);
				piece[offset + 1 + key.length] = SEVERAL;
			}
			return;
		}
		this.slots[slot] = this.append(key, name, this.domainOf(address.slice(at + 1))) + 1;
		if (++this.count > this.slots.length * 0.75) this.grow();
	}

	/** Whose number it is. Zeros in front, `.0` behind, blanks around and capitals do not count. */
	find(number: string): FoundAddress {
		const key = Buffer.from(comparable(number), 'utf8');
		if (key.length === 0 || key.length > MOST_BYTES) return 'nobody';
		const place = this.slots[this.slotOf(key)];
		return place === 0 ? 'nobody' : this.read(place - 1, key.length);
	}

	private domainOf(domain: string): number {
		const known = this.numberOfDomain.get(domain);
		if (known !== undefined) return known;
		this.domains.push(domain);
		this.numberOfDomain.set(domain, this.domains.length - 1);
		return this.domains.length - 1;
	}

	/** An entry: length and bytes of the number; length and bytes of what stands before the @; three bytes for the domain. */
	private append(key: Buffer, name: Buffer, domain: number): number {
		const length = key.length + name.length + 5;
		if (this.used + length > PIECE_BYTES) {
			if (this.pieces.length === MOST_PIECES || domain >= 1 << 24) {
				throw problem.input(
					'There are more people than managers can be found among by their numbers.',
					"Add a column with the manager's e-mail address to the source report.",
				);
			}
			this.pieces.push(Buffer.allocUnsafeSlow(PIECE_BYTES));
			this.used = 0;
		}
		const last = this.pieces.length - 1;
		const piece = this.pieces[last];
		const start = this.used;
		let offset = start;
		piece[offset++] = key.length;
		offset += key.copy(piece, offset);
		piece[offset++] = name.length;
		offset += name.copy(piece, offset);
		piece.writeUIntBE(domain, offset, 3);
		this.used = start + length;
		return last * PIECE_BYTES + start;
	}

	private read(place: number, keyLength: number): Exclude<FoundAddress, 'nobody'> {
		const { piece, offset } = this.locate(place);
		const name = offset + 2 + keyLength;
		const end = name + piece[name - 1];
		if (end === name) return 'several';
		return { address: `${piece.toString('utf8', name, end)}@${this.domains[piece.readUIntBE(end, 3)]}` };
	}

	private locate(place: number): { piece: Buffer; offset: number } {
		return { piece: this.pieces[Math.floor(place / PIECE_BYTES)], offset: place % PIECE_BYTES };
	}

	/** The slot of a number: that of its entry, or a free one. */
	private slotOf(key: Uint8Array): number {
		const mask = this.slots.length - 1;
		let slot = hashOf(key) & mask;
		for (let place = this.slots[slot]; place > 0; place = this.slots[slot]) {
			const { piece, offset } = this.locate(place - 1);
			const length = piece[offset];
			if (length === key.length && piece.compare(key, 0, length, offset + 1, offset + 1 + length) === 0)
				break;
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	private grow(): void {
		const places = this.slots.filter((place) => place > 0);
		this.slots = new Uint32Array(this.slots.length * 2);
		const mask = this.slots.length - 1;
		for (const place of places) {
			const { piece, offset } = this.locate(place - 1);
			let slot = hashOf(piece.subarray(offset + 1, offset + 1 + piece[offset])) & mask;
			while (this.slots[slot] > 0) slot = (slot + 1) & mask;
			this.slots[slot] = place;
		}
	}
}

/** One file may write a number as `00042`, `42` and `42.0`, and a key as `e17` and `E17`. */
function comparable(number: string): string {
	const text = number.trim();
	const digits = /^(\d+)(?:[.,]0+)?$/.exec(text)?.[1];
	return digits === undefined ? text.toUpperCase() : digits.replace(/^0+(?=\d)/, '');
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array): number {
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
	return (hash ^ (hash >>> 15)) >>> 0;
}
