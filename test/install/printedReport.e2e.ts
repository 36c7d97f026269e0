import type { Browser } from 'playwright-core';
import { LANGUAGES, loadLanguage } from '../../nodes/shared/report/language/language';
import { writeReport } from '../../nodes/shared/report/page/writeReport';
import { plantedFile } from '../fixtures/plantedFile';
import { reportOf } from '../fixtures/plantedReport';
import { toTerminal } from '../host/progress';
import { ensureChromium } from '../screenshots/chromium';
import { startBrowser } from '../screenshots/editorWindow';

let browser: Browser;
beforeAll(async () => {
	browser = await startBrowser(await ensureChromium(toTerminal));
});
afterAll(async () => await browser?.close());

const sheetsOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;

it.each(LANGUAGES)('forty faults take two sheets of paper before the appendix, in %s', async (id) => {
	const language = await loadLanguage(id);
	const page = await browser.newPage();
	const data = await reportOf(plantedFile(), { clean: ['decimalComma', 'letterCase'], language });
	await page.setContent(writeReport(data, language));
	const all = sheetsOf(await page.pdf({ format: 'A4', preferCSSPageSize: true }));
	await page.addStyleTag({ content: '.appendix{display:none}' });
	const first = sheetsOf(await page.pdf({ format: 'A4', preferCSSPageSize: true }));
	await page.close();
	expect(first).toBeGreaterThan(0);
	expect(first).toBeLessThanOrEqual(2);
	// The appendix begins a sheet of its own, with what is folded on a screen.
	expect(all).toBeGreaterThan(first);
});
