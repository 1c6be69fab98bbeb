import type { DesiredState } from '../../../functions/domain/desired-state/desired-state';
import { beginPoll } from '../../../functions/ledger/meshstack/mesh-stack-source';
import { KilledError, MeshWorld, PLATFORM, twoTenants } from './mesh-world';

/** What happens in meshStack before the poll that is killed, and between that and the next one. */
interface Story {
  readonly before: (world: MeshWorld, shop: string) => void;
  readonly meanwhile: (world: MeshWorld, shop: string) => void;
  /**
   * How many desired states the tenant may be told of, if the one of the killed poll was told and is not the last one:
   * as often as it was another.
   */
  readonly changes: number;
}

const toProduction: Story['before'] = ({ model }) => {
  model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
};

const STORIES: Readonly<Record<string, Story>> = {
  'a change': { before: toProduction, meanwhile: () => undefined, changes: 1 },
  'a change, and another one before it is looked at again': {
    before: toProduction,
    meanwhile: ({ model }) => {
      model.addUserRole('retail', 'webshop-dev', 'mei', 'Project Reader');
    },
    changes: 2,
  },
  'a change that is taken back before it is looked at again': {
    before: toProduction,
    meanwhile: ({ model }) => {
      model.changeProjectTags('retail', 'webshop-dev', { environment: ['dev'] });
    },
    changes: 2,
  },
  'a deletion': {
    before: ({ model }, shop) => {
      model.markForDeletion(shop);
    },
    meanwhile: () => undefined,
    changes: 1,
  },
  'a deletion that is asked for, and then approved': {
    before: ({ model }, shop) => {
      model.requestDeletion(shop);
    },
    meanwhile: ({ model }, shop) => {
      model.approveDeletion(shop);
    },
    changes: 2,
  },
  'a new tenant': {
    before: ({ model }) => {
      model.addProject('retail', 'webshop-prod');
      model.orderTenant('retail', 'webshop-prod', 'aws-dev');
    },
    meanwhile: () => undefined,
    changes: 1,
  },
};

describe('A poll that is killed', () => {
  it.each(Object.entries(STORIES))('loses nothing and tells nothing twice, wherever it is: %s', async (_, story) => {
    let kills = 0;
    for (let killAt = 1; ; killAt += 1) {
      const { world, wasKilled } = await told(story, killAt);
      expectTold(world, story);
      if (!wasKilled) break;
      kills += 1;
    }
    // Every request, every write and every event, before it and after it.
    expect(kills).toBeGreaterThanOrEqual(20);
  });

  it('has told a deletion of what was on the bus before it could write that down', async () => {
    const world = new MeshWorld();
    const { shop } = twoTenants(world);
    for (let killAt = 1; world.published.length === 0; killAt += 1) {
      world.restart();
      world.killAt = killAt;
      await world.poll().catch(() => undefined);
      world.pass(331);
    }
    world.restart();
    world.model.delete(shop);
    world.pass(1);

    await world.poll();

    const told = world.published.filter(({ tenant }) => tenant.metadata.uuid === shop);
    expect(told.map(({ tenant }) => tenant.status.lifecycle.state)).toEqual(['ACTIVE', 'DELETED']);
  });

  it('goes on where it was killed at once where nobody holds the lease any more, and no sooner', async () => {
    const world = new MeshWorld();
    twoTenants(world);
    world.killAt = 9;
    await expect(world.poll()).rejects.toThrow(KilledError);
    world.restart();
    world.pass(300);
    expect(await world.poll()).toBe('busy');

    world.pass(31);

    expect(await world.poll()).toBe('done');
    expect(world.published).toHaveLength(2);
  });
});

