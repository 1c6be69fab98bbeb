import {
  ConfigurationAnswerSchema,
  DesiredStateDetailSchema,
  DesiredStateListSchema,
  LaneListSchema,
  ReindexedSchema,
  ReplaysSchema,
  RunListSchema,
  RunSchema,
  SummarySchema,
  TenantEventListSchema,
  WaiterListSchema,
} from '../../../functions/api/operator-responses';
import { commonProblems, flag, type Json, json, pageParameters, problem, reference, tenantUuid } from './openapi-parts';

const filter = (name: string, description: string, schema: Json = { type: 'string', minLength: 1 }): Json => ({
  name,
  in: 'query',
  description,
  schema,
});

/** Rows have to fit all filters that are given. */
export const vendingFilters: readonly Json[] = [
  filter('status', 'List only vendings with this status', reference('VendingStatus')),
  filter('accountId', 'List only the tenant of this account', { type: 'string', pattern: '^\\d{12}$' }),
  filter('email', 'List only the tenant whose account has this e-mail, in any case'),
  filter('workspace', 'List only tenants of the workspace with this identifier'),
  filter('project', 'List only tenants of projects with this identifier'),
  filter('landingZone', 'List only tenants whose newest desired state names this landing zone'),
  filter('error', 'List only tenants whose last run has failed by the error of this name, such as `RejectedError`'),
  filter('since', 'List only vendings whose status has changed since: a day in UTC, or an instant with its zone', {
    type: 'string',
    minLength: 1,
    examples: ['2026-11-24', '2026-11-24T16:24:38Z'],
  }),
];

const REPLAYABLE = filter('status', 'Replay those that have failed, or shadowed tenants', {
  type: 'string',
  enum: ['FAILED', 'SHADOWED'],
  default: 'FAILED',
});

const UP_TO_TWENTY: Json = {
  name: 'limit',
  in: 'query',
  description: 'Maximum number of vendings; more than 20 are taken as 20',
  schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
};

const postReindex: Json = {
  operationId: 'postReindex',
  tags: ['Vendings'],
  summary: 'File vendings of earlier releases under the filters of the list, one page of them',
  parameters: pageParameters,
  responses: {
    '200': json('How many rows were read and filed; repeating the request changes nothing', reference('Reindexed')),
    '400': { $ref: '#/components/responses/BadRequest' },
    ...commonProblems,
  },
};

const BAD_REQUEST = { $ref: '#/components/responses/BadRequest' };
const TENANT_NOT_FOUND = problem('No desired state of this tenant was ever received');

interface Reading {
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly parameters?: readonly Json[];
  readonly answer: Json;
  readonly problems?: Json;
}

/** A call that only reads. */
const reading = ({ operationId, tag, summary, parameters = [], answer, problems = {} }: Reading): Json => ({
  operationId,
  tags: [tag],
  summary,
  parameters,
  responses: { '200': answer, ...problems, ...commonProblems },
});

const inPath = (name: string, description: string, schema: Json = { type: 'string' }): Json => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});

const listRuns = reading({
  operationId: 'listRuns',
  tag: 'Vendings',
  summary: 'List the runs of a tenant, newest first',
  parameters: [tenantUuid, ...pageParameters],
  answer: json('One page of runs', reference('RunList')),
  problems: { '400': BAD_REQUEST, '404': TENANT_NOT_FOUND },
});

const listEvents = reading({
  operationId: 'listEvents',
  tag: 'Vendings',
  summary: 'List the events that were published about a tenant',
  parameters: [tenantUuid, ...pageParameters],
  answer: json('The events of one page of runs', reference('TenantEventList')),
  problems: { '400': BAD_REQUEST, '404': TENANT_NOT_FOUND },
});

const getRun = reading({
  operationId: 'getRun',
  tag: 'Vendings',
  summary: 'Read one run and its timeline',
  parameters: [
    tenantUuid,
    inPath('run', 'Sequence and number: `17-2` is the second run of sequence 17', {
      type: 'string',
      pattern: '^\\d+-\\d+$',
    }),
  ],
  answer: json('The run', reference('Run')),
  problems: { '404': problem('The tenant has no such run') },
});

