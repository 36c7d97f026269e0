import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { SAMPLE_EXPORTS, type SampleExport } from '../fixtures/exports';
import { trust } from './emulatorNetwork';
import { runStep, storedFile } from './executionContext';

/*
 * Every sample export as a file in front of the real steps, in n8n-core's own context, against the emulator.
 */

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
});
afterAll(async () => await emulator.close());
beforeEach(() => emulator.reset());
afterEach(() => expect(emulator.failures).toEqual([]));

type VivaDestination = 'vivaHr' | 'organizationalData';

const isViva = ({ destination }: SampleExport): boolean =>
	destination === 'vivaHr' || destination === 'organizationalData';

/** What became of an export: what the service got, or the error; and the item that came out. */
interface Outcome {
	json: IDataObject;
	sent?: { header: string[]; rows: string[][] };
	/** whether the job failed; then `json` tells why */
	failed?: boolean;
}

/** Gives the export to its step with no setting but the credential (and what nobody could find out, see `settings`). */
async function run(sample: SampleExport): Promise<Outcome> {
	const viva = isViva(sample);
	const settings: INodeParameters = { ...sample.settings };
	const items = [{ json: {}, binary: { data: await storedFile(sample.bytes(), sample.fileName) } }];
	const parameters: INodeParameters = viva
		? { destination: sample.destination, input: 'file', options: settings }
		: {
				scenario: sample.destination,
				jobId: demo.jobs[sample.destination as Exclude<typeof sample.destination, VivaDestination>],
				input: 'file',
				options: settings,
			};
	const [[item]] = await runStep({
		type: viva ? new VivaHrIngest() : new PurviewHrSignal(),
		credentials: viva ? { vivaHrApi: vivaHrApi(emulator) } : { purviewHrApi: purviewHrApi(emulator) },
		items,
		parameters,
		onError: 'continueRegularOutput',
	});
	const { json } = item;
	if (json.error !== undefined) return { failed: true, json };
	if (!viva) {
		const [{ header, rows, recordsSaved }] = emulator.signals;
		expect([emulator.signals.length, recordsSaved]).toEqual([1, rows.length]);
		return { json, sent: { header, rows } };
	}
	const [{ header, rows, valid, errors }] = emulator.ingestions;
	expect([emulator.ingestions.length, valid, errors]).toEqual([1, true, []]);
	return { json, sent: { header, rows } };
}

/** A day in whatever form it arrived, as `YYYY-MM-DD`. */
function asDay(text: string): string {
	const american = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
	if (american) return `${american[3]}-${american[1]}-${american[2]}`;
	return /^\d{4}-\d{2}-\d{2}T/.test(text) ? text.slice(0, 10) : text;
}

const accepted = SAMPLE_EXPORTS.filter(({ expected }) => expected.outcome === 'accepted');
const withoutSettings = accepted.filter(({ settings }) => settings === undefined);

it('at least thirty go through with no setting but the credential', () => {
	expect(withoutSettings.length).toBeGreaterThanOrEqual(30);
});

it.each(accepted.map((sample) => [`${sample.system}: ${sample.name}`, sample] as const))(
	'%s arrives as it should',
	async (_, sample) => {
		const { expected } = sample;
		if (expected.outcome !== 'accepted') throw new Error('not reached');
		const { json, sent } = await run(sample);
		if (!sent) throw new Error(`it was not sent: ${String(json.error)}`);
		const { header, rows } = sent;

		const mapping = json.mapping as Array<{ column: string; attribute: string; reason: string }>;
		expect(Object.fromEntries(mapping.map(({ column, attribute }) => [attribute, column]))).toEqual(
			expected.mapping,
		);
		expect(mapping.filter(({ reason }) => !/^(?:[A-Z]|metadata\.json ).*\.$/.test(reason))).toEqual([]);
		expect(json.columnsLeftOut).toEqual(expected.leftOut);
		const names = Object.keys(expected.mapping);
		const arrived = rows.map((row) =>
			Object.fromEntries(names.map((name) => [name, asDay(row[header.indexOf(name)])])),
		);
		expect(arrived).toEqual(expected.records);
	},
);

it.each(
	SAMPLE_EXPORTS.filter(({ expected }) => expected.outcome === 'problem').map(
		(sample) => [`${sample.system}: ${sample.name}`, sample] as const,
	),
)('%s is not sent, and the error says why', async (_, sample) => {
	const { expected } = sample;
	if (expected.outcome !== 'problem') throw new Error('not reached');
	const { json } = await run(sample);
	const told = `${String(json.error)}\n${String(json.message)}`;
	expect(told).toMatch(expected.about);
	expect(told).not.toMatch(/[{}]|undefined|TypeError|fault within/);
	if (expected.codes) {
		const { findings } = json.details as { findings: Array<{ code: string }> };
		expect(expected.codes).toContain(findings[0].code);
	}
	expect(emulator.ingestions).toEqual([]);
	expect(emulator.signals).toEqual([]);
});
