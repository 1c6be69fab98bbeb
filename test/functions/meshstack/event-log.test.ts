import { MeshWorld, twoTenants } from './mesh-world';

const MINUTE = 60;

describe('The event log of meshStack', () => {
  it.each([
    ['is behind ours by three quarters of an hour', -45],
    ['is behind ours by ten minutes', -10],
    ['is as ours', 0],
    ['is ahead of ours by ten minutes', 10],
    ['is ahead of ours by three quarters of an hour', 45],
  ])('tells every change by the next poll, and once, where the clock %s', async (_, minutes) => {
    const world = new MeshWorld();
    world.skew = minutes * MINUTE * 1000;
    twoTenants(world);
    await world.poll();

    for (let change = 0; change < 20; change += 1) {
      // Sometimes soon after one another, sometimes with hours between them.
      world.pass(change % 3 === 0 ? 3 * 60 * MINUTE : 5 * MINUTE);
      world.model.changeProjectTags('retail', 'webshop-dev', { change: [`${change}`] });
      world.pass(1);
      await world.poll();
      expect(world.published).toHaveLength(2 + change + 1);
    }
  });

  it('may show an event two minutes late, behind newer ones', async () => {
    const world = new MeshWorld();
    twoTenants(world);
    await world.poll();
    world.pass(5 * MINUTE);
    world.model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
    const late = world.model.events.splice(-1);
    world.pass(1.5 * MINUTE);
    world.model.changeProjectTags('fraud', 'lab', { environment: ['prod'] });
    world.pass(1);
    await world.poll();
    expect(world.published).toHaveLength(3);
    world.model.events.splice(-1, 0, ...late);

    world.pass(5 * MINUTE);
    await world.poll();

    expect(world.published.at(-1)?.tenant.metadata.ownedByProject).toBe('webshop-dev');
    expect(world.published).toHaveLength(4);
  });

  it('is not left behind by a clock that was ahead for a while', async () => {
    const world = new MeshWorld();
    world.skew = 180 * MINUTE * 1000;
    twoTenants(world);
    await world.poll();
    world.skew = 0;
    world.pass(5 * MINUTE);
    world.model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
    world.pass(1);
    await world.poll();
    expect(world.published).toHaveLength(3);
  });

  it('is not lost where nobody polls for two hours', async () => {
    const world = new MeshWorld();
    twoTenants(world);
    await world.poll();
    world.pass(5 * MINUTE);
    world.model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });

    world.pass(120 * MINUTE);
    await world.poll();

    expect(world.published).toHaveLength(3);
  });

  it('has several pages', async () => {
    const world = new MeshWorld();
    twoTenants(world);
    await world.poll();
    world.pass(5 * MINUTE);
    for (let change = 0; change < 1200; change += 1) {
      world.model.changeProjectTags('fraud', 'lab', { change: [`${change}`] });
    }
    world.model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
    world.server.calls.length = 0;
    world.pass(1);

    await world.poll();

    expect(world.callsTo('/mesheventlogs')).toBe(3);
    expect(
      world.published
        .slice(2)
        .map(({ tenant }) => tenant.metadata.ownedByWorkspace)
        .toSorted(),
    ).toEqual(['fraud', 'retail']);
  });
});
