import path from 'node:path';

import { TENANT_TAG_KEY } from '../../functions/domain/plan/plan';
import type { OutcomeEvent } from '../../functions/ports/outcome-publisher';
import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import { IdentityProvider } from '../../sandbox/organization/identity-provider';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { type SimulationFixture, makeFixture } from '../../sandbox/simulation/simulation-fixture';
import type { Simulation } from '../../sandbox/simulation/simulation';
import type { SimulatedTenant } from '../../sandbox/simulation/simulated-tenants';
import definition from '../../statemachines/vend-account.asl.json';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { type Change, configuration } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';
import { sentOnce, staged, tenantsIn } from './staged-simulation';

/** Every state that a function carries out, from the file: a state that is new there is tried here. */
const STATES = [...JSON.stringify(definition).matchAll(/"(?:Resource|FunctionName)":"\$\{(\w+)\}"/gu)]
  .map(([, name = '']) => name)
  .filter((name) => name !== 'InvokeWithTaskToken');

/** Accounts that are known already come through these; new ones do not, or have mostly nothing to do there. */
const OF_UPDATES = new Set(['AwaitReconciliationTurn', 'RevokeAccess', 'CheckGrants', 'DowngradeAccessRole']);

/** Later states do what these could not. */
const OF_NO_FAILURE = new Set(['PrepareAccess']);

/** Only where a stack set is given up. */
const OF_REMOVALS = new Set(['AwaitWithdrawalTurn', 'RemoveStackInstances', 'CheckRemoval']);

/** An account that is there, and no simulated tenant's. */
const OF_IMPORTS = new Set(['ImportAccount']);

/** The simulated configuration has no other vending machine. */
const OF_OTHER_MACHINES = new Set(['CheckExternalAvm']);

/** Nor groups of an identity provider. */
const OF_IDENTITY_PROVIDERS = new Set(['CheckGroups']);

/** The simulated landing zones ask for none: `approvals.test.ts`. */
const OF_APPROVALS = new Set(['AwaitApproval']);

/** The simulated landing zones name their units. */
const OF_WORKSPACES = new Set(['EnsureWorkspaceUnit']);

/** No simulated tenant leaves Control Tower and stays. */
const OF_LEAVING = new Set(['UnenrollAccount']);

/** The simulated landing zones have none: `customizations.test.ts`. */
const OF_CUSTOMIZATIONS = new Set(['CustomizeAccount', 'CheckCustomizations']);

/** All landing zones act: `shadow.test.ts`. */
const OF_PILOTS = new Set(['CompleteShadow']);

const HOUR = 3600;

/** A desired state, and long after it another one with other tags, and in another landing zone if one is named. */
function updated(tenant: SimulatedTenant, landingZone?: string): SimulatedTenant {
  const [first] = sentOnce(tenant).requests;
  const { desiredState: state } = first;
  const tags = { environment: ['prod'], costCenter: ['1'] };
  const name = landingZone ?? state.tenant.spec.landingZoneRef.name;
  const spec = { ...state.tenant.spec, landingZoneRef: { ...state.tenant.spec.landingZoneRef, name } };
  const changed = {
    ...state,
    tenant: { ...state.tenant, spec },
    replicationSequence: state.replicationSequence + 1,
    project: { ...state.project, spec: { ...state.project.spec, tags } },
    userPermissions: (state.userPermissions ?? []).slice(1),
  };
  return { ...tenant, requests: [first, { ...first, at: 12 * HOUR, desiredState: changed }] };
}

const failures = (outcomes: readonly OutcomeEvent[], tenantUuid: string): readonly string[] =>
  outcomes.flatMap(({ type, detail }) =>
    type === 'Account Vending Failed' && detail.tenantUuid === tenantUuid
      ? [`${detail.state ?? 'nowhere'} ${detail.error}`]
      : [],
  );

