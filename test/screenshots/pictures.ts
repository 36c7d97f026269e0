import type { Locator, Page } from 'playwright-core';
import { commonMistakes } from '../fixtures/commonMistakes';
import { settle, type EditorWindow } from './editorWindow';
import { printedReport, reportPictures } from './reportPage';
import type { Scenes } from './scenes';

/** One picture of docs/images: what it shows and how the editor gets there. */
export interface Picture {
	/** file name without theme and ending */
	name: string;
	/** name by which it is taken together with others */
	group?: string;
	/** in one look only; in both unless told */
	only?: EditorWindow['theme'];
	/** Gives the parts of the picture, left to right. */
	take(editor: EditorWindow, scenes: Scenes): Promise<Buffer[]>;
}

const wide = { width: 1360, height: 860 };

/** All pictures, in the order in which a person meets what they show. */
export const pictures: Picture[] = [
	{
		name: 'search',
		async take(editor, { ingest }) {
			await editor.openWorkflow(ingest);
			const parts: Buffer[] = [];
			for (const words of ['workday', 'insider risk', 'organizational data']) {
				parts.push(await search(editor.page, words));
			}
			return parts;
		},
	},
	{
		name: 'credentials',
		async take(editor, { newIngest, newSignal }) {
			return [
				await credentialDialog(editor, newIngest, 'Viva HR Ingest', async (dialog) => {
					await dialog.locator('[data-test-id="parameter-input-clientSecret"] input').fill('not a real one');
				}),
				await credentialDialog(editor, newSignal, 'Purview HR Signal', async (dialog) => {
					await dialog.locator('[data-test-id="parameter-input-authentication"]').click();
					await editor.page
						.locator('[data-test-id="parameter-input-item"]', { hasText: 'Certificate' })
						.click();
				}),
			];
		},
	},
	{
		name: 'viva-hr-ingest',
		async take(editor, { ingest, changes }) {
			return await panels(editor, 'Viva HR Ingest', ingest, changes);
		},
	},
	{
		name: 'where-the-columns-go',
		async take(editor, { columns }) {
			const { page } = editor;
			await page.setViewportSize({ width: 1360, height: 960 });
			await editor.openWorkflow(columns);
			const window = await editor.openNode('Viva HR Ingest');
			await page.locator('[data-test-id="parameter-input-columnPreview"]').first().click();
			await settle(page, 1500);
			return [await window.screenshot()];
		},
	},
	{
		name: 'check-connection',
		async take(editor, { check }) {
			return [await executedStep(editor, check, 'Viva HR Ingest')];
		},
	},
	{
		name: 'poll-ingestion',
		async take(editor, { poll, pollErrors }) {
			return await panels(editor, 'Poll Ingestion', poll, pollErrors);
		},
	},
	{
		name: 'purview-hr-signal',
		async take(editor, { signal, signalSample }) {
			return await panels(editor, 'Purview HR Signal', signal, signalSample);
		},
	},
	{
		name: 'workflow',
		async take(editor, { example }) {
			const { page } = editor;
			await page.setViewportSize({ width: 1360, height: 700 });
			await editor.openWorkflow(example);
			await page.locator('[data-test-id="execute-workflow-button-Run by hand"]').click({ force: true });
			await page.locator('[data-node-name="Imported"] [data-test-id="canvas-node-status-success"]').waitFor();
			await withoutToasts(page);
			await page.locator('[data-test-id="zoom-to-fit"]').click();
			await settle(page, 1000);
			return [await page.screenshot()];
		},
	},
	{
		name: 'error',
		async take(editor, { badRow }) {
			return [await executedStep(editor, badRow, 'Viva HR Ingest')];
		},
	},
	{
		name: 'report',
		take: async ({ page }) => await reportPictures(page.context()),
	},
	{
		name: 'report-print',
		// Paper is white whatever the screen is; the dark look is the harder test of that.
		only: 'dark',
		take: async ({ page }) => await printedReport(page.context()),
	},
	...commonMistakes.map(({ name }): Picture => ({
		name: `mistake-${name}`,
		group: 'mistakes',
		// Ten pictures are enough for one page.
		only: 'light',
		async take(editor, { mistakes }) {
			await executedStep(editor, mistakes[name], 'Viva HR Ingest');
			return [await errorBox(editor.page)];
		},
	})),
	{
		name: 'mistake-in-executions',
		group: 'mistakes',
		only: 'light',
		async take(editor, { mistakes }) {
			const { page } = editor;
			await executedStep(editor, mistakes.blanks, 'Viva HR Ingest');
			await page.setViewportSize({ width: 1360, height: 700 });
			await page.goto(new URL(`/workflow/${mistakes.blanks}/executions`, page.url()).href);
			const preview = page.locator('[data-test-id="execution-preview-host"]');
			const step = preview.locator('[data-test-id="canvas-node"][data-node-name="Viva HR Ingest"]');
			await step.waitFor();
			await settle(page);
			await step.dblclick();
			await page.locator('[data-test-id="node-error-message"]').first().waitFor();
			await settle(page);
			return [await page.screenshot()];
		},
	},
];