describe('Thirty tenants', () => {
  const thirtyTenants = (): MeshWorld => {
    const world = new MeshWorld();
    world.model.addWorkspace('many');
    world.model.addProject('many', 'project');
    for (let number = 0; number < 30; number += 1) world.model.orderTenant('many', 'project', 'aws-dev');
    return world;
  };

  it('are written down as read when twenty-five of them are', async () => {
    let world = thirtyTenants();
    for (let killAt = 150; world.published.length < 26; killAt += 1) {
      world = thirtyTenants();
      world.killAt = killAt;
      await expect(world.poll()).rejects.toThrow(KilledError);
    }
    expect((await world.source()).work).toHaveLength(5);
  });

  it('are left to another poll that has taken the lease over', async () => {
    const world = thirtyTenants();
    const { respond } = world.server;
    Object.assign(world.server, {
      respond: async (request: Request) => {
        const other = { platform: PLATFORM, holder: 'another' };
        if (request.url.includes('meshprojects/')) {
          await beginPoll(world.store, other, new Date(world.at + 331_000), 330);
        }
        return respond(request);
      },
    });

    await world.poll();

    expect(world.published).toHaveLength(25);
    expect(await world.source()).toMatchObject({ lease: { holder: 'another' } });
    expect((await world.source()).work).toHaveLength(30);
  });

  it('stay to be read when the next poll hears of others', async () => {
    const world = thirtyTenants();
    world.model.addWorkspace('fraud');
    world.model.addProject('fraud', 'lab');
    let reads = 0;
    world.server.disturbance = (call) => {
      if (call.includes('meshprojects/')) reads += 1;
      if (reads === 1) world.pass(201);
      return undefined;
    };
    await world.poll();
    expect(world.published).toHaveLength(1);
    world.server.disturbance = () => undefined;
    world.pass(100);
    world.model.orderTenant('fraud', 'lab', 'aws-dev');
    world.pass(1);

    await world.poll();

    expect(world.published).toHaveLength(31);
    expect((await world.source()).work).toEqual([]);
  });
});

async function told(
  { before, meanwhile }: Story,
  killAt: number,
): Promise<{ readonly world: MeshWorld; readonly wasKilled: boolean }> {
  const world = new MeshWorld();
  const { shop } = twoTenants(world);
  await world.poll();
  world.pass(300);
  before(world, shop);
  world.pass(1);
  world.restart();
  world.killAt = killAt;
  const wasKilled = await world.poll().then(
    () => false,
    (error: unknown) => error instanceof KilledError,
  );
  world.restart();
  meanwhile(world, shop);
  world.pass(400);
  for (let polls = 0; polls < 2; polls += 1) {
    expect(await world.poll()).toBe('done');
    world.pass(300);
  }
  return { world, wasKilled };
}

function expectTold(world: MeshWorld, { changes }: Story): void {
  expect(world.server.violations).toEqual([]);
  for (const states of byTenant(world.published).values()) {
    const bySequence = Map.groupBy(states, ({ replicationSequence }) => replicationSequence);
    // Anyone who has heard of a sequence twice has heard the same: EventBridge itself delivers at least once.
    for (const same of bySequence.values()) expect(new Set(same.map((state) => JSON.stringify(state))).size).toBe(1);
    // No news without a change.
    expect(bySequence.size).toBeLessThanOrEqual(1 + changes);
    expect(ascending([...bySequence.keys()])).toBe(true);
    expectNewest(world, states.at(-1));
  }
  const untouched = world.published.filter(({ tenant }) => tenant.metadata.ownedByWorkspace === 'fraud');
  expect(untouched).toHaveLength(1);
  expect(byTenant(world.published).size).toBe(world.model.tenants.size);
}

/** What was told last is how meshStack stands. */
function expectNewest({ model }: MeshWorld, state: DesiredState | undefined): void {
  if (state === undefined) throw new Error('Nothing was told.');
  const { uuid, ownedByWorkspace, ownedByProject } = state.tenant.metadata;
  const isMarked = model.tenants.get(uuid)?.markedForDeletionOn != null;
  expect(state.tenant.status.lifecycle.state).toBe(isMarked ? 'MARKED_FOR_DELETION' : 'ACTIVE');
  if (isMarked) return;
  expect(state.project.spec.tags).toEqual(model.projects.get(`${ownedByWorkspace}.${ownedByProject}`)?.tags);
  const bound = model.bindings.filter(({ project: name }) => name === ownedByProject);
  const people = bound.flatMap(({ role }) => model.usersWithRole(ownedByWorkspace, ownedByProject, role));
  expect(state.userPermissions?.map(({ username }) => username)).toEqual(
    [...new Set(people.map(({ username }) => username))].toSorted(),
  );
}

const byTenant = (states: readonly DesiredState[]): ReadonlyMap<string, readonly DesiredState[]> =>
  Map.groupBy(states, ({ tenant }) => tenant.metadata.uuid);

const ascending = (numbers: readonly number[]): boolean =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? Infinity));
