/**
 * Reads text in the `flatted` form, in which n8n stores the data of an execution.
 *
 * The text is a JSON array. Its first element is the root; in every object and array a string is the index of
 * the element that stands there, so that what occurs twice, or contains itself, is written once.
 *
 * @throws SyntaxError when the text is not JSON, Error when it is JSON of another form
 */
export function readFlatted(text: string): unknown {
	const elements: unknown = JSON.parse(text);
	if (!Array.isArray(elements) || elements.length === 0)
		throw new Error('Not in the flatted form: no array of elements.');
	const resolved = new Map<number, unknown>();
	// An explicit list of open work: executions nest deeper than a call stack likes.
	const open: Array<{ from: object; into: object }> = [];

	const elementAt = (reference: unknown): unknown => {
		const index = Number(reference);
		if (!Number.isInteger(index) || index < 0 || index >= elements.length) {
			throw new Error(`Not in the flatted form: there is no element ${String(reference)}.`);
		}
		if (resolved.has(index)) return resolved.get(index);
		const raw: unknown = elements[index];
		if (typeof raw !== 'object' || raw === null) {
			resolved.set(index, raw);
			return raw;
		}
		const into: object = Array.isArray(raw) ? [] : {};
		resolved.set(index, into);
		open.push({ from: raw, into });
		return into;
	};

	const root = elementAt(0);
	for (let next = open.pop(); next; next = open.pop()) {
		for (const [key, value] of Object.entries(next.from)) {
			const child: unknown = typeof value === 'string' ? elementAt(value) : value;
			// defineProperty, because a key may be `__proto__`
			Object.defineProperty(next.into, key, {
				value: child,
				enumerable: true,
				configurable: true,
				writable: true,
			});
		}
	}
	return root;
}
