import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { demo } from '../emulator/emulator';
import { outputItems } from '../host/rest';
import { step, stepBehindMissing, type Bench } from './bench';
import { asCsv, asItems, byColumn, profiles, survey, vivaPeople } from './people';
import { readyZip } from './readyZip';

interface Upload {
	destination: 'vivaHr' | 'vivaSurvey' | 'organizationalData';
	input: 'items' | 'csv' | 'zip';
	signIn: keyof typeof SIGN_IN;
	form: 'zip' | 'csv' | 'json';
}

/** What a credential holds, by the way to sign in. */
const SIGN_IN = {
	secret: {},
	certificate: { certificate: true },
	'token file': { authentication: 'federated', clientSecret: '' },
	'managed identity': {
		authentication: 'federated',
		clientSecret: '',
		federatedSource: 'managedIdentity',
		identityClientId: demo.identityClientId,
	},
};

/** Every destination, input, way to sign in and body form, none of them only together with the same others. */
const uploads: Upload[] = [
	{ destination: 'vivaHr', input: 'items', signIn: 'secret', form: 'zip' },
	{ destination: 'vivaHr', input: 'csv', signIn: 'certificate', form: 'zip' },
	{ destination: 'vivaHr', input: 'zip', signIn: 'secret', form: 'zip' },
	{ destination: 'vivaHr', input: 'zip', signIn: 'certificate', form: 'zip' },
	{ destination: 'vivaHr', input: 'items', signIn: 'certificate', form: 'csv' },
	{ destination: 'vivaHr', input: 'csv', signIn: 'secret', form: 'json' },
	{ destination: 'vivaSurvey', input: 'items', signIn: 'certificate', form: 'zip' },
	{ destination: 'vivaSurvey', input: 'csv', signIn: 'secret', form: 'zip' },
	{ destination: 'vivaSurvey', input: 'items', signIn: 'secret', form: 'csv' },
	{ destination: 'vivaSurvey', input: 'csv', signIn: 'certificate', form: 'json' },
	{ destination: 'organizationalData', input: 'items', signIn: 'secret', form: 'csv' },
	{ destination: 'organizationalData', input: 'csv', signIn: 'certificate', form: 'json' },
	{ destination: 'organizationalData', input: 'csv', signIn: 'secret', form: 'csv' },
	{ destination: 'organizationalData', input: 'items', signIn: 'certificate', form: 'json' },
	{ destination: 'organizationalData', input: 'csv', signIn: 'token file', form: 'csv' },
	{ destination: 'vivaHr', input: 'items', signIn: 'managed identity', form: 'zip' },
];

const peopleFor = { vivaHr: vivaPeople, vivaSurvey: survey, organizationalData: profiles };
const received = { vivaHr: 'viva-hr', vivaSurvey: 'viva-survey', organizationalData: 'organizational-data' };

