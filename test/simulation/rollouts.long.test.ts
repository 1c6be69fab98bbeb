import type { Configuration } from '../../functions/domain/configuration/configuration';
import { seededRandom } from '../../sandbox/organization/draw';
import type { FaultInjector } from '../../sandbox/organization/fault-injector';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import type { Change } from '../functions/domain/examples';
import { RolloutCalls } from './rollout-calls';
import { plainConfiguration, SimulatedVending, type SimulationOptions } from './simulated-vending';

/** All are vended first; a fleet is in `rollout-fleet.test.ts`. */
const TENANTS = 8;

/** On a busy machine. */
jest.setTimeout(120_000);

const LEGACY = 'ou-ab12-legacy01';
const INFRA = 'ou-ab12-infra001';

const tagged = (valuePattern: string): Change => [
  'platform.tenantTags',
  { namespacePrefix: 'meshstack_', tagMappers: [{ key: 'project', valuePattern }] },
];

const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-${number.toString().padStart(12, '0')}`;

/** AWS refuses to tag anything, for good. */
const refusing = (isSo: () => boolean): FaultInjector => ({
  beforeCall: ({ operation }) =>
    isSo() && operation === 'TagResource'
      ? { kind: 'error', code: 'AccessDeniedException', status: 400, message: 'You may not.' }
      : undefined,
});

describe('a rollout', () => {
  let simulation: SimulatedVending;
  let calls: RolloutCalls;
  let deployed: Record<string, unknown>;

  const begin = async (options: SimulationOptions = {}): Promise<void> => {
    deployed = { ...plainConfiguration(tagged('${projectIdentifier}')) };
    simulation = new SimulatedVending({ ...options, configuration: deployed as unknown as Configuration });
    calls = new RolloutCalls(simulation);
    for (let number = 1; number <= TENANTS; number += 1) order(number);
    await simulation.settle();
  };

  /** As a deployment does it: functions read another configuration from now on. */
  const deploy = (...changes: readonly Change[]): string => {
    const configuration = plainConfiguration(...changes);
    Object.assign(deployed, configuration);
    return simulation.deploy(configuration);
  };

  const order = (number: number, sequence = 1): void => {
    simulation.sendEvent(
      ['tenant.metadata.uuid', uuidOf(number)],
      ['replicationSequence', sequence],
      ['tenantPlatformNumber', number],
      ['tenant.metadata.ownedByProject', `project-${number}`],
      ['project.metadata.name', `project-${number}`],
    );
  };

  const night = async (): Promise<void> => {
    await simulation.pass(24 * 3600);
    simulation.application.startNight();
    await simulation.settle();
  };

  /** The events of rollouts, each with its wave. */
  const told = (): readonly string[] =>
    simulation.application.rolloutEvents.map(({ type, detail }) => `${type.replace('Rollout ', '')} ${detail.wave}`);

  const tagsOf = (): readonly string[] =>
    simulation.madeAccounts.map(({ tags }) => tags.get('meshstack_project') ?? 'none').toSorted();

  const allWith = (prefix: string): readonly string[] =>
    Array.from({ length: TENANTS }, (_, index) => `${prefix}project-${index + 1}`).toSorted();

  const writes = (): number =>
    simulation.organization.calls.filter(({ write, service }) => write && service !== 'sts').length;

  afterEach(() => {
    simulation.stop();
  });

  it('is what a configuration needs to change anything: the night after its deployment changes nothing', async () => {
    await begin();
    deploy(tagged('new-${projectIdentifier}'));
    const before = writes();
    await night();
    expect(writes()).toBe(before);
    expect(tagsOf()).toEqual(allWith(''));
    order(1, 2);
    await simulation.settle();
    expect(tagsOf()).toEqual(allWith(''));
  });

  it('plans what would change in each tenant, changes nothing by that, and then brings all of them there', async () => {
    await begin();
    const hash = deploy(tagged('new-${projectIdentifier}'));
    const before = writes();
    const plan = await calls.planned();
    expect(plan).toMatchObject({ status: 'PLANNED', changing: TENANTS, unchanged: 0, refused: 0, targetHash: hash });
    expect(plan.groups).toMatchObject([{ kinds: ['changes tag meshstack_project'], tenants: TENANTS }]);
    expect(writes()).toBe(before);
    expect(await calls.started(plan)).toMatchObject({ status: 'ENDED', done: TENANTS, failed: 0, unexpected: 0 });
    expect(tagsOf()).toEqual(allWith('new-'));
    expect(told()).toEqual(['Started 0', 'Wave Ended 0', 'Wave Ended 1', 'Wave Ended 2', 'Wave Ended 3', 'Ended 4']);
    order(TENANTS + 1);
    await night();
    expect(tagsOf()).toContain(`new-project-${TENANTS + 1}`);
    expect(await calls.planned()).toMatchObject({ status: 'PLANNED', changing: 0, leftAlone: TENANTS + 1 });
  });

  it('reaches every tenant once, although its function is killed again and again', async () => {
    const random = seededRandom(5);
    let kills = 0;
    const onEffect = ({ function: name, write }: Effect): 'kill' | 'go-on' => {
      if (name !== 'RollOut' || !write || kills >= 12 || random() > 0.05) return 'go-on';
      kills += 1;
      return 'kill';
    };
    await begin({ onEffect });
    deploy(tagged('new-${projectIdentifier}'));
    const executions = simulation.application.workflow.executions.length;
    const plan = await calls.planned();
    expect(await calls.started(plan)).toMatchObject({ status: 'ENDED', done: TENANTS, failed: 0 });
    expect(kills).toBeGreaterThan(1);
    const canary = (await calls.tenantsOf(plan.id)).filter(({ wave }) => wave === 0);
    expect(canary).toHaveLength(Math.min(5, TENANTS));
    expect(tagsOf()).toEqual(allWith('new-'));
    expect(simulation.application.workflow.executions).toHaveLength(executions + TENANTS);
    expect(simulation.application.deadLetters).toEqual([]);
  });

  it('gives no place of the canary to a tenant of a later wave, although each part of the plan is made twice', async () => {
    let sends = 0;
    // Every other time it is killed with the tenants written and the part not.
    const onEffect = ({ function: name, kind, when }: Effect): 'kill' | 'go-on' => {
      if (name !== 'RollOut' || kind !== 'queue' || when !== 'before') return 'go-on';
      sends += 1;
      return sends % 2 === 1 ? 'kill' : 'go-on';
    };
    await begin({ onEffect });
    deploy(tagged('new-${projectIdentifier}'));
    // Somebody has given all others by hand what they are to have: the canary needs none that is not changed.
    const changed = ['project-1', 'project-2', 'project-3'];
    for (const { tags } of simulation.madeAccounts) {
      const project = tags.get('meshstack_project') ?? '';
      if (!changed.includes(project)) tags.set('meshstack_project', `new-${project}`);
    }
    const plan = await calls.planned({ canary: { tenants: changed.length } });
    expect(plan).toMatchObject({ status: 'PLANNED', changing: 3, unchanged: TENANTS - 3, leftAlone: 0 });
    expect(sends).toBeGreaterThanOrEqual(4);
    const canary = (await calls.tenantsOf(plan.id)).filter(({ wave }) => wave === 0);
    expect(canary.map(({ projectIdentifier }) => projectIdentifier).toSorted()).toEqual(changed);
  });

  it('stops in the canary where everything fails, and a rollout of its own goes back', async () => {
    let isBad = false;
    const faults = refusing(() => isBad);
    await begin({ faults });
    deploy(tagged('bad-${projectIdentifier}'));
    const plan = await calls.planned();
    isBad = true;
    const stopped = await calls.started(plan);
    expect(stopped).toMatchObject({ status: 'STOPPED', wave: 0 });
    expect(stopped.reason).toMatch(/of the \d runs that have ended in the canary have failed/u);
    const touched = (await calls.tenantsOf(plan.id)).filter(({ state }) => state !== 'WAITING');
    expect(touched.length).toBeLessThanOrEqual(10);
    expect((await calls.post('/rollouts')).status).toBe(409);
    await calls.post(`/rollouts/${plan.id}/abort`);
    expect(told()).toEqual(['Started 0', 'Stopped 0', 'Ended 0']);
    const { reason, by } = simulation.application.rolloutEvents[1]?.detail ?? {};
    expect({ reason, by }).toEqual({ reason: stopped.reason, by: null });
    isBad = false;
    const back = await calls.planned({ configurationHash: plan.fromHash });
    expect(back.changing + back.unchanged).toBe(touched.length);
    expect(await calls.started(back)).toMatchObject({ status: 'ENDED', failed: 0 });
    expect(tagsOf()).toEqual(allWith(''));
  });

  it('needs a consent with the number of accounts, where it moves more of them than are allowed without', async () => {
    await begin();
    deploy(tagged('${projectIdentifier}'), ['landingZone.awsTargetOrgUnitId', INFRA]);
    const plan = await calls.planned({ mostSevereWithoutConsent: 1 });
    expect(plan.severe).toEqual({ removesAccess: 0, movesUnit: TENANTS, removesStackSet: 0 });
    const refused = await calls.post(`/rollouts/${plan.id}/start`, { token: plan.token });
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(`"consent": ${TENANTS}`) as unknown },
    });
    expect(await calls.started(plan, TENANTS)).toMatchObject({ status: 'ENDED', done: TENANTS });
    const units = new Set(simulation.madeAccounts.map(({ parentId }) => parentId));
    expect([...units]).toEqual([INFRA]);
    expect(units.has(LEGACY)).toBe(false);
  });

  it('gives those that have failed another run, once their cause is mended', async () => {
    let isBad = false;
    await begin({ faults: refusing(() => isBad) });
    deploy(tagged('new-${projectIdentifier}'));
    const plan = await calls.planned();
    isBad = true;
    const stopped = await calls.started(plan);
    expect(stopped).toMatchObject({ status: 'STOPPED', done: 0 });
    expect(stopped.failed).toBeGreaterThanOrEqual(2);
    isBad = false;
    expect(await calls.retried(plan)).toMatchObject({ status: 'ENDED', done: TENANTS, failed: 0 });
    expect(tagsOf()).toEqual(allWith('new-'));
  });

  it('stops where runs change something else than was planned, and goes on when it is resumed', async () => {
    await begin();
    deploy(tagged('new-${projectIdentifier}'));
    const plan = await calls.planned();
    // Somebody moves accounts by hand meanwhile, and a run brings them back.
    for (const account of simulation.madeAccounts) account.parentId = INFRA;
    let rollout = await calls.started(plan);
    expect(rollout).toMatchObject({ status: 'STOPPED', wave: 0, failed: 0 });
    expect(rollout.reason).toMatch('have changed something else than was planned');
    expect(rollout.unexpected).toBeLessThan(TENANTS);
    for (let stops = 0; rollout.status === 'STOPPED' && stops < TENANTS; stops += 1)
      rollout = await calls.resumed(rollout);
    expect(rollout).toMatchObject({ status: 'ENDED', done: TENANTS, unexpected: TENANTS });
  });

  it('is not planned where a landing zone is gone that tenants are in, and says how many', async () => {
    await begin();
    deploy(tagged('${projectIdentifier}'), ['landingZone.name', 'aws-other']);
    const plan = await calls.planned();
    expect(plan).toMatchObject({ status: 'REFUSED', token: null });
    expect(plan.reason).toContain(`no landing zone 'aws-dev' (${TENANTS} tenants)`);
    expect((await calls.planned()).status).toBe('REFUSED');
  });

  it('waits while it is paused, and goes on with the others when it is resumed', async () => {
    await begin();
    deploy(tagged('new-${projectIdentifier}'));
    const plan = await calls.planned({ mostAtOnce: 1 });
    await calls.post(`/rollouts/${plan.id}/start`, { token: plan.token });
    await simulation.until(() => tagsOf().some((tag) => tag.startsWith('new-')));
    expect((await calls.post(`/rollouts/${plan.id}/pause`)).body).toMatchObject({ status: 'PAUSED' });
    expect(simulation.application.rolloutEvents.at(-1)).toMatchObject({
      type: 'Rollout Paused',
      detail: { status: 'PAUSED', by: expect.any(String) as unknown },
    });
    await simulation.settle();
    const reached = tagsOf().filter((tag) => tag.startsWith('new-')).length;
    expect(reached).toBeLessThan(TENANTS);
    expect((await calls.post(`/rollouts/${plan.id}/resume`)).body).toMatchObject({ status: 'RUNNING' });
    await simulation.settle();
    expect(await calls.read(plan.id)).toMatchObject({ status: 'ENDED', done: TENANTS });
  });
});
