const end = require('./jest.e2e.config');

/** The package installed as users do it in n8n's settings, in the oldest and the newest supported n8n. */
module.exports = {
	...end,
	testMatch: ['<rootDir>/test/install/**/*.e2e.ts'],
};
