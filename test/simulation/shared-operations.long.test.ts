import { seededRandom } from '../../sandbox/organization/draw';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { StackSetSeed } from '../../sandbox/organization/organization-seed';
import { plainConfiguration, type SimulationOptions, SimulatedVending } from './simulated-vending';

const COUNT = 6;

const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** Nothing of what the template declares differs from account to account, and one operation is at work at a time. */
const alike = (seed: StackSetSeed): StackSetSeed =>
  seed.name === 'baseline' ? { ...seed, parameters: { Retention: '30' } } : seed;

let simulation: SimulatedVending;

function simulate(options: SimulationOptions = {}): void {
  simulation = new SimulatedVending({
    configuration: plainConfiguration([
      'landingZone.stackSets',
      [{ name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'] }],
    ]),
    seed: { stackSets: exampleOrganization().stackSets?.map(alike) ?? [] },
    ...options,
  });
  for (let index = 1; index <= COUNT; index += 1) {
    simulation.sendEvent(
      ['tenantPlatformNumber', index],
      ['tenant.metadata.uuid', uuidOf(index)],
      ['tenant.metadata.ownedByProject', `project-${index}`],
      ['project.metadata.name', `project-${index}`],
    );
  }
}

afterEach(() => {
  simulation.stop();
});

const statuses = async (): Promise<readonly string[]> =>
  Promise.all(Array.from({ length: COUNT }, async (_, index) => (await simulation.detail(uuidOf(index + 1))).status));

/** Accounts without an instance that is current. */
function unguarded(): readonly string[] {
  const stackSets = [...simulation.organization.state.stackSets.values()].filter(({ name }) => name === 'baseline');
  const guarded = stackSets.flatMap(({ instances }) =>
    [...instances.values()].flatMap(({ accountId, detailedStatus }) =>
      detailedStatus === 'SUCCEEDED' ? [accountId] : [],
    ),
  );
  return simulation.madeAccounts.map(({ id }) => id).filter((id) => !guarded.includes(id));
}

const operations = (): number => simulation.outcomesOf('CreateStackInstances').filter((one) => one === 'ok').length;

/** A function that dies too often ends its run. */
async function replayFailed(): Promise<void> {
  for (const [index, status] of (await statuses()).entries()) {
    const path = `/vendings/${uuidOf(index + 1)}/replay`;
    if (status === 'FAILED') await simulation.application.callApi({ method: 'POST', path });
  }
  await simulation.settle();
}

async function expectAllVended(): Promise<void> {
  expect(await statuses()).toEqual(Array.from({ length: COUNT }, () => 'VENDED'));
  expect(unguarded()).toEqual([]);
  expect(simulation.madeAccounts).toHaveLength(COUNT);
  expect(await simulation.inside('stack-set:eu-central-1:baseline')).toEqual([]);
}

describe('accounts that wait for the same of a stack set', () => {
  it('are served by one operation, and none of them waits for another one', async () => {
    simulate();
    await simulation.settle();
    await expectAllVended();
    expect(operations()).toBeLessThan(COUNT / 2 + 1);
    expect(operations()).toBeGreaterThan(1);
  });

  it('have an operation each where they are to have other values', async () => {
    simulate({ seed: {} });
    await simulation.settle();
    await expectAllVended();
    expect(operations()).toBe(COUNT);
  });

  it('are tried again alone where one of them has failed, and the others are as they should be', async () => {
    let failures = 0;
    simulate({
      faults: {
        stackInstance: ({ stackSet }) => {
          if (stackSet !== 'baseline' || failures === 2) return undefined;
          failures += 1;
          return { status: 'OUTDATED', reason: 'The stack could not be made.' };
        },
      },
    });
    await simulation.settle();
    expect(failures).toBe(2);
    await expectAllVended();
  });

  it.each([1, 2])('are served in the end, wherever the function dies that asks for it (seed %i)', async (seed) => {
    let kills = 0;
    const random = seededRandom(seed);
    simulate({
      onEffect: ({ function: name, write }) => {
        if (name !== 'DeployStackInstances' || !write || kills === 8 || random() > 0.3) return 'go-on';
        kills += 1;
        return 'kill';
      },
    });
    await simulation.settle();
    expect(kills).toBe(8);
    await replayFailed();
    await expectAllVended();
  });
});
