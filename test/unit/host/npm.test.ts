import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { environmentOutsideNpm, runNpm } from '../../host/npm';

describe('environmentOutsideNpm', () => {
	it('leaves out what an enclosing npm says about this package, and keeps what the user set', () => {
		const env = {
			PATH: '/bin',
			npm_config_registry: 'https://npm.example',
			npm_config_legacy_peer_deps: 'true',
			npm_config_ignore_scripts: 'true',
			npm_config_local_prefix: '/checkout',
			npm_package_name: 'ours',
			npm_lifecycle_event: 'demo',
			INIT_CWD: '/checkout',
		};
		expect(environmentOutsideNpm(env)).toEqual({ PATH: '/bin', npm_config_registry: 'https://npm.example' });
	});
});

describe('runNpm', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'run-npm-'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('follows the .npmrc of the folder, whatever this checkout sets', async () => {
		writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
		writeFileSync(path.join(folder, '.npmrc'), 'legacy-peer-deps=false\n');
		process.env.npm_config_legacy_peer_deps = 'true';
		try {
			const setting = await runNpm(['config', 'get', 'legacy-peer-deps'], { cwd: folder });
			expect(setting.trim()).toBe('false');
		} finally {
			delete process.env.npm_config_legacy_peer_deps;
		}
	});

	it('says what npm said when it fails', async () => {
		writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
		await expect(runNpm(['run', 'nothing-of-this-name'], { cwd: folder })).rejects.toThrow(
			/exit code 1\):[^]*nothing-of-this-name/,
		);
	});

	it('runs scripts under the Node it is told', async () => {
		writeFileSync(
			path.join(folder, 'package.json'),
			'{"private":true,"scripts":{"which":"node -p process.execPath"}}',
		);
		const out = await runNpm(['run', '--silent', 'which'], { cwd: folder, node: process.execPath });
		expect(out.trim()).toBe(
			execFileSync(process.execPath, ['-p', 'process.execPath'], { encoding: 'utf8' }).trim(),
		);
	});
});
