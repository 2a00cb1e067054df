// mocha's own report, and the counts in the file that TERRATRAIN_TEST_COUNTS names, for the closing line of npm test.
'use strict';
const { appendFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class CountingReporter extends reporters.Spec {
  done(failures, end) {
    const file = process.env.TERRATRAIN_TEST_COUNTS;
    if (file !== undefined) {
      appendFileSync(
        file,
        `${JSON.stringify({ passes: this.stats.passes, failures: this.stats.failures })}\n`,
      );
    }
    if (end) end(failures);
  }
};
