import { awsLimits } from '../../sandbox/organization/organization-limits';
import { type Change, configuration } from '../functions/domain/examples';
import { type Continuation, type KillPoint, SingleKill } from '../deep/single-kill';
import { fewOrMany } from '../few-or-many';
import { plainConfiguration, type SimulationOptions, SimulatedVending } from './simulated-vending';

const deletion: readonly Change[] = [
  ['replicationSequence', 18],
  ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
];

const closing: Change = ['landingZone.closeAccount', true];

/** Enrolled, and nobody is let in. */
const withoutAccess: readonly Change[] = [
  ['landingZone.stackSets', []],
  ['platform.awsIdentityStore', undefined],
];

/** A month passes, on a busy machine. */
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

  it('is closed, and the world is told so', async () => {
    const simulation = simulate();
    simulation.sendEvent();
    await simulation.settle();
    simulation.sendEvent(...deletion);
    await simulation.settle();

    const detail = await simulation.detail();
    expect(detail.status).toBe('CLOSED');
    expect(detail.deletion?.remark).toContain('AWS has closed');
    expect(simulation.madeAccounts.map(({ state }) => state)).toEqual(['CLOSED']);
    expect(simulation.outcomes.at(-1)).toMatchObject({
      type: 'Account Closed',
      detail: {
        accountState: 'CLOSED',
        changes: [
          { state: 'SetAccountAlias', what: 'alias', to: null },
          { state: 'CheckClosure', what: 'account', to: 'CLOSED' },
        ],
      },
    });
    expect(closings(simulation)).toEqual(['ok']);
  });

  it.each([
    { state: 'SUSPENDED', says: 'AWS has suspended the account' },
    { state: 'PENDING_ACTIVATION', says: 'was never activated' },
  ] as const)('is never taken for closed while AWS says $state, and the run says so', async ({ state, says }) => {
    const simulation = simulate();
    simulation.sendEvent();
    await simulation.settle();
    const [made] = simulation.madeAccounts;
    if (made !== undefined) made.state = state;
    simulation.sendEvent(...deletion);
    await simulation.settle();

    const failed = await simulation.detail();
    expect(failed.status).toBe('FAILED');
    expect(failed.lastError?.message).toContain(says);
    expect(simulation.outcomes.at(-1)?.type).toBe('Account Closing Failed');
    expect(closings(simulation)).toEqual([]);

    if (made !== undefined) made.state = 'ACTIVE';
    await simulation.replay();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED' });
    expect(simulation.madeAccounts.map((one) => one.state)).toEqual(['CLOSED']);
  });

  it('is taken out of Control Tower first', async () => {
    const simulation = simulate({ configuration: configuration(closing, ...withoutAccess) });
    simulation.sendEvent();
    await simulation.settle();
    const { state } = simulation.organization;
    expect(state.accountFactory?.provisionedProducts.size).toBe(1);
    simulation.sendEvent(...deletion);
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED' });
    expect(state.accountFactory?.provisionedProducts.size).toBe(0);
    expect(simulation.madeAccounts.map((one) => one.state)).toEqual(['CLOSED']);
    const order = simulation.organization.calls.flatMap(({ operation }) =>
      ['TerminateProvisionedProduct', 'CloseAccount'].includes(operation) ? [operation] : [],
    );
    expect(order).toEqual(['TerminateProvisionedProduct', 'CloseAccount']);
  });

  it('is taken for closed where somebody else has closed it; the product that AWS cannot delete any more is named', async () => {
    const simulation = simulate({ configuration: configuration(closing, ...withoutAccess) });
    simulation.sendEvent();
    await simulation.settle();
    const [made] = simulation.madeAccounts;
    const products = simulation.organization.state.accountFactory?.provisionedProducts;
    const [product] = products?.values() ?? [];
    if (made !== undefined) made.state = 'CLOSED';
    simulation.sendEvent(...deletion);
    await simulation.settle();

    const { status, timeline } = await simulation.detail();
    expect(status).toBe('CLOSED');
    expect(timeline.find(({ state }) => state === 'GuardAccount')?.remark).toContain(
      `its provisioned product ${product?.name ?? ''} stays in Service Catalog`,
    );
    expect(simulation.outcomesOf('TerminateProvisionedProduct')).toEqual([]);
    expect(products?.size).toBe(1);
  });

  it('loses its stack instances first, where they may be removed', async () => {
    const baseline = { name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'] };
    const kept = { name: 'network', homeRegion: 'eu-central-1', regions: ['eu-central-1'] };
    const stackSets: Change = ['landingZone.stackSets', [{ ...baseline, removeStackInstances: true }, kept]];
    const simulation = simulate({ configuration: plainConfiguration(closing, stackSets) });
    simulation.sendEvent();
    await simulation.settle();
    simulation.sendEvent(...deletion);
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED' });
    const { stackSets: all } = simulation.organization.state;
    const left = [...all.values()].filter(({ instances }) => instances.size > 0).map(({ name }) => name);
    expect(left).toEqual(['network']);
    expect(simulation.outcomesOf('DeleteStackInstances')).toEqual(['ok']);
    expect(simulation.madeAccounts.map(({ state }) => state)).toEqual(['CLOSED']);
  });

  it('loses its stack instances once, however long the list of them is behind', async () => {
    const baseline = { name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'] };
    const stackSets: Change = ['landingZone.stackSets', [{ ...baseline, removeStackInstances: true }]];
    const simulation = simulate({ configuration: plainConfiguration(closing, stackSets) });
    simulation.sendEvent();
    await simulation.settle();
    const { latencies } = simulation.organization.state;
    Object.assign(latencies, { stackInstanceListing: [4000, 4000] });
    simulation.sendEvent(...deletion);
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED' });
    expect(simulation.outcomesOf('DeleteStackInstances')).toEqual(['ok']);
  });

  it('cannot be wanted again, and anyone who wants it is told what to do', async () => {
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

  it('is vended again where the deletion is taken back while it waits for AWS to close it', async () => {
    const simulation = simulate({ limits: { ...awsLimits, closures: { share: 0, least: 0, most: 0 } } });
    simulation.sendEvent();
    await simulation.settle();
    simulation.sendEvent(...deletion);
    await simulation.until(() => closings(simulation).length > 2);
    const { timeline } = await simulation.detail();
    expect(timeline.find(({ state }) => state === 'CloseAccount')?.remark).toContain('in the past 30 days');
    simulation.sendEvent(['replicationSequence', 19]);
    await simulation.settle();

    expect(closings(simulation)).not.toContain('ok');
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 19 });
    expect(simulation.madeAccounts.map(({ state }) => state)).toEqual(['ACTIVE']);
  });

  /**
   * Vends, and closes with one kill: at the so-many-th write from the deletion on. What has failed by it is replayed.
   */
  const closeWith = async (point: KillPoint | null, continuation: Continuation) => {
    const plays: { kill?: SingleKill; simulation?: SimulatedVending } = {};
    const hasFailed = (): boolean => plays.simulation?.application.workflow.running === 0;
    const simulation = simulate({
      configuration: configuration(closing, ...withoutAccess),
      onEffect: (effect) => plays.kill?.decide(effect) ?? 'go-on',
    });
    plays.simulation = simulation;
    simulation.sendEvent();
    await simulation.settle();
    plays.kill = new SingleKill(point, continuation, hasFailed);
    simulation.sendEvent(...deletion);
    await simulation.settle();
    if ((await simulation.detail()).status === 'FAILED') await simulation.replay();
    await simulation.settle();
    return { simulation, kill: plays.kill };
  };

  const KILLS = fewOrMany(4, 12);
  const INDEXES = Array.from({ length: KILLS }, (_, number) => number * (60 / KILLS));

  it.each(['retry', 'replay'] as const)(
    'is closed once, wherever a function is killed, after a %s',
    async (continuation) => {
      const undisturbed = await closeWith(null, continuation);
      expect(undisturbed.kill.writes).toBeGreaterThan(40);
      for (const index of INDEXES.filter((at) => at < undisturbed.kill.writes)) {
        const when = index % 2 === 0 ? 'before' : 'after';
        const { simulation, kill } = await closeWith({ index, when }, continuation);
        expect(kill.victim).not.toBeNull();
        expect(await simulation.detail()).toMatchObject({ status: 'CLOSED' });
        expect(simulation.madeAccounts.map(({ state }) => state)).toEqual(['CLOSED']);
        expect(closings(simulation).filter((outcome) => outcome === 'ok')).toHaveLength(1);
      }
    },
  );
});
