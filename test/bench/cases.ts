/*
 * What the bench measures: cases, the ways in which each job is done, and in which order. How a way is run is in ways.ts.
 */

/** A way to do the job of a case. */
export interface Way {
	id: string;
	title: string;
	/** what the others are compared with, under a short name for the head of a column */
	yardstick?: string;
}

/** A job that is done in several ways, which are compared. */
export interface Case {
	id: string;
	title: string;
	/** one or two sentences under the title */
	text: string;
	ways: Way[];
	/** what is compared with the yardsticks; the processor unless told */
	compare?: Array<'cpuSeconds' | 'wallSeconds' | 'peakRssMB'>;
}

const zip6: Way = { id: 'zip6', title: '`zip -6`, then `curl -F`', yardstick: 'zip -6 + curl' };

/** All cases, in the order of the page. */
export const CASES: readonly Case[] = [
	{
		id: '1',
		title: 'CSV file → checks → zip → upload, the core alone',
		text: 'Every column is sent, every row checked. The yardsticks only compress and send the same file.',
		ways: [
			{ id: 'default', title: 'core, default level (1)' },
			{ id: 'level6', title: 'core, level 6' },
			{ id: 'level6Unchecked', title: 'core, level 6, Send Unchecked' },
			zip6,
			{ id: 'zip1', title: '`zip -1`, then `curl -F`', yardstick: 'zip -1 + curl' },
		],
	},
	{
		id: '2',
		title: 'Items → checks → zip → upload, the core alone',
		text: 'The items are there before the clock starts; the peak of memory includes them. The yardstick compresses and sends the equal CSV file.',
		ways: [
			{ id: 'default', title: 'core, default level (1)' },
			{ id: 'level6', title: 'core, level 6' },
			zip6,
		],
	},
	{
		id: '3',
		title: 'CSV file → checks → chunks of 5,000 rows → Purview, the core alone',
		text: "The yardstick reads the file once and sends chunks that were split beforehand, one `curl` each, as the vendor's script does.",
		ways: [
			{ id: 'core', title: 'core' },
			{ id: 'curl', title: 'reading the file, one `curl` for each chunk', yardstick: 'curl' },
		],
	},
	{
		id: '4',
		title: 'The same job in a real n8n: this package and n8n’s own nodes',
		text: 'Each run has a freshly started n8n with a warmed-up workflow and its default heap. Counted is what n8n and its task runner use during one execution. The built-in nodes check nothing. Successful executions are not stored, which favours the wirings with many items.',
		ways: [
			{ id: 'ours', title: 'Read Files → Viva HR Ingest' },
			{
				id: 'builtInCsv',
				title: 'Read Files → Compression → HTTP Request',
				yardstick: 'built-in, file',
			},
			{
				id: 'builtInRows',
				title: 'Read Files → Extract from File → Convert to File → Compression → HTTP Request',
				yardstick: 'built-in, rows',
			},
		],
	},
	{
		id: '5',
		title: 'A prebuilt zip, checked and passed on, the core alone',
		text: 'The package is unpacked and every row checked before it is sent unchanged. The yardstick only sends it.',
		ways: [
			{ id: 'core', title: 'core' },
			{ id: 'curl', title: '`curl -F`', yardstick: 'curl' },
		],
	},
	{
		id: '6',
		title: 'Memory at 6 GB',
		text: 'A CSV of 6 GB, 1,000,000 people with a row for each of 21 months, is made while it is read and never stored; making it is counted. Compared with one month of the same people, made the same way: making it takes memory too. The package (Zip64) is then read by Python, unzip, 7z and yauzl, which have to find the same table.',
		ways: [
			{ id: 'history', title: 'core, 6 GB' },
			{ id: 'million', title: 'core, one month', yardstick: 'one month' },
		],
		compare: ['peakRssMB'],
	},
	{
		id: '7',
		title: 'Items in a real n8n',
		text: 'Read Files → Extract from File → Viva HR Ingest. Counted is the last step only; the memory includes the items that n8n holds.',
		ways: [{ id: 'oursItems', title: 'Viva HR Ingest with items' }],
	},
	{
		id: '8',
		title: 'Chunks for Purview over a long link, the core alone',
		text: 'Chunks of 500 rows, one after the other, over a link with 100 ms of round trip. The yardstick is one `curl` that sends the same chunks over one connection, so its wall time is the number of chunks times one exchange.',
		ways: [
			{ id: 'core', title: 'core' },
			{ id: 'curl', title: 'one `curl`', yardstick: 'curl' },
		],
		compare: ['wallSeconds', 'cpuSeconds'],
	},
	{
		id: '9',
		title: 'An upload over a slow link, the core alone',
		text: 'A package of some 100 MB over 20 Mbit/s with 100 ms of round trip. The share of the link counts from the first byte of the upload to the answer.',
		ways: [{ id: 'core', title: 'core' }],
	},
];

/** One line of the plan: a case at a size, so many times. */
export interface Step {
	case: string;
	rows: number;
	runs: number;
}

/** What is measured unless told otherwise, the most telling first; about half an hour on two cores. */
export const PLAN: readonly Step[] = [
	{ case: '1', rows: 1_000_000, runs: 5 },
	{ case: '4', rows: 100_000, runs: 3 },
	{ case: '4', rows: 1_000_000, runs: 2 },
	{ case: '3', rows: 1_000_000, runs: 3 },
	{ case: '2', rows: 100_000, runs: 5 },
	{ case: '2', rows: 300_000, runs: 3 },
	{ case: '7', rows: 2_400, runs: 5 },
	{ case: '7', rows: 20_000, runs: 5 },
	{ case: '7', rows: 100_000, runs: 3 },
	{ case: '7', rows: 300_000, runs: 3 },
	{ case: '8', rows: 100_000, runs: 3 },
	{ case: '9', rows: 3_200_000, runs: 1 },
	{ case: '6', rows: 21_000_000, runs: 1 },
	{ case: '1', rows: 100_000, runs: 5 },
	{ case: '5', rows: 1_000_000, runs: 5 },
	{ case: '1', rows: 5_000_000, runs: 2 },
];

/** A look at everything that matters in some minutes, one run each. */
export const QUICK_PLAN: readonly Step[] = [
	{ case: '1', rows: 100_000, runs: 1 },
	{ case: '2', rows: 100_000, runs: 1 },
	{ case: '3', rows: 1_000_000, runs: 1 },
	{ case: '4', rows: 100_000, runs: 1 },
	{ case: '5', rows: 1_000_000, runs: 1 },
];
