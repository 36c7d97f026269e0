import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { demo, startEmulator } from '../emulator';
import { vivaScope } from './client';

const root = join(__dirname, '../../..');
const run = promisify(execFile);

test('MSAL with its own network finds the emulator by NODE_EXTRA_CA_CERTS alone', async () => {
	const emulator = await startEmulator();
	const folder = mkdtempSync(join(tmpdir(), 'hr-emulator-test-'));
	try {
		const ca = join(folder, 'ca.pem');
		emulator.writeCa(ca);
		const program = `
			const { ConfidentialClientApplication } = require('@azure/msal-node');
			new ConfidentialClientApplication({ auth: {
				clientId: '${demo.clientId}', clientSecret: '${demo.clientSecret}',
				authority: '${emulator.origin}/${demo.tenantId}', knownAuthorities: ['localhost:${emulator.port}'],
			} }).acquireTokenByClientCredential({ scopes: ['${vivaScope}'] })
				.then((result) => console.log(result.accessToken.split('.').length));`;
		const { stdout } = await run(process.execPath, ['-e', program], {
			cwd: root,
			env: { ...process.env, NODE_EXTRA_CA_CERTS: ca },
		});
		expect([stdout.trim(), emulator.tokensIssued]).toEqual(['3', 1]);
		expect(emulator.requests.map(({ service }) => service)).toEqual(['discovery', 'token']);
	} finally {
		await emulator.close();
		rmSync(folder, { recursive: true });
	}
});

test('started alone it prints what a person needs, and leaves nothing behind', async () => {
	const child = spawn(process.execPath, ['--import', 'tsx', 'test/emulator/main.ts'], { cwd: root });
	let printed = '';
	child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
	child.stderr.on('data', (data: Buffer) => (printed += data.toString()));
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	while (!printed.includes('Ctrl-C') && child.exitCode === null) await new Promise((r) => setTimeout(r, 50));
	for (const fact of [demo.tenantId, demo.clientId, demo.clientSecret, '/v1.0', '/api/signals', 'Workers']) {
		expect(printed).toContain(fact);
	}
	const ca = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(printed)?.[1] ?? '';
	expect(existsSync(ca)).toBe(true);
	child.kill('SIGINT');
	expect([await ended, existsSync(ca)]).toEqual([0, false]);
});
