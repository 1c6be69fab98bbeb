import { configurationHash } from '../../../functions/domain/configuration/configuration-hash';
import { RolloutAcceptedSchema } from '../../../functions/api/rollout-responses';
import { configuration } from '../domain/examples';
import { DEFAULT_LIMITS } from '../../../functions/domain/rollout/rollout-request';
import { newRollout } from '../../../functions/domain/rollout/rollout';
import { beginPlanning, changeRollout } from '../../../functions/ledger/rollout/rollouts';
import { NOW } from '../../fakes/vending';
import { ApiWorld } from './api-world';

const call = (method: string, resource: string, given: { id?: string; body?: unknown; query?: object } = {}) => ({
  httpMethod: method,
  resource,
  pathParameters: given.id === undefined ? null : { id: given.id },
  queryStringParameters: given.query ?? null,
  ...(given.body === undefined
    ? {}
    : { body: JSON.stringify(given.body), headers: { 'Content-Type': 'application/json' } }),
  requestContext: { identity: { userArn: 'arn:aws:iam::111111111111:user/jane' } },
});

describe('the API of rollouts', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const plan = async (body: unknown = {}) => api.call(call('POST', '/rollouts', { body }));

  it('plans one for the deployed configuration, and has RollOut begin', async () => {
    const answer = await plan();
    expect(answer.status).toBe(202);
    const { id } = RolloutAcceptedSchema.parse(answer.body);
    expect(api.rollouts).toEqual([{ id, part: 0 }]);
    const { body } = await api.call(call('GET', '/rollouts/{id}', { id }));
    const hash = configurationHash(configuration());
    expect(body).toMatchObject({ id, status: 'PLANNING', fromHash: hash, targetHash: hash, token: null });
    expect(body).toMatchObject({ plannedBy: 'arn:aws:iam::111111111111:user/jane', running: 0 });
  });

  it('goes to a configuration that was deployed before, and to no other', async () => {
    const earlier = configuration(['platform.region', 'eu-west-1']);
    api.earlier.push(earlier);
    const unknown = await plan({ configurationHash: 'abc' });
    expect(unknown).toMatchObject({ status: 422, body: { errors: [{ field: 'configurationHash', value: 'abc' }] } });
    expect((await plan({ configurationHash: configurationHash(earlier) })).status).toBe(202);
  });

  it('plans one of the landing zone, from and to what is released, and only where Control Tower is configured', async () => {
    const answer = await plan({ kind: 'landing-zone' });
    expect(answer.status).toBe(202);
    const { id } = RolloutAcceptedSchema.parse(answer.body);
    const { body } = await api.call(call('GET', '/rollouts/{id}', { id }));
    const hash = configurationHash(configuration());
    expect(body).toMatchObject({ kind: 'landing-zone', fromHash: hash, targetHash: hash });
    expect(body).not.toHaveProperty('secondsLeft');
    api = new ApiWorld();
    api.configuration = configuration(
      ['platform.enrollmentConfiguration', undefined],
      ['landingZone.awsEnrollAccount', false],
    );
    const both = await plan({ kind: 'landing-zone', configurationHash: 'abc' });
    expect(both).toMatchObject({ status: 422, body: { errors: [{ field: 'configurationHash' }, { field: 'kind' }] } });
  });

  it('plans no second one beside one that is not over', async () => {
    const limits = DEFAULT_LIMITS;
    const other = newRollout(
      { id: 'other', kind: 'configuration', fromHash: 'a', targetHash: 'b', limits, plannedBy: null },
      NOW,
    );
    expect(await beginPlanning(api.ledger, other, NOW)).toBeNull();
    expect(await plan()).toMatchObject({ status: 409, body: { detail: expect.stringContaining('other') as unknown } });
    await changeRollout(api.ledger, 'other', (record) => ({ ...record, status: 'ENDED' }));
    expect((await plan()).status).toBe(202);
  });

  it('tells all faults of a request at once', async () => {
    const { status, body } = await plan({ waves: [0, 1], mostAtOnce: 99 });
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'waves' }, { field: 'mostAtOnce' }] },
    });
    expect(await plan({ waves: 'all' })).toMatchObject({ status: 422, body: { errors: [{ field: 'waves' }] } });
    expect(api.rollouts).toEqual([]);
  });

  it('starts nothing without the token of a complete plan', async () => {
    const { id } = RolloutAcceptedSchema.parse((await plan()).body);
    const start = (body: unknown) => api.call(call('POST', '/rollouts/{id}/start', { id, body }));
    expect(await start({})).toMatchObject({ status: 422, body: { errors: [{ field: 'token' }] } });
    expect(await start({ token: `${id}.x` })).toMatchObject({ status: 409 });
  });

  it('aborts, and says what is not there', async () => {
    const { id } = RolloutAcceptedSchema.parse((await plan()).body);
    const aborted = await api.call(call('POST', '/rollouts/{id}/abort', { id }));
    expect(aborted).toMatchObject({ status: 200, body: { status: 'ABORTED' } });
    expect(await api.call(call('GET', '/rollouts'))).toMatchObject({
      ...{ status: 200, body: { rollouts: [{ id, status: 'ABORTED' }], cursor: null } },
    });
    for (const [method, resource] of [
      ['GET', '/rollouts/{id}'],
      ['GET', '/rollouts/{id}/tenants'],
      ['POST', '/rollouts/{id}/pause'],
    ] as const) {
      expect(await api.call(call(method, resource, { id: 'none' }))).toMatchObject({ status: 404 });
    }
    expect(await api.call(call('GET', '/rollouts/{id}/tenants', { id }))).toMatchObject({ body: { tenants: [] } });
  });
});
