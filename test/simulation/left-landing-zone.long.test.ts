import { VendingPreviewSchema } from '../../functions/api/vending-responses';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { type Change, changed, configuration, desiredStateJson } from '../functions/domain/examples';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const ROOT = 'r-ab12';
const DEV = 'ou-ab12-cdefgh34';
const LEGACY = 'ou-ab12-legacy01';

const plain: readonly Change[] = [
  ['landingZone.stackSets', []],
  ['landingZone.awsLambdaArn', null],
  ['platform.awsIdentityStore', undefined],
];
const left: readonly Change[] = [
  ['landingZone.awsEnrollAccount', false],
  ['landingZone.awsTargetOrgUnitId', LEGACY],
];
const autoEnroll: Change = ['platform.enrollmentConfiguration.strategy', 'auto-enroll'];
const following = { controlTower: { enrollsByItself: true } };

const ENROLLED = configuration(...plain);
const LEFT = configuration(...plain, ...left);

describe('a landing zone that enrolls no more', () => {
  let simulation: SimulatedVending;

  afterEach(() => {
    simulation.stop();
  });

  const begin = (config = ENROLLED, options: SimulationOptions = {}): void => {
    simulation = new SimulatedVending({ configuration: config, ...options });
  };

  const send = async (sequence: number, config?: typeof ENROLLED): Promise<void> => {
    if (config !== undefined) await simulation.release(config);
    simulation.sendEvent(['replicationSequence', sequence]);
    await simulation.settle();
  };

  const made = () => {
    const [account] = simulation.madeAccounts;
    if (account === undefined) throw new Error('No account was made.');
    return account;
  };

  const productsLeft = (): number =>
    [...(simulation.organization.state.accountFactory?.provisionedProducts.values() ?? [])].filter(
      ({ physicalId }) => physicalId === made().id,
    ).length;

  const isGoverned = (): boolean => simulation.organization.state.inheritedBaselines.has(made().id);

  it.each([
    { how: 'by its product', changes: [], seed: {} },
    { how: 'by a move, where Control Tower follows moves', changes: [autoEnroll], seed: following },
  ])('has its account leave Control Tower, and moves it then: $how', async ({ changes, seed }) => {
    begin(configuration(...plain, ...changes), { seed });
    await send(17);
    expect([made().parentId, isGoverned()]).toEqual([DEV, true]);
    await send(18, configuration(...plain, ...left, ...changes));
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
    expect([made().parentId, isGoverned(), productsLeft()]).toEqual([LEGACY, false, 0]);
    expect(await simulation.inside('unenrollment')).toEqual([]);
    expect(await simulation.inside('account-factory')).toEqual([]);
  });

  it('does so once: later runs neither look for it nor write', async () => {
    begin();
    await send(17);
    await send(18, LEFT);
    const before = simulation.organization.calls.length;
    await send(19);
    const calls = simulation.organization.calls.slice(before);
    expect(calls.filter(({ callerFunction }) => callerFunction === 'UnenrollAccount')).toEqual([]);
    expect(simulation.outcomes.at(-1)).toMatchObject({ type: 'Account Vended', detail: { changes: [] } });
  });

  it('tells in shadow mode that its account would leave, and leaves it there until it may act', async () => {
    const mode = (to: string) =>
      simulation.application.callApi({ method: 'POST', path: '/landing-zones/aws-dev/mode', body: { mode: to } });
    const writes = (): number =>
      simulation.organization.calls.filter(({ write, service }) => write && service !== 'sts').length;
    begin();
    await send(17);
    await mode('shadow');
    const before = writes();
    await send(18, LEFT);
    const { status, shadow } = await simulation.detail();
    expect({ status, verdict: shadow?.verdict }).toEqual({ status: 'SHADOWED', verdict: 'CHANGE' });
    const states = shadow?.changes?.map(({ state }) => state) ?? [];
    expect(states).toEqual(expect.arrayContaining(['UnenrollAccount', 'MoveAccount']));
    expect(writes()).toBe(before);
    expect([made().parentId, isGoverned()]).toEqual([DEV, true]);
    expect(await simulation.inside('unenrollment')).toEqual([]);

    await mode('act');
    await simulation.replay();
    await simulation.settle();
    const { timeline, ...acted } = await simulation.detail();
    expect(acted).toMatchObject({ status: 'VENDED', lastError: null });
    expect([made().parentId, isGoverned(), productsLeft()]).toEqual([LEGACY, false, 0]);
    const changes = timeline.flatMap(({ state, changes: of }) => of.map((change) => ({ state, ...change })));
    expect(changes).toEqual(shadow?.changes);
  });

  it('takes note of an account that a person has unmanaged already', async () => {
    begin();
    await send(17);
    const { accountFactory, inheritedBaselines } = simulation.organization.state;
    accountFactory?.provisionedProducts.clear();
    inheritedBaselines.delete(made().id);
    made().parentId = ROOT;
    await send(18, LEFT);
    expect(made().parentId).toBe(LEGACY);
    const looks = () =>
      simulation.organization.calls.filter(({ callerFunction }) => callerFunction === 'UnenrollAccount').length;
    const before = looks();
    await send(19);
    expect(looks()).toBe(before);
  });

  it('enrolls the account again when it changes its mind', async () => {
    begin();
    await send(17);
    await send(18, LEFT);
    await send(19, ENROLLED);
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
    expect([made().parentId, isGoverned()]).toEqual([DEV, true]);
  });

  it('is refused while an account is enrolled that our runs have not enrolled: moved, it would be drift', async () => {
    begin(configuration(...plain, ['landingZone.awsEnrollAccount', false]));
    await send(17);
    const { id } = made();
    simulation.organization.state.inheritedBaselines.set(id, { unitId: DEV, status: 'SUCCEEDED' });
    await send(18, LEFT);
    const { status, lastError } = await simulation.detail();
    expect(status).toBe('FAILED');
    expect(lastError?.message).toContain('is enrolled in Control Tower, and its landing zone');
    expect(made().parentId).toBe(DEV);
  });

  it('says so in a dry run', async () => {
    begin();
    await send(17);
    await simulation.release(LEFT);
    const { body } = await simulation.application.callApi({
      method: 'POST',
      path: '/vendings',
      query: { dryRun: 'true' },
      body: changed(desiredStateJson, ['replicationSequence', 18]),
    });
    const { changes, refusal } = VendingPreviewSchema.parse(body);
    expect(refusal).toBeNull();
    expect(changes).toMatchObject([
      { state: 'UnenrollAccount', what: 'enrollment', to: null },
      { state: 'MoveAccount', what: 'organizational unit', to: LEGACY },
    ]);
  });

  const named = ({ kind, function: name, name: effect, when }: Effect): string => `${name} ${kind} ${effect} ${when}`;

  it('gets its account there wherever UnenrollAccount is killed', async () => {
    const seen = new Set<string>();
    let killed: string | null = null;
    const watch: SimulationOptions['onEffect'] = (at) => {
      if (at.function !== 'UnenrollAccount') return 'go-on';
      seen.add(named(at));
      if (named(at) !== killed) return 'go-on';
      killed = null;
      return 'kill';
    };
    begin(ENROLLED, { onEffect: watch });
    await send(17);
    await send(18, LEFT);
    expect(seen).toContain('UnenrollAccount aws servicecatalog:TerminateProvisionedProduct after');
    for (const effect of [...seen].filter((one) => !one.includes(' read ') && !one.includes('AssumeRole'))) {
      simulation.stop();
      begin(ENROLLED, { onEffect: watch });
      await send(17);
      killed = effect;
      await send(18, LEFT);
      expect({ effect, killed, at: made().parentId, governed: isGoverned(), left: productsLeft() }).toEqual({
        effect,
        killed: null,
        at: LEGACY,
        governed: false,
        left: 0,
      });
      expect((await simulation.detail()).status).toBe('VENDED');
    }
  });
});
