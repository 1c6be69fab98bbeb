import type { Effect } from '../../sandbox/embedded/invocation';
import { seededRandom } from '../../sandbox/organization/draw';
import { awsLimits } from '../../sandbox/organization/organization-limits';
import type { Change } from '../functions/domain/examples';
import { configuration } from '../functions/domain/examples';
import { plainConfiguration, type SimulationOptions, SimulatedVending } from './simulated-vending';

const deletion: readonly Change[] = [
  ['replicationSequence', 18],
  ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
];

const closing: Change = ['landingZone.closeAccount', true];

const of = (number: number): readonly Change[] => [
  ['tenant.metadata.uuid', `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`],
  ['tenantPlatformNumber', number],
  ['tenant.metadata.ownedByProject', `webshop-${number}`],
  ['project.metadata.name', `webshop-${number}`],
];

describe('an account whose landing zone closes it', () => {
  let started: SimulatedVending | undefined;
  afterEach(() => {
    started?.stop();
  });

  const simulate = (options: SimulationOptions = {}): SimulatedVending => {
    started?.stop();
    return (started = new SimulatedVending({ configuration: plainConfiguration(closing), ...options }));
  };

  const closings = ({ organization }: SimulatedVending): readonly string[] =>
    organization.calls.flatMap(({ operation, outcome }) => (operation === 'CloseAccount' ? [outcome] : []));

  it('is suspended, and the world is told so', async () => {
    const simulation = simulate();
    simulation.sendEvent();
    await simulation.settle();
    simulation.sendEvent(...deletion);
    await simulation.settle();

    const detail = await simulation.detail();
    expect(detail.status).toBe('CLOSED');
    expect(detail.deletion?.remark).toContain('AWS has closed');
    expect(simulation.madeAccounts.map(({ state }) => state)).toEqual(['SUSPENDED']);
    expect(simulation.outcomes.at(-1)).toMatchObject({
      type: 'Account Closed',
      detail: { accountState: 'CLOSED', changes: [{ state: 'CheckClosure', what: 'account', to: 'SUSPENDED' }] },
    });
    expect(closings(simulation)).toEqual(['ok']);
  });

  it('is taken out of Control Tower first', async () => {
    const simulation = simulate({ configuration: configuration(closing, ['landingZone.stackSets', []]) });
    simulation.sendEvent();
    await simulation.settle();
    const { state } = simulation.organization;
    expect(state.accountFactory?.provisionedProducts.size).toBe(1);
    simulation.sendEvent(...deletion);
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED' });
    expect(state.accountFactory?.provisionedProducts.size).toBe(0);
    expect(simulation.madeAccounts.map((one) => one.state)).toEqual(['SUSPENDED']);
    const order = simulation.organization.calls.flatMap(({ operation }) =>
      ['TerminateProvisionedProduct', 'CloseAccount'].includes(operation) ? [operation] : [],
    );
    expect(order).toEqual(['TerminateProvisionedProduct', 'CloseAccount']);
  });

  it('cannot be wanted again, and whoever wants it is told what to do', async () => {
    const simulation = simulate();
    simulation.sendEvent();
    await simulation.settle();
    simulation.sendEvent(...deletion);
    await simulation.until(() => closings(simulation).length > 0);
    const answer = await simulation.post(['replicationSequence', 19]);
    await simulation.settle();

    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).toMatch(/lifecycle\.state.*Make a new tenant/u);
    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', replicationSequence: 18 });
  });

  it('is vended again where the deletion is taken back before AWS was asked', async () => {
    const simulation = simulate();
    simulation.sendEvent();
    await simulation.settle();
    const before = simulation.outcomesOf('ListTagsForResource').length;
    simulation.sendEvent(...deletion);
    await simulation.until(() => simulation.outcomesOf('ListTagsForResource').length > before);
    simulation.sendEvent(['replicationSequence', 19]);
    await simulation.settle();

    expect(closings(simulation)).toEqual([]);
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 19 });
    expect(simulation.madeAccounts.map(({ state }) => state)).toEqual(['ACTIVE']);
  });

  it('waits for its turn, and for AWS’s share of thirty days', async () => {
    const limits = { ...awsLimits, closures: { share: 0, least: 4, most: 1000 } };
    const simulation = simulate({ limits });
    const numbers = [1, 2, 3, 4, 5, 6];
    for (const number of numbers) simulation.sendEvent(...of(number));
    await simulation.settle();
    for (const number of numbers) simulation.sendEvent(...of(number), ...deletion);
    await simulation.settle();

    expect(simulation.madeAccounts.map(({ state }) => state)).toEqual(numbers.map(() => 'SUSPENDED'));
    const outcomes = closings(simulation);
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(6);
    expect(outcomes).not.toContain('TooManyRequestsException');
    const closedAt = simulation.madeAccounts.map((one) => one.closedAt ?? 0).toSorted((one, other) => one - other);
    expect((closedAt[4] ?? 0) - (closedAt[0] ?? 0)).toBeGreaterThan(30 * 24 * 3600 * 1000);
  }, 60_000);

  const isMine = (effect: Effect): boolean => effect.write && (effect.kind === 'aws' || effect.kind === 'ledger');

  /** Vends, and closes with one kill: at the so-many-th write from the deletion on. */
  const closeWith = async (index: number | null, when: Effect['when']) => {
    const seen = { isClosing: false, writes: 0 };
    const simulation = simulate({
      configuration: configuration(closing, ['landingZone.stackSets', []]),
      onEffect: (effect) => {
        if (!seen.isClosing || !isMine(effect) || effect.when !== when) return 'go-on';
        seen.writes += 1;
        return seen.writes - 1 === index ? 'kill' : 'go-on';
      },
    });
    simulation.sendEvent();
    await simulation.settle();
    seen.isClosing = true;
    simulation.sendEvent(...deletion);
    await simulation.settle();
    return { simulation, writes: seen.writes };
  };

  it('is closed once, wherever a function is killed', async () => {
    const { writes } = await closeWith(null, 'before');
    expect(writes).toBeGreaterThan(30);
    const random = seededRandom(5);
    for (let index = 0; index < writes; index += 4) {
      const { simulation } = await closeWith(index, random() < 0.5 ? 'before' : 'after');
      expect(await simulation.detail()).toMatchObject({ status: 'CLOSED' });
      expect(simulation.madeAccounts.map(({ state }) => state)).toEqual(['SUSPENDED']);
      expect(closings(simulation).filter((outcome) => outcome === 'ok')).toHaveLength(1);
    }
  }, 300_000);
});
