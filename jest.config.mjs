/**
 * One project per kind of test, so that each can be run alone (`npx jest --selectProjects unit`).
 * What each needs is in its name: `local-aws` starts MiniStack, `contract` starts moto; the rest need Node alone.
 */
const project = (displayName, folders, extra = {}) => ({
  displayName,
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  setupFiles: ['<rootDir>/test/setup.ts'],
  transform: { '^.+\\.[cm]?[jt]s$': ['@swc/jest', { module: { type: 'commonjs' } }] },
  transformIgnorePatterns: ['/node_modules/(?!@middy/)'],
  moduleNameMapper: { '^@middy/([a-z-]+)$': '<rootDir>/node_modules/@middy/$1/index.js' },
  ...extra,
});

export default {
  randomize: true,
  testTimeout: 60_000,
  // jest would leave one core free: of two, that is half of them.
  maxWorkers: '100%',
  projects: [
    project('unit', [
      'functions',
      'sandbox',
      'statemachines',
      'docs',
      'commands',
      'operator',
      'deep',
      'seeds',
      'mutants',
      'bench',
    ]),
    project('infra', ['infra']),
    project('simulation', ['simulation']),
    project('contract', ['contract']),
    project('local-aws', ['local-aws']),
  ],
};
