import { count } from '../../core/format';
import { Problem, problem, problemOf } from '../../core/problem';
import { accountProblem } from '../../pipeline/accounts';
import { chunkBody, chunksAfter, type RecordRange, type SignalText } from '../signals/chunks';
import type { Lock } from '../../storage/lock';
import type { ChunkReceipt, SignalClient, WhenInDoubt } from './client';
import type { Finished, Position, Progress, ProgressStore } from './progress';
import { formatRanges, rowFacts, type RowRange } from './rowRanges';

/** What is sent. */
export interface SignalFile extends SignalText {
	chunks: readonly RecordRange[];
	/** valid records that were read: the chunks hold all of them */
	rows: number;
	/** what the rows are called */
	unit: 'row' | 'item';
}

/** How it is sent. */
export interface SendingSettings {
	client: SignalClient;
	progress: ProgressStore;
	/** the right to send this file, asked for before anything is done; rejects where another execution has it */
	acquireLock: () => Promise<Lock>;
	whenInDoubt: WhenInDoubt;
	/** forget what another run has sent */
	startOver: boolean;
	/** told each confirmed chunk of this run, and how many there are */
	onChunk?: (number: number, of: number) => void;
}

/** What became of one chunk. */
export interface SentChunk extends ChunkReceipt, RowRange {
	/** from 1, in this run */
	number: number;
	/** with its header */
	bytes: number;
}

/** What became of a file that was sent whole. */
export interface Sending {
	chunks: SentChunk[];
	/** rows that an earlier run had sent; `taken` of them were in doubt and counted as sent by the user's choice */
	before: { rows: number; lastRow: number; taken: number };
	/** every row that was confirmed, in this run or before */
	confirmed: RowRange[];
	/** rows that may have arrived twice */
	possiblyDuplicated: RowRange[];
	/** an earlier attempt of this run had sent the whole file; nothing was sent now */
	alreadySent: boolean;
	/** everything arrived, but that could not be noted */
	noteProblem?: Problem;
}

const START: Position = { records: 0, bytes: 0, lastRow: 0 };

/**
 * Sends a file chunk by chunk, one after the other, and keeps note of how far it has come: what was accepted is not sent
 * again by a later run with the same data, and no other execution sends it at the same time. A file that this run has sent
 * whole is not sent by it again.
 * @param signals see {@link SignalFile}
 * @param settings see {@link SendingSettings}
 * @throws Problem that says which rows are confirmed, not sent, and in doubt, in its advice and its details; or that of
 * `acquireLock`
 */
export async function sendSignals(signals: SignalFile, settings: SendingSettings): Promise<Sending> {
	const finished = await settings.progress.finished();
	if (finished) {
		if (finished.end.records !== signals.rows) throw noteDoesNotFit(signals, finished.end);
		return finishedBefore(signals, finished);
	}
	const lock = await settings.acquireLock();
	let sentWhole = false;
	try {
		const sending = await sendRest(signals, settings, lock);
		sentWhole = true;
		return sending;
	} finally {
		await lock.release(sentWhole);
	}
}

function finishedBefore(signals: SignalFile, { end, possiblyDuplicated }: Finished): Sending {
	return {
		chunks: [],
		before: { rows: end.records, lastRow: end.lastRow, taken: 0 },
		confirmed: confirmedBefore(signals, end),
		possiblyDuplicated: [...possiblyDuplicated],
		alreadySent: true,
	};
}

