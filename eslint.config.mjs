import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

const noAssertions = ['error', { assertionStyle: 'never' }];

const environmentInOnePlace = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Environment variables are read in one place: functions/runtime/environment.ts (or sandbox/environment.ts).',
};

/** What stands behind "such as" is an example for people. */
const REGION =
  "/(?<!such as '[^']*)\\b(?:us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(?:-gov|-iso[a-z]?|-de)?-(?:north|south|central|northeast|northwest|southeast|southwest|east|west)-\\d\\b/";
const ARN = "/(?<!such as '[^']*)arn:aws(?:-[a-z-]+)?:/";

const inNoText = (pattern) =>
  ['Literal[value=', 'TemplateElement[value.raw='].map((node) => ({
    selector: `${node}${pattern}]`,
    message:
      'Regions and partitions of AWS stand in functions/domain/places/partitions.ts alone; ARNs begin with the partition that is at hand.',
  }));

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'cdk.out',
      '.venv',
      '.cache',
      'coverage',
      '**/*.mjs',
      '**/*.cjs',
      'console/dist',
      'console/src/generated',
      'packages/client/src/generated',
      'dist',
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': noAssertions,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-syntax': ['error', environmentInOnePlace, ...inNoText(REGION), ...inNoText(ARN)],
      complexity: ['error', 12],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // The model of an organization writes its ARNs in arn.ts, beside documents that AWS writes for its first partition.
    files: ['sandbox/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', environmentInOnePlace, ...inNoText(REGION)] },
  },
  {
    files: [
      'functions/domain/places/partitions.ts',
      // An example for people, who replace it.
      'sandbox/commands/openapi/openapi.ts',
      // Where the local AWS is, and what is planted in it.
      'sandbox/runtime/embedded/embedded-workflow.ts',
      'sandbox/organization/example-place.ts',
      'sandbox/organization/other-organizations.ts',
      'sandbox/runtime/stage/planes.ts',
      'sandbox/runtime/stage/shell-environment.ts',
      'bench/**/*.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', environmentInOnePlace] },
  },
  {
    files: [
      'functions/runtime/environment.ts',
      'operator/environment.ts',
      'packages/client/src/environment.ts',
      'sandbox/environment.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['test/**/*.ts', 'console/test/**/*.ts', 'packages/*/test/**/*.ts'],
    plugins: { jest },
    rules: {
      ...jest.configs['flat/recommended'].rules,
      ...jest.configs['flat/style'].rules,
      // Assertions shared by several tests live in functions named expect…; a property runs its assertion inside fast-check.
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'fc.assert'] }],
      '@typescript-eslint/consistent-type-assertions': 'off',
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    // Elements of a page take lines, and no decisions.
    files: ['console/src/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Tests in a browser, with answers like those of AWS.
    files: ['console/browser/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      'max-lines-per-function': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    // Stories that one file of tests plays on one deployment.
    files: ['test/local-aws/stories/*.ts'],
    rules: { 'jest/no-export': 'off' },
  },
  prettier,
  {
    // Prettier wraps code, and leaves comments as they are.
    rules: { 'max-len': ['error', { code: 10_000, comments: 120, ignoreUrls: true }] },
  },
);