/** The list of nodes after a search, as a newcomer sees it. */
async function search(page: Page, words: string): Promise<Buffer> {
	await page.setViewportSize({ width: 1360, height: 420 });
	await page.locator('[data-test-id="node-creator-plus-button"]').click();
	const list = page.locator('[data-test-id="node-creator"]');
	await list.waitFor();
	await list.locator('input').first().fill(words);
	await settle(page);
	const picture = await list.screenshot();
	await page.keyboard.press('Escape');
	await list.waitFor({ state: 'hidden' });
	return picture;
}

/** The form of a step as it is dropped, with the list of its options open, and as another workflow has it. */
async function panels(
	editor: EditorWindow,
	name: string,
	workflow: string,
	other: string,
): Promise<Buffer[]> {
	const { page } = editor;
	await page.setViewportSize({ width: 1360, height: 1080 });
	await editor.openWorkflow(workflow);
	await editor.openNode(name);
	const plain = await panel(page);
	await page.locator('[data-test-id="collection-parameter-add"]').last().click();
	await settle(page);
	const options = await panel(page);
	await editor.openWorkflow(other);
	await editor.openNode(name);
	return [plain, options, await panel(page)];
}

/** Runs in the browser: lets the dialog and what scrolls in it grow to their full height. */
const showWhole = `
	document.activeElement?.blur();
	const root = document.querySelector('[data-test-id="editCredential-modal"]');
	for (const part of [root, ...root.querySelectorAll('*')]) {
		if (part !== root && !part.querySelector('[data-test-id^="parameter-input-"]')) continue;
		part.style.cssText += ';max-height:none;height:auto;overflow:visible';
	}
`;

/** The dialog for a new credential, as a person opens it from a step and fills it in. */
async function credentialDialog(
	{ page, openWorkflow, openNode }: EditorWindow,
	workflow: string,
	name: string,
	fill: (dialog: Locator) => Promise<void>,
): Promise<Buffer> {
	await page.setViewportSize({ width: 1100, height: 1240 });
	await openWorkflow(workflow);
	await openNode(name);
	await page.locator('[data-test-id="node-credentials-select"]').click();
	await page.locator('[data-test-id="node-credentials-select-item-new"]').click();
	const dialog = page.locator('[data-test-id="editCredential-modal"]');
	await dialog.waitFor();
	const ids = {
		tenantId: '01234567-89ab-cdef-0123-456789abcdef',
		clientId: 'fedcba98-7654-3210-fedc-ba9876543210',
	};
	for (const [field, id] of Object.entries(ids)) {
		await dialog.locator(`[data-test-id="parameter-input-${field}"] input`).fill(id);
	}
	await fill(dialog);
	// The whole form at once, without what the keyboard and the mouse have left behind.
	await page.mouse.move(0, 0);
	await page.evaluate(showWhole);
	await settle(page);
	return await within(page, dialog);
}

/** A step's window after "Execute step". */
async function executedStep(editor: EditorWindow, workflow: string, name: string): Promise<Buffer> {
	const { page } = editor;
	await page.setViewportSize(wide);
	await editor.openWorkflow(workflow);
	const window = await editor.openNode(name);
	await page.locator('[data-test-id="node-execute-button"]').click();
	await window
		.locator(
			'[data-test-id="node-error-message"], [data-test-id="output-panel"] [data-test-id="ndv-data-container"]',
		)
		.first()
		.waitFor();
	await withoutToasts(page);
	return await window.screenshot();
}

/** The right of a step's window after an error: what the error says, whole, however long it is. */
async function errorBox(page: Page): Promise<Buffer> {
	const panel = page.locator('[data-test-id="output-panel"]');
	const details = panel.getByText('Error details', { exact: true });
	const [box, below] = [await panel.boundingBox(), await details.boundingBox()];
	if (!box || !below) throw new Error('The error is not to be seen.');
	const { x, y, width } = box;
	return await page.screenshot({ clip: { x: x + 2, y: y + 2, width: width - 4, height: below.y - y - 26 } });
}

/** The middle of a step's window: its form. */
async function panel(page: Page): Promise<Buffer> {
	return await within(page, page.locator('.node-settings'));
}

/** What is within the border of a part of the page; at the border shines through what lies below. */
async function within(page: Page, part: Locator): Promise<Buffer> {
	const box = await part.boundingBox();
	if (!box) throw new Error('What the picture is about is not to be seen.');
	const { x, y, width, height } = box;
	return await page.screenshot({ clip: { x: x + 2, y: y + 2, width: width - 4, height: height - 4 } });
}

/** Short-lived notices ("Node executed successfully") would hide what the picture is about. */
async function withoutToasts(page: Page): Promise<void> {
	// On a busy machine they come late.
	const toast = page.locator('.el-notification').first();
	await toast.waitFor({ timeout: 5000 }).catch(() => undefined);
	await settle(page, 1200);
	for (const close of await page.locator('.el-notification__closeBtn').all())
		await close.click().catch(() => undefined);
	await toast.waitFor({ state: 'hidden' });
	await settle(page);
}
