import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Runner } from './compile';
import { leaverChunks, leaversCsv, peopleCsv, peopleJsonLines, readyZip } from './inputs';
import { measureCommand } from './measure';
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
/** What case 6 makes, in bytes. */
const SIX_GIGABYTES = 6e9;

/**
 * Does the job of a case once, in one way.
 * @param id case and way, e.g. `1 default`
 * @param rows size of the input
 */
export async function runWay(id: string, rows: number, tools: Tools): Promise<Outcome> {
	const { sink } = tools;
	const core = async (name: Runner, file: string, ...more: string[]) =>
		await runCore([tools.runner(name), file, sink.url, sink.ca, ...more]);
	switch (id) {
		case '1 default':
		case '6 million':
			return await core('ingestFile', await peopleCsv(id === '1 default' ? rows : 1_000_000), '1', 'stop');
		case '1 level6':
			return await core('ingestFile', await peopleCsv(rows), '6', 'stop');
		case '1 level6Unchecked':
			return await core('ingestFile', await peopleCsv(rows), '6', 'send');
		case '1 zip6':
		case '2 zip6':
			return await zipAndCurl(6, await peopleCsv(rows), sink);
		case '1 zip1':
			return await zipAndCurl(1, await peopleCsv(rows), sink);
		case '2 default':
			return await core('ingestItems', await peopleJsonLines(rows), '1');
		case '2 level6':
			return await core('ingestItems', await peopleJsonLines(rows), '6');
		case '3 core':
			return await core('sendChunks', await leaversCsv(rows));
		case '3 curl':
			return await curlChunks(await leaversCsv(rows), await leaverChunks(rows), sink);
		case '5 core':
			return await core('passZip', await readyZip(rows));
		case '5 curl':
			return await runShell('curl -sS --fail --cacert "$1" -F "info=@$2" "$3"', [
				sink.ca,
				await readyZip(rows),
				sink.url,
			]);
		case '6 sixGigabytes':
			return await core('ingestHistory', await peopleCsv(1_000_000), String(SIX_GIGABYTES));
		case '4 ours':
		case '4 builtInCsv':
		case '4 builtInRows':
		case '7 oursItems':
			return await (await tools.n8n()).run(id.slice(2) as Wiring, rows);
		default:
			throw new Error(`Nobody knows how to run '${id}'.`);
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
