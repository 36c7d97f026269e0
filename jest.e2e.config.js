const fast = require('./jest.config');

/** The real n8n: one instance and one emulator for the whole run, test after test. */
module.exports = {
	...fast,
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
	maxWorkers: 1,
	testTimeout: 120_000,
};
