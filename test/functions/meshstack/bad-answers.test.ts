import { MeshWorld, twoTenants } from './mesh-world';

/** An answer without one of its fields. */
const without =
  (...path: readonly string[]) =>
  (content: unknown): unknown => {
    const copy = structuredClone(content) as Record<string, unknown>;
    const parent = path.slice(0, -1).reduce((object, key) => object[key] as Record<string, unknown>, copy);
    // oxlint-disable-next-line typescript/no-dynamic-delete -- the field is what the case is about
    delete parent[path.at(-1) ?? ''];
    return copy;
  };

/** The same of the first object of a list. */
const firstWithout = (list: string, ...path: readonly string[]) => without('_embedded', list, '0', ...path);

describe('An answer that misses a field', () => {
  it.each<[call: RegExp, change: (content: unknown) => unknown, field: string]>([
    [/meshprojects\/retail/u, without('spec', 'displayName'), 'meshProject retail.webshop-dev: spec.displayName'],
    [/meshprojects\/retail/u, without('spec'), 'meshProject retail.webshop-dev: spec'],
    [/meshworkspaces\/retail/u, without('metadata', 'tags'), 'meshWorkspace retail: metadata.tags'],
    [/meshpaymentmethods\/retail/u, without('spec', 'displayName'), 'meshPaymentMethod retail-2026: spec.displayName'],
    [
      /userbindings/u,
      firstWithout('meshProjectUserBindings', 'roleRef', 'name'),
      'meshProjectUserBindings of retail.webshop-dev: roleRef.name',
    ],
    [
      /groupbindings/u,
      firstWithout('meshProjectGroupBindings', 'roleRef'),
      'meshProjectGroupBindings of retail.webshop-dev: roleRef',
    ],
    [
      /meshusers/u,
      firstWithout('meshUsers', 'spec', 'email'),
      'meshUsers of retail.webshop-dev with the role Project Admin: spec.email',
    ],
    [/meshusers/u, without('_links'), 'meshUsers of retail.webshop-dev with the role Project Admin: _links'],
    [/meshprojects\/retail/u, () => 'nonsense', 'meshProject retail.webshop-dev'],
  ])('stops that tenant alone, and is named: %s %#', async (call, change, field) => {
    const world = new MeshWorld();
    twoTenants(world);
    let isFirst = true;
    world.server.disturbance = (asked, content) => {
      // Both tenants have bindings and users: the first one that is read is the one of retail.
      if (content === undefined || !call.test(asked) || !isFirst) return undefined;
      isFirst = false;
      return { content: change(content) };
    };

    expect(await world.poll()).toBe('done');

    expect(world.published.map(({ tenant }) => tenant.metadata.ownedByWorkspace)).toEqual(['fraud']);
    const [error, ...others] = world.said.filter(({ level }) => level === 'error');
    expect(others).toEqual([]);
    expect(error?.keys).toMatchObject({ faults: expect.stringContaining(field) as string });
    expect(world.figures.at(-1)).toEqual({ MeshStackRefused: 0, MeshStackUnreadableTenants: 1, MeshStackProblems: 1 });
  });

  it.each([400, 406, 500])('or a status that does not pass (%i) stops that tenant alone', async (status) => {
    const world = new MeshWorld();
    twoTenants(world);
    world.server.disturbance = (call) =>
      call.includes('meshprojects/retail') ? new Response('', { status }) : undefined;

    expect(await world.poll()).toBe('done');

    expect(world.published.map(({ tenant }) => tenant.metadata.ownedByWorkspace)).toEqual(['fraud']);
    expect(JSON.stringify(world.said.find(({ level }) => level === 'error')?.keys)).toMatch(
      new RegExp(`meshProject retail.webshop-dev: cannot be read: meshStack .* answered ${status}`, 'u'),
    );
  });

  it('stops it for an hour, or until something of it changes', async () => {
    const world = new MeshWorld();
    twoTenants(world);
    world.server.disturbance = (call) =>
      call.includes('meshprojects/retail') ? new Response('', { status: 500 }) : undefined;
    await world.poll();
    world.server.disturbance = () => undefined;
    world.pass(300);
    await world.poll();
    expect(world.published).toHaveLength(1);

    world.model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
    world.pass(1);
    await world.poll();
    expect(world.published).toHaveLength(2);
    expect((await world.source()).work).toEqual([]);
  });

  it('stops the poll where it is the list that tells of tenants, and nothing is left behind', async () => {
    const world = new MeshWorld();
    twoTenants(world);
    world.server.disturbance = (call) =>
      call.endsWith('/meshtenants') ? new Response('', { status: 500 }) : undefined;
    await expect(world.poll()).rejects.toThrow('answered 500');

    world.server.disturbance = () => undefined;
    world.pass(300);
    await world.poll();

    expect(world.published).toHaveLength(2);
  });
});

