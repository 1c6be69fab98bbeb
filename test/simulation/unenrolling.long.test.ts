import { EXECUTION_ROLE } from '../../sandbox/organization/services/control-tower/governance';
import { plantProduct } from '../../sandbox/organization/services/service-catalog/plant-product';
import { type Change, configuration } from '../functions/domain/examples';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const ROOT = 'r-ab12';
const DEV = 'ou-ab12-cdefgh34';
const LEGACY = 'ou-ab12-legacy01';

const deletion: readonly Change[] = [
  ['replicationSequence', 18],
  ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
];

const closing: readonly Change[] = [
  ['landingZone.closeAccount', true],
  ['landingZone.stackSets', []],
  ['landingZone.awsLambdaArn', null],
  ['platform.awsIdentityStore', undefined],
];

const autoEnroll: Change = ['platform.enrollmentConfiguration.strategy', 'auto-enroll'];
const following = { controlTower: { enrollsByItself: true } };

describe('an account that is closed leaves Control Tower first', () => {
  let simulation: SimulatedVending;
  afterEach(() => {
    simulation.stop();
  });

  const begin = (changes: readonly Change[], options: SimulationOptions = {}): void => {
    simulation = new SimulatedVending({ configuration: configuration(...closing, ...changes), ...options });
  };

  const send = async (...changes: readonly Change[]): Promise<void> => {
    simulation.sendEvent(...changes);
    await simulation.settle();
  };

  const made = () => {
    const [account] = simulation.madeAccounts;
    if (account === undefined) throw new Error('No account was made.');
    return account;
  };

  const productsOf = (accountId: string): readonly string[] =>
    [...(simulation.organization.state.accountFactory?.provisionedProducts.values() ?? [])]
      .filter(({ physicalId }) => physicalId === accountId)
      .map(({ name }) => name);

  const expectGone = async (parentId: string): Promise<void> => {
    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', lastError: null });
    const { id, state, roles, alias, parentId: where } = made();
    expect({ state, alias, where }).toEqual({ state: 'CLOSED', alias: null, where: parentId });
    expect(simulation.organization.state.inheritedBaselines.has(id)).toBe(false);
    expect(roles.has(EXECUTION_ROLE)).toBe(false);
    expect(productsOf(id)).toEqual([]);
  };

  const callsOf = (...names: readonly string[]): readonly string[] =>
    simulation.organization.calls.flatMap(({ operation, outcome }) =>
      names.includes(operation) && outcome === 'ok' ? [operation] : [],
    );

  it.each([
    { where: 'the root', changes: [], parentId: ROOT },
    {
      where: 'a unit for it',
      changes: [['platform.enrollmentConfiguration.suspendedOrgUnitId', LEGACY]] as readonly Change[],
      parentId: LEGACY,
    },
  ])('by a move to $where, where Control Tower follows moves', async ({ changes, parentId }) => {
    begin([autoEnroll, ...changes], { seed: following });
    await send();
    expect(simulation.organization.state.inheritedBaselines.get(made().id)).toMatchObject({ status: 'SUCCEEDED' });
    await send(...deletion);
    await expectGone(parentId);
    expect(callsOf('MoveAccount', 'CloseAccount').slice(-2)).toEqual(['MoveAccount', 'CloseAccount']);
  });

  it('and its products after it, stale ones and those of others, where Control Tower follows moves', async () => {
    begin([autoEnroll], { seed: following });
    await send();
    const planted = { accountId: made().id, createdAt: 0 };
    const { state } = simulation.organization;
    plantProduct(state, { ...planted, id: 'pp-stale', name: 'stale', status: 'ERROR', hasSucceeded: false });
    plantProduct(state, { ...planted, id: 'pp-other', name: 'other', status: 'AVAILABLE', hasSucceeded: true });
    await send(...deletion);
    await expectGone(ROOT);
  });

  it('by its product, and with all that others have left of it', async () => {
    begin([]);
    await send();
    const planted = { accountId: made().id, createdAt: 0 };
    const { state } = simulation.organization;
    plantProduct(state, { ...planted, id: 'pp-0000', name: 'stale', status: 'ERROR', hasSucceeded: false });
    plantProduct(state, { ...planted, id: 'pp-zzzz', name: 'other', status: 'TAINTED', hasSucceeded: false });
    await send(...deletion);
    await expectGone(ROOT);
  });

  it('also where its landing zone enrolls nobody, and somebody else has enrolled it', async () => {
    begin([
      ['landingZone.awsEnrollAccount', false],
      ['landingZone.awsTargetOrgUnitId', DEV],
    ]);
    await send();
    const { id } = made();
    const { state } = simulation.organization;
    state.inheritedBaselines.set(id, { unitId: DEV, status: 'SUCCEEDED' });
    const product = { id: 'pp-person', name: 'by-a-person', status: 'AVAILABLE', hasSucceeded: true } as const;
    plantProduct(state, { ...product, accountId: id, createdAt: 0 });
    await send(...deletion);
    await expectGone(ROOT);
  });

  it('by a person, where it has no product and Control Tower follows no moves', async () => {
    begin([]);
    await send();
    const { state } = simulation.organization;
    const { id } = made();
    state.accountFactory?.provisionedProducts.clear();
    await send(...deletion);
    const failed = await simulation.detail();
    expect(failed.status).toBe('FAILED');
    expect(failed.lastError?.remedy).toContain('"Unmanage"');
    expect(callsOf('CloseAccount')).toEqual([]);
    expect(made()).toMatchObject({ state: 'ACTIVE', parentId: DEV });

    state.inheritedBaselines.delete(id);
    made().roles.delete(EXECUTION_ROLE);
    await simulation.replay();
    await simulation.settle();
    await expectGone(DEV);
  });

  it('by a move, where it has no product and Control Tower follows moves although accounts are enrolled otherwise', async () => {
    begin([], { seed: following });
    await send();
    simulation.organization.state.accountFactory?.provisionedProducts.clear();
    await send(...deletion);
    await expectGone(ROOT);
  });

  it('and stays where the unit for it belongs to Control Tower', async () => {
    begin([autoEnroll, ['platform.enrollmentConfiguration.suspendedOrgUnitId', 'ou-ab12-prod0001']], {
      seed: following,
    });
    await send();
    await send(...deletion);
    const failed = await simulation.detail();
    expect(failed).toMatchObject({ status: 'FAILED' });
    expect(failed.lastError?.message).toContain('ou-ab12-prod0001 (suspendedOrgUnitId) is governed');
    expect(made()).toMatchObject({ state: 'ACTIVE', parentId: DEV });
  });

  const isLeaving = (): boolean => {
    const baseline = simulation.organization.state.inheritedBaselines.get(simulation.madeAccounts[0]?.id ?? '');
    return callsOf('TerminateProvisionedProduct').length > 0 || baseline?.status !== 'SUCCEEDED';
  };

  it.each([
    { what: 'by the Account Factory', changes: [], options: {} },
    { what: 'by a move', changes: [autoEnroll], options: { seed: following } },
  ])('is enrolled again $what where the deletion is taken back meanwhile', async ({ changes, options }) => {
    begin(changes, options);
    await send();
    simulation.sendEvent(...deletion);
    await simulation.until(isLeaving);
    await send(['replicationSequence', 19]);
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 19, lastError: null });
    expect(made()).toMatchObject({ state: 'ACTIVE', parentId: DEV });
    expect(simulation.organization.state.inheritedBaselines.get(made().id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is refused kindly then, where it is sealed and would need a role that went with the enrollment', async () => {
    begin([
      ['platform.selfDowngradeAccessRole', true],
      ['platform.accessRoleProfile', 'sealed'],
    ]);
    await send();
    simulation.sendEvent(...deletion);
    await simulation.until(isLeaving);
    await send(['replicationSequence', 19]);
    const failed = await simulation.detail();
    expect(failed).toMatchObject({ status: 'FAILED', replicationSequence: 19 });
    expect(failed.lastError?.name).toBe('RejectedError');
    expect(failed.lastError?.remedy).toContain('Opening a sealed account');
  });
});
