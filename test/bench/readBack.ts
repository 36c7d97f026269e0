import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { openPromise } from 'yauzl';
import { ensureTools } from '../roundTrip/tools';

const LINE_FEED = 0x0a;

/** Prints the SHA-256 of the table in a zip. */
const PYTHON = `
import hashlib, sys, zipfile
digest = hashlib.sha256()
with zipfile.ZipFile(sys.argv[1]) as package, package.open("data.csv") as table:
    for block in iter(lambda: table.read(1 << 20), b""):
        digest.update(block)
print(digest.hexdigest())
`;

/**
 * Reads the table of a large package with Python's zipfile, Info-ZIP's unzip, 7z and yauzl.
 * @param zip path of the package
 * @returns size in bytes and lines of the table
 * @throws Error where two readers find another table, or one of them nothing
 */
export async function readAlike(zip: string): Promise<{ bytes: number; lines: number }> {
	await ensureTools();
	const { sha256, ...table } = await readWithYauzl(zip);
	const found = {
		Python: execFileSync('python3', ['-c', PYTHON, zip], { encoding: 'utf8' }),
		unzip: sumOf('unzip -p "$1" data.csv', zip),
		'7z': sumOf('7z e -so "$1" data.csv', zip),
	};
	for (const [reader, sum] of Object.entries(found)) {
		if (sum.slice(0, 64) !== sha256) throw new Error(`${reader} reads another table than yauzl.`);
	}
	return table;
}

function sumOf(command: string, zip: string): string {
	return execFileSync('bash', ['-o', 'pipefail', '-c', `${command} | sha256sum`, 'bench', zip], {
		encoding: 'utf8',
	});
}

async function readWithYauzl(path: string): Promise<{ sha256: string; bytes: number; lines: number }> {
	const zip = await openPromise(path);
	const hash = createHash('sha256');
	let bytes = 0;
	let lines = 0;
	for await (const entry of zip.eachEntry()) {
		if (entry.fileName !== 'data.csv') continue;
		for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
			hash.update(piece);
			bytes += piece.length;
			for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) lines++;
		}
	}
	return { sha256: hash.digest('hex'), bytes, lines };
}
