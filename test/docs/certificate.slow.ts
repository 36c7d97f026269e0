import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEntraApp, type EntraApp, type EntraFields } from '../../nodes/shared/entra/app';
import type { AppCertificate } from '../../nodes/shared/entra/certificate';
import { makePair } from '../unit/entra/certificates';
import { commandsOf } from './commands';
import { readPages } from './pages';

// Runs the commands of docs/set-up/entra-app.md as they are written, in the order of the page, in one folder.

const page = readPages().find(({ path }) => path === 'docs/set-up/entra-app.md');
const commands = page ? commandsOf(page) : [];
const command = (part: string): string => {
	const found = commands.filter((line) => line.includes(part));
	if (found.length !== 1) throw new Error(`The page has ${found.length} commands with ${part}.`);
	return found[0];
};

// Without a terminal openssl reads what it asks for from its input.
const isThere = spawnSync('openssl', ['version']).status === 0;
const PASSPHRASE = 'correct horse';
let folder: string;

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'certificate-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function run(line: string, asked: string[] = []): string {
	const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
		cwd: folder,
		encoding: 'utf8',
		input: asked.map((answer) => `${answer}\n`).join(''),
		// One that waits for a person hangs.
		timeout: 600_000,
		detached: true,
	} as Parameters<typeof spawnSync>[2] & { encoding: 'utf8' });
	if (status !== 0) throw new Error(`${line}\n${stderr}`);
	return stdout;
}

const file = (name: string) => readFileSync(join(folder, name), 'utf8');

function accepted(fields: Partial<EntraFields>): AppCertificate {
	const app: EntraApp = readEntraApp({
		tenantId: '01234567-89ab-cdef-0123-456789abcdef',
		clientId: '01234567-89ab-cdef-0123-456789abcdef',
		authentication: 'certificate',
		loginHost: 'login.microsoftonline.com',
		...fields,
	});
	if (app.proof.kind !== 'certificate') throw new Error('no certificate');
	return app.proof.certificate;
}

(isThere ? describe : describe.skip)('openssl, as the page about the app says', () => {
	it('a key and a certificate for a year, which the credential takes', () => {
		run(command('req -x509'));
		const { chain, thumbprintSha1 } = accepted({
			privateKey: file('hr-import.key'),
			certificateChain: file('hr-import.crt'),
		});
		expect(chain).toHaveLength(1);
		const shown = run(command('-fingerprint'));
		expect(shown.replaceAll(':', '')).toContain(`Fingerprint=${thumbprintSha1}`);
		const days = (Date.parse(/notAfter=(.*)/.exec(shown)?.[1] ?? '') - Date.now()) / 86_400_000;
		expect(Math.round(days)).toBe(365);
	});

	it('the same key with a passphrase', () => {
		run(command('pkcs8'), [PASSPHRASE, PASSPHRASE]);
		const privateKey = file('hr-import.encrypted.key');
		expect(privateKey).toContain('BEGIN ENCRYPTED PRIVATE KEY');
		const certificateChain = file('hr-import.crt');
		expect(accepted({ privateKey, passphrase: PASSPHRASE, certificateChain }).privateKey).toBe(
			accepted({ privateKey: file('hr-import.key'), certificateChain }).privateKey,
		);
	});

	it('a .pfx file with a chain: its text goes into both fields, its public half to Entra', async () => {
		const authority = await makePair('Contoso authority');
		const app = await makePair('HR import', { issuer: authority });
		writeFileSync(join(folder, 'app.key'), app.key);
		writeFileSync(join(folder, 'app.crt'), app.certificate);
		writeFileSync(join(folder, 'authority.crt'), authority.certificate);
		run(
			`openssl pkcs12 -export -inkey app.key -in app.crt -certfile authority.crt -passout 'pass:${PASSPHRASE}' -out hr-import.pfx`,
		);
		run(command('pkcs12 -in hr-import.pfx -nodes'), [PASSPHRASE]);
		const whole = file('hr-import.pem');
		const read = accepted({ privateKey: whole, certificateChain: whole });
		expect(read.chain).toHaveLength(2);

		run(command('-nokeys -clcerts'), [PASSPHRASE]);
		const half = file('hr-import.crt');
		expect(half).not.toContain('PRIVATE KEY');
		expect(half.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
		expect(accepted({ privateKey: app.key, certificateChain: half }).thumbprintSha1).toBe(
			read.thumbprintSha1,
		);
	});

	it('a certificate in binary form', () => {
		const before = accepted({ privateKey: file('app.key'), certificateChain: file('app.crt') });
		run('openssl x509 -in app.crt -outform der -out hr-import.cer');
		run(command('-inform der'));
		const after = accepted({ privateKey: file('app.key'), certificateChain: file('hr-import.crt') });
		expect(after.thumbprintSha256).toBe(before.thumbprintSha256);
	});

	it('runs every command of the page', () => {
		const run = [
			'req -x509',
			'-fingerprint',
			'pkcs8',
			'-nodes -out hr-import.pem',
			'-nokeys -clcerts',
			'-inform der',
		];
		expect(run.map(command)).toEqual(commands);
	});
});
