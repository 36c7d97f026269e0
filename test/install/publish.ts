import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { runNpm } from '../host/npm';
import { packPackage } from '../host/pack';
import type { PublishedVersion } from './registry';

const run = promisify(execFile);

/**
 * Builds and packs this package, and the same once more under a later version number, so that there is something to update to.
 * @param folder where the tarballs go
 */
export async function packTwoVersions(folder: string): Promise<[PublishedVersion, PublishedVersion]> {
	const tarball = await packPackage(folder);
	const unpacked = path.join(folder, 'later');
	mkdirSync(unpacked);
	await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
	const manifestFile = path.join(unpacked, 'package.json');
	const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as PublishedVersion['manifest'];
	const later = {
		...manifest,
		version: manifest.version.replace(/\d{1,9}$/, (patch) => String(Number(patch) + 1)),
	};
	writeFileSync(manifestFile, JSON.stringify(later, null, 2));
	const report = await runNpm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: unpacked,
	});
	const [{ filename }] = JSON.parse(report) as [{ filename: string }];
	return [
		{ manifest, tarball },
		{ manifest: later, tarball: path.join(folder, filename) },
	];
}
