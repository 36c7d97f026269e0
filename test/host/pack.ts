import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Host } from './install';
import { runNpm } from './npm';

const checkout = path.resolve(__dirname, '..', '..');

/**
 * Builds this package and packs it, as it would be published. A release names the file that it will publish in `N8N_HR_TARBALL`;
 * that one is taken then.
 *
 * @param folder where the tarball goes
 * @returns path of the tarball
 */
export async function packPackage(folder: string): Promise<string> {
	const given = process.env.N8N_HR_TARBALL;
	if (given) return given;
	await runNpm(['run', 'build'], { cwd: checkout });
	mkdirSync(folder, { recursive: true });
	const report = await runNpm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: checkout,
	});
	const [{ filename }] = JSON.parse(report) as [{ filename: string }];
	return path.join(folder, filename);
}

/**
 * Installs a tarball as a community node of the n8n that will run in `userFolder`, as users do.
 */
export async function installPackage(host: Host, userFolder: string, tarball: string): Promise<void> {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	const manifest = path.join(nodes, 'package.json');
	if (!existsSync(manifest)) writeFileSync(manifest, '{"name":"installed-nodes","private":true}\n');
	await runNpm(
		[
			'install',
			tarball,
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--prefer-offline',
			'--no-audit',
			'--no-fund',
		],
		{ cwd: nodes, node: host.node },
	);
}
