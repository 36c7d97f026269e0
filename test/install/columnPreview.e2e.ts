import type { Browser, Page } from 'playwright-core';
import { exitOnSignals, setStage, type Stage } from '../demo/stage';
import { newestHost, oldestHost } from '../host/install';
import { toTerminal } from '../host/progress';
import type { Workflow } from '../host/rest';
import { ensureChromium } from '../screenshots/chromium';
import { openEditor, startBrowser, type EditorWindow } from '../screenshots/editorWindow';

const step = 'Viva HR Ingest';

/** More rows than n8n sends to the editor while an execution runs: it first sends stand-ins for them. */
const makeRows = `return Array.from({ length: 3000 }, (_, index) => ({ json: {
	Work_Email: 'person' + index + '@contoso.com',
	Manager_Email: index === 0 ? '' : 'person0@contoso.com',
	Organization: 'Contoso ' + 'x'.repeat(400),
	Favourite_Colour: 'blue',
} }))`;

const workflow: Workflow = {
	name: 'Rows that a step makes',
	nodes: [
		{
			name: 'Run by hand',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			name: 'Employees',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [220, 0],
			parameters: { jsCode: makeRows },
		},
		{
			name: step,
			type: 'n8n-nodes-microsoft-hr.vivaHrIngest',
			typeVersion: 1,
			position: [440, 0],
			parameters: { operation: 'validate' },
		},
	],
	connections: {
		'Run by hand': { main: [[{ node: 'Employees', type: 'main', index: 0 }]] },
		Employees: { main: [[{ node: step, type: 'main', index: 0 }]] },
	},
	settings: { executionOrder: 'v1' },
};

// Each n8n in turn, never two at once.
describe.each([oldestHost, newestHost])('the list of columns in the editor of n8n %s', (version) => {
	let stage: Stage;
	let browser: Browser;
	let editor: EditorWindow;

	beforeAll(async () => {
		exitOnSignals();
		stage = await setStage({ log: toTerminal, version });
		browser = await startBrowser(await ensureChromium(toTerminal));
		editor = await openEditor(browser, stage.n8n.origin, stage.editor.owner, 'light');
		await editor.page.setViewportSize({ width: 1360, height: 1080 });
	});
	afterAll(async () => {
		await browser?.close();
		await stage?.close();
	});

	it('says that it needs rows, and shows where they go as soon as the step before has run', async () => {
		const { page } = editor;
		await editor.openWorkflow((await stage.editor.createWorkflow(workflow)).id);
		await editor.openNode(step);
		expect(await closedList(page, /input/)).toBe('Shown when there is input');

		await page.locator('[data-test-id="execute-previous-node"]').first().click();
		expect(await closedList(page, /columns/)).toBe('3 of 4 columns are sent');
		expect(await openList(page)).toEqual([
			'3 of 4 columns are sent',
			'✓ Work_Email → PersonId',
			'✓ Manager_Email → ManagerId',
			'✓ Organization → Organization',
			'– Favourite_Colour is not sent',
		]);
	});

	it('follows the form', async () => {
		const { page } = editor;
		await page.keyboard.press('Escape');
		await chooseIn(page, 'destination', 'Organizational Data');
		expect(await closedList(page, /columns/)).toBe('3 of 4 columns are sent');
		expect((await openList(page))[1]).toBe('✓ Work_Email → Microsoft_PersonEmail');
	});

	it('is the list from which Column Mapping takes a column, too', async () => {
		const { page } = editor;
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Add Column' }).click();
		// A click on a list that still loads opens nothing.
		await shownIn(page, 'column', /^(?!Loading)/);
		await field(page, 'column').click();
		const lines = page.locator('[data-test-id="parameter-input-item"] .option-headline:visible');
		await lines.first().waitFor();
		expect((await lines.allInnerTexts()).map((line) => line.trim())).toEqual([
			'Work_Email',
			'Manager_Email',
			'Organization',
			'Favourite_Colour',
		]);
		await lines.filter({ hasText: 'Favourite_Colour' }).click();
		await chooseIn(page, 'attribute', 'Microsoft_Layer');
		expect(await closedList(page, /^4 of/)).toBe('4 of 4 columns are sent');
		// The name stays where the rows are a file, which the editor cannot read, and a text takes the place of the list.
		await chooseIn(page, 'input', 'File');
		expect(await shownIn(page, 'column', /^Favourite/)).toBe('Favourite_Colour');
		await chooseIn(page, 'input', 'Items');
		expect(await shownIn(page, 'column', /^Favourite/)).toBe('Favourite_Colour');
	});
});

const field = (page: Page, name: string) => page.locator(`[data-test-id="parameter-input-${name}"]`).first();

/** What a field shows, once that is what is waited for. */
async function shownIn(page: Page, name: string, expected: RegExp): Promise<string> {
	const input = field(page, name).locator('input').first();
	for (;;) {
		const text = await input.inputValue();
		if (expected.test(text)) return text;
		await page.waitForTimeout(250);
	}
}

const closedList = async (page: Page, expected: RegExp) => await shownIn(page, 'columnPreview', expected);

/** Opens the list; gives its lines without what stands below them. */
async function openList(page: Page): Promise<string[]> {
	await field(page, 'columnPreview').click();
	const lines = page.locator('[data-test-id="parameter-input-item"] .option-headline:visible');
	await lines.first().waitFor();
	return (await lines.allInnerTexts()).map((line) => line.trim());
}

async function chooseIn(page: Page, name: string, option: string): Promise<void> {
	await field(page, name).click();
	await page
		.locator('[data-test-id="parameter-input-item"] .option-headline:visible', { hasText: option })
		.click();
}
