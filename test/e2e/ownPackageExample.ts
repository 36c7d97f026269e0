import { demo } from '../emulator/emulator';
import { outputItems } from '../host/rest';
import { soon, type ExampleBench } from './exampleBench';
import { byColumn, vivaPeople } from './people';
import { readyZip } from './readyZip';

/** The example in which another system makes the package, and n8n's own HTTP Request sends it. */
export function testOwnPackageExample(bench: () => ExampleBench): void {
	describe('a package that another system has made', () => {
		async function run(scaleUnit: string) {
			const { emulator, source, viva, run: start } = bench();
			const url = source.put('viva.zip', await readyZip(vivaPeople), 'application/zip');
			const push = `${emulator.vivaBaseUrl}/scopes/${demo.tenantId}/ingress/connectors/HR/ingestions/fileIngestion`;
			const header = { parameters: [{ name: 'x-nova-scaleunit', value: scaleUnit }] };
			return await start('own-package-to-viva', {
				'Get the package': { parameters: { url } },
				'Send the package': { parameters: { url: push, headerParameters: header }, credentials: viva },
				'Follow the import': { parameters: soon, credentials: viva },
			});
		}

		it('goes to Viva Insights byte for byte, and is followed to its end', async () => {
			const ingestions = bench().newIngestions();
			const execution = await run(demo.scaleUnit);
			expect(execution.error?.message).toBeUndefined();
			const [ingestion] = ingestions();
			expect(ingestion).toMatchObject({ valid: true, bootstrap: true, errors: [] });
			expect(byColumn(ingestion)).toEqual(byColumn(vivaPeople));
			expect(outputItems(execution, 'Imported')).toMatchObject([
				{ json: { ingestionId: ingestion.id, status: 'Completed' } },
			]);
		});

		it('is refused by the service, and the run is red', async () => {
			const ingestions = bench().newIngestions();
			const execution = await run('another-unit');
			expect(execution.status).toBe('error');
			expect(ingestions()).toEqual([]);
		});
	});
}