async function sendRest(signals: SignalFile, settings: SendingSettings, lock: Lock): Promise<Sending> {
	const { header, unit } = signals;
	const { client, progress } = settings;
	assertWhole(signals);
	const start = await startingPoint(signals, settings);
	const chunks = chunksAfter(signals.chunks, start.confirmed);
	const sent: SentChunk[] = [];
	let confirmed = start.confirmed;
	const confirmedRows = (): RowRange[] => [
		...confirmedBefore(signals, start.confirmed),
		...sent.map(rangeOf),
	];
	const possiblyDuplicated = (): RowRange[] => [
		...start.possiblyDuplicated,
		...sent.filter((chunk) => chunk.possiblyDuplicated).map(rangeOf),
	];
	const told = (rest: RecordRange[], inDoubt: boolean): ToldRows => ({
		confirmed: confirmedRows(),
		possiblyDuplicated: possiblyDuplicated(),
		rest,
		inDoubt,
	});

	for (const [index, chunk] of chunks.entries()) {
		const number = index + 1;
		const step = `Chunk ${number} of ${chunks.length} (${formatRanges([chunk], unit)})`;
		const end = endOf(chunk);
		const sentBefore = start.inDoubt !== undefined && chunk.offset < start.inDoubt.bytes;
		const withRows = (error: unknown, inDoubt: boolean) =>
			withRowRanges(error, signals, told(chunks.slice(index), inDoubt));
		await lock.assertHeld().catch((error: unknown) => Promise.reject(withRows(error, false)));
		// Nothing of this chunk has left: a full disk must not hide what was confirmed before it.
		await progress
			.write({ confirmed, inDoubt: end, possiblyDuplicated: possiblyDuplicated() })
			.catch((error: unknown) => Promise.reject(withRows(error, sentBefore)));
		const receipt = await client
			.sendChunk(chunkBody(signals, chunk, number), step)
			.catch(async (error: unknown) => {
				const inDoubt = !(error instanceof Problem) || error.details.inDoubt === true || sentBefore;
				// Who has taken over keeps the notes, too.
				await lock.assertHeld().catch((lost: unknown) => Promise.reject(withRows(lost, inDoubt)));
				const noteProblem = await keepProgress(progress, {
					confirmed,
					possiblyDuplicated: possiblyDuplicated(),
					...(inDoubt && { inDoubt: end }),
				});
				throw withNoteProblem(withRows(error, inDoubt), noteProblem);
			});
		sent.push({
			number,
			...receipt,
			possiblyDuplicated: receipt.possiblyDuplicated || sentBefore,
			records: chunk.records,
			firstRow: chunk.firstRow,
			lastRow: chunk.lastRow,
			bytes: header.length + chunk.length,
		});
		confirmed = end;
		settings.onChunk?.(number, chunks.length);
	}
	await lock
		.assertHeld()
		.catch((error: unknown) => Promise.reject(withRowRanges(error, signals, told([], false))));
	const parts = { 'confirmed before': start.confirmed.records, 'confirmed now': recordsOf(sent) };
	const lost = accountProblem(signals.rows, parts, 'inDoubt');
	if (lost) throw withRowRanges(lost, signals, told([], false));
	const noteProblem = await problemOf(
		progress.complete({ end: confirmed, possiblyDuplicated: possiblyDuplicated() }),
	);
	return {
		...(noteProblem && { noteProblem }),
		chunks: sent,
		before: { rows: start.confirmed.records, lastRow: start.confirmed.lastRow, taken: start.taken },
		confirmed: confirmedRows(),
		possiblyDuplicated: possiblyDuplicated(),
		alreadySent: false,
	};
}

const rangeOf = ({ firstRow, lastRow, records }: RowRange): RowRange => ({ firstRow, lastRow, records });

/** Where to begin, and up to where an earlier run left rows in doubt. */
async function startingPoint(
	signals: SignalFile,
	{ progress, startOver, whenInDoubt }: SendingSettings,
): Promise<Progress & { taken: number }> {
	// What this run has sent stays sent: its user asked to start over once.
	const known = await progress.read(startOver);
	if (!known) return { confirmed: START, possiblyDuplicated: [], taken: 0 };
	const { confirmed, inDoubt } = known;
	if (!isIn(signals, confirmed) || (inDoubt && (!isIn(signals, inDoubt) || inDoubt.bytes < confirmed.bytes)))
		throw noteDoesNotFit(signals, inDoubt ?? confirmed);
	if (!inDoubt || whenInDoubt === 'sendAgain') return { ...known, taken: 0 };
	if (whenInDoubt === 'takeAsSent') {
		const taken = inDoubt.records - confirmed.records;
		return { ...known, confirmed: inDoubt, inDoubt: undefined, taken };
	}
	const rest = chunksAfter(signals.chunks, confirmed);
	const doubtful = rest.filter(({ offset }) => offset < inDoubt.bytes);
	throw problem.inDoubt(
		`An earlier run could not find out whether ${formatRanges(doubtful, signals.unit)} arrived; nothing was sent now.`,
		"Download the log of the connector in the Purview portal (Data connectors > My connectors > the connector > Progress): 'RecordsSaved' tells how many rows arrived. Then set the option 'Rows in Doubt' to 'Send Again' or to 'Take as Sent' for one run.",
		{
			...rowFacts('confirmed', confirmedBefore(signals, confirmed)),
			...rowFacts('inDoubt', doubtful),
		},
	);
}

