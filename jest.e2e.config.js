const fast = require('./jest.config');

/** What takes minutes, the real n8n above all: one instance and one emulator for the whole run, test after test. */
module.exports = {
	...fast,
	testMatch: ['<rootDir>/test/{e2e,reliability}/**/*.e2e.ts'],
	maxWorkers: 1,
	testTimeout: 30 * 60_000,
};
