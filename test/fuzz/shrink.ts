/**
 * Makes an input that fails as small as it goes: leaves out pieces of its bytes, texts and lists, and makes its numbers
 * smaller, as long as it still fails in the same way.
 * @param input plain data and Buffers
 * @param stillFails tries an input
 * @param attempts how often to try at most
 */
export async function shrunk<Input>(
	input: Input,
	stillFails: (candidate: Input) => Promise<boolean>,
	attempts = 1000,
): Promise<Input> {
	let best = input;
	let left = attempts;
	for (let better = true; better && left > 0;) {
		better = false;
		for (const candidate of smaller(best)) {
			if (left-- <= 0) break;
			if (!(await stillFails(candidate as Input))) continue;
			best = candidate as Input;
			better = true;
			break;
		}
	}
	return best;
}

/** Inputs that are a little simpler, the boldest first. */
function* smaller(value: unknown): Generator<unknown> {
	if (Buffer.isBuffer(value)) {
		for (const [from, to] of cuts(value.length)) {
			yield Buffer.concat([value.subarray(0, from), value.subarray(to)]);
		}
		for (let i = 0; i < Math.min(value.length, 200); i++) {
			if (value[i] === 0x61) continue;
			const simpler = Buffer.from(value);
			simpler[i] = 0x61;
			yield simpler;
		}
	} else if (typeof value === 'string') {
		for (const [from, to] of cuts(value.length)) yield value.slice(0, from) + value.slice(to);
	} else if (typeof value === 'number') {
		for (const simpler of [0, 1, Math.trunc(value / 2), value - 1]) {
			if (Math.abs(simpler) < Math.abs(value)) yield simpler;
		}
	} else if (Array.isArray(value)) {
		for (const [from, to] of cuts(value.length)) yield [...value.slice(0, from), ...value.slice(to)];
		for (const [i, entry] of value.entries()) {
			for (const simpler of smaller(entry)) yield [...value.slice(0, i), simpler, ...value.slice(i + 1)];
		}
	} else if (typeof value === 'object' && value !== null) {
		for (const [name, entry] of Object.entries(value)) {
			yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
			for (const simpler of smaller(entry)) yield { ...value, [name]: simpler };
		}
	}
}

/** Pieces to leave out: all, halves, quarters and so on, down to single ones while there are not too many. */
function* cuts(length: number): Generator<[number, number]> {
	for (let size = length; size >= 1; size = Math.floor(size / 2)) {
		if (length / size > 300) return;
		for (let from = 0; from < length; from += size) yield [from, Math.min(length, from + size)];
	}
}
