import { VendingPreviewSchema } from '../../functions/api/vending-responses';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { type Change, changed, desiredStateJson } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending, type SimulationOptions } from './simulated-vending';

const PARENT = 'ou-ab12-legacy01';
const SECOND = '7d0c1b1e-0000-4000-8000-000000000002';
const THIRD = '7d0c1b1e-0000-4000-8000-000000000003';

const workspaces = (...changes: readonly Change[]) =>
  plainConfiguration(
    ['landingZone.awsTargetOrgUnitId', null],
    ['platform.workspaceOrgUnits', { parentOrgUnitId: PARENT, namePattern: 'ws-#{workspaceIdentifier}' }],
    ...changes,
  );

/** Another project, of the same workspace or another one. */
const other = (uuid: string, number: number, workspace: string): readonly Change[] => [
  ['tenant.metadata.uuid', uuid],
  ['tenant.metadata.ownedByProject', `shop-${number}`],
  ['project.metadata.name', `shop-${number}`],
  ['tenant.metadata.ownedByWorkspace', workspace],
  ['workspace.metadata.name', workspace],
  ['project.metadata.ownedByWorkspace', workspace],
  ['tenantPlatformNumber', number],
];

const deletion: readonly Change[] = [
  ['replicationSequence', 18],
  ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
];

describe('a landing zone without a target', () => {
  let simulation: SimulatedVending;

  afterEach(() => {
    simulation.stop();
  });

  const begin = (options: SimulationOptions = {}): void => {
    simulation = new SimulatedVending({ configuration: workspaces(), ...options });
  };

  const send = async (...changes: readonly Change[]): Promise<void> => {
    simulation.sendEvent(...changes);
    await simulation.settle();
  };

  /** Where each account is: the names of its unit and of the unit above. */
  const places = (): Readonly<Record<string, string>> => {
    const { accounts, units } = simulation.organization.state;
    return Object.fromEntries(
      [...accounts.values()]
        .filter(({ joinedMethod }) => joinedMethod === 'CREATED')
        .map(({ name, parentId }) => {
          const unit = units.get(parentId);
          return [name, `${units.get(unit?.parentId ?? '')?.name ?? ''}/${unit?.name ?? parentId}`];
        }),
    );
  };

  const unitsMade = (): readonly string[] =>
    [...simulation.organization.state.units.values()]
      .filter(({ parentId }) => parentId === PARENT)
      .map(({ name }) => name);

  it('has two tenants that come at once in the units of their workspaces, and two of one workspace in one', async () => {
    begin();
    simulation.sendEvent();
    simulation.sendEvent(...other(SECOND, 43, 'retail'));
    await send(...other(THIRD, 44, 'logistics'));
    expect(places()).toEqual({
      'retail.webshop-dev': 'Legacy/ws-retail',
      'retail.shop-43': 'Legacy/ws-retail',
      'logistics.shop-44': 'Legacy/ws-logistics',
    });
    expect(unitsMade().toSorted()).toEqual(['ws-logistics', 'ws-retail']);
    for (const uuid of [undefined, SECOND, THIRD]) expect((await simulation.detail(uuid)).status).toBe('VENDED');
  });

  it('tells which unit it was, and writes nothing the second time', async () => {
    begin();
    await send();
    const [unit] = [...simulation.organization.state.units.values()].filter(({ parentId }) => parentId === PARENT);
    expect(simulation.outcomes).toMatchObject([{ detail: { organizationalUnitId: unit?.id } }]);
    await send(['replicationSequence', 18]);
    expect(simulation.outcomesOf('CreateOrganizationalUnit')).toEqual(['ok']);
    expect(simulation.outcomesOf('MoveAccount')).toEqual(['ok']);
    expect(simulation.outcomes).toMatchObject([{}, { detail: { organizationalUnitId: unit?.id, changes: [] } }]);
  });

  it('brings back an account that was moved, into the unit that was deleted meanwhile', async () => {
    begin();
    await send();
    const { accounts, units } = simulation.organization.state;
    for (const account of accounts.values()) {
      if (account.joinedMethod === 'CREATED') account.parentId = 'ou-ab12-prod0001';
    }
    for (const { id, parentId } of [...units.values()]) if (parentId === PARENT) units.delete(id);
    await send(['replicationSequence', 18]);
    expect(places()).toEqual({ 'retail.webshop-dev': 'Legacy/ws-retail' });
    const [, { detail }] = simulation.outcomes as [unknown, { detail: { changes: { what: string }[] } }];
    expect(detail.changes.map(({ what }) => what)).toEqual([
      'organizational unit of the workspace',
      'organizational unit',
    ]);
  });

  it('makes no account where the parent does not exist, and names the field', async () => {
    begin({
      configuration: workspaces([
        'platform.workspaceOrgUnits',
        { parentOrgUnitId: 'ou-ab12-missing0', namePattern: '#{workspaceIdentifier}' },
      ]),
    });
    await send();
    const { status, lastError } = await simulation.detail();
    expect(status).toBe('FAILED');
    expect(lastError?.remedy).toContain('workspaceOrgUnits.parentOrgUnitId');
    expect(simulation.madeAccounts).toEqual([]);
  });

  it('says in a dry run which unit would be made, and that the account would go there', async () => {
    begin();
    await send();
    const { accounts, units } = simulation.organization.state;
    for (const account of accounts.values()) if (account.joinedMethod === 'CREATED') account.parentId = 'r-ab12';
    for (const { id, parentId } of [...units.values()]) if (parentId === PARENT) units.delete(id);
    const { body } = await simulation.application.callApi({
      method: 'POST',
      path: '/vendings',
      query: { dryRun: 'true' },
      body: changed(desiredStateJson, ['replicationSequence', 18]),
    });
    expect(VendingPreviewSchema.parse(body).changes).toEqual([
      { state: 'EnsureWorkspaceUnit', what: 'organizational unit of the workspace', from: null, to: 'ws-retail (new)' },
      { state: 'MoveAccount', what: 'organizational unit', from: 'r-ab12', to: 'new' },
    ]);
    expect(unitsMade()).toEqual([]);
  });

  it('takes an account out of use where it is', async () => {
    begin({ configuration: workspaces(['landingZone.closeAccount', true]) });
    await send();
    await send(...deletion);
    expect((await simulation.detail()).status).toBe('CLOSED');
    expect(places()).toEqual({ 'retail.webshop-dev': 'Legacy/ws-retail' });
  });
});

