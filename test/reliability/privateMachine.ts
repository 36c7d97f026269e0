// Imported before everything else: libraries read this when they are loaded.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for temporary files that no one else uses, so that whatever is left there is ours. */
export const temporaryFolder = mkdtempSync(join(tmpdir(), 'hr-reliability-'));
process.env.TMPDIR = temporaryFolder;
process.env.N8N_USER_FOLDER = join(temporaryFolder, 'home');
// The most talkative that libraries can be: follow-redirects and others write to the error output then.
// n8n's own logger would tell of its making.
process.env.DEBUG = '-winston*,*';
process.env.N8N_LOG_LEVEL = 'debug';

afterAll(() => rmSync(temporaryFolder, { recursive: true, force: true }));
