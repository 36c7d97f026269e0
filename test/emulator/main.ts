import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo, demoReport, startEmulator } from './emulator';

/** `npm run emulator [-- --port 8443]`: the emulator alone, for a person who points n8n at it. */
async function main(): Promise<void> {
	const argument = process.argv.indexOf('--port');
	const port = argument < 0 ? 0 : Number(process.argv[argument + 1]);
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new Error('--port needs a number up to 65535');
	const emulator = await startEmulator({ port, settings: { extractionMs: 5_000, processingMs: 10_000 } });

	const folder = mkdtempSync(join(tmpdir(), 'microsoft-hr-emulator-'));
	// Before anything is printed: whoever reads it may press Ctrl-C at once.
	const stop = (): void => {
		rmSync(folder, { recursive: true, force: true });
		void emulator.close();
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);

	const files = {
		ca: join(folder, 'ca.pem'),
		certificate: join(folder, 'app-certificate.pem'),
		key: join(folder, 'app-private-key.pem'),
	};
	emulator.writeCa(files.ca);
	writeFileSync(files.certificate, emulator.appCertificate.certificatePem);
	writeFileSync(files.key, emulator.appCertificate.privateKeyPem, { mode: 0o600 });

	console.log(
		[
			`Microsoft HR emulator: ${emulator.origin}`,
			'',
			'1. Start n8n so that it trusts the emulator:',
			`   NODE_EXTRA_CA_CERTS=${files.ca} n8n start`,
			'',
			'2. In n8n, add the credential "Viva HR API":',
			`   Tenant ID       ${demo.tenantId}`,
			`   Client ID       ${demo.clientId}`,
			`   Client secret   ${demo.clientSecret}`,
			'   or a certificate and its private key:',
			`                   ${files.certificate}`,
			`                   ${files.key}`,
			'   Cloud           Custom',
			`   Login host      ${emulator.origin}`,
			`   API base URL    ${emulator.vivaBaseUrl}`,
			`   Scale unit      leave blank, or ${demo.scaleUnit}`,
			'',
			'3. For Purview, the credential "Purview HR API" with the same ids, and:',
			`   Webhook URL     ${emulator.signalsUrl}`,
			...Object.entries(demo.jobs).map(([name, jobId]) => `   Job ID          ${jobId}  (${name})`),
			'',
			'4. Employees, for an HTTP Request step with Basic Auth:',
			`   ${emulator.origin}${demoReport.workersPath}`,
			`   User            ${demoReport.user}`,
			`   Password        ${demoReport.password}`,
			'',
			`What arrived: ${emulator.origin}/__emulator__/state`,
			'Stop with Ctrl-C.',
		].join('\n'),
	);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
