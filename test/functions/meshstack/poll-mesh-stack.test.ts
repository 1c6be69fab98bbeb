import { parseDesiredState } from '../../../functions/domain/desired-state/desired-state';
import { readSourceTenant } from '../../../functions/ledger/meshstack/mesh-stack-source';
import { desiredContent, desiredDeletion } from '../../../functions/meshstack/domain/desired-content';
import type { MeshTenant, MeshUser } from '../../../functions/meshstack/domain/mesh-objects';
import { isRelevant, touchedBy } from '../../../functions/meshstack/domain/touched-tenants';
import { MeshWorld, PLATFORM, twoTenants } from './mesh-world';

const OTHER_PLATFORM = '5b0c1b1e-0000-4000-8000-0000000000ff';

describe.each(['v4', 'v4-preview'] as const)('A poll of a meshStack with meshTenant %s', (version) => {
  let world: MeshWorld;
  beforeEach(() => {
    world = new MeshWorld({}, version);
  });

  it('follows no redirect: another address would learn the token', async () => {
    await world.poll();
    expect([...world.redirects]).toEqual(['error']);
  });

  it('puts each tenant on the bus, with all that it is made of', async () => {
    const { shop } = twoTenants(world);

    await world.poll();

    const state = world.published.find(({ tenant }) => tenant.metadata.uuid === shop);
    expect(state).toMatchObject({
      tenant: {
        metadata: { uuid: shop, ownedByWorkspace: 'retail', ownedByProject: 'webshop-dev' },
        spec: { landingZoneRef: { name: 'aws-dev' }, platformTenantId: null },
        status: {
          tenantName: 'retail.webshop-dev.aws.eu',
          tags: { environment: ['dev'], businessUnit: ['Retail'] },
          lifecycle: { state: 'ACTIVE' },
        },
      },
      tenantPlatformNumber: 1,
      workspace: { metadata: { name: 'retail' }, spec: { displayName: 'Workspace retail' } },
      project: { spec: { displayName: 'Project webshop-dev', paymentMethodIdentifier: 'retail-2026' } },
      paymentMethod: { metadata: { name: 'retail-2026' }, spec: { amount: 1000, tags: { costCenter: ['4712'] } } },
      projectCreatorEmail: 'jane@corp.example',
      userPermissions: [
        { username: 'jane', euid: 'jane@corp.example', roles: ['admin', 'user'] },
        { username: 'omar', euid: 'omar@corp.example', roles: ['user'] },
      ],
    });
    expect(parseDesiredState(state).ok).toBe(true);
    expect(world.published).toHaveLength(2);
  });

  it('takes the time of reading as the sequence', async () => {
    twoTenants(world);
    const before = world.at;

    await world.poll();

    for (const { replicationSequence } of world.published) {
      expect(replicationSequence).toBeGreaterThan(before);
      expect(replicationSequence).toBeLessThanOrEqual(world.at);
    }
  });

  it('takes for the sequence when reading began: what changes meanwhile is newer', async () => {
    twoTenants(world);
    const began = new Map<string, number>();
    world.server.disturbance = (call, content) => {
      const [, name] = /meshprojects\/(.+)$/u.exec(call) ?? [];
      if (name !== undefined && content === undefined) began.set(name, world.at);
      if (name !== undefined && content === undefined) world.pass(10);
      return undefined;
    };

    await world.poll();

    for (const { tenant, replicationSequence } of world.published) {
      const { ownedByWorkspace, ownedByProject } = tenant.metadata;
      expect(replicationSequence).toBeLessThanOrEqual(began.get(`${ownedByWorkspace}.${ownedByProject}`) ?? 0);
    }
    expect(world.published).toHaveLength(2);
  });

  it('leaves to a later poll what it has read by a clock that has gone back', async () => {
    twoTenants(world);
    await world.poll();
    world.model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
    world.pass(-600);
    expect(await world.poll()).toBe('done');
    expect(world.published).toHaveLength(2);

    world.pass(660);
    await world.poll();

    expect(world.published).toHaveLength(3);
    expect((await world.source()).work).toEqual([]);
  });

  it('says nothing where nothing has changed, and asks for events alone', async () => {
    twoTenants(world);
    await world.poll();
    world.server.calls.length = 0;
    world.pass(250);

    await world.poll();

    expect(world.published).toHaveLength(2);
    expect(world.server.calls.map((call) => call.replace('/api/meshobjects', ''))).toEqual([
      'GET /mesheventlogs',
      'POST /meshbuildingblockruns/create',
    ]);
  });

  it.each<[what: string, change: (world: MeshWorld) => void]>([
    [
      'tags',
      ({ model }) => {
        model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
      },
    ],
    [
      'a new member',
      ({ model }) => {
        model.addUserRole('retail', 'webshop-dev', 'mei', 'Project Reader');
      },
    ],
    [
      'a member who left',
      ({ model }) => {
        model.removeUserRole('retail', 'webshop-dev', 'jane');
      },
    ],
  ])('tells a change once, of its tenant alone: %s', async (_, change) => {
    const { shop } = twoTenants(world);
    await world.poll();
    world.pass(300);
    change(world);

    world.pass(1);
    await world.poll();
    world.pass(300);
    await world.poll();

    const news = world.published.slice(2);
    expect(news.map(({ tenant }) => tenant.metadata.uuid)).toEqual([shop]);
    const first = world.published.find(({ tenant }) => tenant.metadata.uuid === shop);
    expect(news[0]?.replicationSequence).toBeGreaterThan(first?.replicationSequence ?? Infinity);
  });

  it('finds within an hour what an event without a workspace has changed', async () => {
    twoTenants(world);
    await world.poll();
    world.pass(300);
    world.model.changeEuid('mei', 'mei@other.example');
    world.pass(1);
    await world.poll();
    expect(world.published).toHaveLength(2);

    world.pass(60 * 60);
    await world.poll();

    expect(world.published.at(-1)?.userPermissions).toMatchObject([{ euid: 'mei@other.example' }]);
    expect(world.published).toHaveLength(3);

    // That was all: the next hour has nothing to compare.
    const lists = world.callsTo('/meshtenants');
    world.pass(2 * 60 * 60);
    await world.poll();
    expect(world.callsTo('/meshtenants')).toBe(lists);
  });

  it('compares everything once a day, since not everything is an event', async () => {
    twoTenants(world);
    await world.poll();
    world.pass(300);
    world.model.groups.get('developers')?.delete('omar');
    world.pass(23 * 60 * 60);
    await world.poll();
    expect(world.published).toHaveLength(2);

    world.pass(60 * 60);
    await world.poll();

    expect(world.published.at(-1)?.userPermissions?.map(({ username }) => username)).toEqual(['jane']);
  });

  it('tells a deletion, though nothing of the project can be read any more', async () => {
    const { shop } = twoTenants(world);
    await world.poll();
    world.pass(300);
    world.model.markForDeletion(shop);
    world.model.projects.delete('retail.webshop-dev');

    world.pass(1);
    await world.poll();
    world.pass(300);
    world.model.delete(shop);
    world.pass(1);
    await world.poll();

    const states = world.published.slice(2).map(({ tenant }) => tenant.status.lifecycle.state);
    expect(states).toEqual(['MARKED_FOR_DELETION', 'DELETED']);
    expect(world.published.at(-1)).not.toHaveProperty('userPermissions');
  });

  it('says nothing of a tenant that has gone before anybody has heard of it', async () => {
    const { lab } = twoTenants(world);
    world.model.delete(lab);

    await world.poll();

    expect(world.published.map(({ tenant }) => tenant.metadata.ownedByWorkspace)).toEqual(['retail']);
  });

  it('gives each tenant a number of its own, for good', async () => {
    const { shop } = twoTenants(world);
    await world.poll();
    world.pass(300);
    world.model.addProject('retail', 'webshop-prod');
    world.model.orderTenant('retail', 'webshop-prod', 'aws-dev');
    world.model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
    world.pass(1);
    await world.poll();

    const numbers = world.published.map(({ tenant, tenantPlatformNumber }) => [
      tenant.metadata.ownedByProject,
      tenantPlatformNumber,
    ]);
    expect(numbers).toEqual([
      ['webshop-dev', 1],
      ['lab', 2],
      ['webshop-dev', 1],
      ['webshop-prod', 3],
    ]);
    expect(shop).toBe(world.published[0]?.tenant.metadata.uuid);
  });

  it('begins with the number that is configured, also for a tenant that cannot be read', async () => {
    world = new MeshWorld({ firstTenantPlatformNumber: 100 }, version);
    const { shop } = twoTenants(world);
    world.server.disturbance = (call, content) =>
      call.endsWith('/meshtenants') && content !== undefined
        ? { content: withFault(content, 'retail', { field: 'status.tenantName' }) }
        : undefined;
    await world.poll();
    expect((await readSourceTenant(world.store, { platform: PLATFORM, tenantUuid: shop }))?.number).toBe(100);
    expect(world.published.map(({ tenantPlatformNumber }) => tenantPlatformNumber)).toEqual([101]);

    const alone = new MeshWorld({ firstTenantPlatformNumber: 7 }, version);
    twoTenants(alone);
    await alone.poll();
    expect(alone.published.map(({ tenantPlatformNumber }) => tenantPlatformNumber)).toEqual([7, 8]);
  });

  it('reads lists that have several pages', async () => {
    world.model.addWorkspace('many');
    world.model.addProject('many', 'project');
    for (let number = 0; number < 501; number += 1) world.model.orderTenant('many', 'project', 'aws-dev');

    for (let polls = 0; polls < 2; polls += 1) {
      await world.poll();
      world.pass(300);
    }

    expect(world.callsTo('GET /api/meshobjects/meshtenants') - world.server.notServed).toBe(2);
    expect(new Set(world.published.map(({ tenant }) => tenant.metadata.uuid)).size).toBe(501);
    expect(world.published).toHaveLength(501);
  });

  it.each([
    { type: 'aws-vending', published: 2, said: '' },
    { type: 'AWS', published: 0, said: 'set meshStack.platformTypeIdentifier' },
  ])('vends tenants of the configured platform type alone: $type, $published', async ({ type, published, said }) => {
    world = new MeshWorld({ platformTypeIdentifier: 'aws-vending' }, version);
    world.model.platformType = type;
    twoTenants(world);

    await world.poll();

    // What is vended is an AWS account, whatever meshStack calls the type.
    const types = world.published.map(({ tenant }) => tenant.status.platformTypeIdentifier);
    expect(types).toEqual(Array.from({ length: published }, () => 'AWS'));
    expect(JSON.stringify(world.said.filter(({ level }) => level === 'error'))).toContain(said);
  });

  it('tells the account that a building block has set, which changes nothing else', async () => {
    const { shop } = twoTenants(world);
    await world.poll();
    const before = world.published.find(({ tenant }) => tenant.metadata.uuid === shop);
    const tenant = world.model.tenants.get(shop);
    if (tenant !== undefined) tenant.platformTenantId = '555555555555';
    world.pass(24 * 3600);

    await world.poll();

    expect(world.published.slice(2)).toEqual([
      {
        ...before,
        replicationSequence: expect.any(Number) as number,
        tenant: { ...before?.tenant, spec: { ...before?.tenant.spec, platformTenantId: '555555555555' } },
      },
    ]);
  });

  it('leaves to the other a meshStack that another poll is at', async () => {
    twoTenants(world);
    world.killAt = 8;
    await expect(world.poll()).rejects.toThrow();
    world.restart();

    expect(await world.poll()).toBe('busy');
  });
});

