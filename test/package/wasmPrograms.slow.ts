import { execFileSync } from 'node:child_process';
import path from 'node:path';

const checkout = path.resolve(__dirname, '..', '..');

describe('nodes/shared/csv/csvProgram.ts', () => {
	it('is what assembly/ compiles to', () => {
		const check = () =>
			execFileSync(process.execPath, ['scripts/build-wasm.mjs', '--check'], {
				cwd: checkout,
				encoding: 'utf8',
				stdio: 'pipe',
			});
		expect(check).not.toThrow();
	});
});
