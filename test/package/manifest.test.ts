import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
	dependencies: Record<string, string>;
	devDependencies: Record<string, string>;
	scripts: Record<string, string>;
};

describe('what comes with it', () => {
	it('dependencies are exact versions', () => {
		for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
			expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
		}
		expect(Object.keys(manifest.dependencies).sort()).toEqual([
			'@azure/msal-node',
			'archiver',
			'axios',
			'form-data',
			'yauzl',
		]);
	});

	it('no package that a user gets runs a script at installation', () => {
		const { packages } = JSON.parse(read('package-lock.json')) as {
			packages: Record<string, { dev?: boolean; peer?: boolean; hasInstallScript?: boolean }>;
		};
		const shipped = Object.entries(packages).filter(([name, { dev }]) => name !== '' && dev !== true);
		expect(shipped.length).toBeGreaterThan(20);
		expect(shipped.filter(([, { hasInstallScript }]) => hasInstallScript).map(([name]) => name)).toEqual([]);
	});

	it('the package itself neither', () => {
		const atInstallation = ['preinstall', 'install', 'postinstall', 'prepare'];
		expect(Object.keys(manifest.scripts).filter((name) => atInstallation.includes(name))).toEqual([]);
	});
});
