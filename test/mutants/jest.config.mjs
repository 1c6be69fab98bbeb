import jestConfig from '../../jest.config.mjs';

const { displayName: _displayName, ...unit } = jestConfig.projects.find(({ displayName }) => displayName === 'unit');

/** Hundreds of cases, or a ledger as large as it may be: a second and more, for each of thousands of mutants. */
const TOO_LONG = ['\\.properties\\.test\\.ts$', '/hostile-', 'largest-tenant', 'split-transactions', 'waiting-vending'];

/** The tests that can run for each mutant: they need no process, no deployment and few hours of virtual time. */
export default {
  ...unit,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/functions/**/*.test.ts'],
  testPathIgnorePatterns: [...unit.testPathIgnorePatterns, ...TOO_LONG, 'reached-files'],
};
