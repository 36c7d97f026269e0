import type { Filling } from '../demo/exampleFile';
import { outputItems } from '../host/rest';
import { fileAt, soon, type ExampleBench } from './exampleBench';
import { attachmentsOf, bodyOf } from './mailSink';
import { asCsv, byColumn, vivaPeople } from './people';

/** The example that sends a file in SharePoint to Viva Insights, and e-mails when that fails. */
export function testSharePointExample(bench: () => ExampleBench): void {
	describe('SharePoint file to Viva', () => {
		const fillings = (csv: string, parameters = {}): Record<string, Filling> => ({
			'Download the file': fileAt(bench(), csv),
			'Send to Viva Insights': { credentials: bench().viva, parameters },
			'Follow the import': { credentials: bench().viva, parameters: soon },
			'Import failed': { credentials: bench().smtp },
			'Nothing was sent': { credentials: bench().smtp },
		});

		it('imports the file', async () => {
			const ingestions = bench().newIngestions();
			const execution = await bench().run('sharepoint-to-viva', fillings(asCsv(vivaPeople)));
			expect(execution.error?.message).toBeUndefined();
			expect(outputItems(execution, 'Imported')).toMatchObject([{ json: { status: 'Completed' } }]);
			expect(byColumn(ingestions()[0])).toEqual(byColumn(vivaPeople));
			expect(bench().mail.mails).toEqual([]);
		});

		it('says by e-mail which rows kept the file from being sent', async () => {
			const ingestions = bench().newIngestions();
			const csv = asCsv(vivaPeople).replace('ji.wang@contoso.com', 'ji.wang at contoso');
			const execution = await bench().run('sharepoint-to-viva', fillings(csv));
			expect(execution.status).toBe('success');
			expect(ingestions()).toEqual([]);
			expect(bench().mail.mails).toHaveLength(1);
			const text = bodyOf(bench().mail.mails[0]);
			expect(text).toMatch(/nothing was sent/i);
			expect(text).toMatch(/Row 5: 'PersonId' is not an e-mail address/);
			const files = attachmentsOf(bench().mail.mails[0]);
			expect(Object.keys(files)).toEqual(['report.html']);
			expect(files['report.html']).toMatch(/^<!doctype html>/i);
			expect(files['report.html']).toMatch(/Nothing was sent/i);
			expect(text + files['report.html']).not.toContain('ji.wang');
		});

		it('sends the error rows by e-mail when Microsoft refuses the import later', async () => {
			const ingestions = bench().newIngestions();
			const csv = asCsv({
				header: ['PersonId', 'ManagerId', 'Organization'],
				rows: [
					['ceo@contoso.com', '', 'Office'],
					['ji.wang@contoso.com', 'The Boss', 'Office'],
				],
			});
			const mapping = { entries: [{ column: 'ManagerId', attribute: 'ManagerId' }] };
			const execution = await bench().run(
				'sharepoint-to-viva',
				fillings(csv, { options: { outputReport: true, onInvalidRows: 'send' }, columnMapping: mapping }),
			);
			expect(execution.status).toBe('success');
			expect(ingestions()).toMatchObject([{ valid: false }]);
			expect(bench().mail.mails).toHaveLength(1);
			expect(bench().mail.mails[0]).toMatch(/^Subject: Viva Insights refused the import of \d{4}-\d\d-\d\d/m);
			const text = bodyOf(bench().mail.mails[0]);
			expect(text).toMatch(/ended as ValidationFailed/);
			expect(text).toMatch(/Row 3, ManagerId: \S+/);
			const files = attachmentsOf(bench().mail.mails[0]);
			const [{ id }] = ingestions();
			expect(Object.keys(files)).toEqual(['report.html', `${id}_errors.csv`]);
			expect(files['report.html']).toContain(id);
			expect(files[`${id}_errors.csv`]).toMatch(/^Row,Column,Message\r\n3,ManagerId/);
		});
	});
}
