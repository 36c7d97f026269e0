// n8n's own logger would otherwise print what steps report to people who run a server.
process.env.N8N_LOG_LEVEL ??= 'silent';

/** Fast tests: unit, node and emulator. The end-to-end run has a configuration of its own. */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: {
		'\\.(m?js|ts)$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	// archiver 8 and what it stands on are ESM only; Node's require loads them, jest's does not.
	transformIgnorePatterns: [
		'/node_modules/(?!(archiver|zip-stream|compress-commons|crc32-stream|is-stream|readdir-glob|jose|p-limit|yocto-queue|marked|github-slugger|@actions/workflow-parser|@actions/expressions)/)',
	],
	moduleNameMapper: {
		// Property tests: the same cases in every run, unless a seed is told.
		'^fast-check$': '<rootDir>/test/seededFastCheck.cjs',
		// GitHub's own parser of workflows names its files for import only.
		'^@actions/(workflow-parser|expressions)$': '<rootDir>/node_modules/@actions/$1/dist/index.js',
		'^@actions/expressions/(.*)$': '<rootDir>/node_modules/@actions/expressions/dist/$1.js',
	},
	clearMocks: true,
	// Only a hang takes longer, however busy the machine is: no test has an upper bound of time on the clock.
	testTimeout: 600_000,
	// All processors: the tests mostly compute.
	maxWorkers: '100%',
	// .ci/run adds up what several runs counted.
	reporters: ['default', ...(process.env.TEST_COUNTS_FILE ? ['<rootDir>/test/countReporter.cjs'] : [])],
};
