import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReceivedFile } from '../emulator/receive';
import { validateViva } from '../emulator/validation/hr';
import { startPersonStore, type PersonStore } from '../emulator/validation/personStore';
import { kindOfAttribute, validateProfiles } from '../emulator/validation/profiles';
import { startProfileStore } from '../emulator/validation/profileStore';
import type { CheckedInput } from '../fixtures/checkedInput';

/** What the emulator's own validation, which shares no code with ours, says of a file. */
export interface Verdict {
	accepted: boolean;
	/** its rules that were broken, each once */
	rules: string[];
	/** number of rows that it would keep */
	rows: number;
}

const folder = mkdtempSync(join(tmpdir(), 'parity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TODAY = 20260314;

/** Who was imported before: the people of the rules' examples. */
function knownPeople(): PersonStore {
	const store = startPersonStore();
	const people = ['ceo', 'ann', 'bob'].map(
		(name) => [`${name}@contoso.com`, { manager: null, latest: 20200101, records: null }] as const,
	);
	store.replace(new Map(people), ['PersonId', 'ManagerId', 'Organization']);
	return store;
}

/**
 * Asks the emulator about a file.
 * @param input the file, its form and where it goes
 */
export async function emulatorVerdict({
	file,
	form,
	destination,
}: Required<Pick<CheckedInput, 'file' | 'form' | 'destination'>>): Promise<Verdict> {
	const path = join(folder, randomUUID());
	writeFileSync(path, file);
	const received = { path, bytes: file.length } as ReceivedFile;
	const header = file.subarray(0, file.indexOf('\r\n')).toString('utf8').split(',');
	const result =
		destination === 'organizationalData'
			? await validateProfiles(
					received,
					form,
					{
						scaleUnit: '',
						connector: null,
						attributes: header,
						requiredAttributes: [],
						apps: [],
						profiles: startProfileStore(kindOfAttribute),
					},
					false,
				)
			: await validateViva(received, {
					form,
					datasetType: destination === 'vivaHr' ? 'HR' : 'Survey',
					// A table alone is a full import only where nobody was imported before (A5).
					people: form === 'zip' ? knownPeople() : startPersonStore(),
					excludeInvalidRows: false,
					keepRows: false,
					keepBytesUpTo: 0,
					today: TODAY,
				});
	rmSync(path);
	const rules = [...new Set(result.errors.map(({ rule }) => rule))];
	// Organizational Data leaves rows out; for us a row that is left out is one that was refused.
	return { accepted: result.valid && rules.length === 0, rules, rows: result.acceptedRows };
}
