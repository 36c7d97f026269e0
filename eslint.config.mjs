import { config } from '@n8n/node-cli/eslint';
import regexp from 'eslint-plugin-regexp';

// n8n's own rules for community nodes, all of them. Switched off by name is only what exists for n8n Cloud:
// this package carries the libraries that streamed uploads, certificates and proxies need (owner's decision,
// docs/decisions.md), so it is for self-hosted n8n, where these three rules have nothing to protect.
const forCloudOnly = {
	// verified nodes may have no dependencies at all
	'@n8n/community-nodes/no-runtime-dependencies': 'off',
	// no node:fs, node:stream, axios … in n8n Cloud's sandbox
	'@n8n/community-nodes/no-restricted-imports': 'off',
	// no timers and no process there
	'@n8n/community-nodes/no-restricted-globals': 'off',
};

export default [
	// assembly/ is AssemblyScript: its own compiler checks it, with other types.
	{ ignores: ['dist/**', 'coverage/**', '.cache/**', 'assembly/**'] },
	...config,
	{ files: ['package.json', '**/*.ts'], rules: forCloudOnly },
	{
		files: ['**/*.ts'],
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
		},
	},
	{
		// A function is read at once; more parameters than three have names.
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: {
			'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }],
			'max-params': ['error', 3],
		},
	},
	{
		// What comes from outside can be written to make a pattern try for hours.
		files: ['**/*.{ts,js,mjs,cjs}'],
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential' }],
		},
	},
	{
		// Tests are not shipped: they start processes, throw plain errors, plant secrets to look for, and what a person
		// starts in a terminal talks to that person.
		files: ['test/**/*.ts'],
		rules: {
			'no-console': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
			'@n8n/community-nodes/require-node-api-error': 'off',
			'@n8n/community-nodes/missing-paired-item': 'off',
		},
	},
	{
		// A credential may hold expressions: only this file asks for one, and always for an item.
		files: ['nodes/**/*.ts'],
		ignores: ['nodes/shared/n8n/credentials/itemCredential.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector: "MemberExpression[property.name='getCredentials']",
					message: 'Use credentialReader or credentialOf, which resolve the credential for an item.',
				},
			],
		},
	},
];
