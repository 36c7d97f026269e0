import { readFile } from 'node:fs/promises';
import { ownIdentity, stillRuns, type ProcessIdentity } from './processIdentity';

/** What stands in the file of a lock. */
export interface LockRecord {
	/** tells this lock from all others */
	token: string;
	/** grows while the holder lives */
	beat: number;
	holder?: ProcessIdentity;
	/** it was given back */
	released?: boolean;
	/** and everything had been sent */
	sentWhole?: boolean;
}

/** A record that was just begun, or cut by a full disk, says nothing. */
export function parseLockRecord(text: string): LockRecord | undefined {
	try {
		return JSON.parse(text) as LockRecord;
	} catch {
		return undefined;
	}
}

/** Whether a lock was given back, or its holder is known to be dead; what cannot be told counts as held. */
export async function isLockFree(path: string): Promise<boolean> {
	const record = parseLockRecord(await readFile(path, 'utf8').catch(() => ''));
	if (record?.released) return true;
	return (await stillRuns(record?.holder, await ownIdentity())) === false;
}
