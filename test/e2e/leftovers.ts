import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name));
}

/** Files that this package made below n8n's folder for temporary files: those in a folder that bears its name. */
export function ownFilesBelow(temporaryFolder: string): string[] {
	return filesBelow(temporaryFolder).filter((file) =>
		path.relative(temporaryFolder, file).includes('n8n-nodes-microsoft-hr'),
	);
}
