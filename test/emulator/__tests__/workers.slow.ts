import { parse } from 'csv-parse/sync';
import { demoReport, startEmulator, type Emulator } from '../emulator';
import { isEmail, parseDate } from '../validation/valueForms';
import {
	csvPieces,
	defaultWorkerCount,
	makeLeavers,
	makeWorkers,
	streamWorkers,
	vivaRecords,
	type Leaver,
	type Worker,
} from '../workers';
import { call, type Answer } from './client';
import { multipart, pushPath, vivaHeaders } from './client';
import { hrZip } from './zipFile';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
});
afterEach(() => expect(emulator.failures).toEqual([]));
afterAll(async () => await emulator.close());

const workers = [...makeWorkers(defaultWorkerCount)];

test('always the same workers, also as a stream', async () => {
	const streamed: Worker[] = [];
	for await (const worker of streamWorkers(50)) streamed.push(worker);
	expect(streamed).toEqual([...makeWorkers(50)]);
	expect(workers[0]).toMatchObject({
		Employee_ID: 'W100001',
		Management_Level: 'Executive',
		Manager_Work_Email: '',
	});
});

test('one head, everybody else under somebody who came before', () => {
	const seen = new Set<string>();
	for (const [index, { Work_Email, Manager_Work_Email }] of workers.entries()) {
		expect(Manager_Work_Email === '').toBe(index === 0);
		if (index > 0) expect(seen).toContain(Manager_Work_Email);
		expect(isEmail(Work_Email)).toBe(true);
		seen.add(Work_Email);
	}
	expect(seen.size).toBe(defaultWorkerCount);
	expect(new Set(workers.map(({ Employee_ID }) => Employee_ID)).size).toBe(defaultWorkerCount);
});

test('names in many scripts, values that need quotes, none with a newline', () => {
	const text = workers.map(({ Display_Name }) => Display_Name).join('');
	for (const script of [
		'Cyrillic',
		'Greek',
		'Han',
		'Hiragana',
		'Hangul',
		'Arabic',
		'Hebrew',
		'Devanagari',
		'Thai',
	]) {
		expect(text).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
	}
	const values = workers.flatMap((worker) => Object.values(worker) as string[]);
	expect(values.some((value) => value.includes(','))).toBe(true);
	expect(values.some((value) => value.includes('"'))).toBe(true);
	expect(values.every((value) => !/[\r\n]/.test(value))).toBe(true);
});

test('leavers lead nobody, and their dates are in order', () => {
	const leavers = [...makeLeavers(defaultWorkerCount)];
	const managers = new Set(workers.map(({ Manager_Work_Email }) => Manager_Work_Email));
	expect(leavers.length).toBeGreaterThan(20);
	for (const { Work_Email, Resignation_Date, Termination_Date } of leavers) {
		expect(managers).not.toContain(Work_Email);
		const [resigned, left] = [Resignation_Date, Termination_Date].map((date) =>
			parseDate(date, 'monthFirst'),
		);
		expect(left).toBeGreaterThan(resigned as number);
	}
});

const authorization = `Basic ${Buffer.from(`${demoReport.user}:${demoReport.password}`).toString('base64')}`;
const report = async (path: string, headers: Record<string, string> = { authorization }): Promise<Answer> =>
	await call(emulator, path, { headers });

test('the report gives all workers as JSON, and as CSV', async () => {
	const json = await report(demoReport.workersPath);
	expect((JSON.parse(json.text) as { Report_Entry: Worker[] }).Report_Entry).toEqual(workers);
	const csv = await report(demoReport.workersPath.replace('json', 'csv'));
	expect(parse(csv.text, { columns: true })).toEqual(workers);
});

test('the leavers, a company of another size, and nobody', async () => {
	const leavers = JSON.parse((await report(demoReport.leaversPath)).text) as { Report_Entry: Leaver[] };
	expect(leavers.Report_Entry).toEqual([...makeLeavers(defaultWorkerCount)]);
	const none = await report(`${demoReport.workersPath}&Worker_Count=0`);
	expect(JSON.parse(none.text)).toEqual({ Report_Entry: [] });
	const some = await report(`${demoReport.workersPath}&Worker_Count=9000`);
	expect((JSON.parse(some.text) as { Report_Entry: Worker[] }).Report_Entry).toHaveLength(9_000);
});

test('a wrong login: 401; an unknown report: 404; an unknown format or size: 400', async () => {
	expect((await report(demoReport.workersPath, {})).status).toBe(401);
	expect((await report(demoReport.workersPath, { authorization: 'Basic eDp5' })).status).toBe(401);
	expect((await report(demoReport.workersPath.replace('Workers', 'Nobody'))).status).toBe(404);
	expect((await report(demoReport.workersPath.replace('json', 'gdata'))).status).toBe(400);
	expect((await report(`${demoReport.workersPath}&Worker_Count=x`)).status).toBe(400);
});

test('the workers with Viva’s names pass Viva’s validation', async () => {
	const csv = Buffer.concat([...csvPieces(vivaRecords(defaultWorkerCount))]);
	const types: Record<string, string> = {
		PersonId: 'EmailType',
		ManagerId: 'EmailType',
		EffectiveDate: 'DateTime_MMDDYYYY',
		HireDate: 'DateTime_MMDDYYYY',
	};
	const header = csv.toString('utf8', 0, csv.indexOf('\r\n')).split(',');
	const Mapping = Object.fromEntries(header.map((name) => [name, { name, type: types[name] ?? 'string' }]));
	const form = multipart(await hrZip(csv, { DatasetType: 'HR', IsBootstrap: 'true', Mapping }));
	const headers = { ...(await vivaHeaders(emulator)), 'content-type': form.type };
	await call(emulator, pushPath, { body: form.body, headers });
	const [ingestion] = emulator.ingestions;
	expect([ingestion?.errors, ingestion?.acceptedRows]).toEqual([[], defaultWorkerCount]);
});
