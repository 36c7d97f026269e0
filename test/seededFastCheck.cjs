const path = require('node:path');

// A path, because the name would lead back to this file.
const fastCheck = require(path.join(__dirname, '../node_modules/fast-check/lib/cjs/fast-check.js'));

/*
 * The same random cases in every run, so that a run tells something about the change and not about chance. To look for new
 * cases: FAST_CHECK_SEED=$RANDOM npx jest test/unit/table
 */
fastCheck.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261121) });

module.exports = fastCheck;
