import * as fc from 'fast-check';

import { RESOURCES } from '../../../functions/api/route';
import { TENANT } from '../../fakes/vending';
import { desiredStateJson } from '../domain/examples';
import { ApiWorld, type ApiAnswer, CALLER, detailOf, expectProblem } from './api-world';

const VIEWERS = '03a4a8c2-0000-7000-8000-00000000000a';
const OPERATORS = '03a4a8c2-0000-7000-8000-00000000000b';
const OTHERS = '03a4a8c2-0000-7000-8000-00000000000c';
const GROUPS = { viewerGroup: VIEWERS, operatorGroup: OPERATORS };

/** As API Gateway sends it to the function. */
const called = (httpMethod: string, resource: string, claims: object | null, more: object = {}): object => ({
  httpMethod,
  resource: `/console${resource}`,
  stageVariables: GROUPS,
  requestContext: { identity: { userArn: null }, ...(claims === null ? {} : { authorizer: { claims } }) },
  ...more,
});

const person = (groups: string): object => ({ email: 'jane@corp.example', 'custom:groups': groups });

const ORDER = { body: JSON.stringify(desiredStateJson), headers: { 'Content-Type': 'application/json' } };

describe('a call of the console', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const order = (claims: object | null): Promise<ApiAnswer> => api.call(called('POST', '/vendings', claims, ORDER));
  const list = (claims: object | null, more: object = {}): Promise<ApiAnswer> =>
    api.call(called('GET', '/vendings', claims, more));

  it('without claims is refused: 401', async () => {
    const answer = await list(null);

    expectProblem(answer, 401, 'signed-out');
    expect(detailOf(answer)).toContain('Sign in');
  });

  it.each([
    ['of no group', ''],
    ['of an empty list of groups', '[]'],
    ['of another group', OTHERS],
    ['of a group whose id begins with that of the operators', `${OPERATORS}0`],
  ])('of somebody %s is refused: 403', async (_, groups) => {
    expectProblem(await list(person(groups)), 403, 'not-allowed');
    expectProblem(await order(person(groups)), 403, 'not-allowed');
    expect(api.workflow.started.size).toBe(0);
  });

  it('of somebody whose token has no groups at all is refused: 403', async () => {
    expectProblem(await list({ email: 'jane@corp.example' }), 403, 'not-allowed');
  });

  it.each([{}, null, { viewerGroup: '', operatorGroup: '' }])(
    'is refused where the stage names no groups: 403 (%j)',
    async (stageVariables) => {
      expectProblem(await list(person('[]'), { stageVariables }), 403, 'not-allowed');
      expectProblem(await list(person(VIEWERS), { stageVariables }), 403, 'not-allowed');
    },
  );

  it('of a viewer may read', async () => {
    expect(await list(person(`[${OTHERS}, ${VIEWERS}]`))).toMatchObject({ status: 200, body: { vendings: [] } });
  });

  it('of a viewer may not act, and says who may', async () => {
    const answer = await order(person(VIEWERS));

    expectProblem(answer, 403, 'not-allowed');
    expect(detailOf(answer)).toContain('operators');
    expect(api.workflow.started.size).toBe(0);
  });

  it('of an operator acts, in the name of the person', async () => {
    expect(await order(person(`[${VIEWERS}, ${OPERATORS}]`))).toMatchObject({ status: 202 });

    const detail = await api.call(
      called('GET', '/vendings/{tenantUuid}', person(OPERATORS), { pathParameters: { tenantUuid: TENANT } }),
    );
    expect(detail).toMatchObject({ status: 200, body: { requestedBy: 'jane@corp.example' } });
  });

  it('has the name that Cognito knows where there is no e-mail address', async () => {
    await order({ 'cognito:username': 'IdentityCenter_jane', 'custom:groups': OPERATORS });

    const detail = await api.call(
      called('GET', '/vendings/{tenantUuid}', person(OPERATORS), { pathParameters: { tenantUuid: TENANT } }),
    );
    expect(detail).toMatchObject({ body: { requestedBy: 'IdentityCenter_jane' } });
  });

  it.each([
    { claims: { email: '', 'cognito:username': 'jane' }, name: 'jane' },
    { claims: { email: 7, 'cognito:username': 'jane' }, name: 'jane' },
    { claims: { email: '', 'cognito:username': '' }, name: null },
    { claims: {}, name: null },
  ])('has a name that is one: $claims', async ({ claims, name }) => {
    await order({ ...claims, 'custom:groups': OPERATORS });

    const detail = await api.call(
      called('GET', '/vendings/{tenantUuid}', person(OPERATORS), { pathParameters: { tenantUuid: TENANT } }),
    );
    expect(detail).toMatchObject({ body: { requestedBy: name } });
  });

  it.each(['a[b', 'a]b'])('takes brackets for a part of an id that are not around all: %s', async (viewerGroup) => {
    const stageVariables = { viewerGroup };
    expect((await list(person(`[${viewerGroup}]`), { stageVariables })).status).toBe(200);
    expect((await list(person(viewerGroup), { stageVariables })).status).toBe(200);
    expect((await list(person('ab'), { stageVariables })).status).toBe(403);
  });

  it.each([{ requestContext: null }, { requestContext: {} }, { requestContext: { authorizer: {} } }])(
    'that API Gateway has let through without anybody is refused: 401 (%j)',
    async (more) => {
      expectProblem(await list(null, more), 401, 'signed-out');
    },
  );

  it('of a viewer changes nothing, whatever is called', async () => {
    const methods = fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE');
    await fc.assert(
      fc.asyncProperty(methods, fc.constantFrom(...RESOURCES), async (method, resource) => {
        expectProblem(await api.call(called(method, resource, person(VIEWERS))), 403, 'not-allowed');
      }),
    );
  });
});

describe('a call of a machine', () => {
  it('is of its principal, whatever claims it brings along', async () => {
    const api = new ApiWorld();
    await api.call({
      httpMethod: 'POST',
      resource: '/vendings',
      ...ORDER,
      stageVariables: GROUPS,
      requestContext: { identity: { userArn: CALLER }, authorizer: { claims: person(OPERATORS) } },
    });

    const detail = await api.call({
      httpMethod: 'GET',
      resource: '/vendings/{tenantUuid}',
      pathParameters: { tenantUuid: TENANT },
    });
    expect(detail).toMatchObject({ body: { requestedBy: CALLER } });
  });
});
