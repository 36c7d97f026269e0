const { appendFileSync } = require('node:fs');

/**
 * A jest reporter for `.ci/run`: appends one line `passed failed` to the file that TEST_COUNTS_FILE names.
 * A suite that could not run counts as one failure.
 */
module.exports = class CountReporter {
	onRunComplete(_contexts, results) {
		const file = process.env.TEST_COUNTS_FILE;
		if (!file) return;
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		appendFileSync(file, `${results.numPassedTests} ${failed}\n`);
	}
};
