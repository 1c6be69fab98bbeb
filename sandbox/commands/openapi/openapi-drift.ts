import { commonProblems, type Json, json, pageParameters, problem, reference } from './openapi-parts';

/** `GET /drift-reports/{pass}`. */
export const getDriftReport: Json = {
  operationId: 'getDriftReport',
  tags: ['Drift'],
  summary: 'Read what a nightly reconciliation has found',
  parameters: [
    {
      name: 'pass',
      in: 'path',
      required: true,
      description: 'The day on which the reconciliation began (UTC), such as 2026-11-25, or `latest`',
      schema: { type: 'string' },
    },
    ...pageParameters,
  ],
  responses: {
    '200': json('Its status, and one page of drifts', reference('DriftReport')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '404': problem('There was no such reconciliation, or it is older than 30 days'),
    ...commonProblems,
  },
};