describe('A meshStack that is in trouble', () => {
  let world: MeshWorld;
  beforeEach(() => {
    world = new MeshWorld();
    twoTenants(world);
  });

  it('is asked again when its Retry-After is over', async () => {
    let busy = 2;
    world.server.disturbance = (call) => {
      if (!call.includes('meshworkspaces') || busy === 0) return undefined;
      busy -= 1;
      return new Response('{}', { status: 429, headers: { 'retry-after': '7' } });
    };

    expect(await world.poll()).toBe('done');

    expect(world.waits).toEqual([7000, 7000]);
    expect(world.published).toHaveLength(2);
  });

  it('is left alone for as long as it asks for, and then goes on where it was', async () => {
    let busy = true;
    world.server.disturbance = (call) =>
      busy && call.includes('meshworkspaces/fraud')
        ? new Response('{}', { status: 429, headers: { 'retry-after': '900' } })
        : undefined;
    await expect(world.poll()).rejects.toThrow('answered 429');
    expect(world.published).toHaveLength(1);
    busy = false;
    world.pass(600);
    const calls = world.server.calls.length;

    expect(await world.poll()).toBe('waits');
    expect(world.server.calls).toHaveLength(calls);
    world.pass(400);
    expect(await world.poll()).toBe('done');

    expect(world.published).toHaveLength(2);
  });

  it('renews a token that has ended, or was revoked', async () => {
    await world.poll();
    world.pass(301);
    await world.poll();
    world.server.revokeTokens();
    world.pass(10);

    expect(await world.poll()).toBe('done');

    expect(world.callsTo('/api/login')).toBe(3);
  });

  it('is one alarm and not a storm when it refuses the key, and goes on when the key is right', async () => {
    const { secret } = world;
    world.secret = '{"clientId":"key-1","clientSecret":"wrong"}';
    expect(await world.poll()).toBe('refused');
    for (let minute = 0; minute < 60; minute += 1) {
      world.pass(60);
      expect(await world.poll()).toBe('refused');
    }

    expect(world.saidAt('error')).toEqual(['meshStack refuses us']);
    expect(world.figures).toHaveLength(61);
    expect(new Set(world.figures.map((figures) => figures['MeshStackRefused']))).toEqual(new Set([1]));
    // Twice each time: the secret may have been changed meanwhile.
    expect(world.server.calls.length).toBeLessThanOrEqual(2 * 13);

    world.secret = secret;
    world.pass(300);
    expect(await world.poll()).toBe('done');
    expect(world.published).toHaveLength(2);
    expect(world.figures.at(-1)).toEqual({ MeshStackRefused: 0, MeshStackUnreadableTenants: 0, MeshStackProblems: 0 });
  });

  it.each([
    ['its project', 'meshprojects/retail', 'meshProject retail.webshop-dev: spec.displayName'],
    ['its workspace', 'meshworkspaces/retail', 'meshWorkspace retail: spec.displayName'],
  ])('stops one tenant, by name, when %s misses a field, and nobody else', async (_, path, field) => {
    const drop = { isOn: true };
    world.server.disturbance = (call, content) =>
      drop.isOn && call.includes(path) ? { content: { ...(content as object), spec: { tags: {} } } } : undefined;

    expect(await world.poll()).toBe('done');

    expect(world.published.map(({ tenant }) => tenant.metadata.ownedByWorkspace)).toEqual(['fraud']);
    expect(JSON.stringify(world.said.find(({ level }) => level === 'error')?.keys)).toMatch(field);
    expect(world.figures.at(-1)).toEqual({ MeshStackRefused: 0, MeshStackUnreadableTenants: 1, MeshStackProblems: 1 });

    drop.isOn = false;
    world.pass(3600);
    await world.poll();
    expect(world.published).toHaveLength(2);
    expect(world.figures.at(-1)).toEqual({ MeshStackRefused: 0, MeshStackUnreadableTenants: 0, MeshStackProblems: 0 });
  });

  it.each([
    { version: 'v4-preview', field: 'spec.landingZoneIdentifier', problem: 'is missing' },
    { version: 'v4-preview', field: 'metadata.ownedByProject', problem: 'is missing' },
    {
      version: 'v4-preview',
      field: 'spec.platformIdentifier',
      value: 'aws.us',
      problem: `is not 'aws.eu', the platform`,
    },
    { version: 'v4-preview', field: 'spec.landingZoneIdentifier', value: '', problem: 'is empty. Give the tenant' },
    { version: 'v4', field: 'spec.platformRef', problem: 'is missing' },
    { version: 'v4', field: 'spec.platformRef.uuid', problem: 'is missing' },
    { version: 'v4', field: 'spec.platformRef.uuid', value: OTHER_PLATFORM, problem: `is not '5b0c1b1e-` },
    { version: 'v4', field: 'spec.landingZoneRef', problem: 'is missing' },
    { version: 'v4', field: 'spec.landingZoneRef', value: null, problem: 'is empty. Give the tenant a landing zone' },
    { version: 'v4', field: 'status.lifecycle', problem: 'is missing' },
    { version: 'v4', field: 'status.lifecycle.state', value: 'ASLEEP', problem: `must be 'ACTIVE' or` },
    { version: 'v4', field: 'status.tenantName', problem: 'is missing' },
  ] as const)('stops one tenant of a list alone, when its $field $problem ($version)', async (faulty) => {
    world = new MeshWorld({}, faulty.version);
    twoTenants(world);
    world.server.disturbance = (call, content) =>
      call.endsWith('/meshtenants') && content !== undefined
        ? { content: withFault(content, 'retail', faulty) }
        : undefined;

    expect(await world.poll()).toBe('done');

    expect(world.published.map(({ tenant }) => tenant.metadata.ownedByWorkspace)).toEqual(['fraud']);
    const keys = JSON.stringify(world.said.find(({ level }) => level === 'error')?.keys);
    expect(keys).toContain(faulty.field);
    expect(keys).toContain(faulty.problem);
  });

  it('is said to refuse us again where it does so for another reason, or once more after it has let us in', async () => {
    const { secret } = world;
    world.secret = '{"clientId":"key-1","clientSecret":"wrong"}';
    await world.poll();
    world.secret = secret;
    world.server.disturbance = (call) =>
      call.endsWith('/mesheventlogs') ? new Response('', { status: 403 }) : undefined;
    for (let polls = 0; polls < 2; polls += 1) {
      world.pass(301);
      expect(await world.poll()).toBe('refused');
    }
    expect(world.saidAt('error')).toHaveLength(2);
    world.server.disturbance = () => undefined;
    world.pass(301);
    expect(await world.poll()).toBe('done');
    expect((await world.source()).pause).toBeNull();
    world.server.disturbance = (call) =>
      call.endsWith('/mesheventlogs') ? new Response('', { status: 403 }) : undefined;
    world.pass(301);
    expect(await world.poll()).toBe('refused');

    expect(world.saidAt('error')).toHaveLength(3);
  });

  it('has every tenant compared within the hour when an event of it cannot be read', async () => {
    await world.poll();
    world.pass(300);
    world.model.groups.get('developers')?.delete('omar');
    world.server.disturbance = (call, content) =>
      call.endsWith('/mesheventlogs') && content !== undefined ? { content: withUnreadableEvent(content) } : undefined;
    await world.poll();
    world.server.disturbance = () => undefined;
    world.pass(3600);

    await world.poll();

    expect(world.published.at(-1)?.userPermissions?.map(({ username }) => username)).toEqual(['jane']);
  });

  it('may date an event as nobody can read it', async () => {
    await world.poll();
    world.pass(300);
    world.model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
    const event = world.model.events.pop();
    if (event !== undefined) world.model.events.push({ ...event, createdAt: '2026-11-02Tnine' });
    world.server.disturbance = (call, content) =>
      call.endsWith('/mesheventlogs') && content !== undefined ? { content } : undefined;

    expect(await world.poll()).toBe('done');

    expect(world.published).toHaveLength(3);
  });

  it('does not repeat what it has said of a tenant that stays unreadable', async () => {
    world.server.disturbance = (call, content) =>
      call.includes('meshprojects/retail') ? { content: { ...(content as object), spec: {} } } : undefined;

    for (let hour = 0; hour < 5; hour += 1) {
      await world.poll();
      world.pass(3600);
    }

    expect(world.saidAt('error')).toHaveLength(1);
  });
});

