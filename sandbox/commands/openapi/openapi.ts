import { DesiredStateSchema } from '../../../functions/domain/desired-state/desired-state';
import { VendingStatusSchema } from '../../../functions/domain/records/ledger-records';
import { DriftReportSchema } from '../../../functions/api/drift-report-schema';
import { componentsOf } from './json-schema';
import { adoptionPaths, adoptionSchemas, adoptionTag } from './openapi-adoptions';
import { rolloutPaths, rolloutSchemas, rolloutTag } from './openapi-rollouts';
import { deadLetterPaths, deadLetterSchemas, deadLettersTag } from './openapi-dead-letters';
import { getDriftReport } from './openapi-drift';
import { shadowPaths, shadowSchemas, shadowTag } from './openapi-shadow';
import { operatorPaths, operatorSchemas, overviewTag, vendingFilters } from './openapi-operators';
import { decideVending, stopVending } from './openapi-stop';
import { getVending } from './openapi-vending';
import {
  allUnlessLimited,
  commonProblems,
  configurationParameter,
  flag,
  type Json,
  json,
  pageParameters,
  problem,
  reference,
  tenantUuid,
} from './openapi-parts';
import {
  PreflightAcceptedSchema,
  MonthUsageSchema,
  PreflightSchema,
  ProblemSchema,
  TenantUsageSchema,
  VendingAcceptedSchema,
  VendingDetailSchema,
  VendingListSchema,
  VendingReplayedSchema,
} from '../../../functions/api/responses';
import {
  VendingDecidedSchema,
  VendingPreviewSchema,
  VendingStoppedSchema,
} from '../../../functions/api/vending-responses';

const TAGS: readonly Json[] = [
  { name: 'Vendings', description: 'One vending for each desired state of a tenant' },
  overviewTag,
  deadLettersTag,
  { name: 'Usage', description: 'What accounts have cost' },
  adoptionTag,
  rolloutTag,
  { name: 'Preflight', description: 'Whether AWS has everything that the configuration needs' },
  { name: 'Drift', description: 'What others had changed in AWS, and the nightly reconciliation has corrected' },
  shadowTag,
];

/** The API as an OpenAPI 3.1 document, generated from the schemas that the handlers judge by. */
export const openApiDocument = (): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Account vending',
    version: '1',
    summary: 'Brings AWS accounts to the desired state of their meshStack tenants',
    description:
      'A desired state that is sent here is treated like one that arrives as an event. Every rejection lists all faults at once.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [
    {
      url: 'https://{apiId}.execute-api.{region}.amazonaws.com/{stage}',
      variables: {
        apiId: { default: 'a1b2c3d4e5' },
        region: { default: 'eu-central-1' },
        stage: { default: 'v1' },
      },
    },
  ],
  security: [{ sigv4: [] }],
  tags: TAGS,
  paths: {
    '/vendings': { post: postVending, get: listVendings },
    '/vendings/{tenantUuid}': { get: getVending },
    '/vendings/{tenantUuid}/replay': { post: replayVending },
    '/vendings/{tenantUuid}/stop': { post: stopVending },
    '/vendings/{tenantUuid}/approval': { post: decideVending },
    ...operatorPaths,
    ...deadLetterPaths,
    '/preflight': { post: postPreflight },
    '/preflight/{id}': { get: getPreflight },
    ...adoptionPaths,
    ...rolloutPaths,
    '/tenants/{tenantUuid}/usage-reports/{month}': { get: getTenantUsage },
    '/usage-reports/{month}': { get: getUsage },
    '/drift-reports/{pass}': { get: getDriftReport },
    ...shadowPaths,
  },
  components: {
    securitySchemes: {
      sigv4: {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description: 'AWS Signature Version 4 for the service execute-api (IAM authorization)',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
    },
    schemas: schemas(),
    responses: {
      BadRequest: problem('The body is not JSON, or a query parameter is invalid'),
      Forbidden: problem('The request is not signed, or its signer is not allowed to make this call'),
      TooManyRequests: problem('Too many requests: try again later'),
      InternalError: problem('An internal error: try again; repeating the request does no harm'),
      Unavailable: problem('Temporarily unavailable: try again; repeating the request does no harm'),
    },
  },
});

