const { TestEnvironment } = require('jest-environment-node');

/** Ends a test file at its first red test: one is enough to notice a mutation, and the others only take time. */
module.exports = class FirstFailureEnvironment extends TestEnvironment {
  #failed = false;

  async handleTestEvent(event) {
    if (event.name === 'test_done' && event.test.errors.length > 0) this.#failed = true;
    if (!this.#failed) return;
    if (event.name === 'run_describe_start') event.describeBlock.mode = 'skip';
    if (event.name === 'test_start') event.test.mode = 'skip';
  }
};