/** The same list with an event more. */
function withUnreadableEvent(content: unknown): unknown {
  const copy = structuredClone(content) as { _embedded: { meshEventLogs: unknown[] } };
  copy._embedded.meshEventLogs.push({ metadata: {} });
  return copy;
}

/** A list in which a field of one tenant is missing, or has another value. */
function withFault(
  content: unknown,
  workspace: string,
  { field, value }: { readonly field: string; readonly value?: string | null },
): unknown {
  const copy = structuredClone(content) as {
    _embedded: { meshTenants: { metadata: { ownedByWorkspace: string } }[] };
  };
  for (const tenant of copy._embedded.meshTenants) {
    if (tenant.metadata.ownedByWorkspace !== workspace) continue;
    const names = field.split('.');
    const last = names.pop() ?? '';
    const parent = names.reduce<Record<string, unknown>>(
      (at, name) => at[name] as Record<string, unknown>,
      tenant as unknown as Record<string, unknown>,
    );
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else parent[last] = value;
  }
  return copy;
}

describe('What a desired state is made of', () => {
  const platform = {
    platformUuid: 'p-1',
    contactEmail: 'platform@corp.example',
    projectRoles: { 'Project Admin': 'admin', 'Project User': 'user' },
  };
  const tenant: MeshTenant = {
    uuid: 't-1',
    ownedByWorkspace: 'w',
    ownedByProject: 'p',
    platform: { uuid: 'p-1' },
    landingZone: 'lz',
    platformTenantId: '444455556666',
    lifecycle: 'ACTIVE',
    deletedOn: null,
    status: { tenantName: 'w.p.aws', platformTypeIdentifier: 'AWS-OF-OURS', tags: { t: ['1'] } },
  };
  const user = (name: string, more: { readonly uuid?: string; readonly euid?: string } = {}): MeshUser => ({
    metadata: { name, ...(more.uuid === undefined ? {} : { uuid: more.uuid }) },
    spec: { email: `${name}@x`, firstName: `F-${name}`, lastName: `L-${name}`, euid: more.euid ?? null },
  });
  const made = (usersByRole: readonly (readonly [string, readonly MeshUser[]])[], context: object = {}) =>
    desiredContent(platform, tenant, 7, {
      workspace: { metadata: { name: 'w', tags: { w: ['2'] } }, spec: { displayName: 'W' } },
      project: {
        metadata: { name: 'p', ownedByWorkspace: 'w' },
        spec: { displayName: 'P', tags: { p: ['3'] }, paymentMethodIdentifier: null },
      },
      paymentMethod: null,
      usersByRole: new Map(usersByRole),
      ...context,
    });
  const ofTenant = (state: string) => ({
    apiVersion: 'v4',
    kind: 'meshTenant',
    metadata: { uuid: 't-1', ownedByWorkspace: 'w', ownedByProject: 'p' },
    spec: {
      platformRef: { kind: 'meshPlatform', uuid: 'p-1' },
      landingZoneRef: { kind: 'meshLandingZone', name: 'lz' },
      platformTenantId: '444455556666',
    },
    status: { tenantName: 'w.p.aws', platformTypeIdentifier: 'AWS', tags: { t: ['1'] }, lifecycle: { state } },
  });

  it('is the tenant, what surrounds it, and its people in one order, the admin as the contact', () => {
    const usersByRole = [
      ['Project User', [user('omar', { uuid: 'u-1', euid: 'o' }), user('ben')]],
      ['Auditor', [user('omar', { uuid: 'u-1', euid: 'o' })]],
      ['Project Admin', [user('zoe'), user('omar', { uuid: 'u-1', euid: 'o' })]],
    ] as const;
    const person = (name: string) => ({
      username: name,
      firstName: `F-${name}`,
      lastName: `L-${name}`,
      email: `${name}@x`,
    });
    expect(made(usersByRole)).toEqual({
      tenant: ofTenant('ACTIVE'),
      tenantPlatformNumber: 7,
      workspace: { metadata: { name: 'w', tags: { w: ['2'] } }, spec: { displayName: 'W' } },
      project: { metadata: { name: 'p', ownedByWorkspace: 'w' }, spec: { displayName: 'P', tags: { p: ['3'] } } },
      projectCreatorEmail: 'omar@x',
      userPermissions: [
        { ...person('ben'), meshIdentifier: 'ben', euid: null, roles: ['user'] },
        { ...person('omar'), meshIdentifier: 'u-1', euid: 'o', roles: ['Auditor', 'admin', 'user'] },
        { ...person('zoe'), meshIdentifier: 'zoe', euid: null, roles: ['admin'] },
      ],
    });
  });

  it('has the first of its people for a contact where nobody is admin, and the platform where there is nobody', () => {
    expect(made([['Project User', [user('zoe'), user('ben')]]]).projectCreatorEmail).toBe('ben@x');
    expect(made([]).projectCreatorEmail).toBe('platform@corp.example');
  });

  it('has a payment method without what there is not', () => {
    const paymentMethod = { metadata: { name: 'pm' }, spec: { displayName: 'PM', amount: 0, expirationDate: null } };
    expect(made([], { paymentMethod }).paymentMethod).toEqual({
      metadata: { name: 'pm' },
      spec: { displayName: 'PM', amount: 0, tags: {} },
    });
  });

  it.each(['MARKED_FOR_DELETION', 'DELETED'] as const)('is itself alone where it is %s', (lifecycle) => {
    expect(desiredDeletion(platform, { ...tenant, lifecycle }, 7)).toEqual({
      tenant: ofTenant(lifecycle),
      tenantPlatformNumber: 7,
      workspace: { metadata: { name: 'w', tags: {} }, spec: { displayName: 'w' } },
      project: { metadata: { name: 'p', ownedByWorkspace: 'w' }, spec: { displayName: 'p', tags: {} } },
      projectCreatorEmail: 'platform@corp.example',
    });
  });
});