/** @throws Problem `input` where the chunks are not all of the file, one behind the other */
function assertWhole({ file, chunks, rows }: SignalFile): void {
	const lost = accountProblem(rows, { 'in chunks': recordsOf(chunks) }, 'input');
	if (lost) throw lost;
	let end = 0;
	for (const { offset, length } of chunks) end = offset === end ? end + length : NaN;
	if (end !== file.size) throw new Error('The chunks are not the whole file.');
}

/** Whether a position lies between two records of the file. */
function isIn({ file, chunks, rows }: SignalFile, { bytes, records }: Position): boolean {
	const chunk = chunks.find(({ offset, length }) => bytes < offset + length);
	if (!chunk) return bytes === file.size && records === rows;
	if (bytes === chunk.offset) return records === chunk.recordsBefore;
	const within = records - chunk.recordsBefore;
	return bytes > chunk.offset && within > 0 && within < chunk.records;
}

function noteDoesNotFit({ rows, unit }: SignalFile, { records }: Position): Problem {
	return problem.configuration(
		`The note of an earlier run says that ${count(Number(records), unit)} left, which does not fit this file of ${count(rows, unit)}; nothing was sent now.`,
		"Compare 'RecordsSaved' in the connector's log (Purview portal > Data connectors > My connectors > the connector > Progress) with the file. To send everything again, switch the option 'Start Over' on for one run.",
		{ code: 'progressNoteWrong', rows, notedRows: records },
	);
}

function recordsOf(ranges: ReadonlyArray<Pick<RowRange, 'records'>>): number {
	return ranges.reduce((total, { records }) => total + records, 0);
}

/** Notes how far the sending came; a note that cannot be kept is told beside what it would hide. */
async function keepProgress(store: ProgressStore, progress: Progress): Promise<Problem | undefined> {
	const isNothing = progress.confirmed.records === 0 && progress.inDoubt === undefined;
	return await problemOf(isNothing ? store.forget() : store.write(progress));
}

function withNoteProblem(error: unknown, noteProblem: Problem | undefined): unknown {
	if (!(error instanceof Problem) || noteProblem === undefined) return error;
	const { kind, message, advice, details } = error;
	const note = `${noteProblem.message} ${noteProblem.advice}`;
	return problem[kind](message, `${advice}\n${note}`, { ...details, noteProblem: noteProblem.message });
}

function confirmedBefore({ chunks }: SignalFile, confirmed: Position): RowRange[] {
	if (confirmed.records === 0) return [];
	return [{ firstRow: chunks[0].firstRow, lastRow: confirmed.lastRow, records: confirmed.records }];
}

function endOf({ recordsBefore, records, offset, length, lastRow }: RecordRange): Position {
	return { records: recordsBefore + records, bytes: offset + length, lastRow };
}

/** What is told beside a failure. */
interface ToldRows {
	confirmed: RowRange[];
	possiblyDuplicated: RowRange[];
	rest: RecordRange[];
	/** the first of the rest may have arrived */
	inDoubt: boolean;
}

/** Adds to a failure what its user must know: which rows arrived, which did not, and what a retry does. */
function withRowRanges(error: unknown, { unit, rows: total }: SignalFile, rows: ToldRows): unknown {
	if (!(error instanceof Problem)) return error;
	const { kind, message, advice, details } = error;
	const { code } = details;
	const inDoubt = rows.inDoubt ? rows.rest.slice(0, 1) : [];
	const unsent = rows.inDoubt ? rows.rest.slice(1) : rows.rest;
	const parts = {
		confirmed: recordsOf(rows.confirmed),
		'in doubt': recordsOf(inDoubt),
		'not sent': recordsOf(unsent),
	};
	const lost = code === 'rowsMissing' ? undefined : accountProblem(total, parts, 'inDoubt');
	const sentences = [
		`Confirmed: ${formatRanges(rows.confirmed, unit)}.`,
		`In doubt (may have arrived): ${formatRanges(inDoubt, unit)}.`,
		`Not sent: ${formatRanges(unsent, unit)}.`,
		lost?.message ?? '',
		rows.possiblyDuplicated.length > 0
			? `May have arrived twice: ${formatRanges(rows.possiblyDuplicated, unit)}.`
			: '',
		rows.confirmed.length > 0 || rows.inDoubt
			? 'A run with the same data continues after the confirmed rows.'
			: '',
	];
	return problem[kind](message, [advice, ...sentences.filter(Boolean)].join('\n'), {
		...details,
		...rowFacts('confirmed', rows.confirmed),
		...rowFacts('inDoubt', inDoubt),
		...rowFacts('unsent', unsent),
		...rowFacts('possiblyDuplicated', rows.possiblyDuplicated),
	});
}
