import { RolloutStartSchema } from '../../../functions/api/post-rollout-action';
import {
  RolloutAcceptedSchema,
  RolloutListSchema,
  RolloutSchema,
  RolloutTenantsSchema,
} from '../../../functions/api/rollout-responses';
import { RolloutRequestSchema } from '../../../functions/domain/rollout/rollout-request';
import { RolloutTenantSchema } from '../../../functions/domain/rollout/rollout';
import { commonProblems, type Json, json, pageParameters, problem, reference } from './openapi-parts';

const id: Json = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id that POST /rollouts returned',
  schema: { type: 'string', format: 'uuid' },
};

const noRollout = problem('There is no such rollout');

const postRollouts: Json = {
  operationId: 'postRollouts',
  tags: ['Rollouts'],
  summary: 'Plan to bring all tenants to a configuration: nothing is changed by that',
  requestBody: { content: { 'application/json': { schema: reference('RolloutRequest') } } },
  responses: {
    '202': json('It is planned, tenant by tenant', reference('RolloutAccepted')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '409': problem('Another rollout is not over'),
    '415': problem('The body is not application/json'),
    '422': problem('The faults of the request'),
    ...commonProblems,
  },
};

const getRollouts: Json = {
  operationId: 'getRollouts',
  tags: ['Rollouts'],
  summary: 'List rollouts, newest first',
  parameters: pageParameters,
  responses: {
    '200': json('One page of them', reference('RolloutList')),
    '400': { $ref: '#/components/responses/BadRequest' },
    ...commonProblems,
  },
};

const getRollout: Json = {
  operationId: 'getRollout',
  tags: ['Rollouts'],
  summary: 'Read what a rollout would change, or how far it has come',
  parameters: [id],
  responses: { '200': json('The rollout', reference('Rollout')), '404': noRollout, ...commonProblems },
};

const getRolloutTenants: Json = {
  operationId: 'getRolloutTenants',
  tags: ['Rollouts'],
  summary: 'List what is planned for each tenant, and what has become of it',
  parameters: [
    id,
    {
      name: 'state',
      in: 'query',
      description: 'Only tenants in this state; a page may have fewer than its limit then',
      schema: { type: 'string', enum: RolloutTenantSchema.shape.state.options },
    },
    ...pageParameters,
  ],
  responses: {
    '200': json('One page of the tenants', reference('RolloutTenants')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '404': noRollout,
    ...commonProblems,
  },
};

const action = (operationId: string, summary: string): Json => ({
  operationId,
  tags: ['Rollouts'],
  summary,
  parameters: [id],
  responses: {
    '200': json('The rollout after it', reference('Rollout')),
    '404': noRollout,
    '409': problem('The rollout is not in a status in which this can be done'),
    ...commonProblems,
  },
});

const start: Json = {
  ...action('startRollout', 'Carry out a plan, wave after wave'),
  requestBody: { required: true, content: { 'application/json': { schema: reference('RolloutStart') } } },
  responses: {
    '200': json('The rollout after it', reference('Rollout')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '404': noRollout,
    '409': problem('The token is not that of the plan, the plan is too old, or its severe changes need a consent'),
    '415': problem('The body is not application/json'),
    '422': problem('The faults of the request'),
    ...commonProblems,
  },
};

export const rolloutPaths: Json = {
  '/rollouts': { post: postRollouts, get: getRollouts },
  '/rollouts/{id}': { get: getRollout },
  '/rollouts/{id}/tenants': { get: getRolloutTenants },
  '/rollouts/{id}/start': { post: start },
  '/rollouts/{id}/pause': { post: action('pauseRollout', 'Begin no more runs until it is resumed') },
  '/rollouts/{id}/resume': { post: action('resumeRollout', 'Go on with one that is paused or has stopped') },
  '/rollouts/{id}/retry': { post: action('retryRollout', 'Go on, and give those that have failed another run') },
  '/rollouts/{id}/abort': { post: action('abortRollout', 'End it; tenants keep the configuration that they have') },
};

export const rolloutTag = { name: 'Rollouts', description: 'A changed configuration reaches tenants in waves' };

export const rolloutSchemas = {
  RolloutRequest: [RolloutRequestSchema, 'input'],
  RolloutStart: [RolloutStartSchema, 'input'],
  RolloutAccepted: [RolloutAcceptedSchema, 'output'],
  Rollout: [RolloutSchema, 'output'],
  RolloutList: [RolloutListSchema, 'output'],
  RolloutTenants: [RolloutTenantsSchema, 'output'],
} as const;
