import jestConfig from '../../jest.config.mjs';

const { displayName: _displayName, ...unit } = jestConfig.projects.find(({ displayName }) => displayName === 'unit');

/** These read the text of sources, in which Stryker writes. */
const OF_TEXTS = ['reached-sdk', 'client-time-outs'];

/** Hundreds of cases, or a ledger as large as it may be: a second and more, for each of thousands of mutants. */
const TOO_LONG = ['\\.properties\\.test\\.ts$', '/hostile-', 'largest-tenant', 'split-transactions', 'waiting-vending'];

/** The tests that can run for each mutant: they need no process, no deployment and few hours of virtual time. */
export default {
  ...unit,
  rootDir: '../..',
  testTimeout: jestConfig.testTimeout,
  testMatch: [`<rootDir>/${process.env.MUTATED_TESTS}/**/*.test.ts`],
  testPathIgnorePatterns: [...unit.testPathIgnorePatterns, ...OF_TEXTS, ...TOO_LONG],
};
