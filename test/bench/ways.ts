import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Runner } from './compile';
import { leaverChunks, leaversCsv, peopleCsv, peopleJsonLines, readyZip } from './inputs';
import { measureCommand } from './measure';
import { readAlike } from './readBack';
import type { BenchN8n } from './realN8n';
import type { Run } from './results';
import type { Sink } from './startSink';
import type { Wiring } from './wirings';

/** What the ways are run with. */
export interface Tools {
	runner: (name: Runner) => string;
	sink: Sink;
	/** installs n8n when first asked */
	n8n: () => Promise<BenchN8n>;
}

/** How a way came out. */
export type Outcome = { run: Run } | { failure: string };

/** A process of the core or of a yardstick may take so long. */
const LIMIT_MS = 900_000;
/** People of case 6, each with a row for each month. */
const PEOPLE = 1_000_000;

type Do = (rows: number, tools: Tools) => Promise<Outcome>;

const core =
	(name: Runner, input: (rows: number) => Promise<string>, ...more: string[]): Do =>
	async (rows, { runner, sink }) =>
		await runCore([runner(name), await input(rows), sink.url, sink.ca, ...more]);

const zipped =
	(level: number): Do =>
	async (rows, { sink }) =>
		await zipAndCurl(level, await peopleCsv(rows), sink);

const inN8n =
	(wiring: Wiring): Do =>
	async (rows, { n8n }) =>
		await (await n8n()).run(wiring, rows);

/** How each way of each case is run, by case and way. */
export const WAYS: Readonly<Record<string, Do>> = {
	'1 default': core('ingestFile', peopleCsv, '1', 'stop'),
	'1 level6': core('ingestFile', peopleCsv, '6', 'stop'),
	'1 level6Unchecked': core('ingestFile', peopleCsv, '6', 'send'),
	'1 zip6': zipped(6),
	'1 zip1': zipped(1),
	'2 default': core('ingestItems', peopleJsonLines, '1'),
	'2 level6': core('ingestItems', peopleJsonLines, '6'),
	'2 zip6': zipped(6),
	'3 core': core('sendChunks', leaversCsv),
	'3 curl': async (rows, { sink }) =>
		await curlChunks(await leaversCsv(rows), await leaverChunks(rows), sink),
	'4 ours': inN8n('ours'),
	'4 builtInCsv': inN8n('builtInCsv'),
	'4 builtInRows': inN8n('builtInRows'),
	'5 core': core('passZip', readyZip),
	'5 curl': async (rows, { sink }) =>
		await runShell('curl -sS --fail --cacert "$1" -F "info=@$2" "$3"', [
			sink.ca,
			await readyZip(rows),
			sink.url,
		]),
	'6 history': async (rows, { runner, sink }) => {
		const folder = mkdtempSync(path.join(tmpdir(), 'bench-history-'));
		try {
			const kept = path.join(folder, 'package.zip');
			const months = Math.ceil(rows / PEOPLE);
			const url = `${sink.url}?keep=${encodeURIComponent(kept)}`;
			const outcome = await runCore([
				runner('ingestHistory'),
				await peopleCsv(PEOPLE),
				url,
				sink.ca,
				String(months),
			]);
			const { bytes, lines } = await readAlike(kept);
			if (lines !== months * PEOPLE + 1) throw new Error(`The package holds ${lines} lines.`);
			console.log(`  the package holds ${bytes} bytes of CSV, the same for Python, unzip, 7z and yauzl`);
			return outcome;
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	},
	'6 million': async (_rows, tools) => await core('ingestHistory', peopleCsv, '1')(PEOPLE, tools),
	'7 oursItems': inN8n('oursItems'),
};

interface Reported {
	bytes: number;
	loopP99Ms: number;
	loopMaxMs: number;
	/** seconds of processor before the clock was started */
	cpuSecondsMaking: number;
	wallSeconds: number;
	rssBeforeMB: number;
}

async function runCore([script, ...args]: string[]): Promise<Outcome> {
	const { usage, output } = await measureCommand([process.execPath, script, ...args], LIMIT_MS);
	const { bytes, loopP99Ms, loopMaxMs, cpuSecondsMaking, wallSeconds, rssBeforeMB } = JSON.parse(
		output,
	) as Reported;
	const common = { bytes, loopP99Ms, loopMaxMs };
	if (cpuSecondsMaking === 0) return { run: { ...usage, ...common } };
	// Making the items is not the job; starting the process is.
	const cpuSeconds = Math.round((usage.cpuSeconds - cpuSecondsMaking) * 100) / 100;
	const idleRssMB = Math.round(rssBeforeMB);
	return {
		run: {
			cpuSeconds,
			wallSeconds: Math.round(wallSeconds * 100) / 100,
			peakRssMB: usage.peakRssMB,
			idleRssMB,
			...common,
		},
	};
}

async function zipAndCurl(level: number, file: string, sink: Sink): Promise<Outcome> {
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-zip-'));
	try {
		return await runShell('zip -q -j "-$1" "$2" "$3" && curl -sS --fail --cacert "$4" -F "info=@$2" "$5"', [
			String(level),
			path.join(folder, 'package.zip'),
			file,
			sink.ca,
			sink.url,
		]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function curlChunks(file: string, folder: string, sink: Sink): Promise<Outcome> {
	return await runShell(
		'cat "$1" > /dev/null; for chunk in "$2"/*.csv; do curl -sS --fail --cacert "$3" -o /dev/null -H "Authorization: Bearer bench" -F "file=@$chunk" "$4?jobid=bench" || exit 1; done',
		[file, folder, sink.ca, sink.url],
	);
}

/** Runs a script of the shell; what the sink says it took is kept. */
async function runShell(script: string, args: string[]): Promise<Outcome> {
	const { usage, output } = await measureCommand(['sh', '-c', script, 'bench', ...args], LIMIT_MS);
	const bytes = /"bytes":(\d+)/.exec(output)?.[1];
	return { run: { ...usage, ...(bytes === undefined ? {} : { bytes: Number(bytes) }) } };
}
