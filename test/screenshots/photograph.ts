import type { Owner } from '../host/rest';
import { openEditor, startBrowser, type Theme } from './editorWindow';
import { pictures } from './pictures';
import type { Scenes } from './scenes';
import { sheetOf } from './sheet';

/** What is photographed. */
export interface Session {
	/** path of the browser */
	chromium: string;
	/** n8n's address */
	origin: string;
	owner: Owner;
	scenes: Scenes;
	/** only these pictures and groups of pictures; all when empty */
	only: string[];
}

const largestBytes = 250 * 1024;

/**
 * Takes the pictures in both looks of n8n.
 *
 * @param keep takes one finished picture, a PNG file; its name ends with the look where there are both
 * @throws Error when the editor does not get there, when a picture is too large for a repository, or when the editor
 *   complains on its console
 */
export async function photograph(
	{ chromium, origin, owner, scenes, only }: Session,
	keep: (name: string, png: Buffer) => void,
): Promise<void> {
	const unknown = only.filter(
		(name) => !pictures.some(({ name: known, group }) => name === known || name === group),
	);
	if (unknown.length > 0) throw new Error(`There is no picture ${unknown.join(', ')}.`);
	const browser = await startBrowser(chromium);
	try {
		for (const theme of ['light', 'dark'] satisfies Theme[]) {
			const editor = await openEditor(browser, origin, owner, theme);
			for (const { name, group = name, take, only: look } of pictures) {
				if (only.length > 0 && !only.includes(name) && !only.includes(group)) continue;
				if (look !== undefined && look !== theme) continue;
				const png = await sheetOf(browser, await take(editor, scenes), theme);
				const fileName = look === undefined ? `${name}-${theme}` : name;
				if (png.length > largestBytes) {
					throw new Error(`The picture ${fileName} has ${png.length} bytes, more than ${largestBytes}.`);
				}
				keep(fileName, png);
			}
			const complaints = [...new Set(editor.complaints.filter((text) => !usual.test(text)))];
			if (complaints.length > 0) {
				throw new Error(`The editor complained on its console:\n${complaints.join('\n')}`);
			}
			await editor.close();
		}
	} finally {
		await browser.close();
	}
}

/** What the editor says without our steps too: not signed in at first, what was to be fetched from elsewhere, and outputs of n8n's own steps that it has no schema of. */
const usual = /status of 401|ERR_FAILED|\/schemas\/n8n-nodes-base\./;