describe('a vending whose function dies at every try', () => {
  const elsewhere = [
    OF_IMPORTS,
    OF_OTHER_MACHINES,
    OF_IDENTITY_PROVIDERS,
    OF_APPROVALS,
    OF_WORKSPACES,
    OF_LEAVING,
    OF_PILOTS,
    OF_CUSTOMIZATIONS,
    OF_NO_FAILURE,
  ];
  const states = STATES.filter((state) => !elsewhere.some((others) => others.has(state)));
  let fixture: SimulationFixture;
  let simulation: Simulation;
  /** The state at which each tenant's function dies, until it has failed. */
  const deaths = new Map<string, string>();

  beforeAll(async () => {
    fixture = await makeFixture();
    const tenants = tenantsIn('everything', 1, states.length).map((tenant, index) => {
      const state = states[index] ?? '';
      deaths.set(tenant.uuid, state);
      if (OF_REMOVALS.has(state)) return updated(tenant, 'aws-dev');
      return OF_UPDATES.has(state) ? updated(tenant) : sentOnce(tenant);
    });
    simulation = await staged(fixture, {
      tenants,
      stage: ({ function: name, run: { tenantUuid } }, { application }) => {
        const dies = deaths.get(tenantUuid) === name && failures(application.outcomes, tenantUuid).length === 0;
        return dies ? 'kill' : 'go-on';
      },
    });
  });

  it.each(states)('has failed at %s, tells so, and is vended by a replay', (state) => {
    const [tenantUuid = ''] = [...deaths].find(([, dies]) => dies === state) ?? [];

    expect(failures(simulation.application.outcomes, tenantUuid)).toEqual([`${state} Runtime.ExitError`]);
    expect(simulation.mirror.tenants.get(tenantUuid)).toMatchObject({ status: 'VENDED', activeRun: null });
  });

  it('has one account in the end, as is desired', () => {
    expect(simulation.violations.all).toEqual([]);
    expect(simulation.report()).toMatchObject({
      vended: states.length,
      replays: states.length,
      accountsPerTenantMax: 1,
      selfMadeThrottles: 0,
    });
  });
});

describe('a vending without a function that later states can do without', () => {
  let simulation: SimulatedVending;

  afterEach(() => {
    simulation.stop();
  });

  it.each([...OF_NO_FAILURE])('goes on after %s, and gives all that it would have given', async (state) => {
    let kills = 0;
    simulation = new SimulatedVending({
      configuration: loadConfiguration(path.join(projectRoot, 'sandbox', 'config')),
      onEffect: ({ function: name }) => {
        if (name !== state) return 'go-on';
        kills += 1;
        return 'kill';
      },
    });
    simulation.sendEvent();
    await simulation.settle();

    const { status, run, timeline } = await simulation.detail();
    expect({ status, run, kills }).toEqual({ status: 'VENDED', run: 1, kills: 4 });
    const given = timeline.flatMap(({ state: by, changes }) =>
      changes.filter(({ what }) => what.startsWith('assignment of ')).map(() => by),
    );
    expect(new Set(given)).toEqual(new Set(['CheckGrants']));
  });
});

describe('a vending of which much is done while stacks are made', () => {
  it('comes neither to CheckGrants nor to DowngradeAccessRole, and has done what these do', async () => {
    const simulation = new SimulatedVending({
      configuration: loadConfiguration(path.join(projectRoot, 'sandbox', 'config')),
      latencies: { accountAssignment: [5, 5], stackInstance: [180, 180] },
    });
    try {
      simulation.sendEvent();
      await simulation.settle();

      const { status, timeline } = await simulation.detail();
      const states = timeline.map(({ state }) => state);
      expect(status).toBe('VENDED');
      expect(states).toEqual(expect.not.arrayContaining(['CheckGrants']));
      expect(states.slice(states.indexOf('GrantAccess'))).toEqual([
        'GrantAccess',
        'ConfirmDowngrade',
        'CompleteVending',
      ]);
    } finally {
      simulation.stop();
    }
  });
});

describe('the import of an account whose function dies at every try', () => {
  const EXISTING = '555555555555';
  const TENANT = '7d0c1b1e-0000-4000-8000-000000000001';
  let simulation: SimulatedVending;

  afterEach(() => {
    simulation.stop();
  });

  it.each([...OF_IMPORTS])('has failed at %s, tells so, and is done by a replay', async (state) => {
    const { accounts, rootId } = exampleOrganization();
    const existing = { id: EXISTING, name: 'Legacy', email: 'legacy@corp.example', parentId: rootId };
    let isDying = true;
    simulation = new SimulatedVending({
      configuration: plainConfiguration(['platform.import', { organizationalUnits: [rootId] }]),
      seed: { accounts: [...accounts, { ...existing, accessRole: 'MeshstackAccountAccessRole' }] },
      onEffect: ({ function: name }) => (isDying && name === state ? 'kill' : 'go-on'),
    });
    simulation.sendEvent(['tenant.spec.platformTenantId', EXISTING]);
    await simulation.settle();

    expect(failures(simulation.outcomes, TENANT)).toEqual([`${state} Runtime.ExitError`]);
    expect((await simulation.detail()).timeline.at(-1)).toMatchObject({ state, error: { name: 'Runtime.ExitError' } });

    isDying = false;
    expect(await simulation.replay()).toMatchObject({ status: 202 });
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', account: { id: EXISTING } });
    expect(simulation.madeAccounts).toEqual([]);
  });
});

