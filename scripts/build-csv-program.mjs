/*
 * Compiles assembly/ to WebAssembly and writes it as text into nodes/shared/table/csvProgram.ts, which is committed: so neither
 * who builds the package nor who tests it needs a step of its own. With --check it only compares; a test does that.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const programFile = path.join(checkout, 'nodes', 'shared', 'table', 'csvProgram.ts');

/** The TypeScript file that holds the program. */
async function csvProgramSource() {
	let program;
	const { error, stderr } = await asc.main(
		[
			'assembly/index.ts',
			...['--baseDir', checkout, '--outFile', 'csv.wasm'],
			...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd', '--use', 'abort='],
		],
		{
			writeFile: (_name, contents) => {
				program = Buffer.from(contents);
			},
		},
	);
	if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
	const lines = program.toString('base64').match(/.{1,110}/g);
	return [
		'/* Made by `npm run build:csv` from assembly/. Do not edit. */',
		'',
		'/** The WebAssembly program that reads CSV, in base64. */',
		'export const CSV_PROGRAM = [',
		...lines.map((line) => `\t'${line}',`),
		"].join('');",
		'',
	].join('\n');
}

const source = await csvProgramSource();
if (!process.argv.includes('--check')) writeFileSync(programFile, source);
else if (readFileSync(programFile, 'utf8') !== source) {
	console.error(
		'nodes/shared/table/csvProgram.ts is not what assembly/ compiles to. Run `npm run build:csv`.',
	);
	process.exitCode = 1;
}
