import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSpool } from '../../../nodes/shared/files/spool';
import { problem, type Problem } from '../../../nodes/shared/core/problem';
import { contentHashOf, createChunkWriter } from '../../../nodes/shared/purview/signals/chunks';
import type { Lock } from '../../../nodes/shared/storage/lock';
import type { ChunkReceipt, WhenInDoubt } from '../../../nodes/shared/purview/delivery/client';
import { openProgress, type Progress } from '../../../nodes/shared/purview/delivery/progress';
import { sendSignals } from '../../../nodes/shared/purview/delivery/sendSignals';
import { batchOf } from '../../fixtures/batch';
import { until } from '../../helpers/until';
import type { HttpBody } from '../../../nodes/shared/http/message';
import { bytesOf } from '../../helpers/bytesOf';
import { problemOf } from '../../helpers/thrownBy';

const folder = mkdtempSync(join(tmpdir(), 'purview-progress-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => rmSync(folder, { recursive: true, force: true }));

const day = 86_400_000;
const accepted: ChunkReceipt = {
	status: 200,
	attempts: 1,
	durationMs: 1,
	partly: false,
	answer: '',
	possiblyDuplicated: false,
};

const granted = () => ({
	assertHeld: jest.fn(async () => undefined),
	release: jest.fn<Promise<void>, [boolean]>(async () => undefined),
});

/** Six rows in three chunks. */
async function signals() {
	const writer = createChunkWriter([{ name: 'User', sourceIndex: 0 }], { records: 2, bytes: 1_000 }, ',');
	const spool = createSpool();
	const rows = [1, 2, 3, 4, 5, 6].map((n) => [`u${n}`]);
	spool.sink.write(writer.write(batchOf(rows)));
	await new Promise<void>((resolve) => spool.sink.end(resolve));
	const file = spool.file();
	return {
		file,
		header: writer.header,
		delimiter: ',' as const,
		chunks: writer.chunks(),
		rows: 6,
		unit: 'row' as const,
	};
}

interface Sending {
	/** what becomes of each chunk: accepted unless told */
	outcomes?: Array<Partial<ChunkReceipt> | Error | 'crash' | undefined>;
	whenInDoubt?: WhenInDoubt;
	startOver?: boolean;
	/** milliseconds after 1970 + 1 day */
	now?: number;
	jobId?: string;
	/** another one each time unless told */
	run?: string;
	/** the lock on the file; granted and kept unless told */
	lock?: Lock;
	/** told of each chunk */
	onChunk?: () => void;
	/** a fault that is planted into what is sent */
	spoil?: (file: Awaited<ReturnType<typeof signals>>) => Partial<Awaited<ReturnType<typeof signals>>>;
	/** the note of an earlier run */
	note?: Progress;
}

let runs = 0;

/** Sends the six rows; gives what came of it and the users that were sent. */
async function sending({
	outcomes = [],
	now = 0,
	jobId = 'job',
	run = `run ${runs++}`,
	lock = granted(),
	onChunk = () => undefined,
	spoil = () => ({}),
	note,
	...settings
}: Sending = {}) {
	const sent: string[] = [];
	const file = await signals();
	const contentHash = contentHashOf(file.header, file.file.sha256);
	const transfer = { signalsUrl: 'https://x.example/api/signals', tenantId: 'T', jobId, contentHash };
	const client = {
		async sendChunk(body: HttpBody) {
			const text = (await bytesOf(body.open())).toString('utf8');
			const outcome = outcomes.shift();
			onChunk();
			sent.push(...(text.match(/u\d/g) ?? []));
			// A process that dies neither goes on nor fails.
			if (outcome === 'crash') return await new Promise<never>(() => undefined);
			if (outcome instanceof Error) throw outcome;
			return { ...accepted, ...outcome };
		},
	};
	const progress = openProgress({ folder, transfer, run, now: () => day + now });
	const acquireLock = async () => lock;
	if (note) await progress.write(note);
	const result = sendSignals(
		{ ...file, ...spoil(file) },
		{
			client,
			progress,
			acquireLock,
			whenInDoubt: 'sendAgain',
			startOver: false,
			...settings,
		},
	);
	return { result, sent, progress };
}

const refused = (inDoubt: boolean) =>
	problem.refused('Chunk was refused.', 'Look.', { inDoubt, status: 400 });

async function failed(run: Sending) {
	const { result, sent } = await sending(run);
	const error = await result.then(
		() => Promise.reject(new Error('nothing was thrown')),
		(thrown: Problem) => thrown,
	);
	return { error, sent };
}

const range = (firstRow: number, lastRow: number) => ({ firstRow, lastRow, records: lastRow - firstRow + 1 });

it('sends every chunk once, in order, and leaves only the note that it is done', async () => {
	const { result, sent, progress } = await sending();
	expect(await result).toMatchObject({
		chunks: [range(2, 3), range(4, 5), range(6, 7)],
		before: { rows: 0 },
		confirmed: [range(2, 3), range(4, 5), range(6, 7)],
		possiblyDuplicated: [],
	});
	expect(sent).toEqual(['u1', 'u2', 'u3', 'u4', 'u5', 'u6']);
	expect(readdirSync(folder).sort()).toEqual([
		expect.stringMatching(/^complete-/),
		expect.stringMatching(/^last-/),
		expect.stringMatching(/^sent-/),
	]);
	expect(await progress.finished()).toMatchObject({ completedAt: day });
});

describe('in the same run', () => {
	it('a file that was sent whole is not sent again, also with Start Over, and tells what may have arrived twice', async () => {
		const twice = { possiblyDuplicated: true };
		await (
			await sending({ run: 'same', outcomes: [undefined, twice] })
		).result;
		for (const startOver of [false, true]) {
			const { result, sent } = await sending({ run: 'same', startOver });
			expect(await result).toMatchObject({
				alreadySent: true,
				chunks: [],
				before: { rows: 6 },
				confirmed: [range(2, 7)],
				possiblyDuplicated: [range(4, 5)],
			});
			expect(sent).toEqual([]);
		}
		const { result, sent } = await sending();
		expect(await result).toMatchObject({ alreadySent: false, before: { rows: 0 }, possiblyDuplicated: [] });
		expect(sent).toHaveLength(6);
	});

	it('a try goes on after the confirmed rows, also with Start Over, and still tells what may have arrived twice', async () => {
		const start = { run: 'same', startOver: true };
		const { error } = await failed({ ...start, outcomes: [{ possiblyDuplicated: true }, refused(false)] });
		expect(error.details).toMatchObject({ possiblyDuplicatedRows: 2 });
		expect(error.advice).toContain('May have arrived twice: rows 2 to 3 (2).');
		const { result, sent } = await sending(start);
		expect(await result).toMatchObject({
			alreadySent: false,
			before: { rows: 2 },
			possiblyDuplicated: [range(2, 3)],
		});
		expect(sent).toEqual(['u3', 'u4', 'u5', 'u6']);
	});
});

describe('what does not add up is no success', () => {
	const position = (records: number, bytes = records * 4) => ({ records, bytes, lastRow: records + 1 });

	it.each<[string, Omit<Progress, 'possiblyDuplicated'>]>([
		['past the end of the file', { confirmed: position(7) }],
		['with the bytes of another number of rows', { confirmed: position(6, 12) }],
		['within a chunk, with more rows than that one has', { confirmed: position(5, 12) }],
		['at the border of two chunks, but with another number of rows', { confirmed: position(3, 8) }],
		['negative', { confirmed: position(-1) }],
		['in doubt past the end', { confirmed: position(2), inDoubt: position(9) }],
		['in doubt before what is confirmed', { confirmed: position(4), inDoubt: position(2) }],
		['in doubt without numbers', { confirmed: position(2), inDoubt: {} as Progress['confirmed'] }],
	])('a note %s', async (_, note) => {
		const { error, sent } = await failed({ note: { ...note, possiblyDuplicated: [] } });
		expect(error.message).toMatch(
			/^The note of an earlier run says that .* does not fit this file of 6 rows/,
		);
		expect(error.advice).toContain("'Start Over'");
		expect(error.details).toMatchObject({ code: 'progressNoteWrong', rows: 6 });
		expect(sent).toEqual([]);
		const again = await sending({ startOver: true });
		expect((await again.result).confirmed).toHaveLength(3);
	});

	it.each([0, 2, 3, 4, 5, 6])('but a note of %d rows does', async (records) => {
		const { result, sent } = await sending({
			note: { confirmed: position(records), possiblyDuplicated: [] },
		});
		expect((await result).before.rows).toBe(records);
		expect(sent).toHaveLength(6 - records);
	});

	it('a chunk that is missing, before anything is sent', async () => {
		const { error, sent } = await failed({ spoil: ({ chunks }) => ({ chunks: [chunks[0], chunks[2]] }) });
		expect(error.message).toBe('The rows do not add up: of 6, 4 in chunks; 2 rows are missing.');
		expect(error.details).toMatchObject({ code: 'rowsMissing', rows: 6, 'in chunks': 4 });
		expect(sent).toEqual([]);
	});

	it('a chunk twice, before anything is sent', async () => {
		const { error, sent } = await failed({ spoil: ({ chunks }) => ({ chunks: [...chunks, chunks[0]] }) });
		expect(error.message).toContain('2 rows too many.');
		expect(sent).toEqual([]);
	});

	it('a row that no chunk counted, when the run ends', async () => {
		// The last chunk holds its row and does not say so until it was sent.
		let asked = 0;
		const { error, sent } = await failed({
			spoil: ({ chunks }) => {
				const last = { ...chunks[2] };
				Object.defineProperty(last, 'records', { get: () => (asked++ === 0 ? 2 : 1) });
				return { chunks: [chunks[0], chunks[1], last] };
			},
		});
		expect(sent).toHaveLength(6);
		expect(error.message).toBe(
			'The rows do not add up: of 6, 0 confirmed before, 5 confirmed now; 1 row is missing.',
		);
		expect(readdirSync(folder).join()).not.toContain('complete-');
	});
});

it('goes on after what was confirmed, and tells all three kinds of rows', async () => {
	const { error } = await failed({ outcomes: [undefined, refused(false)] });
	expect(error.details).toMatchObject({
		status: 400,
		confirmedRows: 2,
		confirmedRanges: [range(2, 3)],
		inDoubtRows: 0,
		unsentRows: 4,
		unsentRanges: [range(4, 7)],
	});
	expect(error.advice).toMatch(/^Look\.\nConfirmed: rows 2 to 3 \(2\)\.\n/);
	const { result, sent } = await sending();
	expect(await result).toMatchObject({
		before: { rows: 2, lastRow: 3 },
		confirmed: [range(2, 3), range(4, 5), range(6, 7)],
	});
	expect(sent).toEqual(['u3', 'u4', 'u5', 'u6']);
});

it('keeps no note where nothing arrived', async () => {
	await failed({ outcomes: [refused(false)] });
	expect(readdirSync(folder)).toEqual([]);
});

it('after a crash, the chunk that was on its way is sent again and told', async () => {
	await sending({ outcomes: [undefined, 'crash'] });
	await until(() => readProgress()?.confirmed.records === 2);
	const { result, sent } = await sending();
	expect(await result).toMatchObject({ before: { rows: 2 }, possiblyDuplicated: [range(4, 5)] });
	expect(sent).toEqual(['u3', 'u4', 'u5', 'u6']);
});

it('after a crash in the first chunk, it is in doubt too', async () => {
	await sending({ outcomes: ['crash'] });
	await until(() => readProgress() !== undefined);
	expect(await (await sending()).result).toMatchObject({
		before: { rows: 0 },
		possiblyDuplicated: [range(2, 3)],
	});
});

it('rows that stayed in doubt are still in doubt when the second try is refused', async () => {
	await failed({ outcomes: [refused(true)] });
	const { error } = await failed({ outcomes: [refused(false)] });
	expect(error.details).toMatchObject({ inDoubtRanges: [range(2, 3)], unsentRanges: [range(4, 7)] });
});

it('rows in doubt stop a run, or count as sent, where the user says so', async () => {
	await failed({ outcomes: [undefined, refused(true)] });
	const { error, sent } = await failed({ whenInDoubt: 'stop' });
	expect(error.kind).toBe('inDoubt');
	expect(error.message).toContain('rows 4 to 5 (2)');
	expect(sent).toEqual([]);
	const taken = await sending({ whenInDoubt: 'takeAsSent' });
	expect(await taken.result).toMatchObject({ before: { rows: 4, taken: 2 } });
	expect(taken.sent).toEqual(['u5', 'u6']);
});

it('starting over sends everything', async () => {
	await failed({ outcomes: [undefined, refused(true)] });
	const { result, sent } = await sending({ startOver: true });
	expect(await result).toMatchObject({ before: { rows: 0 }, possiblyDuplicated: [] });
	expect(sent).toHaveLength(6);
});

it.each([['for another job', { jobId: 'other' }]])('progress does not count %s', async (_, run) => {
	await failed({ outcomes: [undefined, refused(false)] });
	const { result, sent } = await sending(run);
	await result;
	expect(sent).toHaveLength(6);
});

it('gives the lock back, and says whether all was sent', async () => {
	const lock = granted();
	await failed({ outcomes: [undefined, refused(false)], lock });
	expect(lock.release.mock.calls).toEqual([[false]]);
	await (
		await sending({ lock })
	).result;
	expect(lock.release.mock.calls).toEqual([[false], [true]]);
});

it.each([
	['between two chunks', 1, 2, 0],
	['while a chunk was on its way', 2, 2, 2],
	['after the last chunk', 3, 6, 0],
])(
	'when another has taken over %s, nothing more is sent or noted',
	async (_, chunks, confirmedRows, inDoubtRows) => {
		const sent: number[] = [];
		const notes: unknown[] = [];
		const lock = {
			...granted(),
			async assertHeld() {
				if (sent.length < chunks) return;
				notes.push(readProgress());
				throw problem.timeLimit('Another execution has taken over.', 'Look.');
			},
		};
		const outcomes = [undefined, chunks === 2 ? refused(true) : undefined];
		const { error } = await failed({ outcomes, lock, onChunk: () => sent.push(1) });
		expect(error).toMatchObject({
			kind: 'timeLimit',
			message: 'Another execution has taken over.',
			details: { confirmedRows, inDoubtRows },
		});
		expect(sent).toHaveLength(chunks);
		// What the other notes is left alone.
		expect(notes).toHaveLength(1);
		expect(readProgress()).toEqual(notes[0]);
		expect(lock.release.mock.calls).toEqual([[false]]);
	},
);

it('a note that was cut says nothing', async () => {
	await failed({ outcomes: [undefined, refused(false)] });
	const [name] = readdirSync(folder);
	writeFileSync(join(folder, name), readFileSync(join(folder, name), 'utf8').slice(0, 20));
	const { result, sent } = await sending();
	await result;
	expect(sent).toHaveLength(6);
});

it('a note that cannot be kept stops before the first chunk leaves', async () => {
	writeFileSync(folder, 'a file where the folder should be');
	const { error, sent } = await failed({});
	expect(error).toMatchObject({ kind: 'configuration' });
	expect(error.message).toMatch(/could not be kept/);
	expect(sent).toEqual([]);
	rmSync(folder);
});

it.each([-5_000, 90 * day])('a note counts by its content, also %s ms by another clock', async (now) => {
	await failed({ outcomes: [undefined, refused(false)], now: 1_000_000 });
	const { result, sent } = await sending({ now });
	expect(await result).toMatchObject({ before: { rows: 2 } });
	expect(sent).toEqual(['u3', 'u4', 'u5', 'u6']);
});

it('a living lock stays, whatever another clock says', async () => {
	mkdirSync(folder, { recursive: true });
	const path = (letter: string) => join(folder, `lock-${letter.repeat(40)}-1.json`);
	const old = new Date(Date.now() - 26 * 3_600_000);
	const elsewhere = { place: 'another boot', pid: 1, began: '1' };
	for (const [letter, record] of [
		['a', { token: 'a', beat: 1, holder: elsewhere }],
		['b', { token: 'b', beat: 1, holder: elsewhere, released: true }],
	] as const) {
		writeFileSync(path(letter), JSON.stringify(record));
		utimesSync(path(letter), old, old);
	}
	await (
		await sending({ now: 25 * 3_600_000 })
	).result;
	expect([existsSync(path('a')), existsSync(path('b'))]).toEqual([true, false]);
});

describe('when the disk is full', () => {
	const full = () =>
		problem.configuration('The note could not be kept.', 'See the disk.', { networkCode: 'ENOSPC' });

	/** Sends with a store that fails from one of its writes on. */
	async function sendingWhile(
		failing: { writes?: number; complete?: boolean },
		outcomes: Sending['outcomes'] = [],
	) {
		const file = await signals();
		const transfer = { signalsUrl: 'https://x.example', tenantId: 'T', jobId: 'full', contentHash: 'c' };
		const store = openProgress({ folder, transfer, run: 'full' });
		let writes = 0;
		const sent: string[] = [];
		const progress = {
			...store,
			write: async (state: Parameters<typeof store.write>[0]) => {
				if (++writes >= (failing.writes ?? Infinity)) throw full();
				await store.write(state);
			},
			complete: async (done: Parameters<typeof store.complete>[0]) => {
				if (failing.complete) throw full();
				await store.complete(done);
			},
		};
		const client = {
			async sendChunk(body: HttpBody) {
				const outcome = outcomes.shift();
				sent.push(...((await bytesOf(body.open())).toString('utf8').match(/u\d/g) ?? []));
				if (outcome instanceof Error) throw outcome;
				return accepted;
			},
		};
		const result = sendSignals(file, {
			client,
			progress,
			acquireLock: async () => granted(),
			whenInDoubt: 'sendAgain',
			startOver: false,
		});
		return { result, sent };
	}

	it('between two chunks, what was confirmed is told, and nothing more leaves', async () => {
		const { result, sent } = await sendingWhile({ writes: 2 });
		const error = await problemOf(result);
		expect(error.details).toMatchObject({ confirmedRows: 2, inDoubtRows: 0, unsentRows: 4 });
		expect(error.advice).toContain('Confirmed: rows 2 to 3 (2).');
		expect(sent).toEqual(['u1', 'u2']);
	});

	it('after a refusal, the refusal comes first and the note beside it', async () => {
		const { result } = await sendingWhile({ writes: 3 }, [undefined, refused(true)]);
		const error = await problemOf(result);
		expect(error).toMatchObject({ kind: 'refused', message: 'Chunk was refused.' });
		expect(error.details).toMatchObject({ confirmedRows: 2, inDoubtRows: 2, unsentRows: 2 });
		expect(error.advice).toMatch(/Confirmed: rows 2 to 3[\s\S]*The note could not be kept\. See the disk\.$/);
	});

	it('after the last chunk, all arrived: no failure, but the note is told', async () => {
		const { result, sent } = await sendingWhile({ complete: true });
		const outcome = await result;
		expect(outcome.noteProblem?.message).toBe('The note could not be kept.');
		expect(outcome.confirmed).toHaveLength(3);
		expect(sent).toHaveLength(6);
	});
});

it('old notes are swept, young ones and other files stay', async () => {
	mkdirSync(folder, { recursive: true });
	const name = (kind: string, letter: string) => join(folder, `${kind}-${letter.repeat(40)}.json`);
	const old = (now: number) => new Date(now - 61 * day);
	const now = Date.now();
	for (const path of [name('progress', 'a'), name('progress', 'b'), join(folder, 'mine.json')])
		writeFileSync(path, '{}');
	utimesSync(name('progress', 'a'), old(now), old(now));
	utimesSync(join(folder, 'mine.json'), old(now), old(now));
	await (
		await sending({ now: now - day })
	).result;
	expect(readdirSync(folder).sort()).toEqual([
		expect.stringMatching(/^complete-/),
		expect.stringMatching(/^last-/),
		'mine.json',
		`progress-${'b'.repeat(40)}.json`,
		expect.stringMatching(/^sent-/),
	]);
});

function readProgress(): { confirmed: { records: number } } | undefined {
	const names = existsSync(folder) ? readdirSync(folder) : [];
	const name = names.find((found) => /^progress-.*\.json$/.test(found));
	return name === undefined ? undefined : JSON.parse(readFileSync(join(folder, name), 'utf8'));
}
