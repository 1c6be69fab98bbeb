import { readFileSync } from 'node:fs';

import { MeshWorld } from './mesh-world';

const WORKSPACES = 50;
const PROJECTS_EACH = 10;
const POLLS = (24 * 60) / 5;
const CHANGES = 24;

/**
 * As docs/meshstack.md computes it, for tenants with three roles, each in a project of its own, and a payment method
 * for each workspace.
 */
const CALLS = {
  /** Events, a claim, a login. */
  everyPoll: 3,
  /** Tenants; for each project itself, two lists of bindings, three roles; each workspace and payment method. */
  everyDay: 1 + WORKSPACES * PROJECTS_EACH * 6 + WORKSPACES * 2,
  /** The same for one workspace. */
  everyChange: 1 + PROJECTS_EACH * 6 + 2,
};

describe('A day of 500 tenants', () => {
  it('costs no more calls than docs/meshstack.md says', async () => {
    const world = new MeshWorld();
    manyTenants(world);
    // For an hour the events of the orders, which are many, are read once more.
    for (let polls = 0; polls < 4; polls += 1) {
      await world.poll();
      world.pass(30 * 60);
    }
    world.server.calls.length = 0;

    for (let poll = 0; poll < POLLS; poll += 1) {
      if (poll % (POLLS / CHANGES) === 0) changeOf(world, poll);
      world.pass(300);
      await world.poll();
    }

    const bound = POLLS * CALLS.everyPoll + CALLS.everyDay + CHANGES * CALLS.everyChange;
    expect(bound).toBe(864 + 3101 + 24 * 63);
    expect(world.server.calls.length).toBeLessThanOrEqual(bound);
    // A bound that nothing comes near to would say nothing.
    expect(world.server.calls.length).toBeGreaterThan(bound * 0.9);
    expect(world.published).toHaveLength(WORKSPACES * PROJECTS_EACH + CHANGES);
    expect(world.server.violations).toEqual([]);
    const page = readFileSync('docs/meshstack.md', 'utf8');
    for (const figure of ['864', '3101', '63', `${bound}`]) expect(page).toContain(figure);
  });
});

function manyTenants({ model }: MeshWorld): void {
  for (const user of ['jane', 'omar', 'mei']) model.addUser(user);
  for (let number = 0; number < WORKSPACES; number += 1) {
    const workspace = `w-${number}`;
    model.addWorkspace(workspace);
    model.addPaymentMethod(workspace, `payment-${number}`);
    for (let project = 0; project < PROJECTS_EACH; project += 1) {
      model.addProject(workspace, `p-${project}`, `payment-${number}`);
      model.addUserRole(workspace, `p-${project}`, 'jane', 'Project Admin');
      model.addUserRole(workspace, `p-${project}`, 'omar', 'Project User');
      model.addUserRole(workspace, `p-${project}`, 'mei', 'Project Reader');
      model.orderTenant(workspace, `p-${project}`, 'aws-dev');
    }
  }
}

function changeOf({ model }: MeshWorld, number: number): void {
  model.changeProjectTags(`w-${number % WORKSPACES}`, 'p-0', { change: [`${number}`] });
}
