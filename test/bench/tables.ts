import type { Case, Way } from './cases';
import { spreadOf, type Entry, type Environment, type Run } from './results';

/*
 * The tables of docs/performance.md, written from what was measured.
 */

/** Above this load for each core, other work has disturbed the figures. */
const NOISY_LOAD = 0.25;

const COMPARED = { cpuSeconds: 'CPU', wallSeconds: 'Wall', peakRssMB: 'Memory' } as const;

/**
 * The table of one case, in Markdown: medians, with the smallest and the largest figure in brackets.
 * @param subject the case
 * @param entries everything that was measured
 */
export function tableOf(subject: Case, entries: readonly Entry[]): string {
	const own = entries.filter((entry) => entry.case === subject.id);
	if (own.length === 0) return '_Not measured yet._';
	const columns = columnsOf(subject, own);
	const lines = [
		`| ${columns.map(({ head }) => head).join(' | ')} |`,
		`|${columns.map(({ head }) => (head === 'Way' ? '---' : '---:')).join('|')}|`,
	];
	const sizes = [...new Set(own.map(({ rows }) => rows))].sort((a, b) => a - b);
	for (const rows of sizes) {
		for (const way of subject.ways) {
			const entry = own.find((candidate) => candidate.rows === rows && candidate.way === way.id);
			if (entry) lines.push(`| ${columns.map(({ cell }) => cell(entry, way)).join(' | ')} |`);
		}
	}
	return [...lines, '', noteOf(own)].join('\n');
}

/** Machines, each once, with all versions that ran on it. */
export function machinesOf(entries: readonly Entry[]): string {
	const versionsOn = new Map<string, Set<string>>();
	for (const { environment } of entries) {
		const known = versionsOn.get(environment.machine) ?? new Set();
		for (const version of environment.versions.split(', ')) known.add(version);
		versionsOn.set(environment.machine, known);
	}
	const lines = [...versionsOn].map(
		([machine, versions]) => `${machine}; ${[...versions].sort().join(', ')}.`,
	);
	return lines.join('\n\n') || '_Not measured yet._';
}

/**
 * Puts text between two markers of a page: `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`.
 * @throws Error when the page lacks them
 */
export function putBetween(page: string, name: string, text: string): string {
	const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
	const from = page.indexOf(open);
	const to = page.indexOf(close);
	if (from < 0 || to < from) throw new Error(`The page has no place ${open} … ${close}.`);
	return `${page.slice(0, from + open.length)}\n${text}\n${page.slice(to)}`;
}

/** The whole page with fresh tables. */
export function writePage(page: string, cases: readonly Case[], entries: readonly Entry[]): string {
	const known = entries.filter((entry) => cases.some(({ id }) => id === entry.case));
	return cases.reduce(
		(text, subject) => putBetween(text, subject.id, headed(subject, known)),
		putBetween(page, 'machine', machinesOf(known)),
	);
}

function headed(subject: Case, entries: readonly Entry[]): string {
	return `### ${subject.title}\n\n${subject.text}\n\n${tableOf(subject, entries)}`;
}

interface Column {
	head: string;
	cell: (entry: Entry, way: Way) => string;
}

function columnsOf(subject: Case, own: readonly Entry[]): Column[] {
	const runs = own.flatMap((entry) => entry.runs);
	const has = (name: keyof Run) => runs.some((run) => run[name] !== undefined);
	const figure =
		(name: keyof Run) =>
		({ runs: measured }: Entry) =>
			figures(measured.map((run) => run[name]));
	const ratios = (subject.compare ?? ['cpuSeconds']).flatMap((name) =>
		subject.ways
			.filter(({ yardstick }) => yardstick !== undefined)
			.map((way): Column => ({
				head: `${COMPARED[name]} ÷ ${way.yardstick ?? ''}`,
				cell: (entry) => ratio(entry, yardstickOf(own, entry, way), name),
			})),
	);
	return [
		{ head: 'Rows', cell: ({ rows }) => grouped(rows) },
		{ head: 'Way', cell: (entry, { title }) => `${title}${failureOf(entry)}` },
		{ head: 'CPU s', cell: figure('cpuSeconds') },
		...ratios,
		{ head: 'Wall s', cell: figure('wallSeconds') },
		{ head: 'Peak memory MB', cell: figure('peakRssMB') },
		...(has('idleRssMB') ? [{ head: 'Above start MB', cell: growth }] : []),
		...(has('loopP99Ms')
			? [
					{ head: 'Event loop p99 ms', cell: figure('loopP99Ms') },
					{ head: 'Event loop max ms', cell: figure('loopMaxMs') },
				]
			: []),
		...(has('connections') ? [{ head: 'Connections', cell: figure('connections') }] : []),
		...(has('linkShare') ? [{ head: 'Share of the link', cell: figure('linkShare') }] : []),
		...(has('bytes')
			? [
					{
						head: 'Sent MB',
						cell: ({ runs: measured }: Entry) =>
							figures(measured.map(({ bytes }) => (bytes === undefined ? undefined : bytes / 1e6))),
					},
				]
			: []),
	];
}

/** What the job took on top of what was in memory when it began. */
function growth({ runs }: Entry): string {
	return figures(
		runs.map(({ peakRssMB, idleRssMB }) => (idleRssMB === undefined ? undefined : peakRssMB - idleRssMB)),
		0,
	);
}

function yardstickOf(own: readonly Entry[], { rows }: Entry, way: Way): Entry | undefined {
	return own.find((candidate) => candidate.rows === rows && candidate.way === way.id);
}

/** Runs are compared with those that were made beside them, so that a slow minute disturbs both. */
function ratio(entry: Entry, yardstick: Entry | undefined, name: keyof typeof COMPARED): string {
	if (yardstick === undefined || yardstick.way === entry.way) return '';
	const pairs = entry.runs
		.slice(0, yardstick.runs.length)
		.map((run, index) => run[name] / yardstick.runs[index][name]);
	return pairs.every(Number.isFinite) ? figures(pairs, 2) : '';
}

function failureOf({ failure }: Entry): string {
	return failure === undefined ? '' : `: **${failure.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')}**`;
}

/** `5.12 (5.02–5.30)`; one figure where there is only one. */
function figures(values: Array<number | undefined>, digits?: number): string {
	const known = values.filter((value) => value !== undefined);
	if (known.length === 0) return '';
	const { median, min, max } = spreadOf(known);
	const precise = digits ?? digitsFor(median);
	const [middle, least, most] = [median, min, max].map((value) => grouped(value, precise));
	return least === most ? middle : `${middle} (${least}–${most})`;
}

/** Three figures tell all that there is to tell. */
function digitsFor(value: number): number {
	if (value >= 100) return 0;
	return value >= 10 ? 1 : 2;
}

function grouped(value: number, digits = 0): string {
	return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function noteOf(own: readonly Entry[]): string {
	const environments = own.map(({ environment }) => environment);
	const days = [...new Set(environments.map(({ day }) => day))].sort();
	const runs = [...new Set(own.filter((entry) => !entry.failure).map((entry) => entry.runs.length))].sort();
	const noisy = environments.some(isNoisy)
		? ' Other work ran on the machine: trust the ratios, not the seconds.'
		: '';
	const often = runs.length === 0 ? '' : `, ${runs.join(' or ')} ${runs.at(-1) === 1 ? 'run' : 'runs'} each`;
	return `Measured on ${days.join(' and ')}${often}.${noisy}`;
}

function isNoisy({ load }: Environment): boolean {
	return load > NOISY_LOAD;
}
