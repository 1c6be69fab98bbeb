import type { DesiredState } from '../../../functions/domain/desired-state/desired-state';
import { MeshWorld, twoTenants } from './mesh-world';

describe.each(['v4', 'v4-preview'] as const)('A deletion in a meshStack with meshTenant %s', (version) => {
  let world: MeshWorld;
  let shop: string;
  beforeEach(async () => {
    world = new MeshWorld({}, version);
    ({ shop } = twoTenants(world));
    await world.poll();
    world.pass(300);
  });

  it('that awaits approval takes access away, and changes nothing else', async () => {
    const before = toldOf(shop);
    world.model.requestDeletion(shop);

    await nextPoll();

    expect(toldOf(shop)).toEqual({
      ...before,
      replicationSequence: expect.any(Number) as number,
      userPermissions: [],
    });
    expect(before?.userPermissions).not.toEqual([]);
  });

  it('is told when it is approved', async () => {
    world.model.requestDeletion(shop);
    await nextPoll();
    world.model.approveDeletion(shop);

    await nextPoll();

    expect(stateOf(toldOf(shop))).toBe('MARKED_FOR_DELETION');
    expect(world.published).toHaveLength(4);
  });

  it('gives access back when it is rejected', async () => {
    const before = toldOf(shop);
    world.model.requestDeletion(shop);
    await nextPoll();
    world.model.rejectDeletion(shop);

    await nextPoll();

    expect(toldOf(shop)).toEqual({ ...before, replicationSequence: expect.any(Number) as number });
    expect(stateOf(toldOf(shop))).toBe('ACTIVE');
  });

  it('that nobody has to approve is told at once', async () => {
    world.model.markForDeletion(shop);

    await nextPoll();

    expect(stateOf(toldOf(shop))).toBe('MARKED_FOR_DELETION');
    expect(world.published).toHaveLength(3);
  });

  it('of a tenant that nobody has heard of makes no account for it', async () => {
    world.model.addProject('retail', 'short-lived');
    const other = world.model.orderTenant('retail', 'short-lived', 'aws-dev');
    world.model.requestDeletion(other);

    await nextPoll();
    expect(toldOf(other)).toBeUndefined();
    world.model.rejectDeletion(other);
    await nextPoll();

    expect(stateOf(toldOf(other))).toBe('ACTIVE');
  });

  it('asks about approval for tenants alone that are marked', async () => {
    await world.poll();
    const lists = world.server.calls.filter((call) => call.endsWith('/meshtenants')).length;
    expect(lists - world.server.notServed).toBe(1);
  });

  describe('where meshStack does not serve the version that tells whether it is approved', () => {
    beforeEach(() => {
      world.server.servesV3 = false;
    });

    it('takes access away, and closes nothing before the tenant is deleted', async () => {
      world.model.markForDeletion(shop);
      await nextPoll();
      expect(toldOf(shop)).toMatchObject({ userPermissions: [] });
      expect(stateOf(toldOf(shop))).toBe('ACTIVE');
      const warned = world.said.find(({ level }) => level === 'warn');
      expect(warned?.sentence).toContain('does not serve meshTenant v3');
      expect(JSON.stringify(warned?.keys)).toContain('deletionsNeedApproval');

      world.model.delete(shop);
      await nextPoll();

      expect(stateOf(toldOf(shop))).toBe('DELETED');
    });

    it('gives access back when it is rejected', async () => {
      const before = toldOf(shop);
      world.model.requestDeletion(shop);
      await nextPoll();
      world.model.rejectDeletion(shop);

      await nextPoll();

      expect(toldOf(shop)).toEqual({ ...before, replicationSequence: expect.any(Number) as number });
    });
  });

  it('is told at once, and meshStack is not asked, where the configuration says that none needs approval', async () => {
    world = new MeshWorld({ deletionsNeedApproval: false }, version);
    ({ shop } = twoTenants(world));
    world.server.servesV3 = false;
    await world.poll();
    world.pass(300);
    world.model.markForDeletion(shop);

    await nextPoll();

    expect(stateOf(toldOf(shop))).toBe('MARKED_FOR_DELETION');
    expect(world.saidAt('warn')).toEqual([]);
  });

  /** The newest of a tenant. */
  const toldOf = (uuid: string): DesiredState | undefined =>
    world.published.findLast(({ tenant }) => tenant.metadata.uuid === uuid);

  async function nextPoll(): Promise<void> {
    world.pass(1);
    expect(await world.poll()).toBe('done');
    world.pass(300);
  }
});

describe('A tenant that is moved', () => {
  it('stays the same tenant, in its new project, within an hour', async () => {
    const world = new MeshWorld();
    const { shop } = twoTenants(world);
    await world.poll();
    world.pass(300);
    world.model.addProject('fraud', 'shop-lab');
    world.pass(1);
    await world.poll();
    world.model.moveTenant(shop, 'fraud', 'shop-lab');

    for (let polls = 0; polls < 13; polls += 1) {
      world.pass(300);
      await world.poll();
    }

    const told = world.published.filter(({ tenant }) => tenant.metadata.uuid === shop);
    expect(told.map(({ tenant }) => `${tenant.metadata.ownedByWorkspace}.${tenant.metadata.ownedByProject}`)).toEqual([
      'retail.webshop-dev',
      'fraud.shop-lab',
    ]);
    expect(told.map(({ tenantPlatformNumber }) => tenantPlatformNumber)).toEqual([1, 1]);
  });
});

const stateOf = (state: DesiredState | undefined): string | undefined => state?.tenant.status.lifecycle.state;