describe('A meshStack that is busy', () => {
  it.each([
    { says: '7', waits: [7000, 7000] },
    { says: '0', waits: [0, 0] },
    { says: 'Mon, 02 Nov 2026 08:00:20 GMT', waits: [20_000, 0] },
    { says: 'soon', waits: [1000, 1000] },
    { says: null, waits: [1000, 2000] },
  ])('is waited for as it says: Retry-After $says', async ({ says, waits }) => {
    const world = new MeshWorld();
    twoTenants(world);
    let busy = 2;
    world.server.disturbance = (call) => {
      if (!call.includes('meshworkspaces') || busy === 0) return undefined;
      busy -= 1;
      return new Response('{}', { status: 429, headers: says === null ? {} : { 'retry-after': says } });
    };

    expect(await world.poll()).toBe('done');

    expect(world.waits).toEqual(waits);
    expect(world.published).toHaveLength(2);
  });

  it('when a run is to be taken has given none away: it is taken later', async () => {
    const world = new MeshWorld();
    const { shop } = twoTenants(world);
    const run = world.model.requestRun(shop, 'APPLY');
    let busy = 1;
    world.server.disturbance = (call) => {
      if (!call.endsWith('/create') || busy === 0) return undefined;
      busy -= 1;
      return new Response('{}', { status: 429, headers: { 'retry-after': '3' } });
    };

    expect(await world.poll()).toBe('done');

    expect(world.waits).toEqual([3000]);
    expect(world.model.blockRuns.get(run)?.status).toBe('IN_PROGRESS');
  });
});

describe('A token', () => {
  it('that ends while a poll goes on is renewed before it is refused', async () => {
    const world = new MeshWorld();
    twoTenants(world);
    const refused: string[] = [];
    world.server.disturbance = (call, content) => {
      // meshStack takes its time.
      if (content === undefined && !call.includes('login')) world.pass(38);
      return undefined;
    };
    const { respond } = world.server;
    Object.assign(world.server, {
      respond: async (request: Request) => {
        const response = await respond(request);
        if (response.status === 401) refused.push(request.url);
        return response;
      },
    });

    expect(await world.poll()).toBe('done');

    expect(world.callsTo('/api/login')).toBe(2);
    expect(refused).toEqual([]);
    // What was begun is brought to its end; the other one is left to the next poll.
    expect(world.published).toHaveLength(1);
  });

  it('that is revoked while a poll goes on is renewed once', async () => {
    const world = new MeshWorld();
    twoTenants(world);
    let isOver = false;
    world.server.disturbance = (call, content) => {
      if (content !== undefined && call.includes('meshprojects') && !isOver) {
        isOver = true;
        world.server.revokeTokens();
      }
      return undefined;
    };

    expect(await world.poll()).toBe('done');

    expect(world.callsTo('/api/login')).toBe(2);
    expect(world.published).toHaveLength(2);
  });

  it('that may not list tenants is one alarm, which says what it lacks', async () => {
    const world = new MeshWorld();
    twoTenants(world);
    world.server.disturbance = (call) =>
      call.endsWith('/meshtenants') ? new Response('', { status: 403 }) : undefined;

    for (let minute = 0; minute < 30; minute += 1) {
      expect(await world.poll()).toBe('refused');
      world.pass(60);
    }

    expect(world.said.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        sentence: 'meshStack refuses us',
        keys: { remedy: expect.stringContaining('permissions to list tenants') as string },
      },
    ]);
    expect(world.callsTo('/meshtenants')).toBeLessThanOrEqual(6);
  });
});