const named = ({ kind, name: effect, when }: Effect): string => `${kind} ${effect} ${when}`;

describe('EnsureWorkspaceUnit, killed at each of its side effects', () => {
  const effectsOf = async (): Promise<readonly string[]> => {
    const seen = new Set<string>();
    const simulation = new SimulatedVending({
      configuration: workspaces(),
      onEffect: (at) => {
        if (at.function === 'EnsureWorkspaceUnit') seen.add(named(at));
        return 'go-on';
      },
    });
    simulation.sendEvent();
    await simulation.settle();
    simulation.stop();
    return [...seen];
  };

  it('makes one unit, and the account gets there', async () => {
    const effects = await effectsOf();
    expect(effects).toContain('aws organizations:CreateOrganizationalUnit after');
    for (const effect of effects) {
      let isKilled = false;
      const simulation = new SimulatedVending({
        configuration: workspaces(),
        onEffect: (at) => {
          if (isKilled || at.function !== 'EnsureWorkspaceUnit' || named(at) !== effect) return 'go-on';
          isKilled = true;
          return 'kill';
        },
      });
      simulation.sendEvent();
      await simulation.settle();
      const units = [...simulation.organization.state.units.values()].filter(({ parentId }) => parentId === PARENT);
      const { status } = await simulation.detail();
      simulation.stop();
      expect({ effect, isKilled, status, units: units.length }).toEqual({
        effect,
        isKilled: true,
        status: 'VENDED',
        units: 1,
      });
      expect(simulation.madeAccounts.map(({ parentId }) => parentId)).toEqual(units.map(({ id }) => id));
    }
  });
});
