import { MeshWorld, twoTenants } from './mesh-world';

describe('A meshStack that is updated', () => {
  it('to the release that has meshTenant v4 says nothing new of its tenants', async () => {
    const world = new MeshWorld({}, 'v4-preview');
    twoTenants(world);
    await world.poll();
    expect(world.published).toHaveLength(2);
    world.server.tenants = 'v4';
    world.pass(24 * 3600);
    await world.poll();
    expect(world.published).toHaveLength(2);
  });

  it('is asked for v4 once, as long as it has the preview alone', async () => {
    const world = new MeshWorld({}, 'v4-preview');
    twoTenants(world);
    await world.poll();
    expect(world.server.notServed).toBe(1);
    world.pass(24 * 3600);
    await world.poll();
    expect(world.server.notServed).toBe(1);
  });
});
