import { commonProblems, type Json, json, problem, reference, tenantUuid } from './openapi-parts';

const include: Json = {
  name: 'include',
  in: 'query',
  description: 'Tell these, too: desiredState, plan, or both with a comma between them',
  schema: { type: 'string', examples: ['desiredState,plan'] },
};

export const getVending: Json = {
  operationId: 'getVending',
  tags: ['Vendings'],
  summary: 'Read the vending of one tenant',
  parameters: [tenantUuid, include],
  responses: {
    '200': json('Status, account and timeline', reference('VendingDetail')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '404': problem('No desired state of this tenant was ever received'),
    ...commonProblems,
  },
};
