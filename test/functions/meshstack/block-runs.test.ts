import type { RunRecord, TenantRecord } from '../../../functions/domain/records/ledger-records';
import { runKey, sourceTenantKey, tenantKey } from '../../../functions/ledger/base/keys';
import { beginPoll, readSourceTenant } from '../../../functions/ledger/meshstack/mesh-stack-source';
import { NOTHING_YET } from '../../../functions/ledger/tenants/tenant-items';
import { overwrite } from '../ledger/ledger-calls';
import { blockRunReport } from '../../../functions/meshstack/domain/block-run-report';
import { KilledError, MeshWorld, PLATFORM, twoTenants } from './mesh-world';

describe('A building block run', () => {
  let world: MeshWorld;
  let shop: string;
  let run: string;
  let sequence: number;
  beforeEach(async () => {
    world = new MeshWorld();
    ({ shop } = twoTenants(world));
    run = world.model.requestRun(shop, 'APPLY');
    await world.poll();
    sequence = world.published[0]?.replicationSequence ?? 0;
    world.pass(300);
  });

  it('is taken, and in progress while the tenant is vended', () => {
    expect(shown()).toEqual({ status: 'IN_PROGRESS', steps: { account: 'IN_PROGRESS' } });
  });

  it('shows the account, and what is done of it', async () => {
    await ledgerSays({ status: 'RUNNING', account: ACCOUNT }, ['PlanVending', 'CheckAccount', 'GrantAccess']);
    await world.poll();

    expect(shown()).toEqual({
      status: 'IN_PROGRESS',
      steps: { account: 'SUCCEEDED', setup: 'SUCCEEDED', access: 'IN_PROGRESS' },
    });
    expect(stepOf('account')['outputs']).toEqual({
      accountId: { value: ACCOUNT.id, type: 'STRING', isSensitive: false },
    });
  });

  it('has succeeded as soon as the outcome is told', async () => {
    await ledgerSays({ status: 'VENDED', account: ACCOUNT }, ['CompleteVending']);

    expect(await world.report(shop)).toBe('told');

    expect(shown()).toEqual({
      status: 'SUCCEEDED',
      steps: { account: 'SUCCEEDED', setup: 'SUCCEEDED', access: 'SUCCEEDED' },
    });
    await world.poll();
    expect((await world.source()).reporting).toEqual([]);
  });

  it('waits a moment for the ledger, which is written after the outcome is told', async () => {
    await ledgerSays({ status: 'RUNNING', account: ACCOUNT });
    world.onWait = () => ledgerSays({ status: 'VENDED', account: ACCOUNT }, [], null, 'VENDED');

    expect(await world.report(shop, sequence)).toBe('told');

    expect(shown().status).toBe('SUCCEEDED');
    expect(world.waits).toEqual([2000]);
  });

  it.each(['RUNNING', 'ACCEPTED'] as const)(
    'is told how it stands where the ledger says for twenty seconds that it is %s, and no poll waits for that',
    async (status) => {
      await ledgerSays({ status: 'VENDED', account: ACCOUNT }, [], null, status);
      const leases: unknown[] = [];
      world.onWait = async () => void leases.push((await world.source()).lease);

      expect(await world.report(shop, sequence)).toBe('told');

      expect(world.waits).toEqual(Array.from({ length: 10 }, () => 2000));
      expect(new Set(leases)).toEqual(new Set([null]));
      expect(shown().status).toBe('SUCCEEDED');
    },
  );

  it('is registered once, however often it is updated', async () => {
    for (const status of ['RUNNING', 'VENDED'] as const) {
      await ledgerSays({ status, account: ACCOUNT }, ['GrantAccess']);
      await world.report(shop);
    }
    expect(world.server.calls.filter((call) => /^POST .*\/source$/u.test(call))).toHaveLength(1);
    expect(shown().status).toBe('SUCCEEDED');
  });

  it('is told by the poll that is at work, and nothing is asked beside that', async () => {
    await ledgerSays({ status: 'VENDED', account: ACCOUNT });
    await beginPoll(world.store, { platform: PLATFORM, holder: 'another' }, new Date(world.at), 330);
    const calls = world.server.calls.length;
    expect(await world.report(shop)).toBe('later');
    expect(world.server.calls).toHaveLength(calls);
    expect((await world.source()).lease?.holder).toBe('another');
  });

  it('is told once the pause that meshStack asked for is over', async () => {
    await ledgerSays({ status: 'VENDED', account: ACCOUNT });
    world.server.disturbance = (call) =>
      call.endsWith('/mesheventlogs') ? new Response('', { status: 429, headers: { 'retry-after': '60' } }) : undefined;
    await expect(world.poll()).rejects.toThrow('answered 429');
    expect(await world.report(shop)).toBe('later');
    world.pass(61);
    expect(await world.report(shop)).toBe('told');
  });

  it('is left to the polls where it is what shows that the key is refused: their alarm is the one', async () => {
    await ledgerSays({ status: 'VENDED', account: ACCOUNT });
    world.server.disturbance = (call) => (call.startsWith('PATCH') ? new Response('', { status: 403 }) : undefined);
    expect(await world.report(shop)).toBe('later');
    expect((await world.source()).lease).toBeNull();
  });

  it('is told beside that of another tenant, as long as each goes on', async () => {
    const [, lab = ''] = world.model.tenants.keys();
    const other = world.model.requestRun(lab, 'APPLY');
    await world.poll();
    expect((await world.source()).reporting).toEqual([shop, lab]);
    await ledgerSays({ status: 'VENDED', account: ACCOUNT });
    await world.poll();
    expect((await world.source()).reporting).toEqual([lab]);
    expect([shown().status, world.model.blockRuns.get(other)?.status]).toEqual(['SUCCEEDED', 'IN_PROGRESS']);
  });

  it('that cannot be read is left alone, and the next one is taken', async () => {
    world.model.requestRun(shop, 'APPLY');
    const next = world.model.requestRun(shop, 'DESTROY');
    let isFirst = true;
    world.server.disturbance = (call, content) => {
      if (!call.endsWith('/create') || content === undefined || !isFirst) return undefined;
      isFirst = false;
      return { content: { metadata: {} } };
    };
    expect(await world.poll()).toBe('done');
    expect(world.model.blockRuns.get(next)?.status).toBe('IN_PROGRESS');
    expect(world.said.filter(({ level }) => level === 'error')).toMatchObject([
      { keys: { faults: expect.stringContaining('meshBuildingBlockRun: ') as string } },
    ]);
  });

  it('keeps no tenant from the bus where it cannot be taken', async () => {
    world.model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
    world.pass(1);
    world.server.disturbance = (call) => (call.endsWith('/create') ? new Response('', { status: 503 }) : undefined);
    await expect(world.poll()).rejects.toThrow('answered 503');
    expect(world.published).toHaveLength(3);
  });

  it('of a platform of others is not ours, even in a project with one of our tenants', async () => {
    const lost = world.model.requestRun(shop, 'APPLY');
    const ofOthers = world.model.blockRuns.get(lost);
    if (ofOthers !== undefined) world.model.blockRuns.set(lost, { ...ofOthers, platform: 'azure.eu' });
    await world.poll();
    expect(world.model.blockRuns.get(lost)?.status).toBe('FAILED');
    expect(shown().status).toBe('IN_PROGRESS');
  });

  it('keeps others from polling for seventy seconds where who tells it is killed', async () => {
    await ledgerSays({ status: 'VENDED', account: ACCOUNT });
    world.restart();
    world.killAt = 3;
    await expect(world.report(shop)).rejects.toThrow(KilledError);
    world.restart();
    world.pass(60);
    expect(await world.poll()).toBe('busy');
    world.pass(11);
    expect(await world.poll()).toBe('done');
    expect(shown().status).toBe('SUCCEEDED');
  });

  it('has failed where the vending has, with the remedy for the operator', async () => {
    await ledgerSays({ status: 'FAILED', account: ACCOUNT }, ['MoveAccount'], {
      name: 'RejectedError',
      message: 'The OU is not there.',
      remedy: 'Make it.',
    });

    await world.report(shop);

    expect(shown()).toEqual({
      status: 'FAILED',
      steps: { account: 'SUCCEEDED', setup: 'FAILED', access: 'PENDING' },
    });
    expect(stepOf('setup')['systemMessage']).toBe('RejectedError: The OU is not there. Make it.');
  });

  it('has failed where the order was refused', async () => {
    const faults = [{ field: 'accountAlias', message: 'is too long.' }];
    await ledgerSays({
      status: 'REJECTED',
      latestSequence: -1,
      rejection: { replicationSequence: sequence, at: '', faults },
    });

    await world.report(shop);

    expect(shown()).toEqual({ status: 'FAILED', steps: { account: 'FAILED' } });
    expect(stepOf('account')['systemMessage']).toBe('accountAlias: is too long.');
  });

  it('is not told that an earlier vending has succeeded', async () => {
    await ledgerSays({ status: 'VENDED', account: ACCOUNT, latestSequence: sequence - 1 });

    await world.report(shop);

    expect(shown().status).toBe('IN_PROGRESS');
  });

  it('is not told that a vending has succeeded before a newer order that is not on the bus yet', async () => {
    await ledgerSays({ status: 'VENDED', account: ACCOUNT });
    const source = { platform: PLATFORM, tenantUuid: shop };
    const pending = { contentHash: 'of another order', replicationSequence: sequence + 1 };
    await overwrite(world.store, sourceTenantKey(PLATFORM, shop), {
      ...(await readSourceTenant(world.store, source)),
      pending,
    });

    await world.report(shop);

    expect(shown().status).toBe('IN_PROGRESS');
  });

  it('is told by the next poll what no message has told', async () => {
    await ledgerSays({ status: 'VENDED', account: ACCOUNT });

    await world.poll();

    expect(shown().status).toBe('SUCCEEDED');
  });

  it('is told the same once', async () => {
    await ledgerSays({ status: 'RUNNING', account: ACCOUNT });
    await world.poll();
    const calls = world.callsTo('PATCH');
    world.pass(300);

    await world.poll();
    await world.report(shop);

    expect(world.callsTo('PATCH')).toBe(calls);
  });

  it('that tears down has ended when the account is closed', async () => {
    const end = world.model.requestRun(shop, 'DESTROY');
    const deletion = { replicationSequence: sequence + 1, at: '', landingZone: 'aws-dev' };
    world.model.markForDeletion(shop);
    world.pass(1);
    await ledgerSays({ status: 'VENDED', account: ACCOUNT, deletion });
    await world.poll();
    const run = world.model.blockRuns.get(end);
    expect(run?.status).toBe('IN_PROGRESS');
    expect(run?.steps[0]?.['userMessage']).toBe('The deletion is recorded; the account is not closed yet.');

    await ledgerSays({ status: 'CLOSED', account: ACCOUNT, deletion });
    await world.report(shop);

    expect(world.model.blockRuns.get(end)).toMatchObject({
      status: 'SUCCEEDED',
      steps: [{ id: 'account', userMessage: 'Nobody has access any more; the account stays.' }],
    });
  });

  it('that tears down says so where the account has left the organization', async () => {
    const end = world.model.requestRun(shop, 'DESTROY');
    const deletion = { replicationSequence: sequence + 1, at: '', landingZone: 'aws-dev', accountGone: true };
    world.model.markForDeletion(shop);
    world.pass(1);
    await world.poll();
    await ledgerSays({ status: 'CLOSED', account: ACCOUNT, deletion });
    await world.report(shop);

    expect(world.model.blockRuns.get(end)?.steps).toMatchObject([
      { userMessage: 'Nobody has access any more; the account is in the organization no more.' },
    ]);
  });

  it('that tears down has failed where the closing has, with the remedy for the operator', async () => {
    const end = world.model.requestRun(shop, 'DESTROY');
    world.model.markForDeletion(shop);
    world.pass(1);
    await world.poll();
    const deletion = { replicationSequence: sequence + 1, at: '', landingZone: 'aws-dev' };
    const error = { name: 'RejectedError', message: 'It is not this account.', remedy: 'Look at its tag.' };
    await ledgerSays(
      { status: 'FAILED', account: ACCOUNT, deletion },
      ['GuardAccount'],
      error,
      'FAILED',
      'close-account',
    );

    expect(await world.report(shop, sequence)).toBe('told');

    const run = world.model.blockRuns.get(end);
    expect(run?.status).toBe('FAILED');
    expect(run?.steps).toMatchObject([
      { id: 'account', status: 'FAILED', systemMessage: 'RejectedError: It is not this account. Look at its tag.' },
    ]);
  });

  it('of a tenant that has gone before anybody has heard of it is remembered with that, the newest of its project', async () => {
    const late = new MeshWorld({}, 'v4-preview');
    const { shop: first } = twoTenants(late);
    late.model.delete(first);
    late.pass(60);
    const gone = late.model.orderTenant('retail', 'webshop-dev', 'aws-dev');
    const end = late.model.requestRun(gone, 'DESTROY');
    late.model.delete(gone);
    await late.poll();
    expect((await late.source()).reporting).toEqual([gone]);
    const known = await readSourceTenant(late.store, { platform: PLATFORM, tenantUuid: gone });
    expect(known?.blockRun).toMatchObject({ uuid: end, behavior: 'DESTROY' });
  });

  it.each(['v4', 'v4-preview'] as const)(
    'of a project whose first tenant is gone is remembered with the one that is there (%s)',
    async (version) => {
      const late = new MeshWorld({}, version);
      const { shop: first } = twoTenants(late);
      late.model.delete(first);
      const second = late.model.orderTenant('retail', 'webshop-dev', 'aws-dev');
      late.model.requestRun(second, 'APPLY');
      await late.poll();
      expect((await late.source()).reporting).toEqual([second]);
    },
  );

  it('of a tenant that was never read gives it its number', async () => {
    const late = new MeshWorld({ firstTenantPlatformNumber: 50 });
    const { shop: gone } = twoTenants(late);
    late.model.requestRun(gone, 'DESTROY');
    late.model.delete(gone);
    late.model.tenants.delete([...late.model.tenants.keys()][1] ?? '');
    await late.poll();
    expect((await readSourceTenant(late.store, { platform: PLATFORM, tenantUuid: gone }))?.number).toBe(50);
  });

  it('is asked for by nobody where no building block shows how vendings stand', async () => {
    const other = new MeshWorld({ buildingBlockRunnerUuid: undefined });
    const tenants = twoTenants(other);
    other.model.requestRun(tenants.shop, 'APPLY');
    await other.poll();
    expect(other.callsTo('meshbuildingblockruns')).toBe(0);
    expect(await other.report(tenants.shop)).toBe('later');
  });

  it('is taken with nineteen others by a poll, and the rest by the next one', async () => {
    const claims = () => world.callsTo('meshbuildingblockruns/create');
    const before = claims();
    for (let more = 0; more < 25; more += 1) world.model.requestRun(shop, 'APPLY');
    await world.poll();
    expect(claims() - before).toBe(20);
    await world.poll();
    // Five, and the answer that there is none.
    expect(claims() - before).toBe(26);
  });

  it('is left to the next poll where the time of this one is up', async () => {
    const claims = () => world.callsTo('meshbuildingblockruns/create');
    const before = claims();
    for (let more = 0; more < 3; more += 1) world.model.requestRun(shop, 'APPLY');
    world.server.disturbance = (call) => {
      if (call.includes('meshbuildingblockruns/create')) world.pass(201);
      return undefined;
    };
    await world.poll();
    expect(claims() - before).toBe(1);
  });

  it('of a project without one of our tenants has failed, and says why', async () => {
    const lost = world.model.requestRun(shop, 'APPLY');
    world.model.tenants.delete(shop);

    await world.poll();

    expect(world.model.blockRuns.get(lost)?.status).toBe('FAILED');
    expect(world.model.blockRuns.get(lost)?.steps[0]?.['userMessage']).toMatch('no AWS tenant');
  });

  it('causes no call while the key is refused', async () => {
    world.server.revokeTokens();
    world.secret = '{"clientId":"key-1","clientSecret":"wrong"}';
    world.restart();
    await ledgerSays({ status: 'VENDED', account: ACCOUNT });
    expect(await world.poll()).toBe('refused');
    const calls = world.server.calls.length;

    expect(await world.report(shop)).toBe('later');

    expect(world.server.calls).toHaveLength(calls);
  });

  it('fails when meshStack cannot be reached, so that Lambda tries again', async () => {
    await ledgerSays({ status: 'VENDED', account: ACCOUNT });
    world.server.disturbance = (call) => (call.startsWith('PATCH') ? new Response('', { status: 503 }) : undefined);

    await expect(world.report(shop)).rejects.toThrow('answered 503');
  });

  describe('whose answer is lost', () => {
    /** What meshStack answers; undefined: nothing comes. */
    const lost: readonly (number | undefined)[] = [502, 503, 504, undefined];
    let left: number;

    /** Does so with the next calls of this kind, and counts all of them from then on. */
    const lose = (times: number, isMeant: RegExp, status: number | undefined): (() => number) => {
      left = times;
      const before = world.server.calls.length;
      world.server.disturbance = (call) => {
        if (left === 0 || !isMeant.test(call)) return undefined;
        left -= 1;
        if (status === undefined) throw new Error('The connection was reset.');
        return new Response('', { status });
      };
      return () => world.server.calls.slice(before).filter((call) => isMeant.test(call)).length;
    };

    it.each(lost)('is not claimed a second time in one poll: the next run would be taken, too (%s)', async (status) => {
      const next = world.model.requestRun(shop, 'DESTROY');
      const claims = lose(1, /^POST .*\/create$/u, status);
      await expect(world.poll()).rejects.toThrow(status === undefined ? 'could not be reached' : `answered ${status}`);
      expect(claims()).toBe(1);
      world.pass(300);
      expect(await world.poll()).toBe('done');
      expect(world.model.blockRuns.get(next)?.status).toBe('IN_PROGRESS');
    });

    it.each(lost)('is registered again at once, since meshStack knows a source by its name (%s)', async (status) => {
      const next = world.model.requestRun(shop, 'DESTROY');
      const registrations = lose(1, /^POST .*\/source$/u, status);
      expect(await world.poll()).toBe('done');
      expect(registrations()).toBe(2);
      expect(world.model.blockRuns.get(next)?.steps.map(({ id }) => id)).toEqual(['account']);
    });

    it.each([
      { times: 3, sent: 4, status: 'SUCCEEDED' },
      { times: 4, sent: 4, status: 'IN_PROGRESS' },
    ])('is updated again, four times at most: lost $times times', async ({ times, sent, status }) => {
      await ledgerSays({ status: 'VENDED', account: ACCOUNT });
      const updates = lose(times, /^PATCH /u, 503);
      await world.report(shop).catch(() => undefined);
      expect(updates()).toBe(sent);
      expect(world.waits).toEqual([1000, 2000, 4000]);
      expect(shown().status).toBe(status);
    });
  });

  it('is told how it ends, wherever who tells it is killed', async () => {
    for (let killAt = 1; ; killAt += 1) {
      const other = new MeshWorld();
      const { shop: uuid } = twoTenants(other);
      const id = other.model.requestRun(uuid, 'APPLY');
      await other.poll();
      await write(other, uuid, { ...tenantRecord(uuid, Number.MAX_SAFE_INTEGER), status: 'VENDED', account: ACCOUNT });
      other.restart();
      other.pass(300);
      other.killAt = killAt;
      const wasKilled = await other.report(uuid).then(
        () => false,
        (error: unknown) => error instanceof KilledError,
      );
      const hidden = other.effects >= killAt;
      other.restart();
      other.pass(400);
      await other.poll();
      expect(other.model.blockRuns.get(id)?.status).toBe('SUCCEEDED');
      if (!wasKilled && !hidden) break;
    }
  });

  const ACCOUNT = {
    id: '444455556666',
    arn: 'arn:aws:organizations::222222222222:account/o-1/444455556666',
    name: 'retail.webshop-dev',
    email: 'aws+retail@corp.example',
    knownSince: '2026-11-02T08:10:00Z',
    imported: false,
  };

  const tenantRecord = (uuid: string, latestSequence: number): TenantRecord => ({
    ...NOTHING_YET,
    tenantUuid: uuid,
    workspaceIdentifier: 'retail',
    projectIdentifier: 'webshop-dev',
    status: 'RUNNING',
    statusChangedAt: '2026-11-02T08:10:00Z',
    latestSequence,
  });

  /** As the application writes it. */
  async function ledgerSays(
    tenant: Partial<TenantRecord>,
    states: readonly string[] = [],
    error: RunRecord['error'] = null,
    status: RunRecord['status'] = 'RUNNING',
    workflow: RunRecord['workflow'] = 'vend-account',
  ): Promise<void> {
    const key = { replicationSequence: sequence, run: 1 };
    const record: RunRecord = {
      ...key,
      workflow,
      status,
      executionArn: null,
      startedAt: '',
      resumedAt: '',
      finishedAt: null,
      error,
      supersededBy: null,
      reconciledIn: null,
      steps: states.map((state) => ({
        state,
        startedAt: '',
        finishedAt: null,
        attempts: 1,
        remark: null,
        error: null,
        changes: [],
      })),
    };
    await write(world, shop, { ...tenantRecord(shop, sequence), lastRun: key, ...tenant });
    const runItem = runKey(shop, sequence, 1);
    const [before] = await world.store.read([runItem]);
    await world.store.commit([{ key: runItem, expectedVersion: before?.version ?? 0, data: record }]);
  }

  async function write({ store }: MeshWorld, uuid: string, data: TenantRecord): Promise<void> {
    const [before] = await store.read([tenantKey(uuid)]);
    await store.commit([{ key: tenantKey(uuid), expectedVersion: before?.version ?? 0, data }]);
  }

  function shown(): { readonly status: string | undefined; readonly steps: Readonly<Record<string, unknown>> } {
    const { status, steps = [] } = world.model.blockRuns.get(run) ?? {};
    return { status, steps: Object.fromEntries(steps.map(({ id, status: stands }) => [String(id), stands])) };
  }

  const stepOf = (id: string): Readonly<Record<string, unknown>> =>
    world.model.blockRuns.get(run)?.steps.find((step) => step['id'] === id) ?? {};
});

