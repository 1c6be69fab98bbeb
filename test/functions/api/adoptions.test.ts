import { ProposalsSchema } from '../../../functions/api/adoption-responses';
import { ProblemSchema } from '../../../functions/api/responses';
import { type ApiAnswer, ApiWorld, expectProblem } from './api-world';

const row = { line: 2, accountId: '700000000001', workspace: 'retail', project: 'shop', landingZone: 'aws-dev' };

describe('the API, asked about adoptions', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const post = (body: unknown, query: Readonly<Record<string, string>> | null = { dryRun: 'true' }) =>
    api.call({
      ...{ httpMethod: 'POST', resource: '/adoptions', queryStringParameters: query },
      body: typeof body === 'string' || body === null ? body : JSON.stringify(body),
    });

  const get = (id: string, query: Readonly<Record<string, string>> | null = null): Promise<ApiAnswer> =>
    api.call({
      ...{ httpMethod: 'GET', resource: '/adoptions/{id}', pathParameters: { id } },
      queryStringParameters: query,
    });

  const faultsOf = ({ body }: ApiAnswer): readonly string[] =>
    ProblemSchema.parse(body).errors.map(({ field, message }) => `${field} ${message}`);

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['dryRun', { dryRun: 'maybe' }, ['dryRun']],
    ['limit', { dryRun: 'true', limit: '0' }, ['limit']],
    ['all at once', { dryRun: 'yes', limit: 'x' }, ['dryRun', 'limit']],
  ])('refuses a query that it does not know: %s', async (_, query, fields) => {
    expectProblem(await post({}, query), 400, 'invalid-request', ...fields);
    expect(api.adoptions).toEqual([]);
  });

  it.each<[string, string, number, string]>([
    ['no JSON', '{', 400, 'invalid-request'],
    ['a list', '[]', 422, 'invalid-desired-state'],
    ['a mapping that is none', '{"mapping":"x"}', 422, 'invalid-desired-state'],
    ['a key twice', '{"token":"a","token":"b"}', 400, 'invalid-request'],
  ])('refuses a body that is %s', async (_, body, status, kind) => {
    expect(await post(body)).toMatchObject({ status, body: { type: `urn:account-vending:problem:${kind}` } });
    expect(api.adoptions).toEqual([]);
  });

  it('tells every fault of the shape of a mapping at once', async () => {
    const answer = await post({
      mapping: [row, { ...row, accountId: 700000000001 }, { ...row, workspace: undefined, tags: { a: 1 } }],
      tagKeys: { workspace: 5 },
    });
    expect(answer.status).toBe(422);
    expect(faultsOf(answer)).toEqual([
      expect.stringContaining('mapping[1].accountId must be a string, but is 700000000001'),
      expect.stringContaining('mapping[2].workspace is missing'),
      expect.stringContaining('mapping[2].tags.a must be a string, but is 1'),
      expect.stringContaining('tagKeys.workspace must be a string, but is 5'),
    ]);
  });

  it('adopts nothing without a token, or with one that is nobody’s', async () => {
    const none = await post({}, null);
    expectProblem(none, 422, 'invalid-desired-state', 'token');
    expect(await post(null, null)).toMatchObject({ status: 422 });
    for (const token of ['', 'nonsense', '../x', 'a.b.c']) {
      expect(await post({ token }, { dryRun: 'false' })).toMatchObject({ status: 404 });
    }
    expect(api.adoptions).toEqual([]);
  });

  it('knows an adoption by its id alone', async () => {
    expectProblem(await get('nobody'), 404, 'not-found');
    expectProblem(await post({ id: 'nobody' }), 404, 'not-found');
    expectProblem(await get('nobody', { limit: '101' }), 400, 'invalid-request', 'limit');
  });

  it('answers at once, and has the rest done', async () => {
    const { status, body } = await post({ mapping: [row] });
    const { id, token, pending } = ProposalsSchema.parse(body);
    expect({ status, token, pending }).toEqual({ status: 200, token: null, pending: null });
    expect(api.adoptions).toEqual([{ id, part: 0 }]);
    expect(await get(id)).toMatchObject({ status: 200, body: { status: 'PROPOSING', accounts: 0, adopted: 0 } });
    expect(await post({ token: `${id}.x` }, null)).toMatchObject({ status: 409 });
  });
});
