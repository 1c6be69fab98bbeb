import { AdoptionAcceptedSchema, AdoptionSchema, ProposalsSchema } from '../../../functions/api/adoption-responses';
import { AdoptionRequestSchema } from '../../../functions/domain/adoption/adoption-request';
import { commonProblems, type Json, json, pageParameters, problem, reference } from './openapi-parts';

const [limit] = pageParameters;

/** `POST /adoptions`. */
const postAdoptions: Json = {
  operationId: 'postAdoptions',
  tags: ['Adoptions'],
  summary: 'Ask for proposals for the accounts that no tenant has, or adopt what was proposed',
  parameters: [
    {
      name: 'dryRun',
      in: 'query',
      description: 'Propose, or read on in proposals, and adopt nothing',
      schema: { type: 'boolean', default: false },
    },
    ...(limit === undefined ? [] : [limit]),
  ],
  requestBody: { content: { 'application/json': { schema: reference('AdoptionRequest') } } },
  responses: {
    '200': json('With dryRun: one page of what is proposed so far', reference('Proposals')),
    '202': json('Adopted, one account after the other', reference('AdoptionAccepted')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '404': problem('There are no such proposals'),
    '409': problem('The token is not that of these proposals or has expired, or mapping or configuration have changed'),
    '415': problem('The body is not application/json'),
    '422': problem('The faults of the mapping, a hundred at most; nothing was adopted'),
    ...commonProblems,
  },
};

/** `GET /adoptions/{id}`. */
const getAdoption: Json = {
  operationId: 'getAdoption',
  tags: ['Adoptions'],
  summary: 'Read how far an adoption has come',
  parameters: [
    {
      name: 'id',
      in: 'path',
      required: true,
      description: 'The id that POST /adoptions returned',
      schema: { type: 'string', format: 'uuid' },
    },
    ...pageParameters,
  ],
  responses: {
    '200': json('Its status, and one page of its accounts', reference('Adoption')),
    '400': { $ref: '#/components/responses/BadRequest' },
    '404': problem('There is no such adoption'),
    ...commonProblems,
  },
};

export const adoptionPaths: Json = {
  '/adoptions': { post: postAdoptions },
  '/adoptions/{id}': { get: getAdoption },
};

export const adoptionTag = { name: 'Adoptions', description: 'Existing accounts become tenants together' };

export const adoptionSchemas = {
  AdoptionRequest: [AdoptionRequestSchema, 'input'],
  Proposals: [ProposalsSchema, 'output'],
  AdoptionAccepted: [AdoptionAcceptedSchema, 'output'],
  Adoption: [AdoptionSchema, 'output'],
} as const;
