import jestConfig from '../../jest.config.mjs';

const { displayName: _displayName, ...unit } = jestConfig.projects.find(({ displayName }) => displayName === 'unit');

/** The tests that can run for each mutant: they need no process, no deployment and few hours of virtual time. */
export default {
  ...unit,
  rootDir: '../..',
  testTimeout: jestConfig.testTimeout,
  testMatch: ['<rootDir>/test/functions/**/*.test.ts'],
  // These read the text of sources, in which Stryker writes.
  testPathIgnorePatterns: [...unit.testPathIgnorePatterns, 'reached-sdk', 'client-time-outs'],
};