describe('What a building block run is told', () => {
  const tenant: TenantRecord = {
    ...NOTHING_YET,
    tenantUuid: 't',
    workspaceIdentifier: 'w',
    projectIdentifier: 'p',
    latestSequence: 5,
    status: 'RUNNING',
    statusChangedAt: '',
  };
  const account = { id: '444455556666', arn: 'arn', name: 'n', email: 'e', knownSince: '', imported: false };
  const told = (changes: Partial<TenantRecord>, behavior = 'APPLY', run?: Partial<RunRecord>, latest = 5) =>
    blockRunReport(
      { behavior },
      {
        tenant: { ...tenant, ...changes },
        run: run as RunRecord | undefined,
        latest: { contentHash: '', replicationSequence: latest },
      },
    );
  const standing = ({ status, steps }: ReturnType<typeof told>) => [status, ...steps.map((one) => one.status)];

  it.each([
    { status: 'VENDED', standsAs: ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED'] },
    { status: 'FAILED', standsAs: ['FAILED', 'SUCCEEDED', 'FAILED', 'PENDING'] },
    { status: 'REJECTED', standsAs: ['ABORTED', 'ABORTED'] },
    { status: 'SUPERSEDED', standsAs: ['ABORTED', 'ABORTED'] },
    { status: 'CLOSED', standsAs: ['ABORTED', 'ABORTED'] },
    { status: 'SHADOWED', standsAs: ['IN_PROGRESS', 'SUCCEEDED', 'IN_PROGRESS', 'PENDING'] },
    { status: 'ACCEPTED', standsAs: ['IN_PROGRESS', 'SUCCEEDED', 'IN_PROGRESS', 'PENDING'] },
    { status: 'AWAITING_APPROVAL', standsAs: ['IN_PROGRESS', 'SUCCEEDED', 'IN_PROGRESS', 'PENDING'] },
    { status: 'QUEUED', standsAs: ['IN_PROGRESS', 'SUCCEEDED', 'IN_PROGRESS', 'PENDING'] },
    { status: 'RUNNING', standsAs: ['IN_PROGRESS', 'SUCCEEDED', 'IN_PROGRESS', 'PENDING'] },
  ] as const)('of a tenant that is $status', ({ status, standsAs }) => {
    expect(standing(told({ status, account }))).toEqual(standsAs);
  });

  it.each(['GrantAccess', 'CheckGrants', 'DowngradeAccessRole', 'ConfirmDowngrade', 'CheckGroups', 'CompleteVending'])(
    'is that access is given, in %s',
    (state) => {
      const steps = [{ state: 'TagAccount' }, { state }] as unknown as RunRecord['steps'];
      expect(standing(told({ account }, 'APPLY', { steps }))).toEqual([
        'IN_PROGRESS',
        'SUCCEEDED',
        'SUCCEEDED',
        'IN_PROGRESS',
      ]);
      expect(standing(told({ status: 'FAILED', account: null }, 'APPLY', { steps }))).toEqual([
        'FAILED',
        'FAILED',
        'PENDING',
        'PENDING',
      ]);
    },
  );

  it('is its name, the account beside its first step alone, and nothing that there is not', () => {
    expect(told({ account }).steps).toEqual([
      {
        id: 'account',
        displayName: 'AWS account',
        status: 'SUCCEEDED',
        accountId: '444455556666',
        userMessage: null,
        systemMessage: null,
      },
      {
        id: 'setup',
        displayName: 'Set-up',
        status: 'IN_PROGRESS',
        accountId: null,
        userMessage: null,
        systemMessage: null,
      },
      {
        id: 'access',
        displayName: 'Access',
        status: 'PENDING',
        accountId: null,
        userMessage: null,
        systemMessage: null,
      },
    ]);
  });

  it('is no more than five hundred characters of a message', () => {
    const error = { name: 'RejectedError', message: 'x'.repeat(600), remedy: null };
    const [, setup] = told({ status: 'FAILED', account }, 'APPLY', { error, steps: [] }).steps;
    expect(setup?.systemMessage).toBe(`RejectedError: ${'x'.repeat(485)}`);
    expect(setup?.userMessage).toContain('Your platform team sees why');
    const short = { ...error, message: 'm' };
    const [, brief] = told({ status: 'FAILED', account }, 'APPLY', { error: short, steps: [] }).steps;
    expect(brief?.systemMessage).toBe('RejectedError: m');
  });

  it.each([
    { at: 4, standsAs: ['IN_PROGRESS', 'IN_PROGRESS'], told: null },
    { at: 5, standsAs: ['FAILED', 'FAILED'], told: 'a: is b.\nc: is d.' },
    { at: 6, standsAs: ['FAILED', 'FAILED'], told: 'a: is b.\nc: is d.' },
  ])('is a refusal of its order, or of a newer one, and not of an older: $at', ({ at, standsAs, told: why }) => {
    const faults = [
      { field: 'a', message: 'is b.' },
      { field: 'c', message: 'is d.' },
    ];
    const report = told({ latestSequence: 4, rejection: { replicationSequence: at, at: '', faults } });
    expect(standing(report)).toEqual(standsAs);
    expect(report.steps[0]?.systemMessage).toBe(why);
  });

  it('is that nothing more is done for a tenant that is to be deleted', () => {
    const report = told({ status: 'VENDED', account, deletion: { replicationSequence: 5, at: '', landingZone: 'z' } });
    expect(report).toMatchObject({ status: 'ABORTED', steps: [{ status: 'ABORTED' }] });
    expect(report.steps[0]?.userMessage).toContain('is to be deleted');
  });

  const ended = { status: 'CLOSED', account } as const;
  const closure = (phase: string) => ({ closure: { phase } as unknown as TenantRecord['closure'] });
  it.each<readonly [string, Partial<TenantRecord>]>([
    ['There is no account.', { status: 'CLOSED' }],
    ['The account is closed.', { ...ended, ...closure('closed') }],
    ['Nobody has access any more; the account stays.', { ...ended, ...closure('asked') }],
  ])('at the end is: %s', (message, changes) => {
    const report = told(changes, 'DESTROY');
    expect(report).toMatchObject({ status: 'SUCCEEDED', steps: [{ userMessage: message }] });
    expect(report.steps[0]?.accountId).toBe(changes.account?.id ?? null);
  });

  it('of a tear-down is nothing of a vending that has failed', () => {
    const failed = { status: 'FAILED', account } as const;
    expect(told(failed, 'DESTROY', { workflow: 'vend-account' })).toMatchObject({
      status: 'IN_PROGRESS',
      steps: [{ status: 'IN_PROGRESS', userMessage: null, accountId: '444455556666' }],
    });
    expect(told(failed, 'DESTROY', { workflow: 'close-account', error: null })).toMatchObject({
      status: 'FAILED',
      steps: [{ status: 'FAILED', systemMessage: null, accountId: '444455556666' }],
    });
  });
});
