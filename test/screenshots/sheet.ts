import type { Browser } from 'playwright-core';
import type { Theme } from './editorWindow';

const backgrounds: Record<Theme, string> = { light: '#f4f5f7', dark: '#17181c' };

/**
 * Puts pictures side by side on one sheet.
 *
 * @param parts PNG files, left to right
 * @returns a PNG file; the part itself if there is only one
 */
export async function sheetOf(browser: Browser, parts: Buffer[], theme: Theme): Promise<Buffer> {
	if (parts.length === 1) return parts[0];
	const images = parts.map((part) => `<img src="data:image/png;base64,${part.toString('base64')}">`).join('');
	const page = await browser.newPage({ viewport: { width: 3000, height: 2000 } });
	try {
		await page.setContent(
			`<style>body{margin:0}main{display:inline-flex;gap:24px;padding:24px;align-items:flex-start;background:${backgrounds[theme]}}img{border-radius:8px}</style><main>${images}</main>`,
		);
		return await page.locator('main').screenshot();
	} finally {
		await page.close();
	}
}
