import { availableParallelism } from 'node:os';

/** `X.long.test.ts` is left to `npm run test:deep`. */
const LEFT_OUT = process.env['TEST_DEEP'] === undefined ? ['[.]long[.]test[.]ts$'] : [];

/** Packages without a form for `require`. */
const ESM_ALONE = [
  '@middy/',
  'commander/',
  'wrap-ansi/',
  'string-width/',
  'strip-ansi/',
  'ansi-regex/',
  'ansi-styles/',
  'get-east-asian-width/',
];

/** What jest knows beforehand: it would look at each file of `node_modules` otherwise, in each project. */
const ROOTS = [
  'bench',
  'conformance',
  'console',
  'functions',
  'infra',
  'operator',
  'packages',
  'sandbox',
  'statemachines',
  'test',
].map((folder) => `<rootDir>/${folder}`);

/**
 * One project per kind of test, so that each can be run alone (`npx jest --selectProjects unit`).
 * What each needs is in its name: `local-aws` starts MiniStack, `contract` starts moto; the rest need Node alone.
 */
const project = (displayName, folders, extra = {}) => ({
  displayName,
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  setupFiles: ['<rootDir>/test/setup.ts'],
  // The name of the cache of what is translated, the same for all of them.
  id: 'account-vending',
  transform: { '^.+\\.[cm]?[jt]s$': '<rootDir>/test/transformer.cjs' },
  testPathIgnorePatterns: ['/node_modules/', ...LEFT_OUT],
  transformIgnorePatterns: [`/node_modules/(?!${ESM_ALONE.join('|')})`],
  // Packages that npm knows by the same name, here as sources and there as they are packed.
  roots: ROOTS,
  modulePathIgnorePatterns: [
    '<rootDir>/[.]cache/(packages|org-formation)/',
    '<rootDir>/packages/command/package[.]json',
  ],
  moduleNameMapper: { '^@middy/([a-z-]+)$': '<rootDir>/node_modules/@middy/$1/index.js' },
  ...extra,
});

export default {
  randomize: true,
  watchman: false,
  // Only against tests that never end: none is a measure of speed, and a busy machine may be ten times slower.
  testTimeout: 1_200_000,
  // One more than there are cores: tests on the local AWS wait for other processes half of their time.
  maxWorkers: availableParallelism() + 1,
  // A worker keeps a part of each file that it has run, and all that it keeps is looked through for garbage again.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/test/sequencer.mjs',
  projects: [
    project('unit', [
      'functions',
      'sandbox',
      'statemachines',
      'docs',
      'command',
      'commands',
      'conformance',
      'operator',
      'deep',
      'seeds',
      'mutants',
      'bench',
      'check',
      'packages',
    ]),
    project('console', [], { testMatch: ['<rootDir>/console/test/**/*.test.ts'] }),
    project('packages', [], { testMatch: ['<rootDir>/packages/*/test/**/*.test.ts'] }),
    project('infra', ['infra'], { globalSetup: '<rootDir>/test/infra/templates-of-run.mjs' }),
    project('simulation', ['simulation']),
    project('contract', ['contract']),
    project('local-aws', ['local-aws']),
  ],
};
