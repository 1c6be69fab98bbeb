import { configurationHash } from '../../../functions/domain/configuration/configuration-hash';
import { RolloutAcceptedSchema } from '../../../functions/api/rollout-responses';
import { configuration } from '../domain/examples';
import { DEFAULT_LIMITS } from '../../../functions/domain/rollout/rollout-request';
import { newRollout, type RolloutRecord, type RolloutTenant } from '../../../functions/domain/rollout/rollout';
import { releaseFirst } from '../../../functions/ledger/rollout/releases';
import { beginPlanning, changeRollout, readRollout } from '../../../functions/ledger/rollout/rollouts';
import { writeRolloutTenants } from '../../../functions/ledger/rollout/rollout-tenants';
import { after, NOW } from '../../fakes/vending';
import { ApiWorld, detailOf, expectProblem } from './api-world';

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
    const answer = await plan({ configurationHash: configurationHash(earlier) });
    const { id } = RolloutAcceptedSchema.parse(answer.body);
    expect(await readRollout(api.ledger, id)).toMatchObject({
      fromHash: configurationHash(configuration()),
      targetHash: configurationHash(earlier),
    });
  });

  it('looks for no configuration by a text that is no hash, such as one that S3 takes for no key', async () => {
    api.storeFailure = new Error('S3 has refused the key.');
    for (const hash of ['\u{76962}\u0000', '../configuration', `${'a'.repeat(64)}\n`, 'A'.repeat(64), '']) {
      const answer = await plan({ configurationHash: hash });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'configurationHash' }] } });
    }
    expect((await plan({ configurationHash: 'a'.repeat(64) })).status).toBe(500);
  });

  it.each([
    { kind: 'configuration', from: 'released', to: 'deployed' },
    { kind: 'landing-zone', from: 'released', to: 'released' },
  ] as const)('goes from what is released to what is $to: $kind', async ({ kind, from, to }) => {
    const hashes = { released: 'of-last-year', deployed: configurationHash(configuration()) };
    await releaseFirst(api.ledger, hashes.released, NOW);
    const { id } = RolloutAcceptedSchema.parse((await plan({ kind })).body);
    expect(await readRollout(api.ledger, id)).toMatchObject({ kind, fromHash: hashes[from], targetHash: hashes[to] });
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

  it('plans the deployed one for a call without a body, and says what to send for one that is no JSON', async () => {
    expect((await api.call(call('POST', '/rollouts'))).status).toBe(202);
    const { resource, ...event } = call('POST', '/rollouts');
    const answer = await api.call({ ...event, resource, body: '{' });
    expectProblem(answer, 400, 'invalid-request');
    expect(detailOf(answer)).toContain('Send {} to plan the deployed configuration with the default waves.');
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
    expect(detailOf({ status, type: '', body })).toContain('Nothing was planned');
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
      status: 200,
      body: { rollouts: [{ id, status: 'ABORTED' }], cursor: null },
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

  const JANE = 'arn:aws:iam::111111111111:user/jane';

  const seed = async (changes: Partial<RolloutRecord> = {}, id = 'known'): Promise<RolloutRecord> => {
    const given = { id, kind: 'configuration', fromHash: 'old', targetHash: 'new', plannedBy: null } as const;
    const record = { ...newRollout({ ...given, limits: DEFAULT_LIMITS }, NOW), ...changes };
    expect(await beginPlanning(api.ledger, record, NOW)).toBeNull();
    return record;
  };

  const act = (action: string, body?: unknown) =>
    api.call(call('POST', `/rollouts/{id}/${action}`, { id: 'known', body }));

  it('tells all of a rollout, its token once it is planned', async () => {
    await seed({
      status: 'RUNNING',
      part: 9,
      planHash: 'all',
      plannedAt: after(1).toISOString(),
      plannedBy: JANE,
      startedAt: after(2).toISOString(),
      startedBy: JANE,
      wave: 2,
      running: ['a', 'b'],
      changing: 1,
      unchanged: 2,
      refused: 3,
      leftAlone: 4,
      done: 5,
      failed: 6,
      overtaken: 7,
      unexpected: 8,
      reason: 'because',
      endedAt: null,
      severe: { removesAccess: 1, movesUnit: 2, removesStackSet: 3 },
    });
    const { status, body } = await api.call(call('GET', '/rollouts/{id}', { id: 'known' }));
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: 'known',
        kind: 'configuration',
        status: 'RUNNING',
        fromHash: 'old',
        targetHash: 'new',
        limits: DEFAULT_LIMITS,
        token: 'known.all',
        plannedAt: after(1).toISOString(),
        plannedBy: JANE,
        startedAt: after(2).toISOString(),
        startedBy: JANE,
        wave: 2,
        running: 2,
        changing: 1,
        unchanged: 2,
        refused: 3,
        leftAlone: 4,
        done: 5,
        failed: 6,
        overtaken: 7,
        unexpected: 8,
        reason: 'because',
        endedAt: null,
        groups: [],
        severe: { removesAccess: 1, movesUnit: 2, removesStackSet: 3 },
      },
    });
    expect(api.rollouts).toEqual([]);
  });

  it('tells what Control Tower has come to, and how long the rest takes while it is not over', async () => {
    const unit = (id: string) => ({ id, arn: `arn:${id}`, baseline: 'arn:b', version: null, accounts: 7, behind: 3 });
    const landingZone = {
      version: '4.0',
      baselineVersion: '5.0',
      updatedAt: NOW.toISOString(),
      regions: 2,
      single: 1,
      units: [unit('ou-1'), unit('ou-2')],
      operation: null,
      pace: { expected: 0, taken: 0 },
    };
    await seed({ kind: 'landing-zone', status: 'RUNNING', part: 1, landingZone });
    const read = async () => (await api.call(call('GET', '/rollouts/{id}', { id: 'known' }))).body;
    expect(await read()).toMatchObject({ kind: 'landing-zone', secondsLeft: expect.any(Number) as number });
    expect((await read()) as object).toHaveProperty('landingZone', {
      version: '4.0',
      baselineVersion: '5.0',
      updatedAt: NOW.toISOString(),
      single: 1,
      units: [
        { id: 'ou-1', accounts: 7, behind: 3 },
        { id: 'ou-2', accounts: 7, behind: 3 },
      ],
    });
    await changeRollout(api.ledger, 'known', (record) => ({ ...record, status: 'ABORTED' }));
    expect(await read()).not.toHaveProperty('secondsLeft');
  });

  it('is begun by the first look where the message was never sent, and by no other', async () => {
    await seed();
    await api.call(call('GET', '/rollouts/{id}', { id: 'known' }));
    expect(api.rollouts).toEqual([{ id: 'known', part: 0 }]);
    for (const changes of [{ part: 1 }, { takenUntil: after(60).toISOString() }]) {
      api = new ApiWorld();
      await seed(changes);
      await api.call(call('GET', '/rollouts/{id}', { id: 'known' }));
      expect(api.rollouts).toEqual([]);
    }
  });

  it('lists page by page, the newest first', async () => {
    await seed({ status: 'ENDED' }, 'a');
    await seed({ status: 'ENDED' }, 'b');
    const list = async (query: object) => (await api.call(call('GET', '/rollouts', { query }))).body;
    const cursor = `${NOW.toISOString()}#b`;
    expect(await list({ limit: '1' })).toMatchObject({ rollouts: [{ id: 'b' }], cursor });
    expect(await list({ limit: '1', cursor })).toMatchObject({ rollouts: [{ id: 'a' }], cursor: null });
    for (const resource of ['/rollouts', '/rollouts/{id}/tenants']) {
      const answer = await api.call(call('GET', resource, { id: 'a', query: { limit: '0' } }));
      expectProblem(answer, 400, 'invalid-request', 'limit');
    }
  });

  it('lists tenants page by page, those of one state alone where it is named', async () => {
    await seed();
    const states = ['DONE', 'FAILED', 'DONE'] as const;
    const tenants = states.map((state, index): RolloutTenant => ({
      tenantUuid: `t${index}`,
      workspaceIdentifier: 'w',
      projectIdentifier: 'p',
      landingZone: null,
      accountId: null,
      wave: 0,
      changes: null,
      changesLeftOut: 0,
      refusal: null,
      state,
      unexpected: false,
      run: null,
      reason: null,
    }));
    const inLedger = tenants.map((tenant) => ({ ...tenant, part: 7 }));
    await writeRolloutTenants(api.ledger, 'known', inLedger);
    const list = async (query: object) =>
      (await api.call(call('GET', '/rollouts/{id}/tenants', { id: 'known', query }))).body;
    expect(await list({})).toEqual({ tenants, cursor: null });
    expect(await list({ limit: '3' })).toEqual({ tenants, cursor: null });
    expect(await list({ limit: '2' })).toEqual({ tenants: tenants.slice(0, 2), cursor: 't1' });
    expect(await list({ limit: '1' })).toEqual({ tenants: tenants.slice(0, 1), cursor: 't0' });
    expect(await list({ limit: '2', cursor: 't1' })).toEqual({ tenants: tenants.slice(2), cursor: null });
    expect(await list({ state: 'FAILED' })).toEqual({ tenants: tenants.slice(1, 2), cursor: null });
    // A page without one of this state is not the last one.
    expect(await list({ limit: '1', state: 'FAILED' })).toEqual({ tenants: [], cursor: 't0' });
  });

  describe('what a person asks of one', () => {
    const planned = { status: 'PLANNED', part: 4, planHash: 'all', plannedAt: NOW.toISOString() } as const;
    const published = () => api.outcomes.rolloutEvents;

    it('starts a plan by its token, tells it, and has it go on', async () => {
      await seed(planned);
      const started = await act('start', { token: 'known.all' });
      expect(started).toMatchObject({ status: 200, body: { status: 'RUNNING', startedBy: JANE } });
      expect(api.rollouts).toEqual([{ id: 'known', part: 4 }]);
      expect(published()).toMatchObject([
        { type: 'Rollout Started', detail: { rolloutId: 'known', status: 'RUNNING', by: JANE } },
      ]);
    });

    it('starts one with severe changes with their number alone', async () => {
      await seed({ ...planned, severe: { removesAccess: 9, movesUnit: 0, removesStackSet: 0 } });
      expectProblem(await act('start', { token: 'known.all' }), 409, 'conflict');
      expect(await act('start', { token: 'known.all', consent: 9 })).toMatchObject({ status: 200 });
    });

    it('says what is wrong with a start', async () => {
      await seed(planned);
      const missing = await act('start', {});
      expectProblem(missing, 422, 'invalid-desired-state', 'token');
      expect(detailOf(missing)).toContain('Nothing was started');
      expectProblem(await act('start'), 400, 'invalid-request');
      expect(detailOf(await act('start'))).toContain('the token of the plan');
      expect(await readRollout(api.ledger, 'known')).toMatchObject({ status: 'PLANNED' });
      expect(published()).toEqual([]);
    });

    it('pauses it, and tells that; nothing goes on then', async () => {
      await seed({ ...planned, status: 'RUNNING', startedAt: NOW.toISOString() });
      expect(await act('pause')).toMatchObject({
        status: 200,
        body: { status: 'PAUSED', reason: expect.stringContaining(JANE) as string },
      });
      expect(published()).toMatchObject([{ type: 'Rollout Paused', detail: { status: 'PAUSED', by: JANE } }]);
      expect(api.rollouts).toEqual([]);
    });

    it.each([
      { action: 'resume', retrying: null },
      { action: 'retry', retrying: '' },
    ])('has it go on: $action, which is not told', async ({ action, retrying }) => {
      await seed({ ...planned, status: 'PAUSED', startedAt: NOW.toISOString() });
      expect(await act(action)).toMatchObject({ status: 200, body: { status: 'RUNNING', reason: null } });
      expect(await readRollout(api.ledger, 'known')).toMatchObject({ retrying });
      expect(api.rollouts).toEqual([{ id: 'known', part: 4 }]);
      expect(published()).toEqual([]);
    });

    it('aborts it, and tells that', async () => {
      await seed({ ...planned, status: 'RUNNING', startedAt: NOW.toISOString() });
      expect(await act('abort')).toMatchObject({ body: { status: 'ABORTED', endedAt: NOW.toISOString() } });
      expect(published()).toMatchObject([{ type: 'Rollout Ended', detail: { status: 'ABORTED', by: JANE } }]);
      expect(api.rollouts).toEqual([]);
      expectProblem(await act('retry'), 409, 'conflict');
      expect(published()).toHaveLength(1);
    });
  });
});