const listDesiredStates = reading({
  operationId: 'listDesiredStates',
  tag: 'Vendings',
  summary: 'List the desired states of a tenant, newest first',
  parameters: [tenantUuid, ...pageParameters],
  answer: json('One page of desired states', reference('DesiredStateList')),
  problems: { '400': BAD_REQUEST, '404': TENANT_NOT_FOUND },
});

const getDesiredState = reading({
  operationId: 'getDesiredState',
  tag: 'Vendings',
  summary: 'Read a desired state, and what has changed with it',
  parameters: [tenantUuid, inPath('sequence', 'Its replicationSequence', { type: 'integer', minimum: 0 })],
  answer: json('The desired state', reference('DesiredStateDetail')),
  problems: { '404': problem('The tenant has no desired state with this sequence') },
});

const listLanes = reading({
  operationId: 'listLanes',
  tag: 'Overview',
  summary: 'List the lanes, and how many work and wait in each',
  parameters: pageParameters,
  answer: json('One page of lanes', reference('LaneList')),
  problems: { '400': BAD_REQUEST },
});

const listWaiters = reading({
  operationId: 'listWaiters',
  tag: 'Overview',
  summary: 'List the runs that wait in a lane, the first one first',
  parameters: [inPath('lane', 'The name of the lane'), ...pageParameters],
  answer: json('One page of runs', reference('WaiterList')),
  problems: { '400': BAD_REQUEST, '404': problem('The configuration has no such lane') },
});

const getSummary = reading({
  operationId: 'getSummary',
  tag: 'Overview',
  summary: 'Read how many vendings have which status',
  answer: json('The summary', reference('Summary')),
});

const getConfiguration = reading({
  operationId: 'getConfiguration',
  tag: 'Overview',
  summary: 'Read the configuration',
  answer: json('The configuration, with all defaults; it holds no secrets', reference('Configuration')),
});

const postReplays: Json = {
  operationId: 'postReplays',
  tags: ['Vendings'],
  summary: 'Replay what a list shows, one page of it, or preview that',
  parameters: [
    flag('dryRun', 'Only say what would become of each'),
    ...vendingFilters.map((one) => (one['name'] === 'status' ? REPLAYABLE : one)),
    ...pageParameters.map((one) => (one['name'] === 'limit' ? UP_TO_TWENTY : one)),
  ],
  responses: {
    '200': json('What has become of each vending of this page, or would', reference('Replays')),
    '400': BAD_REQUEST,
    ...commonProblems,
  },
};

export const overviewTag = { name: 'Overview', description: 'What concerns all vendings' };

export const operatorPaths = {
  '/vendings/{tenantUuid}/runs': { get: listRuns },
  '/vendings/{tenantUuid}/runs/{run}': { get: getRun },
  '/vendings/{tenantUuid}/events': { get: listEvents },
  '/vendings/{tenantUuid}/desired-states': { get: listDesiredStates },
  '/vendings/{tenantUuid}/desired-states/{sequence}': { get: getDesiredState },
  '/replays': { post: postReplays },
  '/reindex': { post: postReindex },
  '/lanes': { get: listLanes },
  '/lanes/{lane}/waiters': { get: listWaiters },
  '/summary': { get: getSummary },
  '/configuration': { get: getConfiguration },
};

export const operatorSchemas = {
  RunList: [RunListSchema, 'output'],
  Run: [RunSchema, 'output'],
  TenantEventList: [TenantEventListSchema, 'output'],
  DesiredStateList: [DesiredStateListSchema, 'output'],
  DesiredStateDetail: [DesiredStateDetailSchema, 'output'],
  LaneList: [LaneListSchema, 'output'],
  WaiterList: [WaiterListSchema, 'output'],
  Summary: [SummarySchema, 'output'],
  Replays: [ReplaysSchema, 'output'],
  Reindexed: [ReindexedSchema, 'output'],
  Configuration: [ConfigurationAnswerSchema, 'output'],
} as const;