describe('An event', () => {
  const event = (title: string, name?: string | null) => ({
    metadata: { uuid: 'e', createdAt: '' },
    spec: { title, ...(name == null ? {} : { workspaceRef: { name } }) },
  });

  it.each([
    'Tenant Created',
    'Project Tags Changed',
    'Workspace Tags Changed',
    'Payment Method Created',
    'User Changed',
    'Workspace Created Again',
    'User Created Elsewhere',
  ])('may change a desired state: %s', (title) => {
    expect(touchedBy([event(title, 'w'), event(title, 'a'), event(title, 'w')])).toEqual({
      workspaces: ['a', 'w'],
      everything: false,
    });
    expect(touchedBy([event(title, 'w'), event(title)])).toEqual({ workspaces: ['w'], everything: true });
  });

  it.each([
    'Workspace Created',
    'Workspace Quota Changed',
    'User Created',
    'Project Access Request Created',
    'Users Synced',
    'A Tenant Created',
    'Building Block Run Requested',
  ])('changes none: %s', (title) => {
    expect(isRelevant(event(title))).toBe(false);
    expect(touchedBy([event(title, 'w'), event(title)])).toEqual({ workspaces: [], everything: false });
  });

  it('of a move names the workspace that was left, so that every other is read, too', () => {
    expect(touchedBy([event('Tenant Moved', 'w')])).toEqual({ workspaces: ['w'], everything: true });
  });
});
