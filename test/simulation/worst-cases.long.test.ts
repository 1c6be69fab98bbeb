import { type SimulationFixture, makeFixture } from '../../sandbox/simulation/simulation-fixture';
import type { SimulatedTenant } from '../../sandbox/simulation/simulated-tenants';
import { redrive, sentOnce, type Stage, staged, stop, tenantsIn } from './staged-simulation';

const HOUR = 3600;

/** `CreateAccount organizations:CreateAccount after` */
const named = ({ function: name, name: call, when }: Parameters<Stage>[0]): string => `${name} ${call} ${when}`;

const ASKED = 'CreateAccount organizations:CreateAccount after';

/* What each protection is there for: without it, the invariants of the simulation do not hold (test/mutations). */
describe('every invariant of a simulation holds', () => {
  let fixture: SimulationFixture;

  beforeAll(async () => {
    fixture = await makeFixture();
  });

  it('where every function that asks for an account dies before it can write the answer down', async () => {
    const killed = new Set<string>();

    const simulation = await staged(fixture, {
      tenants: tenantsIn('bare', 1, 3).map(sentOnce),
      stage: (effect) => {
        if (named(effect) !== ASKED || killed.has(effect.run.tenantUuid)) return 'go-on';
        killed.add(effect.run.tenantUuid);
        return 'kill';
      },
    });

    expect(killed.size).toBe(3);
    expect(simulation.violations.all).toEqual([]);
    expect(simulation.report()).toMatchObject({ vended: 3, accountsPerTenantMax: 1, selfMadeThrottles: 0 });
  });

  it('where somebody else makes accounts of the same names while answers are lost', async () => {
    const killed = new Set<string>();

    const simulation = await staged(fixture, {
      tenants: tenantsIn('bare', 1, 4).map(sentOnce),
      faults: ['namesakes'],
      stage: (effect) => {
        if (named(effect) !== ASKED || killed.has(effect.run.tenantUuid)) return 'go-on';
        killed.add(effect.run.tenantUuid);
        return 'kill';
      },
    });

    const namesakes = [...simulation.organization.state.accounts.values()].filter(({ email }) =>
      email.endsWith('@elsewhere.example'),
    );
    expect(namesakes.length).toBeGreaterThan(0);
    expect(simulation.violations.all).toEqual([]);
    expect(simulation.report()).toMatchObject({ vended: 4, accountsPerTenantMax: 1 });
  });

  it('where an old execution is redriven while a newer desired state is carried out', async () => {
    const [tenant] = tenantsIn('everything', 1, 1).map(changesItsMind);
    const [older, newer] = tenant?.requests.map(({ desiredState }) => desiredState.replicationSequence) ?? [];
    const story: string[] = [];

    const simulation = await staged(fixture, {
      tenants: tenant === undefined ? [] : [tenant],
      stage: (effect, all) => {
        const { tenantUuid, replicationSequence } = effect.run;
        if (effect.function === 'MoveAccount' && replicationSequence === older && story.length === 0) {
          story.push('stopped');
          stop(all, effect.run);
        }
        if (effect.function === 'SetAccountAlias' && replicationSequence === newer && story.length === 1) {
          story.push('redriven');
          redrive(all, { tenantUuid, replicationSequence: older ?? 0 });
        }
        return 'go-on';
      },
    });

    expect(story).toEqual(['stopped', 'redriven']);
    expect(simulation.violations.all).toEqual([]);
    expect(simulation.report()).toMatchObject({ vended: 1 });
  });

  it('where two tenants render to the same names', async () => {
    const [first, second] = tenantsIn('bare', 1, 2).map(sentOnce);
    if (first === undefined || second === undefined) throw new Error('There are two.');
    const wrong = asNamed(second, first);

    const simulation = await staged(fixture, { tenants: [first, wrong], stage: () => 'go-on' });

    expect(simulation.violations.all).toEqual([]);
    expect(simulation.application.outcomes.map(({ type }) => type)).toContain('Account Vending Failed');
    expect(simulation.report()).toMatchObject({ vended: 2 });
  });

  it('where all who have a slot for an account die, and nobody looks after them for hours', async () => {
    const dead = new Set<string>();

    const simulation = await staged(fixture, {
      tenants: tenantsIn('bare', 1, 6).map(sentOnce),
      operatorAwayUntil: 5 * HOUR,
      stage: (effect, all) => {
        if (named(effect) === ASKED && dead.size < 5) {
          dead.add(effect.run.tenantUuid);
          stop(all, effect.run);
        }
        return 'go-on';
      },
    });

    expect(dead.size).toBe(5);
    expect(simulation.violations.all).toEqual([]);
    expect(simulation.report()).toMatchObject({ vended: 6, accountsPerTenantMax: 1 });
  });
});

/** A second desired state, with other tags, comes into the run of the first one. */
function changesItsMind(tenant: SimulatedTenant): SimulatedTenant {
  const [first] = sentOnce(tenant).requests;
  const { desiredState: state } = first;
  const changed = {
    ...state,
    replicationSequence: state.replicationSequence + 1,
    project: { ...state.project, spec: { ...state.project.spec, tags: { environment: ['prod'], costCenter: ['1'] } } },
  };
  return { ...tenant, requests: [first, { ...first, at: 100, desiredState: changed }] };
}

/** It comes ten minutes later under the names of another one, and is corrected after an hour. */
function asNamed(tenant: SimulatedTenant, { requests: [of] }: SimulatedTenant): SimulatedTenant {
  const [own] = tenant.requests;
  const { tenant: named, workspace, project } = of.desiredState;
  const state = own.desiredState;
  const metadata = { ...named.metadata, uuid: tenant.uuid };
  const wrong = {
    ...state,
    tenant: { ...state.tenant, metadata },
    workspace: { ...state.workspace, metadata: { ...state.workspace.metadata, name: workspace.metadata.name } },
    project: { ...state.project, metadata: project.metadata },
  };
  const right = { ...state, replicationSequence: state.replicationSequence + 1 };
  return {
    ...tenant,
    requests: [
      { ...own, at: 600, desiredState: wrong },
      { ...own, at: HOUR, desiredState: right },
    ],
  };
}
