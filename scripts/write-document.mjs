// Runs one test file and lets it write the part of a page that it prints.
// Use: node scripts/write-document.mjs <project> <path of the test>
import { spawnSync } from 'node:child_process';

// A process of its own: what a test forks inherits the arguments of node, and must not start jest once more.
const [project, path] = process.argv.slice(2);
const { status } = spawnSync(
	process.execPath,
	['node_modules/jest/bin/jest.js', '--selectProjects', project, '--testPathPatterns', path],
	{ stdio: 'inherit', env: { ...process.env, WRITE_DOCUMENTS: 'yes' } },
);
process.exit(status ?? 1);
