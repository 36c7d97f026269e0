// node scripts/side-by-side.mjs <script> <script>…: runs the first npm script and, beside it, the others one after the other.
// The first writes as it goes; what the others wrote comes when all have ended, so that lines do not mix. Fails when one of them does.
import { spawn } from 'node:child_process';

/** Runs a script of package.json. */
async function run(script, live) {
	const begun = Date.now();
	const npm = spawn('npm', ['run', '--silent', script], {
		stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	const pieces = [];
	npm.stdout?.on('data', (piece) => pieces.push(piece));
	npm.stderr?.on('data', (piece) => pieces.push(piece));
	const code = await new Promise((resolve, reject) => {
		npm.once('error', reject);
		npm.once('close', resolve);
	});
	const seconds = Math.round((Date.now() - begun) / 1000);
	return { script, passed: code === 0, seconds, text: Buffer.concat(pieces).toString('utf8') };
}

async function inTurn(scripts) {
	const results = [];
	for (const script of scripts) results.push(await run(script, false));
	return results;
}

const [first, ...others] = process.argv.slice(2);
const [beside, live] = await Promise.all([inTurn(others), run(first, true)]);
for (const { text } of beside) process.stdout.write(text);
for (const { script, passed, seconds } of [...beside, live])
	process.stdout.write(`${passed ? 'passed' : 'FAILED'}  npm run ${script} (${seconds} s)\n`);
process.exitCode = [...beside, live].every(({ passed }) => passed) ? 0 : 1;
