import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { Problem, problem } from '../../core/problem';
import { TOKEN_FILE } from './permission';

/** A token has one or two kilobytes. */
const MAX_BYTES = 16 * 1024;
/** Never follows a link that came since, and never waits for a writer. Windows knows neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads the token file as it is now: Kubernetes renews it. Its links are followed, but not out of its folder.
 * @param path absolute
 * @throws Problem `configuration`; it holds nothing of the file
 */
export async function readTokenFile(path: string): Promise<string> {
	try {
		return await readOnce(path).catch(async (error: unknown) => {
			// Kubernetes renews by a new folder; the old one may go before the file in it is open.
			if (codeOf(error) !== 'ENOENT') throw error;
			return await readOnce(path);
		});
	} catch (error) {
		throw error instanceof Problem ? error : unreadable(codeOf(error));
	}
}

async function readOnce(path: string): Promise<string> {
	const [folder, file] = await Promise.all([realpath(dirname(path)), realpath(path)]);
	if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
		throw unusable('is a link that leads out of its folder');
	}
	const handle = await open(file, FLAGS);
	try {
		if (!(await handle.stat()).isFile()) throw unusable('is not a regular file');
		const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAX_BYTES + 1), 0, MAX_BYTES + 1, 0);
		if (bytesRead > MAX_BYTES) throw unusable('is too large for a token');
		return buffer.toString('utf8', 0, bytesRead).trim();
	} finally {
		await handle.close();
	}
}

function codeOf(error: unknown): string {
	const code = (error as NodeJS.ErrnoException | undefined)?.code;
	return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : 'unknown';
}

function unreadable(code: string): Problem {
	if (code === 'ENOENT' || code === 'ENOTDIR') return unusable('does not exist');
	return unusable(
		code === 'EACCES' || code === 'EPERM' ? 'may not be read by n8n' : `cannot be read (${code})`,
	);
}

function unusable(what: string): Problem {
	return problem.configuration(
		`The token file that ${TOKEN_FILE} names ${what}.`,
		'Ask who runs n8n to check the volume of the service account token, and its rights.',
	);
}
