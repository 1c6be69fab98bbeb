import { commonProblems, type Json, json, pageParameters, problem, reference } from './openapi-parts';

/** `GET /drift-reports/{pass}`. */
export const getDriftReport: Json = {
  operationId: 'getDriftReport',
  tags: ['Drift'],
  summary: "Read what a night's reconciliation has found",
  parameters: [
    {
      name: 'pass',
      in: 'path',
      required: true,
      description: 'The day on which it began (UTC), such as 2026-11-25, or `latest`',
      schema: { type: 'string' },
    },
    ...pageParameters,
  ],
  responses: {
    '200': json('How it stands, and a page of what has drifted', reference('DriftReport')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '404': problem('No such night, or older than 30 days'),
    ...commonProblems,
  },
};
