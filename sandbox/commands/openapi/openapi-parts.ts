import { PAGE_SIZE } from '../../../functions/api/api-request';

/* What calls have in common in the OpenAPI document. */

export type Json = Readonly<Record<string, unknown>>;

export const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

export const json = (description: string, schema: Json): Json => ({
  description,
  content: { 'application/json': { schema } },
});

export const problem = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: reference('Problem') } },
});

export const commonProblems: Json = {
  '403': { $ref: '#/components/responses/Forbidden' },
  '429': { $ref: '#/components/responses/TooManyRequests' },
  '500': { $ref: '#/components/responses/InternalError' },
  '503': { $ref: '#/components/responses/Unavailable' },
};

/** Of every list. */
export const pageParameters: readonly Json[] = [
  {
    name: 'limit',
    in: 'query',
    description: 'Maximum number of items per page',
    schema: { type: 'integer', ...PAGE_SIZE },
  },
  {
    name: 'cursor',
    in: 'query',
    description: 'The cursor that the previous page returned',
    schema: { type: 'string', minLength: 1 },
  },
];

/** Of a list that had no pages once: without a limit it is whole. */
export const allUnlessLimited: readonly Json[] = pageParameters.map((parameter) =>
  parameter['name'] === 'limit'
    ? {
        ...parameter,
        description: 'Maximum number of items per page; without, the list is whole',
        schema: { type: 'integer', minimum: PAGE_SIZE.minimum, maximum: PAGE_SIZE.maximum },
      }
    : parameter,
);

export const tenantUuid: Json = {
  name: 'tenantUuid',
  in: 'path',
  required: true,
  description: 'tenant.metadata.uuid of the desired state',
  schema: { type: 'string', format: 'uuid' },
};

export const configurationParameter: Json = {
  name: 'configuration',
  in: 'query',
  description: 'By which configuration a dry run is judged; deployed with dryRun alone',
  schema: { type: 'string', enum: ['released', 'deployed'], default: 'released' },
};

/** Of a query. */
export const flag = (name: string, description: string): Json => ({
  name,
  in: 'query',
  description,
  schema: { type: 'boolean', default: false },
});
