import { commonProblems, type Json, json, problem, reference, tenantUuid } from './openapi-parts';

export const stopVending: Json = {
  operationId: 'stopVending',
  tags: ['Vendings'],
  summary: 'Stop the run that is under way',
  parameters: [tenantUuid],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['reason'],
          properties: {
            reason: {
              type: 'string',
              minLength: 1,
              maxLength: 500,
              description: 'The reason; it becomes part of the error of the run',
            },
          },
        },
      },
    },
  },
  responses: {
    '202': json('The run is stopped; its end is recorded within minutes', reference('VendingStopped')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '404': problem('No desired state of this tenant was ever received'),
    '409': problem('No run is under way, or it has not begun yet'),
    '415': problem('The body is not application/json'),
    '422': problem('The body is too large'),
    ...commonProblems,
  },
};

export const decideVending: Json = {
  operationId: 'decideVending',
  tags: ['Vendings'],
  summary: 'Approve or reject the run that waits for it',
  parameters: [tenantUuid],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['decision', 'reason'],
          properties: {
            decision: { type: 'string', enum: ['approve', 'reject'] },
            reason: {
              type: 'string',
              minLength: 1,
              maxLength: 500,
              description: 'The reason; it is kept with the run',
            },
          },
        },
      },
    },
  },
  responses: {
    '202': json('The run continues, or ends', reference('VendingDecided')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '404': problem('No desired state of this tenant was ever received'),
    '409': problem('No run waits for an approval: it was decided already, was stopped, or has expired'),
    '415': problem('The body is not application/json'),
    '422': problem('The body is too large'),
    ...commonProblems,
  },
};
