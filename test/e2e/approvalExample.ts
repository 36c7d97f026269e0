import type { Filling } from '../demo/exampleFile';
import { outputItems } from '../host/rest';
import { fileAt, soon, type ExampleBench } from './exampleBench';
import { attachmentsOf, bodyOf } from './mailSink';
import { asCsv, byColumn, vivaPeople } from './people';

/** A person's browser: n8n takes no answer from programs that only look at links. */
const BROWSER =
	'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';

/** The example in which a person approves before anything is sent. */
export function testApprovalExample(bench: () => ExampleBench): void {
	describe('approval in the loop', () => {
		const fillings = (csv: string): Record<string, Filling> => ({
			'Download the file': fileAt(bench(), csv),
			'Send the report': { credentials: bench().smtp },
			'Ask for approval': { credentials: bench().smtp },
			'The file has errors': { credentials: bench().smtp },
			'Send to Viva Insights': { credentials: bench().viva },
			'Follow the import': { credentials: bench().viva, parameters: soon },
		});

		/** Runs to the question, and answers it as the button with that label does. */
		async function answer(label: string) {
			const id = await bench().start('approve-then-viva', fillings(asCsv(vivaPeople)));
			await bench().editor.waitForStatus(id, ['waiting', 'error', 'success']);
			const [report, question] = bench().mail.mails;
			const files = attachmentsOf(report);
			expect(Object.keys(files)).toEqual(['report.html']);
			expect(files['report.html']).not.toContain('ji.wang');
			const page = htmlOf(question);
			expect(page).toContain(`${vivaPeople.rows.length} rows`);
			const [, link] = new RegExp(`<a[^>]*href="([^"]+)"[^>]*>\\s*${label}\\s*</a>`).exec(page) ?? [];
			const { status } = await fetch(link.replaceAll('&amp;', '&'), { headers: { 'user-agent': BROWSER } });
			expect(status).toBe(200);
			return await bench().editor.waitForEnd(id);
		}

		it('sends the very file that was checked once it is approved', async () => {
			const ingestions = bench().newIngestions();
			const execution = await answer('Send it');
			expect(execution.error?.message).toBeUndefined();
			expect(outputItems(execution, 'Imported')).toMatchObject([{ json: { status: 'Completed' } }]);
			expect(ingestions().map(byColumn)).toEqual([byColumn(vivaPeople)]);
		});

		it('sends nothing when it is declined', async () => {
			const ingestions = bench().newIngestions();
			const execution = await answer('Do not send');
			expect(execution.status).toBe('success');
			expect(outputItems(execution, 'Approved')).toEqual([]);
			expect(ingestions()).toEqual([]);
		});

		it('asks nobody about a file with errors, and sends its report', async () => {
			const ingestions = bench().newIngestions();
			const csv = asCsv(vivaPeople).replace('ji.wang@contoso.com', 'ji.wang at contoso');
			const execution = await bench().run('approve-then-viva', fillings(csv));
			expect(execution.status).toBe('success');
			expect(ingestions()).toEqual([]);
			const [mail, ...more] = bench().mail.mails;
			expect(more).toEqual([]);
			expect(bodyOf(mail)).toMatch(/^1 of 5 rows break a rule\./);
			expect(Object.keys(attachmentsOf(mail))).toEqual(['report.html']);
		});
	});
}

/** The page of a mail, with its soft line breaks undone. */
function htmlOf(mail: string): string {
	return mail
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