/** Must show 3: what the emulator parsed is what went in, cell for cell. */
export function testUploads(bench: () => Bench): void {
	describe('uploads', () => {
		it.each(uploads)('$destination from $input with a $signIn as $form', async (upload) => {
			const { emulator, source } = bench();
			await bench().mountToken(demo.federatedSubject);
			const people = peopleFor[upload.destination];
			const zip = upload.input === 'zip' ? await readyZip(people) : undefined;
			const address = {
				items: () => source.put('people.json', JSON.stringify(asItems(people)), 'application/json'),
				csv: () => source.put('people.csv', asCsv(people), 'text/csv'),
				zip: () => source.put('people.zip', zip ?? '', 'application/zip'),
			}[upload.input]();
			const execution = await bench().ingest({
				from: [address],
				as: upload.input === 'items' ? 'items' : 'files',
				parameters: {
					destination: upload.destination,
					...(upload.destination === 'vivaSurvey' ? { columnMapping: surveyMapping } : {}),
					options: { bodyForm: upload.form },
				},
				credential: await bench().vivaCredential(SIGN_IN[upload.signIn]),
			});

			expect(execution.error?.message).toBeUndefined();
			expect(execution.status).toBe('success');
			expect(emulator.ingestions).toHaveLength(1);
			const [ingestion] = emulator.ingestions;
			expect(ingestion.errors).toEqual([]);
			expect(ingestion).toMatchObject({
				valid: true,
				destination: received[upload.destination],
				form: upload.form,
				tenantId: demo.tenantId,
				appId: demo.clientId,
				acceptedRows: people.rows.length,
			});
			expect(byColumn(ingestion)).toEqual(byColumn(people));
			if (zip) expect(ingestion.body?.equals(zip)).toBe(true);
			if (upload.form === 'zip') {
				const datasetType = upload.destination === 'vivaHr' ? 'HR' : 'Survey';
				expect(ingestion.metadata).toMatchObject({ DatasetType: datasetType, IsBootstrap: 'true' });
			}

			const [item] = outputItems(execution, step, 0);
			expect(item.json).toMatchObject({
				ingestionId: ingestion.id,
				scaleUnit: demo.scaleUnit,
				rows: people.rows.length,
				rejectedRows: 0,
				bytes: ingestion.bytes,
				sha256: ingestion.sha256,
			});
			expect(outputItems(execution, step, 1)).toEqual([]);
			const sent = emulator.requests.filter((request) => request.service === 'push');
			expect(sent).toHaveLength(1);
			expect(sent[0].headers['x-nova-scaleunit']).toBe(demo.scaleUnit);
		});

		it('an incremental refresh says so', async () => {
			const { emulator, source } = bench();
			const credential = await bench().vivaCredential();
			const from = [source.put('people.json', JSON.stringify(asItems(vivaPeople)), 'application/json')];
			await bench().ingest({ from, as: 'items', parameters: {}, credential });
			emulator.advance(120_000);
			const execution = await bench().ingest({
				from,
				as: 'items',
				parameters: { refresh: 'incremental' },
				credential,
			});
			expect(execution.error?.message).toBeUndefined();
			expect(emulator.ingestions.map(({ bootstrap, valid }) => [bootstrap, valid])).toEqual([
				[true, true],
				[false, true],
			]);
		});

		it('imports a file of each input item, paired with it', async () => {
			const { emulator, source } = bench();
			emulator.set({ extractionMs: 0, processingMs: 0 });
			const more = { ...vivaPeople, rows: vivaPeople.rows.slice(0, 3) };
			const execution = await bench().ingest({
				from: [vivaPeople, more].map((people, index) =>
					source.put(`${index}.csv`, asCsv(people), 'text/csv'),
				),
				as: 'files',
				// Full imports would each replace the one before.
				parameters: { refresh: 'incremental' },
				credential: await bench().vivaCredential(),
			});
			expect(execution.error?.message).toBeUndefined();
			expect(emulator.ingestions.map(byColumn)).toEqual([vivaPeople, more].map(byColumn));
			const items = outputItems(execution, step);
			expect(items.map(({ json }) => json.ingestionId)).toEqual(emulator.ingestions.map(({ id }) => id));
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }], [{ item: 1 }]]);
		});

		it('gives the package of a validation as binary data and sends nothing', async () => {
			const { editor, emulator, source } = bench();
			const execution = await bench().ingest({
				from: [source.put('people.csv', asCsv(vivaPeople), 'text/csv')],
				as: 'files',
				parameters: { operation: 'validate', options: { bodyForm: 'csv', outputPackage: true } },
			});
			expect(execution.error?.message).toBeUndefined();
			const [item] = outputItems(execution, step);
			expect(item.json).toMatchObject({ valid: true, rows: vivaPeople.rows.length, errors: 0 });
			const reference = item.binary?.package;
			expect(reference).toBeDefined();
			if (!reference) return;
			const bytes = await editor.download(reference);
			expect(createHash('sha256').update(bytes).digest('hex')).toBe(item.json.sha256);
			const [header, ...rows] = parse(bytes);
			expect(byColumn({ header, rows })).toEqual(byColumn(vivaPeople));
			expect(emulator.requests).toEqual([]);
		});

		it('makes a sample file without a credential, and the service takes it', async () => {
			const { editor, emulator, source } = bench();
			emulator.set({ extractionMs: 0, processingMs: 0 });
			const made = await bench().ingest({ as: 'items', parameters: { operation: 'createSampleFile' } });
			expect(made.error?.message).toBeUndefined();
			expect(emulator.requests).toEqual([]);
			const [{ binary }] = outputItems(made, step);
			if (!binary?.data) throw new Error('The step gave no file.');
			const sample = await editor.download(binary.data);
			const sent = await bench().ingest({
				from: [source.put('sample.csv', sample, 'text/csv')],
				as: 'files',
				parameters: {},
				credential: await bench().vivaCredential(),
			});
			expect(sent.error?.message).toBeUndefined();
			expect(emulator.ingestions).toMatchObject([{ valid: true, acceptedRows: 2 }]);
			const [header, ...rows] = parse(sample);
			expect(byColumn(emulator.ingestions[0])).toEqual(byColumn({ header, rows }));
		});

		it('makes a deletion file that sends nothing, and an upload of it deletes what the service kept', async () => {
			const { editor, emulator, source } = bench();
			emulator.set({ extractionMs: 0, processingMs: 0 });
			const destination = 'organizationalData';
			const credential = await bench().vivaCredential();
			const from = [source.put('profiles.json', JSON.stringify(asItems(profiles)), 'application/json')];
			await bench().ingest({ from, as: 'items', parameters: { destination }, credential });
			const stored = emulator.state.tenants.get(demo.tenantId)?.organizationalData?.profiles.people;
			const [gone, stays] = [...(stored?.keys() ?? [])];
			const before = { ...stored?.get(stays) };
			const requests = emulator.requests.length;
			const list = JSON.stringify([{ Microsoft_PersonEmail: gone }]);
			const made = await bench().ingest({
				from: [source.put('gone.json', list, 'application/json')],
				as: 'items',
				parameters: { operation: 'createDeletionFile', destination },
			});
			expect(made.error?.message).toBeUndefined();
			expect(emulator.requests).toHaveLength(requests);
			const [{ json, binary }] = outputItems(made, step);
			expect(json).toMatchObject({ people: 1, summary: expect.stringContaining('Nothing was sent.') });
			if (!binary?.data) throw new Error('The step gave no file.');
			const file = await editor.download(binary.data);
			const sent = await bench().ingest({
				from: [source.put('deletion.csv', file, 'text/csv')],
				as: 'files',
				parameters: { destination },
				credential,
			});
			expect(sent.error?.message).toBeUndefined();
			expect(emulator.ingestions.at(-1)).toMatchObject({ valid: true, acceptedRows: 1, errors: [] });
			const kept = Object.keys(stored?.get(gone) ?? {}).filter((name) => name !== 'Microsoft_PersonEmail');
			const notDeleted = json.notDeleted as string[];
			expect(kept.filter((name) => !notDeleted.includes(name))).toEqual([]);
			expect(Object.keys(before).length).toBeGreaterThan(3);
			expect(stored?.get(stays)).toEqual(before);
		});

		it('makes the deletion file of those who are missing, in the same run', async () => {
			const { editor, emulator, source } = bench();
			emulator.set({ extractionMs: 0, processingMs: 0 });
			const destination = 'organizationalData';
			const put = (rows: string[][]) =>
				source.put('profiles.csv', asCsv({ header: profiles.header, rows }), 'text/csv');
			const execution = await bench().ingest({
				from: [put(profiles.rows.slice(0, 2))],
				previous: [put(profiles.rows)],
				as: 'files',
				parameters: { destination, send: 'changes', options: { maximumMissingPercent: 50 } },
				behindMissing: { operation: 'createDeletionFile', destination },
				credential: await bench().vivaCredential(),
			});
			expect(execution.error?.message).toBeUndefined();
			const [{ json, binary }] = outputItems(execution, stepBehindMissing);
			expect(json).toMatchObject({ people: 1, summary: expect.stringContaining('Nothing was sent.') });
			if (!binary?.data) throw new Error('The step gave no file.');
			const [header, ...rows] = parse(await editor.download(binary.data));
			expect(rows.map((row) => row[header.indexOf('Microsoft_PersonEmail')])).toEqual([
				'ji.wang@contoso.com',
			]);
			// Nothing changed for those who stay, so nobody is sent.
			expect(emulator.ingestions).toEqual([]);
		});

		it('checks the connection', async () => {
			const { emulator } = bench();
			const execution = await bench().ingest({
				as: 'items',
				parameters: { operation: 'checkConnection' },
				credential: await bench().vivaCredential(),
			});
			expect(execution.error?.message).toBeUndefined();
			expect(outputItems(execution, step).map(({ json }) => json)).toMatchObject([
				{ check: 'Sign-in', ok: true },
				{ ok: true, meaning: expect.stringContaining(demo.scaleUnit) },
				{ ok: true, meaning: expect.stringContaining(demo.hrConnectorId) },
				{ ok: true, meaning: expect.stringContaining(demo.organizationalDataConnectorId) },
			]);
			expect(emulator.ingestions).toEqual([]);
		});
	});
}

/** The questions of a survey are nobody's attributes: each is named in the mapping. */
const surveyMapping = {
	entries: survey.header.map((name) => ({
		column: name,
		ownAttribute: name,
		type: name === 'PersonId' ? 'email' : name === 'SurveyDate' ? 'date' : 'string',
	})),
};
