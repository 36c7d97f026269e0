import type { BrowserContext, Page } from 'playwright-core';
import { ENGLISH_WORDS } from '../helpers/englishWords';
import { writeReport } from '../../nodes/shared/report/page/writeReport';
import { plantedFile } from '../fixtures/plantedFile';
import { reportOf } from '../fixtures/plantedReport';

/** Size of the page in the pictures: about that of a sheet of paper. */
const sheet = { width: 760, height: 1060 };

/** The report of the file with the forty planted faults. */
async function plantedPage(): Promise<string> {
	return writeReport(await reportOf(plantedFile(), { clean: ['decimalComma', 'letterCase'] }), ENGLISH_WORDS);
}

/**
 * The report as a browser shows it: its beginning, and the part about people.
 * @param context of a browser whose colours are those of the picture
 */
export async function reportPictures(context: BrowserContext): Promise<Buffer[]> {
	return await onPage(context, async (page) => {
		const beginning = await page.screenshot();
		await page.evaluate("document.querySelector('#people').scrollIntoView()");
		return [beginning, await page.screenshot()];
	});
}

/** The first sheet of the report as a printer would make it, with the margins of its style. */
export async function printedReport(context: BrowserContext): Promise<Buffer[]> {
	return await onPage(context, async (page) => {
		await page.emulateMedia({ media: 'print' });
		await page.addStyleTag({ content: 'body{padding:60px 53px}' });
		return [await page.screenshot()];
	});
}

async function onPage(context: BrowserContext, take: (page: Page) => Promise<Buffer[]>): Promise<Buffer[]> {
	const page = await context.newPage();
	try {
		await page.setViewportSize(sheet);
		await page.setContent(await plantedPage());
		return await take(page);
	} finally {
		await page.close();
	}
}
