import { commonProblems, type Json, json, problem, reference, tenantUuid } from './openapi-parts';

/** What a person decides on the active run, with a reason. */
function decision(
  operation: { readonly operationId: string; readonly summary: string },
  { fields = {}, reason }: { readonly fields?: Json; readonly reason: string },
  answers: { readonly taken: Json; readonly refused: Json },
): Json {
  const properties = { ...fields, reason: { type: 'string', minLength: 1, maxLength: 500, description: reason } };
  const schema = { type: 'object', required: Object.keys(properties), properties };
  const { operationId, summary } = operation;
  return {
    operationId,
    tags: ['Vendings'],
    summary,
    parameters: [tenantUuid],
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: {
      '202': answers.taken,
      '400': { $ref: '#/components/responses/BadRequest' },
      '404': problem('No desired state of this tenant was ever received'),
      '409': answers.refused,
      '415': problem('The body is not application/json'),
      '422': problem('The body is too large'),
      ...commonProblems,
    },
  };
}

export const stopVending: Json = decision(
  { operationId: 'stopVending', summary: 'Stop the run that is under way' },
  { reason: 'The reason; it becomes part of the error of the run' },
  {
    taken: json('The run is stopped; its end is recorded within minutes', reference('VendingStopped')),
    refused: problem('No run is under way, or it has not begun yet'),
  },
);

export const decideVending: Json = decision(
  { operationId: 'decideVending', summary: 'Approve or reject the run that waits for it' },
  {
    fields: { decision: { type: 'string', enum: ['approve', 'reject'] } },
    reason: 'The reason; it is kept with the run',
  },
  {
    taken: json('The run continues, or ends', reference('VendingDecided')),
    refused: problem('No run waits for an approval: it was decided already, was stopped, or has expired'),
  },
);
