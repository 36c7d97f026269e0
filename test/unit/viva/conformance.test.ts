import fc from 'fast-check';
import { observeText, type TextConformance } from '../../../nodes/shared/viva/prebuilt/conformance';

/** The habits of a text that comes in pieces; the pieces must go by unchanged. */
async function habitsOf(pieces: Buffer[]): Promise<TextConformance> {
	const { bytes, habits } = observeText(
		(async function* () {
			yield* pieces;
		})(),
	);
	const out: Buffer[] = [];
	for await (const piece of bytes) out.push(piece);
	expect(Buffer.concat(out).equals(Buffer.concat(pieces))).toBe(true);
	return habits;
}

/** The same, told line by line from the whole text. */
function referee(text: string): TextConformance {
	const byteOrderMark = text.startsWith('\uFEFF');
	// What stands in quotes cannot end a line.
	const bare = text.slice(byteOrderMark ? 1 : 0).replaceAll(/"[^"]*("|$)/g, 'q');
	const ended = bare.split(/(\r\n|\n|\r)/);
	let blankLines = 0;
	let lonelyReturns = 0;
	for (let i = 1; i < ended.length; i += 2) {
		if (ended[i - 1] === '') blankLines++;
		if (ended[i] === '\r') lonelyReturns++;
	}
	return { byteOrderMark, blankLines, lonelyReturns };
}

it.each([
	['a,b\r\n1,2\r\n', { byteOrderMark: false, blankLines: 0, lonelyReturns: 0 }],
	['\uFEFFa\n1', { byteOrderMark: true, blankLines: 0, lonelyReturns: 0 }],
	['a\n\n\r\n1\n', { byteOrderMark: false, blankLines: 2, lonelyReturns: 0 }],
	['a\r1\r', { byteOrderMark: false, blankLines: 0, lonelyReturns: 2 }],
	['a\r\r\n1', { byteOrderMark: false, blankLines: 1, lonelyReturns: 1 }],
	['a,"1\n\n\r2"\n', { byteOrderMark: false, blankLines: 0, lonelyReturns: 0 }],
	['\uFEFF\n', { byteOrderMark: true, blankLines: 1, lonelyReturns: 0 }],
])('tells the habits of %j', async (text, habits) => {
	expect(await habitsOf([Buffer.from(text)])).toEqual(habits);
});

it('tells the same however the text is cut', async () => {
	const text = fc
		.tuple(fc.constantFrom('', '\uFEFF'), fc.string({ unit: fc.constantFrom(...'a,"\r\n'), maxLength: 40 }))
		.map(([mark, rest]) => mark + rest);
	await fc.assert(
		fc.asyncProperty(text, fc.array(fc.nat(6), { maxLength: 20 }), async (whole, cuts) => {
			const bytes = Buffer.from(whole);
			const pieces: Buffer[] = [];
			let at = 0;
			for (const cut of cuts) pieces.push(bytes.subarray(at, (at += cut)));
			pieces.push(bytes.subarray(at));
			expect(await habitsOf(pieces)).toEqual(referee(whole));
		}),
	);
});