const schemas = (): Json =>
  componentsOf({
    DesiredState: [DesiredStateSchema, 'input'],
    VendingPreview: [VendingPreviewSchema, 'output'],
    VendingStatus: [VendingStatusSchema, 'output'],
    VendingAccepted: [VendingAcceptedSchema, 'output'],
    VendingReplayed: [VendingReplayedSchema, 'output'],
    VendingStopped: [VendingStoppedSchema, 'output'],
    VendingDetail: [VendingDetailSchema, 'output'],
    VendingList: [VendingListSchema, 'output'],
    ...operatorSchemas,
    ...deadLetterSchemas,
    PreflightAccepted: [PreflightAcceptedSchema, 'output'],
    Preflight: [PreflightSchema, 'output'],
    ...adoptionSchemas,
    ...rolloutSchemas,
    MonthUsage: [MonthUsageSchema, 'output'],
    TenantUsage: [TenantUsageSchema, 'output'],
    DriftReport: [DriftReportSchema, 'output'],
    ...shadowSchemas,
    VendingDecided: [VendingDecidedSchema, 'output'],
    Problem: [ProblemSchema, 'output'],
  });

const postVending: Json = {
  operationId: 'postVending',
  tags: ['Vendings'],
  summary: 'Send a desired state, or ask for its plan',
  parameters: [
    flag('dryRun', 'Return the plan and what a run would change now, and write nothing'),
    configurationParameter,
    flag('force', 'Accept a replicationSequence lower than the newest one'),
  ],
  requestBody: { required: true, content: { 'application/json': { schema: reference('DesiredState') } } },
  responses: {
    '200': json('Already known with the same content; with dryRun, the plan and what a run would change', {
      oneOf: [reference('VendingAccepted'), reference('VendingPreview')],
    }),
    '202': json('Accepted', reference('VendingAccepted')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '409': problem(
      'The replicationSequence is known with other content, is older than the newest one, or was superseded by an older one with force=true',
    ),
    '415': problem('The body is not application/json'),
    '422': problem('Rejected: the faults of the desired state, a hundred at most'),
    ...commonProblems,
  },
};

const listVendings: Json = {
  operationId: 'listVendings',
  tags: ['Vendings'],
  summary: 'List vendings, newest first',
  parameters: [...vendingFilters, ...pageParameters],
  responses: {
    '200': json('One page of vendings', reference('VendingList')),
    '400': { $ref: '#/components/responses/BadRequest' },
    ...commonProblems,
  },
};

const replayVending: Json = {
  operationId: 'replayVending',
  tags: ['Vendings'],
  summary: 'Resume the last run, which has failed, or restart it; run a shadowed tenant again',
  parameters: [tenantUuid],
  responses: {
    '202': json('The run resumes at the state that failed, or a new run has begun', reference('VendingReplayed')),
    '404': problem('No desired state of this tenant was ever received'),
    '409': problem(
      'The last run has not failed, or a newer desired state has superseded it; the detail says what to do instead',
    ),
    ...commonProblems,
  },
};

const postPreflight: Json = {
  operationId: 'postPreflight',
  tags: ['Preflight'],
  summary: 'Check every prerequisite in AWS',
  responses: { '202': json('The preflight has begun', reference('PreflightAccepted')), ...commonProblems },
};

const getPreflight: Json = {
  operationId: 'getPreflight',
  tags: ['Preflight'],
  summary: 'Read a preflight',
  parameters: [
    {
      name: 'id',
      in: 'path',
      required: true,
      description: 'The id that POST /preflight returned, or `latest` for the one that has ended last',
      schema: { oneOf: [{ type: 'string', format: 'uuid' }, { const: 'latest' }] },
    },
  ],
  responses: {
    '200': json('Its status and, once it has ended, every check', reference('Preflight')),
    '404': problem('There was no such preflight, or it is older than 30 days'),
    ...commonProblems,
  },
};

const usageParameters: readonly Json[] = [
  {
    name: 'month',
    in: 'path',
    required: true,
    description: 'A calendar month in UTC',
    schema: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$', examples: ['2026-01'] },
  },
  {
    name: 'format',
    in: 'query',
    description: 'Takes precedence over the header Accept, in which `text/csv` has the same effect as `csv` here',
    schema: { type: 'string', enum: ['json', 'csv'], default: 'json' },
  },
];

const usageAnswers = (description: string, schema: string): Json => ({
  '200': {
    description,
    content: {
      'application/json': { schema: reference(schema) },
      'text/csv': { schema: { type: 'string', description: 'A header, then one line item per row' } },
    },
  },
  '400': { $ref: '#/components/responses/BadRequest' },
  '404': problem('No such tenant, or no costs of this month were collected'),
  ...commonProblems,
});

const getUsage: Json = {
  operationId: 'getUsage',
  tags: ['Usage'],
  summary: 'Read the usage reports of all accounts in a month',
  parameters: [...usageParameters, ...allUnlessLimited],
  responses: usageAnswers('The reports of all accounts', 'MonthUsage'),
};

const getTenantUsage: Json = {
  operationId: 'getTenantUsage',
  tags: ['Usage'],
  summary: 'Read the usage reports of one tenant in a month',
  parameters: [tenantUuid, ...usageParameters],
  responses: usageAnswers('The reports of its accounts', 'TenantUsage'),
};
