import { temporaryFolder } from './privateMachine';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createSpool } from '../../nodes/shared/files/spool';
import { filesBelow, ownFilesBelow } from '../e2e/leftovers';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { rowValues } from './planted';

const folder = join(temporaryFolder, 'killed');
const planted = rowValues['a name'];

let emulator: Emulator;
beforeAll(async () => {
	mkdirSync(folder);
	emulator = await startEmulator();
	emulator.writeCa(join(temporaryFolder, 'ca.pem'));
});
afterAll(async () => await emulator.close());

it('a process that is killed in the middle of an upload leaves nothing that can be read, and the next one sweeps', async () => {
	emulator.fault({ service: 'push', action: { kind: 'hang' } });
	const child = spawn(
		process.execPath,
		[
			'--import',
			createRequire(__filename).resolve('tsx'),
			join(__dirname, 'uploadAndHang.ts'),
			emulator.vivaBaseUrl,
			demo.tenantId,
			'no-token',
			planted,
		],
		{
			env: {
				...process.env,
				TMPDIR: folder,
				NODE_EXTRA_CA_CERTS: join(temporaryFolder, 'ca.pem'),
				NODE_OPTIONS: '',
				DEBUG: '',
			},
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	const ended = once(child, 'exit');
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	// It went through a file: otherwise there would be nothing to find.
	expect(JSON.parse(line.toString())).toEqual({ fd: expect.any(Number) as number });
	while (!emulator.requests.some(({ service, bodyBytes }) => service === 'push' && bodyBytes > 0))
		await wait(20);

	const own = `n8n-nodes-microsoft-hr-${process.getuid?.()}`;
	expect(ownFilesBelow(folder)).toEqual([]);
	expect((await readdir(folder)).filter((name) => name.startsWith('n8n-nodes'))).toEqual([own]);
	expect(statSync(join(folder, own)).mode & 0o777).toBe(0o700);
	child.kill('SIGKILL');
	expect(await ended).toEqual([null, 'SIGKILL']);
	expect(filesBelow(folder).filter((path) => readFileSync(path, 'latin1').includes(planted))).toEqual([]);
	expect(emulator.ingestions).toEqual([]);

	// Killed in the instant between opening and unlinking, it would leave such a file.
	const left = join(folder, own, `${child.pid}-${Date.now() - 5_000}-${randomUUID()}.spool`);
	writeFileSync(left, planted, { mode: 0o600 });
	const spool = createSpool({ memoryLimit: 1, folder });
	await new Promise((resolve) => spool.sink.write(Buffer.from('next'), resolve));
	expect(ownFilesBelow(folder)).toEqual([]);
	await spool.discard();
});
