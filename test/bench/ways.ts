import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Runner } from './compile';
import { leaverChunks, leaversCsv, peopleCsv, peopleJsonLines, readyZip } from './inputs';
import { measureCommand } from './measure';
import { readAlike } from './readBack';
import type { BenchN8n } from './realN8n';
import type { Run } from './results';
import { startSlowLink, type LinkSpeed } from './slowLink';
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
		await curlChunks(await leaversCsv(rows), await leaverChunks(rows, 5_000), sink),
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
	'8 core': async (rows, { runner, sink }) => {
		const file = await leaversCsv(rows);
		return await overLink(sink, { oneWayMs: 50 }, async (url) => [
			await runCore([runner('sendChunks'), file, url, sink.ca, '500']),
		]);
	},
	'8 curl': async (rows, { sink }) => {
		const folder = await leaverChunks(rows, 500);
		return await overLink(sink, { oneWayMs: 50 }, async (url) => [await curlInOne(folder, url, sink)]);
	},
	'9 core': async (rows, { runner, sink }) => {
		const file = await peopleCsv(rows);
		const bitsPerSecond = 20_000_000;
		return await overLink(sink, { oneWayMs: 50, bitsPerSecond }, async (url) => {
			const outcome = await runCore([runner('ingestFile'), file, url, sink.ca, '1', 'stop']);
			if ('failure' in outcome) return [outcome];
			const { bytes = 0, uploadSeconds = Infinity } = outcome.run;
			return [outcome, { linkShare: Math.round((bytes * 800) / bitsPerSecond / uploadSeconds) / 100 }];
		});
	},
};

/** Runs a way over a link of its own; keeps how many connections it opened. */
async function overLink(
	sink: Sink,
	speed: LinkSpeed,
	way: (url: string) => Promise<[Outcome, Partial<Run>?]>,
): Promise<Outcome> {
	const url = new URL(sink.url);
	const link = await startSlowLink(Number(url.port), speed);
	try {
		url.port = String(link.port);
		const [outcome, more] = await way(url.href);
		if ('failure' in outcome) return outcome;
		return { run: { ...outcome.run, ...more, connections: link.connections() } };
	} finally {
		await link.close();
	}
}

/** All chunks with one curl, over one connection. */
async function curlInOne(folder: string, url: string, sink: Sink): Promise<Outcome> {
	const config = path.join(mkdtempSync(path.join(tmpdir(), 'bench-curl-')), 'config');
	const chunks = readdirSync(folder).map((name) =>
		[
			`url = "${url}?jobid=bench"`,
			`cacert = "${sink.ca}"`,
			'header = "Authorization: Bearer bench"',
			`form = "file=@${path.join(folder, name)}"`,
			'output = /dev/null',
			'fail',
		].join('\n'),
	);
	writeFileSync(config, chunks.join('\nnext\n'));
	try {
		return await runShell('curl -sS --fail-early -K "$1"', [config]);
	} finally {
		rmSync(path.dirname(config), { recursive: true, force: true });
	}
}

interface Reported {
	bytes: number;
	loopP99Ms: number;
	loopMaxMs: number;
	/** seconds of processor before the clock was started */
	cpuSecondsMaking: number;
	wallSeconds: number;
	rssBeforeMB: number;
	/** of the upload alone, where the runner tells it */
	uploadSeconds?: number;
}

async function runCore([script, ...args]: string[]): Promise<Outcome> {
	const { usage, output } = await measureCommand([process.execPath, script, ...args], LIMIT_MS);
	const reported = JSON.parse(output) as Reported;
	const { bytes, loopP99Ms, loopMaxMs, cpuSecondsMaking, wallSeconds, rssBeforeMB, uploadSeconds } = reported;
	const common = { bytes, loopP99Ms, loopMaxMs, ...(uploadSeconds !== undefined && { uploadSeconds }) };
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
