/** The arrows of docs/architecture.md: who may import whom. Each rule says why it is there. */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'Decisions depend on nothing but their input. The ASL file is imported for its type alone.',
      severity: 'error',
      from: { path: '^functions/domain/' },
      to: {
        pathNot: [
          '^functions/domain/',
          '^statemachines/[^/]+[.]asl[.]json$',
          '^node_modules/zod/',
          // Decimals, and their types.
          '^node_modules/(@types/)?big[.]js/',
          '^(node:)?(crypto|util)$',
        ],
      },
    },
    {
      name: 'ports-speak-our-words',
      comment: 'A port says what is needed in words of the domain; no type of an SDK stands in a signature.',
      severity: 'error',
      from: { path: '^functions/ports/' },
      to: { pathNot: ['^functions/ports/', '^functions/domain/', '^node_modules/zod/'] },
    },
    {
      name: 'step-sees-ports-and-domain',
      comment: 'What a state does is told without AWS; handler.ts brings both together.',
      severity: 'error',
      from: { path: '^functions/steps/([^/]+)/', pathNot: '/handler[.]ts$' },
      to: {
        pathNot: [
          '^functions/steps/$1/',
          '^functions/steps/[^/]+[.]ts$',
          '^functions/ports/',
          '^functions/domain/',
          '^util$',
        ],
      },
    },
    {
      name: 'shared-steps-see-ports-and-domain',
      comment: 'What several steps share knows as little of AWS as they do, and none of them.',
      severity: 'error',
      from: { path: '^functions/steps/[^/]+[.]ts$' },
      to: {
        pathNot: [
          '^functions/steps/[^/]+[.]ts$',
          '^functions/ports/',
          '^functions/domain/',
          // The table names the actions that each step may call.
          '^functions/aws/permissions/',
          '^util$',
        ],
      },
    },
    {
      name: 'steps-do-not-know-each-other',
      comment: 'The ASL file alone says which state follows which.',
      severity: 'error',
      from: { path: '^functions/steps/([^/]+)/' },
      to: { path: '^functions/steps/', pathNot: ['^functions/steps/$1/', '^functions/steps/[^/]+[.]ts$'] },
    },
    {
      name: 'ledger-decides-over-ports',
      comment:
        'What is written down is decided over the port of the store, so that every store sees the same decisions.',
      severity: 'error',
      from: { path: '^functions/ledger/' },
      to: {
        pathNot: [
          '^functions/(ledger|ports|domain|(metering|meshstack)/domain)/',
          '^node_modules/zod/',
          '^(node:)?util$',
        ],
      },
    },
    {
      name: 'modules-decide-purely',
      comment: 'Metering and meshStack have a domain of their own, as pure as the other one.',
      severity: 'error',
      from: { path: '^functions/(metering|meshstack)/domain/' },
      to: {
        pathNot: [
          '^functions/$1/domain/',
          '^functions/domain/',
          '^node_modules/zod/',
          '^node_modules/(@types/)?big[.]js/',
        ],
      },
    },
    {
      name: 'adapters-serve-ports',
      comment:
        'An adapter knows AWS and the port that it serves, not who asks. The table says what each step may call.',
      severity: 'error',
      from: { path: '^functions/aws/' },
      to: {
        path: '^functions/',
        pathNot: [
          '^functions/aws/',
          '^functions/ports/',
          '^functions/domain/',
          '^functions/steps/(table|step-row|each-step)[.]ts$',
        ],
      },
    },
    {
      name: 'only-aws-knows-the-sdk',
      severity: 'error',
      from: { path: '^functions/', pathNot: '^functions/((metering|meshstack)/)?aws/' },
      to: { path: '^node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'only-handlers-choose-adapters',
      comment:
        'Composition happens in one kind of file; the runtime has the settings of all adapters in its host, and the table of the steps the names of actions.',
      severity: 'error',
      from: {
        path: '^functions/',
        pathNot: [
          '^functions/((metering|meshstack)/)?aws/',
          '^functions/runtime/',
          '^functions/steps/(table|step-row|each-step)[.]ts$',
          '/handler[.]ts$',
        ],
      },
      to: { path: '^functions/((metering|meshstack)/)?aws/' },
    },
    {
      name: 'functions-stand-alone',
      comment: 'What runs on Lambda knows neither how it is deployed nor how it is tried out.',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(infra|command|operator|packages|sandbox|test|bench)/' },
    },
    {
      name: 'functions-need-no-tools',
      comment: 'A bundle contains dependencies of production alone. Types leave nothing behind.',
      severity: 'error',
      from: { path: '^functions/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'infra-shares-names-with-functions',
      comment: 'The CDK app knows what it has to agree on with the functions, and nothing of what they do.',
      severity: 'error',
      from: { path: '^infra/' },
      to: {
        path: '^functions/',
        pathNot: [
          '^functions/domain/',
          '^functions/(ports/(event-schemas|ledger-store|outcome-publisher)|aws/permissions/[^/]+)[.]ts$',
          '^functions/runtime/environment[.]ts$',
          '^functions/steps/(table|step-row|each-step)[.]ts$',
        ],
      },
    },
    {
      name: 'definitions-stand-alone',
      comment: 'Every interpreter of a state machine, on AWS or elsewhere, takes the complete definition from here.',
      severity: 'error',
      from: { path: '^statemachines/' },
      to: { pathNot: ['^statemachines/', '^functions/steps/(table|step-row|each-step)[.]ts$'] },
    },
    {
      name: 'infra-is-the-real-thing',
      comment: 'What is deployed to AWS does not know that there is a local one.',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(command|operator|packages|sandbox|test|bench)/' },
    },
    {
      name: 'sandbox-runs-whole-functions',
      comment:
        'The local AWS runs functions as Lambda does, by their handlers; reaching into steps, adapters or the ledger would show something else than what is deployed.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: {
        path: '^functions/',
        pathNot: [
          '/handler[.]ts$',
          '^functions/(api|domain|ports|runtime|(metering|meshstack)/(domain|ports))/',
          '^functions/steps/(table|step-row|each-step)[.]ts$',
          '^functions/aws/permissions/(function-permissions|step-permissions|shared-actions)[.]ts$',
          // What has happened before a local AWS is started is carried into its table.
          '^functions/aws/ledger/dynamodb-ledger-store[.]ts$',
        ],
      },
    },
    {
      name: 'operators-need-no-sandbox',
      comment:
        'A command for a real installation knows the API and whole functions, not the local AWS, nor how it is called.',
      severity: 'error',
      from: { path: '^operator/' },
      to: { path: '^(command|sandbox)/' },
    },
    {
      name: 'conformance-asks-whoever-speaks-aws',
      comment: 'The cases are asked of AWS, too: they know nothing of a model.',
      severity: 'error',
      from: { path: '^conformance/' },
      to: {
        path: '^(?!node_modules/)',
        pathNot: [
          '^conformance/',
          '^functions/domain/',
          // Hosts of services that have no client in npm.
          '^functions/aws/base/signed-client[.]ts$',
        ],
      },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(functions|infra|command|conformance|operator|packages|sandbox)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'console-knows-the-api',
      comment:
        'The page in the browser speaks to the API alone. It shares the progress of a run with the command, the schema of a desired state with the API, and generated words.',
      severity: 'error',
      from: { path: '^console/src/' },
      to: {
        pathNot: [
          '^console/src/',
          '^operator/vendings/(progress|workflow-route)[.]ts$',
          '^functions/domain/base/(workflow-facts|schema-faults|fault)[.]ts$',
          '^functions/domain/desired-state/desired-state[.]ts$',
          '^docs/schema/desired-state[.]schema[.]json$',
          'node_modules/',
        ],
      },
    },
    {
      name: 'nothing-imports-the-console',
      comment: 'What is deployed and what operators run finds its bundle as files, or goes on without it.',
      severity: 'error',
      from: { path: '^(functions|infra|operator|sandbox|statemachines)/' },
      to: { path: '^console/' },
    },
    {
      name: 'client-stands-alone',
      comment: 'Programs that order accounts install the client alone.',
      severity: 'error',
      from: { path: '^packages/client/src/' },
      to: { pathNot: ['^packages/client/src/', 'node_modules/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'constructs-are-of-the-app',
      comment: 'The construct library shows what infra deploys, and has nothing of the local AWS.',
      severity: 'error',
      from: { path: '^packages/cdk/src/' },
      to: { path: '^(command|operator|sandbox|console)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment:
        'A file that neither imports nor is imported is forgotten. Bundles have node-http.ts in the place of node:http.',
      severity: 'error',
      from: { orphan: true, pathNot: ['[.]d[.]ts$', '^test/', '^functions/runtime/node-http[.]ts$'] },
      to: {},
    },
    {
      name: 'no-broken-imports',
      comment: 'Stryker is installed by the command that needs it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@stryker-mutator/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What is built, and the entry of the packed command, which imports what is built.
    exclude: { path: '^(console/dist/|packages/command/bin/)' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types are arrows, too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
