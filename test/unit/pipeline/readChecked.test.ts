import { readCsv } from '../../../nodes/shared/csv/csvReader';
import type { Observer } from '../../../nodes/shared/pipeline/observers';
import { preparePackage } from '../../../nodes/shared/viva/package/preparePackage';
import { packageSettings } from '../../fixtures/packageSettings';
import { inPieces } from '../csv/reading';

/** A date late in the file shows that the day comes first: the file has to be read twice. */
const DAY_FIRST_LATE = [
	'PersonId,ManagerId,Organization,HireDate',
	'ann@contoso.com,,HR,01/02/2019',
	'bob,ann@contoso.com,HR,03/04/2019',
	'cem@contoso.com,ann@contoso.com,HR,31/12/2019',
].join('\n');

function recorder() {
	const events: string[] = [];
	const observer: Observer = {
		restart: () => events.push('restart'),
		onFinding: ({ code }) => events.push(code),
		begin: (plan, { unit, people }) =>
			events.push(`begin ${plan.columns.length} ${unit} ${people !== undefined}`),
		batch: (batch, flags) => events.push(`batch ${batch.records} ${flags.slice(0, batch.records).join('')}`),
	};
	return { events, observer };
}

const source = (text: string) => ({
	open: async () => await readCsv(inPieces(text), { batchBytes: 64 }),
});

it('tells observers first that a reading begins, then the plan, then each batch after what was found in it', async () => {
	const { events, observer } = recorder();
	const text = DAY_FIRST_LATE.replace('31/12/2019', '12/31/2019');
	const prepared = await preparePackage(source(text), packageSettings({ onInvalid: 'leaveOut' }), {
		observers: [observer],
	});
	await prepared.file?.dispose();
	expect(events[0]).toBe('restart');
	const begin = events.indexOf('begin 4 row true');
	const batches = events.flatMap((event, index) => (event.startsWith('batch') ? [index] : []));
	expect(batches.length).toBeGreaterThan(1);
	expect(begin).toBeLessThan(batches[0]);
	expect(events[events.indexOf('value-not-email') + 1]).toMatch(/^batch \d+ .*1/);
});

it('begins anew, with observers and findings, where dates turn out to have been read in the wrong order', async () => {
	const { events, observer } = recorder();
	const { file, findings, records, rejected } = await preparePackage(
		source(DAY_FIRST_LATE),
		packageSettings({ onInvalid: 'leaveOut', bodyType: 'csv' }),
		{ observers: [observer] },
	);
	expect(events.filter((event) => event === 'restart')).toHaveLength(2);
	expect({ records, rejected }).toEqual({ records: 3, rejected: 1 });
	expect(findings.totals().find(({ code }) => code === 'value-not-email')).toMatchObject({ count: 1 });
	const pieces: Buffer[] = [];
	for await (const piece of file!.open()) pieces.push(piece as Buffer);
	await file!.dispose();
	expect(Buffer.concat(pieces).toString()).toContain('02/01/2019');
});

it('ends early where it is cancelled', async () => {
	const controller = new AbortController();
	const observer: Observer = {
		restart: () => undefined,
		batch: () => controller.abort(new Error('cancelled')),
	};
	await expect(
		preparePackage(source(DAY_FIRST_LATE), packageSettings({ bodyType: 'csv' }), {
			observers: [observer],
			signal: controller.signal,
		}),
	).rejects.toThrow('cancelled');
});
