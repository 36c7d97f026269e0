const { availableParallelism } = require('node:os');

// n8n's own logger would otherwise print what steps report to people who run a server.
process.env.N8N_LOG_LEVEL ??= 'silent';

const common = {
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/host/versions/'],
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
};

const project = (displayName, testMatch) => ({
	...common,
	displayName,
	testMatch: [`<rootDir>/test/${testMatch}`],
});

const projects = [
	// what a change is tried with: unit, node and emulator
	project('fast', '**/*.test.ts'),
	// what takes more than some two seconds of processor time, or other programs
	project('slow', '**/*.slow.ts'),
];

/** Each starts n8n, in one process for the whole run, or takes minutes otherwise: only where it is named. */
const inN8n = [
	project('e2e', '{e2e,reliability}/**/*.e2e.ts'),
	// the package installed as users do it in n8n's settings, in the oldest and the newest supported n8n
	project('install', 'install/**/*.e2e.ts'),
	// one main, two workers, Redis and PostgreSQL
	project('queue', 'queue/**/*.queue.ts'),
];
const isNamed = process.argv.some((argument) => inN8n.some(({ displayName }) => displayName === argument));
const withN8n = isNamed && process.argv.includes('--selectProjects');

module.exports = {
	projects: withN8n ? inN8n : projects,
	// Only a hang takes longer, however busy the machine is: no test has an upper bound of time on the clock.
	testTimeout: (withN8n ? 30 : 10) * 60_000,
	// One more than there are processors: a test that waits for a disk or a peer leaves its processor to another.
	maxWorkers: withN8n ? 1 : availableParallelism() + 1,
	// .ci/run adds up what several runs counted.
	reporters: ['default', ...(process.env.TEST_COUNTS_FILE ? ['<rootDir>/test/countReporter.cjs'] : [])],
};
