import {
  LandingZoneListSchema,
  LandingZoneStateSchema,
  ShadowReportSchema,
} from '../../../functions/api/shadow-responses';
import { allUnlessLimited, commonProblems, type Json, json, pageParameters, problem, reference } from './openapi-parts';

const getShadowReport: Json = {
  operationId: 'getShadowReport',
  tags: ['Shadow'],
  summary: 'Read what shadow runs would have changed',
  parameters: [
    {
      name: 'landingZone',
      in: 'query',
      description: 'List only tenants of this landing zone',
      schema: { type: 'string', minLength: 1 },
    },
    ...pageParameters,
  ],
  responses: {
    '200': json('One page of shadowed tenants', reference('ShadowReport')),
    '400': { $ref: '#/components/responses/BadRequest' },
    ...commonProblems,
  },
};

const getLandingZones: Json = {
  operationId: 'getLandingZones',
  tags: ['Shadow'],
  summary: 'Read whether each landing zone acts',
  parameters: allUnlessLimited,
  responses: {
    '200': json('Landing zones of the configuration', reference('LandingZoneList')),
    '400': { $ref: '#/components/responses/BadRequest' },
    ...commonProblems,
  },
};

const postLandingZoneMode: Json = {
  operationId: 'postLandingZoneMode',
  tags: ['Shadow'],
  summary: 'Let a landing zone act, or set it back to shadow mode',
  parameters: [
    {
      name: 'landingZone',
      in: 'path',
      required: true,
      description: 'The name of the landing zone in the configuration',
      schema: { type: 'string' },
    },
  ],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['mode'],
          properties: { mode: { type: 'string', enum: ['act', 'shadow'] } },
        },
      },
    },
  },
  responses: {
    '200': json('The landing zone; runs that begin now go by this mode', reference('LandingZoneState')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '404': problem('The configuration has no such landing zone'),
    '415': problem('The body is not application/json'),
    '422': problem('The body is too large'),
    ...commonProblems,
  },
};

export const shadowTag = {
  name: 'Shadow',
  description: 'What runs would change that are not allowed to, and which landing zones act',
};

export const shadowPaths = {
  '/shadow-report': { get: getShadowReport },
  '/landing-zones': { get: getLandingZones },
  '/landing-zones/{landingZone}/mode': { post: postLandingZoneMode },
};

export const shadowSchemas = {
  ShadowReport: [ShadowReportSchema, 'output'],
  LandingZoneList: [LandingZoneListSchema, 'output'],
  LandingZoneState: [LandingZoneStateSchema, 'output'],
} as const;
