import { existsSync, readFileSync } from 'node:fs';
import { demo } from '../emulator/emulator';
import { foundIn, inFull, TOKEN_BEGINS } from '../fixtures/canaries';
import type { Bench } from './bench';
import { plantedBadAddress } from './failures';
import { filesBelow, ownFilesBelow } from './leftovers';
import { plantedOrganization } from './people';

/**
 * Must show 5, after everything else has run: what must never be written was not written. Looks at n8n's log (debug),
 * at the errors of all executions, and at the folder for temporary files.
 */
export function testSecrets(bench: () => Bench): void {
	const planted = (): Record<string, string> => {
		const { privateKeyPem } = bench().emulator.appCertificate;
		return {
			'client secret': demo.clientSecret,
			'expired client secret': demo.expiredClientSecret,
			'secret of another app': demo.strangerClientSecret,
			'wrong client secret': 'planted-wrong-secret-7319',
			'private key': privateKeyPem.split('\n')[3],
			'row value': plantedOrganization,
			'value of an invalid row': plantedBadAddress,
			token: TOKEN_BEGINS,
		};
	};
	const found = (text: string): string[] => foundIn(text, planted());

	describe('nothing secret is left behind', () => {
		it('the search finds what is there', () => {
			const { privateKeyPem } = bench().emulator.appCertificate;
			expect(found(`x${demo.clientSecret}y ${privateKeyPem} eyJhbGciOi ${plantedOrganization}`)).toEqual([
				'client secret',
				'private key',
				'row value',
				'token',
			]);
		});

		it("in n8n's log", () => {
			const log = readFileSync(bench().n8n.logFile, 'utf8');
			// The step and failing runs are in it: it is the right log, and talkative.
			expect(log).toContain('vivaHrIngest');
			expect(found(log)).toEqual([]);
		});

		it('in the errors of executions', () => {
			const errors = bench().executions.flatMap((execution) => [
				execution.error,
				...Object.values(execution.runs).flatMap((runs) => runs.map(({ error }) => error)),
			]);
			const texts = errors.filter((error) => error !== undefined).map(withoutNode);
			expect(texts.length).toBeGreaterThan(10);
			expect([...new Set(texts.flatMap(found))]).toEqual([]);
		});

		it('in temporary files', () => {
			const folder = bench().n8n.temporaryFolder;
			expect(existsSync(folder)).toBe(true);
			const left = filesBelow(folder);
			expect([...new Set(left.flatMap((file) => found(readFileSync(file, 'latin1'))))]).toEqual([]);
			// Nothing of ours at all.
			expect(ownFilesBelow(folder)).toEqual([]);
		});

		it('and the emulator had no failure of its own', () => {
			expect(bench().emulator.failures).toEqual([]);
		});
	});
}

/** The workflow's own node, with its parameters, is left out. */
function withoutNode(error: unknown): string {
	return inFull(error, ['node']);
}
