import { asItems, type People } from './people';
import { demo } from '../emulator/emulator';
import { outputItems } from '../host/rest';
import { step, type Bench } from './bench';

const NAMES = {
	vivaHr: ['PersonId', 'ManagerId', 'Organization'],
	organizationalData: ['Microsoft_PersonEmail', 'Microsoft_ManagerEmail', 'Microsoft_Organization'],
};

/** Hundred people, of whom so many have a manager. */
const company = (header: string[], withManager: number): People => ({
	header,
	rows: Array.from({ length: 100 }, (_, i) => [
		`person${i}@contoso.com`,
		i < withManager ? 'person99@contoso.com' : '',
		'Sales',
	]),
});

/** *Prepare For* in n8n: the answer in the result, and what it stops before anything leaves. */
export function testReadiness(bench: () => Bench): void {
	describe.each(['vivaHr', 'organizationalData'] as const)(
		'prepared for the Copilot Dashboard, %s',
		(destination) => {
			async function ingest(withManager: number, parameters: Record<string, unknown> = {}) {
				const people = company(NAMES[destination], withManager);
				const address = bench().source.put(
					'people.json',
					JSON.stringify(asItems(people)),
					'application/json',
				);
				const options = { prepareFor: 'copilotDashboard', ...(parameters.options as object) };
				return await bench().ingest({
					from: [address],
					as: 'items',
					parameters: { destination, ...parameters, options },
					credential: await bench().vivaCredential(),
				});
			}

			it('says that an upload is ready', async () => {
				const execution = await ingest(99);
				expect(execution.error?.message).toBeUndefined();
				expect(outputItems(execution, step, 0)).toMatchObject([
					{ json: { readiness: { ready: 'yes', sentence: 'Ready for Copilot Dashboard.', rows: 100 } } },
				]);
				expect(bench().emulator.ingestions).toMatchObject([{ acceptedRows: 100 }]);
			});

			it('sends nothing of a first import that is short', async () => {
				const execution = await ingest(87);
				expect(execution.error?.message).toBe(
					'Copilot Dashboard: 87 % of the rows have a manager, 95 % are needed. Nothing was sent.',
				);
				expect(bench().emulator.ingestions).toEqual([]);
			});

			it('sends a later one where the rule is a warning, and says that it is not ready', async () => {
				const ruleSettings = { rules: [{ code: 'readiness-coverage', severity: 'warning' }] };
				const execution = await ingest(87, { options: { ruleSettings } });
				expect(execution.error?.message).toBeUndefined();
				expect(outputItems(execution, step, 0)).toMatchObject([
					{
						json: {
							readiness: {
								ready: 'no',
								sentence: 'Not ready for Copilot Dashboard: 87 % have a manager, 95 % are needed.',
							},
						},
					},
				]);
				expect(bench().emulator.ingestions).toMatchObject([{ acceptedRows: 100 }]);
			});

			if (destination === 'organizationalData') {
				it('stops what a connection for this app does not take, and sends what it takes', async () => {
					const { emulator } = bench();
					emulator.state.tenants.get(demo.tenantId)?.organizationalData?.apps.push('copilotDashboard');
					const ruleSettings = { rules: [{ code: 'readiness-coverage', severity: 'warning' }] };
					for (const [withManager, options] of [
						[87, { ruleSettings }],
						[95, {}],
					] as const) {
						const execution = await ingest(withManager, { options });
						expect(execution.error?.message).toBeUndefined();
						emulator.advance(120_000);
					}
					expect(emulator.ingestions).toMatchObject([
						{ valid: false, errors: [{ rule: 'coverage', column: 'Microsoft_ManagerEmail' }] },
						{ valid: true, acceptedRows: 100 },
					]);
				});
			}
		},
	);
}
