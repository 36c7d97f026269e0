const endToEnd = require('./jest.e2e.config');

/** n8n in queue mode: one main, two workers, Redis and PostgreSQL for the whole run. */
module.exports = {
	...endToEnd,
	testMatch: ['<rootDir>/test/queue/**/*.queue.ts'],
};
