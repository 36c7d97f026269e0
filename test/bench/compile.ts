import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { runNpm } from '../host/npm';

const checkout = path.resolve(__dirname, '..', '..');

/** Runners of the core; each is a process of its own. */
export type Runner = 'ingestFile' | 'ingestItems' | 'ingestHistory' | 'passZip' | 'sendChunks';

const RUNNERS: Runner[] = ['ingestFile', 'ingestItems', 'ingestHistory', 'passZip', 'sendChunks'];

/**
 * Builds the package as it is published, and compiles the runners beside it, so that no loader is measured.
 * @returns the path of a compiled runner
 */
export async function compileRunners(): Promise<(runner: Runner) => string> {
	await runNpm(['run', 'build'], { cwd: checkout });
	const out = path.join(checkout, '.cache', 'bench');
	const folder = path.join(out, 'test', 'bench');
	rmSync(out, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	// The runners say '../../nodes'; here that is what `npm run build` made.
	symlinkSync(path.join(checkout, 'dist', 'nodes'), path.join(out, 'nodes'), 'junction');
	for (const name of ['core', ...RUNNERS]) {
		const source = readFileSync(path.join(__dirname, `${name}.ts`), 'utf8');
		const { outputText } = transpileModule(source, {
			compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
		});
		writeFileSync(path.join(folder, `${name}.js`), outputText);
	}
	return (runner) => path.join(folder, `${runner}.js`);
}
