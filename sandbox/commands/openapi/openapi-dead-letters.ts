import {
  DeadLetterDeletedSchema,
  DeadLetterListSchema,
  DeadLetterReplayedSchema,
  DeadLetterSchema,
} from '../../../functions/api/dead-letter-responses';
import { DEAD_LETTER_QUEUES } from '../../../infra/dead-letter-queues';
import { commonProblems, type Json, json, pageParameters, problem, reference } from './openapi-parts';

const queueNames: Json = { type: 'string', enum: DEAD_LETTER_QUEUES.map(({ name }) => name) };

const letterParameters: readonly Json[] = [
  { name: 'queue', in: 'path', required: true, description: 'The queue that the letter is in', schema: queueNames },
  {
    name: 'id',
    in: 'path',
    required: true,
    description: 'The id of the letter',
    schema: { type: 'string', minLength: 1 },
  },
];

const operation = (operationId: string, summary: string): Json => ({ operationId, tags: ['Dead letters'], summary });

const oneLetterProblems: Json = {
  '404': problem('There is no such queue, or no such letter any more'),
  '409': problem('Another call looks at the letters of this queue: try again in half a minute'),
  ...commonProblems,
};

const listDeadLetters: Json = {
  ...operation('listDeadLetters', 'List messages that could not be processed, oldest first'),
  parameters: [
    { name: 'queue', in: 'query', description: 'List only letters of this queue', schema: queueNames },
    ...pageParameters,
  ],
  responses: {
    '200': json('One page of letters', reference('DeadLetterList')),
    '400': { $ref: '#/components/responses/BadRequest' },
    ...commonProblems,
  },
};

const getDeadLetter: Json = {
  ...operation('getDeadLetter', 'Read one letter, whole'),
  parameters: letterParameters,
  responses: { '200': json('The letter', reference('DeadLetter')), ...oneLetterProblems },
};

const replayDeadLetter: Json = {
  ...operation('replayDeadLetter', 'Send a letter back to the queue that it was meant for'),
  parameters: letterParameters,
  responses: {
    '202': json('It was sent back; if it still cannot be processed, it returns', reference('DeadLetterReplayed')),
    ...oneLetterProblems,
  },
};

const deleteDeadLetter: Json = {
  ...operation('deleteDeadLetter', 'Delete a letter for good'),
  parameters: letterParameters,
  responses: { '200': json('It is deleted', reference('DeadLetterDeleted')), ...oneLetterProblems },
};

export const deadLettersTag = { name: 'Dead letters', description: 'Messages that wait for a person' };

export const deadLetterPaths = {
  '/dead-letters': { get: listDeadLetters },
  '/dead-letters/{queue}/{id}': { get: getDeadLetter, delete: deleteDeadLetter },
  '/dead-letters/{queue}/{id}/replay': { post: replayDeadLetter },
};

export const deadLetterSchemas = {
  DeadLetterList: [DeadLetterListSchema, 'output'],
  DeadLetter: [DeadLetterSchema, 'output'],
  DeadLetterReplayed: [DeadLetterReplayedSchema, 'output'],
  DeadLetterDeleted: [DeadLetterDeletedSchema, 'output'],
} as const;
