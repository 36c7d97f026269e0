// `npm run demo`. On a fresh clone there is nothing but Node and npm, so this file depends on nothing else.
import { createRequire } from 'node:module';
import { ensureInstalled } from '../../scripts/ensure-installed.mjs';

try {
	await ensureInstalled();
	const { register } = await import('tsx/cjs/api');
	register();
	const { demo } = createRequire(import.meta.url)('./demo.ts');
	// `npm run demo --keep` (without the extra `--`) reaches us as a variable.
	const keep = process.argv.includes('--keep') || process.env.npm_config_keep === 'true';
	await demo({ keep });
} catch (error) {
	process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
