import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startServer, type LocalServer } from './httpsServer';

// Node reads NODE_EXTRA_CA_CERTS only when it starts, so this needs processes of its own.
const run = promisify(execFile);
let server: LocalServer;
let folder: string;

beforeAll(async () => {
	server = await startServer();
	server.handle((_, answer) => void answer.writeHead(204).end());
	folder = await mkdtemp(join(tmpdir(), 'authority-'));
	await writeFile(join(folder, 'ca.pem'), server.ca);
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true });
});

async function ask(extra: NodeJS.ProcessEnv): Promise<string> {
	const { stdout } = await run(process.execPath, ['--import', 'tsx', join(__dirname, 'askOnce.ts')], {
		env: { ...process.env, ASK_URL: server.url, NO_PROXY: '*', ...extra },
	});
	return stdout;
}

it('authorities of NODE_EXTRA_CA_CERTS are trusted, others are not', async () => {
	expect(await ask({})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
	expect(await ask({ NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') })).toBe('204');
});
