import { join } from 'node:path';
import type { ImportSize } from '../../checks/dataset/shrinkCheck';
import { hashParts, namesIn, readNote, writeNote } from '../../storage/noteFiles';

/** How large the employee profiles of a run were: counts and names of columns, nothing of a person. */
export interface LastProfiles extends ImportSize {
	/** the run that sent them */
	run: string;
}

/**
 * Reads how many profiles the last run has sent: those that are not sent again are deleted (source C5).
 * @param folder the folder that n8n keeps for this step
 * @param target address of the service, tenant and job; missing where they are not known: then the only one that was noted counts
 */
export async function readLastProfiles(
	folder: string,
	target: readonly string[] | undefined,
): Promise<LastProfiles | undefined> {
	const names = target
		? [nameOf(target)]
		: (await namesIn(folder)).filter((name) => /^profiles-[0-9a-f]{40}\.json$/.test(name));
	if (names.length !== 1) return undefined;
	const { run = '', rows, columns } = (await readNote<LastProfiles>(join(folder, names[0]))) ?? {};
	return typeof rows === 'number' && Array.isArray(columns) ? { run, rows, columns } : undefined;
}

/** Notes what a run has sent; the files of one run count together. */
export async function noteProfiles(
	folder: string,
	target: readonly string[],
	sent: LastProfiles,
): Promise<void> {
	const before = await readLastProfiles(folder, target);
	const rows = before?.run === sent.run ? before.rows + sent.rows : sent.rows;
	await writeNote(join(folder, nameOf(target)), { ...sent, rows });
}

const nameOf = (target: readonly string[]) =>
	`profiles-${hashParts(target.map((part) => part.toLowerCase()))}.json`;
