import jestConfig from '../../jest.config.mjs';

const { displayName: _, ...unit } = jestConfig.projects.find(({ displayName }) => displayName === 'unit');

/** Of all tests, those that can be run for each mutant: without a process, a deployment, or many hours of virtual time. */
export default {
  ...unit,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/functions/**/*.test.ts'],
};