describe('a vending that waits for another vending machine, whose function dies at every try', () => {
  const TENANT = '7d0c1b1e-0000-4000-8000-000000000001';

  it.each([...OF_OTHER_MACHINES])('has failed at %s, tells so, and is vended by a replay', async (state) => {
    const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
    let isDying = true;
    const simulation = new SimulatedVending({
      configuration: { platform: { ...platform, waitForExternalAvm: true }, landingZones },
      onEffect: ({ function: name }) => (isDying && name === state ? 'kill' : 'go-on'),
    });
    try {
      simulation.sendEvent();
      await simulation.settle();
      expect(failures(simulation.outcomes, TENANT)).toEqual([`${state} Runtime.ExitError`]);

      isDying = false;
      for (const account of simulation.organization.state.accounts.values()) {
        if (account.tags.get(TENANT_TAG_KEY) !== TENANT) continue;
        account.tags.set('ProductName', 'retail');
        account.tags.set('Stage', 'webshop-dev');
      }
      expect(await simulation.replay()).toMatchObject({ status: 202 });
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
      expect(simulation.madeAccounts).toHaveLength(1);
    } finally {
      simulation.stop();
    }
  });
});

describe('a vending whose landing zone asks for more, and whose function dies at every try', () => {
  const TENANT = '7d0c1b1e-0000-4000-8000-000000000001';
  const PARENT = 'ou-ab12-legacy01';
  let simulation: SimulatedVending;
  let isDying: boolean;

  afterEach(() => {
    simulation.stop();
  });

  const begin = (state: string, config: Configuration): void => {
    isDying = true;
    const onEffect = ({ function: name }: { readonly function: string }) =>
      isDying && name === state ? ('kill' as const) : ('go-on' as const);
    simulation = new SimulatedVending({ configuration: config, onEffect });
  };

  const send = async (replicationSequence: number): Promise<void> => {
    simulation.sendEvent(['replicationSequence', replicationSequence]);
    await simulation.settle();
  };

  const expectEndByReplay = async (state: string, end: object): Promise<void> => {
    expect(failures(simulation.outcomes, TENANT)).toEqual([`${state} Runtime.ExitError`]);
    isDying = false;
    expect(await simulation.replay()).toMatchObject({ status: 202 });
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject(end);
  };

  const expectVendedByReplay = (state: string): Promise<void> => expectEndByReplay(state, { status: 'VENDED' });

  it.each([...OF_WORKSPACES])('has failed at %s, tells so, and is vended by a replay', async (state) => {
    const workspaceOrgUnits = { parentOrgUnitId: PARENT, namePattern: '#{workspaceIdentifier}' };
    begin(
      state,
      plainConfiguration(['landingZone.awsTargetOrgUnitId', null], ['platform.workspaceOrgUnits', workspaceOrgUnits]),
    );
    await send(17);
    await expectVendedByReplay(state);
    const units = [...simulation.organization.state.units.values()].filter(({ parentId }) => parentId === PARENT);
    expect(simulation.madeAccounts.map(({ parentId }) => parentId)).toEqual(units.map(({ id }) => id));
  });

  it.each([...OF_LEAVING])('has failed at %s, tells so, and is vended by a replay', async (state) => {
    const plain: readonly Change[] = [
      ['landingZone.stackSets', []],
      ['landingZone.awsLambdaArn', null],
      ['platform.awsIdentityStore', undefined],
    ];
    begin(state, configuration(...plain));
    await send(17);
    await simulation.release(configuration(...plain, ['landingZone.awsEnrollAccount', false]));
    await send(18);
    await expectVendedByReplay(state);
    expect(simulation.organization.state.inheritedBaselines.size).toBe(0);
  });

  it.each([...OF_IDENTITY_PROVIDERS])('has failed at %s, tells so, and is vended by a replay', async (state) => {
    const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
    const { awsIdentityStore } = platform;
    const [admin] = awsIdentityStore?.awsRoleMappings ?? [];
    if (awsIdentityStore === undefined || admin === undefined) throw new Error('There is no mapping.');
    const awsRoleMappings = [{ ...admin, existingGroupNamePattern: 'admins' }];
    begin(state, {
      platform: { ...platform, awsIdentityStore: { ...awsIdentityStore, awsRoleMappings } },
      landingZones,
    });
    new IdentityProvider(simulation.organization.state).push('admins', Date.now());
    await send(17);
    await expectVendedByReplay(state);
    expect(simulation.madeAccounts).toHaveLength(1);
  });

  it.each([...OF_PILOTS])('has failed at %s, tells so, and has told its changes after a replay', async (state) => {
    begin(state, plainConfiguration(['platform.mode', 'shadow']));
    await send(17);
    await expectEndByReplay(state, { status: 'SHADOWED', shadow: { verdict: 'CREATE' } });
    expect(simulation.madeAccounts).toEqual([]);
  });
});
