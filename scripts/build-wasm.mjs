/*
 * Compiles the programs in assembly/ to WebAssembly and writes them as text into nodes/, which is committed: so neither who
 * builds the package nor who tests it needs a step of its own. With --check it only compares; a test does that.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const PROGRAMS = [
	{
		source: 'assembly/csv.ts',
		target: 'nodes/shared/csv/csvProgram.ts',
		name: 'CSV_PROGRAM',
		what: 'reads CSV',
	},
	{
		source: 'assembly/people.ts',
		target: 'nodes/shared/people/peopleProgram.ts',
		name: 'PEOPLE_PROGRAM',
		what: 'knows everybody in a file',
	},
];

/** The TypeScript file that holds a program. */
async function compiled({ source, name, what }) {
	let program;
	const { error, stderr } = await asc.main(
		[
			source,
			...['--baseDir', checkout, '--outFile', 'program.wasm'],
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
		`/* Made by \`npm run build:wasm\` from ${source}. Do not edit. */`,
		'',
		`/** The WebAssembly program that ${what}, in base64. */`,
		`export const ${name} = [`,
		...lines.map((line) => `\t'${line}',`),
		"].join('');",
		'',
	].join('\n');
}

for (const program of PROGRAMS) {
	const text = await compiled(program);
	const file = path.join(checkout, program.target);
	if (!process.argv.includes('--check')) writeFileSync(file, text);
	else if (readFileSync(file, 'utf8') !== text) {
		console.error(`${program.target} is not what ${program.source} compiles to. Run \`npm run build:wasm\`.`);
		process.exitCode = 1;
	}
}
