import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import type { Owner } from '../host/rest';

/** n8n's two looks. */
export type Theme = 'light' | 'dark';

/** n8n's editor in a browser, signed in. */
export interface EditorWindow {
	page: Page;
	theme: Theme;
	/** What the editor wrote to its console as an error or a warning, and what it did not catch. */
	complaints: string[];
	/** Opens a workflow on the canvas. */
	openWorkflow(id: string): Promise<void>;
	/** Opens the panel of a node of the open workflow. */
	openNode(name: string): Promise<Locator>;
	close(): Promise<void>;
}

/** Starts a browser that talks to nobody but this machine. */
export async function startBrowser(executablePath: string): Promise<Browser> {
	return await chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--hide-scrollbars',
			'--font-render-hinting=none',
		],
	});
}

/** One thing that takes longer hangs, however busy the machine is. */
const HANG_MS = 15 * 60_000;

/**
 * Opens the editor and signs in as a person would.
 *
 * @param origin n8n's address
 * @throws Error when n8n does not show what it should
 */
export async function openEditor(
	browser: Browser,
	origin: string,
	owner: Owner,
	theme: Theme,
): Promise<EditorWindow> {
	const context = await browser.newContext({
		viewport: { width: 1440, height: 900 },
		colorScheme: theme,
		reducedMotion: 'reduce',
		locale: 'en-US',
		timezoneId: 'UTC',
	});
	context.setDefaultTimeout(HANG_MS);
	await context.route('**/*', async (route) => {
		const { hostname, protocol } = new URL(route.request().url());
		const local = hostname === '127.0.0.1' || ['data:', 'blob:'].includes(protocol);
		await (local ? route.continue() : route.abort());
	});
	await context.addInitScript({ content: `localStorage.setItem('N8N_THEME', '${theme}')` });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(`not caught: ${error.message}`));
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()))
			complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
	});

	await page.goto(`${origin}/signin`);
	await page.locator('input[name="emailOrLdapLoginId"]').fill(owner.email);
	await page.locator('input[name="password"]').fill(owner.password);
	await page.locator('[data-test-id="form-submit-button"]').click();
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));

	return {
		page,
		theme,
		complaints,
		async openWorkflow(id) {
			await page.goto(`${origin}/workflow/${id}`);
			await page.locator('[data-test-id="canvas-node"]').first().waitFor();
			await settle(page);
		},
		async openNode(name) {
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
			const panel = page.locator('[data-test-id="ndv"]');
			await panel.waitFor();
			await page.locator('[data-test-id="node-parameters"]').waitFor();
			await settle(page);
			return panel;
		},
		async close() {
			await context.close();
		},
	};
}

/** Waits until nothing is fetched and what moves has come to rest. */
export async function settle(page: Page, ms = 700): Promise<void> {
	await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);
	await page.waitForTimeout(ms);
}
