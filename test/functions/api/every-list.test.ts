import openApi from '../../../docs/openapi.json';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Operation {
  readonly parameters?: readonly { readonly name?: string; readonly in?: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
}

const schemas: Readonly<Record<string, Schema>> = openApi.components.schemas as never;
const paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = openApi.paths as never;

const resolved = (schema: Schema): Schema => {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (schemas[name] ?? schema);
};

/** Lists that belong to one thing, and are bounded by what that is; each with what bounds it. */
const PARTS: Readonly<Record<string, string>> = {
  'GET /vendings/{tenantUuid}': 'the states of one run',
  'GET /vendings/{tenantUuid}/runs/{run}': 'the states of one run',
  'GET /vendings/{tenantUuid}/desired-states/{sequence}': 'the fields of one desired state',
  'GET /rollouts/{id}': 'the waves of one rollout',
  'GET /summary': 'the statuses that there are',
  'GET /preflight/{id}': 'the checks that the configuration asks for',
  'GET /tenants/{tenantUuid}/usage-reports/{month}': 'the accounts that one tenant has had in a month',
};

const reads = Object.entries(paths).flatMap(([path, operations]) =>
  Object.entries(operations)
    .filter(([method]) => method === 'get')
    .map(([, operation]) => ({ call: `GET ${path}`, operation })),
);

const answerOf = ({ responses }: Operation): Schema =>
  resolved(responses['200']?.content?.['application/json']?.schema ?? {});

/** It may be null, too. */
const isList = (property: Schema): boolean =>
  [property, ...(property.anyOf ?? [])].some((one) => resolved(one).type === 'array');

const hasList = (operation: Operation): boolean => Object.values(answerOf(operation).properties ?? {}).some(isList);

const lists = reads.filter(({ operation }) => hasList(operation));

describe('every list of the API', () => {
  it.each(lists.filter(({ call }) => PARTS[call] === undefined))('has pages: $call', ({ operation }) => {
    const parameters = (operation.parameters ?? []).map(({ name }) => name);
    expect(parameters).toEqual(expect.arrayContaining(['limit', 'cursor']));
    expect(Object.keys(answerOf(operation).properties ?? {})).toContain('cursor');
  });

  it('has a cursor, or is a part of one thing', () => {
    const known = lists.map(({ call }) => call);
    expect(known.length).toBeGreaterThan(12);
    expect(Object.keys(PARTS).filter((call) => !known.includes(call))).toEqual([]);
  });
});
