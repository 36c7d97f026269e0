import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exitOnSignals, setStage } from '../demo/stage';
import { toTerminal, withProgress, type Log } from '../host/progress';
import { ensureChromium } from './chromium';
import { photograph } from './photograph';
import { setScenes } from './scenes';

const imagesFolder = path.resolve(__dirname, '../../docs/images');

async function takeAll(log: Log, only: string[]): Promise<void> {
	exitOnSignals();
	const chromium = await ensureChromium(log);
	const stage = await setStage({ log, emulator: { settings: { extractionMs: 0, processingMs: 0 } } });
	try {
		const scenes = await setScenes(stage);
		mkdirSync(imagesFolder, { recursive: true });
		await withProgress(
			log,
			'Taking the pictures',
			async () =>
				await photograph(
					{ chromium, origin: stage.n8n.origin, owner: stage.editor.owner, scenes, only },
					(name, png) => {
						writeFileSync(path.join(imagesFolder, `${name}.png`), png);
						log(`  docs/images/${name}.png, ${Math.ceil(png.length / 1024)} KB`);
					},
				),
			{ expected: '2 to 6 minutes', everyMs: 15_000 },
		);
	} finally {
		await stage.close();
	}
}

// `npm run screenshots -- error search` takes only these.
takeAll(toTerminal, process.argv.slice(2)).catch((error: unknown) => {
	process.stderr.write(`\nNo pictures: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
