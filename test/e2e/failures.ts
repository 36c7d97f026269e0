import { randomUUID } from 'node:crypto';
import { demo, type Fault } from '../emulator/emulator';
import { until } from '../helpers/until';
import { needsWire, testedHost } from '../host/install';
import { outputItems, type Execution } from '../host/rest';
import { step, type Bench, type IngestRun } from './bench';
import { ownFilesBelow } from './leftovers';
import { asCsv, asItems, byColumn, manyPeople, vivaPeople } from './people';

/** Stands in a row that breaks a rule. */
export const plantedBadAddress = 'planted.bad.7319 at contoso';

/** Must show 4: each failure as its own error, in the step's own words, seen in a real n8n. */
export function testFailures(bench: () => Bench): void {
	const items = (rows = vivaPeople.rows): string =>
		bench().source.put(
			'people.json',
			JSON.stringify(asItems({ header: vivaPeople.header, rows })),
			'application/json',
		);

	const upload = async (run: Partial<IngestRun> = {}): Promise<Execution> =>
		await bench().ingest({
			from: [items()],
			as: 'items',
			parameters: {},
			credential: run.credential ?? (await bench().vivaCredential()),
			...run,
		});

	const pushes = () => bench().emulator.requests.filter(({ service }) => service === 'push');

	/** The error as a person reads it in n8n. */
	const shown = ({ status, error }: Execution): string => {
		expect(status).toBe('error');
		return `${error?.message ?? ''}\n${error?.description ?? ''}`;
	};

	describe('failures', () => {
		it('wrong secret', async () => {
			const credential = await bench().vivaCredential({ clientSecret: 'planted-wrong-secret-7319' });
			const text = shown(await upload({ credential }));
			expect(text).toMatch(/client secret is wrong/i);
			expect(text).toMatch(/7000215/);
			expect(pushes()).toEqual([]);
		});

		it('expired secret', async () => {
			const credential = await bench().vivaCredential({ clientSecret: demo.expiredClientSecret });
			expect(shown(await upload({ credential }))).toMatch(/client secret has expired/i);
		});

		it('wrong tenant', async () => {
			const tenantId = randomUUID();
			const credential = await bench().vivaCredential({ tenantId });
			const text = shown(await upload({ credential }));
			expect(text).toContain(tenantId);
			expect(text).toMatch(/tenant .* was not found/i);
			expect(pushes()).toEqual([]);
		});

		// Older versions of n8n offer their protection to no step with a transport of its own.
		(needsWire(testedHost) ? it.skip : it)("n8n's protection of internal networks", async () => {
			const { emulator } = bench();
			const byAddress = items().replace('localhost', '127.0.0.1');
			expect(shown(await upload({ from: [byAddress] }))).toMatch(/restricted IP address/);
			const before = emulator.requests.length;
			const credential = await bench().vivaCredential({ loginHost: `127.0.0.1:${emulator.port}` });
			expect(shown(await upload({ credential }))).toContain(
				`this n8n does not allow requests to 127.0.0.1:${emulator.port}.`,
			);
			expect(emulator.requests).toHaveLength(before);
		});

		it('connector not set up for the app (403)', async () => {
			const credential = await bench().vivaCredential({
				clientId: demo.strangerClientId,
				clientSecret: demo.strangerClientSecret,
			});
			const text = shown(await upload({ credential }));
			expect(text).toMatch(/HTTP 403.*connection does not exist|does not name this app/is);
			expect(text).toMatch(/Insights administrator/);
			expect(bench().emulator.ingestions).toEqual([]);
		});

		it('an earlier import is running: fails', async () => {
			expect((await upload()).status).toBe('success');
			const text = shown(await upload({ parameters: { options: { sendAgain: true } } }));
			expect(text).toMatch(/earlier import has not ended/i);
			expect(bench().emulator.ingestions).toHaveLength(1);
		});

		it('an earlier import is running: ends as skipped', async () => {
			expect((await upload()).status).toBe('success');
			const execution = await upload({ parameters: { options: { whenBusy: 'skip', sendAgain: true } } });
			expect(execution.error?.message).toBeUndefined();
			expect(outputItems(execution, step)[0].json).toMatchObject({ status: 'Skipped', ingestionId: null });
			expect(bench().emulator.ingestions).toHaveLength(1);
		});

		const faults: Array<{ name: string; fault: Fault; says: RegExp[]; arrived: number; asked?: number }> = [
			{
				name: '200 with a sign-in page',
				fault: { service: 'push', times: 9, action: { kind: 'html200' } },
				says: [/sign-in page/i],
				arrived: 0,
				// The second goes with a fresh token.
				asked: 2,
			},
			{
				name: '200 without an id',
				fault: { service: 'push', times: 9, action: { kind: 'withoutId200' } },
				says: [/without an 'Id'/i],
				arrived: 0,
			},
			{
				name: 'redirect',
				fault: {
					service: 'push',
					times: 9,
					action: { kind: 'redirect', location: 'https://proxy.example/blocked' },
				},
				says: [/redirect to proxy\.example/i],
				arrived: 0,
			},
			{
				name: '500, as for no file',
				fault: { service: 'push', times: 9, action: { kind: 'status', status: 500 } },
				says: [/HTTP 500/, /before uploading again/i],
				arrived: 0,
			},
			{
				name: 'connection cut after the body',
				fault: { service: 'push', times: 9, action: { kind: 'cutAfterBody', processed: true } },
				says: [/may have been accepted|accepted all the same/i, /import history/i],
				arrived: 1,
			},
		];

		it.each(faults)(
			'$name: an error of its own, and nothing imported twice',
			async ({ fault, says, arrived, asked = 1 }) => {
				bench().emulator.fault(fault);
				const text = shown(await upload());
				for (const sentence of says) expect(text).toMatch(sentence);
				expect(pushes()).toHaveLength(asked);
				expect(bench().emulator.ingestions).toHaveLength(arrived);
			},
		);

		it('connection cut before a small body: told as cut, and nothing is imported', async () => {
			// How much of it the system has taken by then is a matter of moments: either the upload is in doubt and ends, or it
			// surely did not leave and is tried again, as often as patience goes.
			bench().emulator.fault({ service: 'push', times: 9, action: { kind: 'cutBeforeBody' } });
			expect(shown(await upload())).toMatch(/was cut/i);
			expect(bench().emulator.ingestions).toHaveLength(0);
		});

		// A large body has not left when the connection is cut.
		const large = (): Partial<IngestRun> => ({
			from: [bench().source.put('many.csv', asCsv(manyPeople(40_000)), 'text/csv')],
			as: 'files',
			parameters: { options: { bodyForm: 'csv' } },
		});

		it('connection cut before a large body: repeated, because nothing can have been imported', async () => {
			bench().emulator.fault({ service: 'push', times: 1, action: { kind: 'cutBeforeBody' } });
			const execution = await upload(large());
			expect(execution.error?.message).toBeUndefined();
			expect(pushes()).toHaveLength(2);
			expect(bench().emulator.ingestions.map(byColumn)).toEqual([byColumn(manyPeople(40_000))]);
		});

		it('connection cut before a large body every time: does not say that it may have been accepted', async () => {
			bench().emulator.fault({ service: 'push', times: 99, action: { kind: 'cutBeforeBody' } });
			const text = shown(await upload(large()));
			expect(text).toMatch(/connection to localhost:\d+ was cut/i);
			expect(text).not.toMatch(/accepted/i);
			expect(pushes().length).toBeGreaterThan(1);
			expect(bench().emulator.ingestions).toEqual([]);
		});

		it('a row with a bad e-mail address: nothing is sent, and the row is named', async () => {
			const rows = vivaPeople.rows.map((row, index) =>
				index === 2 ? [plantedBadAddress, ...row.slice(1)] : row,
			);
			const text = shown(await upload({ from: [items(rows)] }));
			expect(text).toMatch(/nothing was sent/i);
			expect(text).toMatch(/Item 2\b.*PersonId|PersonId.*Item 2\b/s);
			expect(text).not.toContain(plantedBadAddress);
			expect(pushes()).toEqual([]);
		});

		it('a row with a bad e-mail address, left out on request', async () => {
			const rows = vivaPeople.rows.map((row, index) =>
				index === 2 ? [plantedBadAddress, ...row.slice(1)] : row,
			);
			const execution = await upload({
				from: [items(rows)],
				parameters: { onInvalidRows: 'leaveOut', options: { maximumInvalidPercent: 50 } },
			});
			expect(execution.error?.message).toBeUndefined();
			const good = rows.filter((_, index) => index !== 2);
			expect(bench().emulator.ingestions.map(byColumn)).toEqual([
				byColumn({ header: vivaPeople.header, rows: good }),
			]);
			const rejected = outputItems(execution, step, 1);
			expect(rejected).toHaveLength(1);
			expect(rejected[0].pairedItem).toEqual({ item: 2 });
			expect(rejected[0].json).toMatchObject({ PersonId: plantedBadAddress, rejectedRow: 2 });
		});

		it('goes on with an error item when the step is set so', async () => {
			const credential = await bench().vivaCredential({ clientSecret: 'planted-wrong-secret-7319' });
			const execution = await upload({ credential, onError: 'continueRegularOutput' });
			expect(execution.status).toBe('success');
			expect(outputItems(execution, step)[0].json.error).toMatch(/client secret is wrong/i);
		});

		it('cancelling the execution aborts the upload and leaves no file', async () => {
			const { editor, emulator, n8n } = bench();
			emulator.fault({ service: 'push', action: { kind: 'hang' } });
			const id = await bench().startIngest({
				from: [items()],
				as: 'items',
				parameters: {},
				credential: await bench().vivaCredential(),
			});
			await until(
				() =>
					emulator.requests.some(({ service }) => service === 'push') ||
					emulator.state.faults.waiting().length === 0,
			);
			await editor.stop(id);
			const execution = await editor.waitForEnd(id);
			expect(execution.status).toBe('canceled');
			// The emulator notes a request when it is over: n8n has let go of the connection.
			await until(() => pushes().length === 1);
			expect(pushes()[0].status).toBeNull();
			expect(ownFilesBelow(n8n.temporaryFolder)).toEqual([]);
			expect(emulator.ingestions).toEqual([]);
		});
	});
}
