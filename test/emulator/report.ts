import { Readable } from 'node:stream';
import { demoReport } from './demoTenant';
import { empty, type Exchange, type Reply } from './exchange';
import type { Route } from './routes';
import { csvPieces, defaultWorkerCount, makeLeavers, makeWorkers } from './workers';

/**
 * Two reports in the manner of Workday's reports as a service (E1): Workers and Leavers, JSON or CSV, HTTP Basic. The
 * prompt `Worker_Count` sizes the company; a real report would have prompts of its own.
 */
export const reportRoutes: Route[] = [
	{
		service: 'report',
		method: 'GET',
		pattern: /^\/ccx\/service\/customreport2\/([^/]+)\/([^/]+)\/([^/]+)$/i,
		handle: async (_state, exchange, ...groups) => answer(exchange, groups[2] ?? ''),
	},
];

function answer(exchange: Exchange, name: string): Reply {
	const expected = Buffer.from(`${demoReport.user}:${demoReport.password}`).toString('base64');
	if (exchange.headers['authorization'] !== `Basic ${expected}`) {
		return { status: 401, headers: { 'www-authenticate': 'Basic realm="Workday"' } };
	}
	const count = Number(exchange.query.get('worker_count') ?? defaultWorkerCount);
	if (!Number.isSafeInteger(count) || count < 0) return empty(400);
	let records: Iterable<object>;
	if (name === 'Workers') records = makeWorkers(count);
	else if (name === 'Leavers') records = makeLeavers(count);
	else return empty(404);
	switch (exchange.query.get('format')) {
		case 'json':
			return {
				status: 200,
				headers: { 'content-type': 'application/json; charset=UTF-8' },
				body: Readable.from(jsonPieces(records), { objectMode: false }),
			};
		case 'csv':
			return {
				status: 200,
				headers: {
					'content-type': 'text/csv; charset=UTF-8',
					'content-disposition': `attachment; filename="${name}.csv"`,
				},
				body: Readable.from(csvPieces(records), { objectMode: false }),
			};
		default:
			return empty(400);
	}
}

function* jsonPieces(records: Iterable<object>): Generator<Buffer> {
	let piece = '{"Report_Entry":[';
	let separator = '';
	for (const record of records) {
		piece += separator + JSON.stringify(record);
		separator = ',';
		if (piece.length < 65_536) continue;
		yield Buffer.from(piece);
		piece = '';
	}
	yield Buffer.from(`${piece}]}`);
}
