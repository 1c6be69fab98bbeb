import {
  type Rollout,
  RolloutAcceptedSchema,
  RolloutSchema,
  type RolloutTenants,
  RolloutTenantsSchema,
} from '../../functions/api/rollout-responses';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { seededRandom } from '../../sandbox/organization/draw';
import type { FaultInjector } from '../../sandbox/organization/fault-injector';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import type { Change } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending, type SimulationOptions } from './simulated-vending';

/** `npm run test:deep -- rollouts` takes more. */
const TENANTS = Number(process.env['TENANTS'] ?? 8);

/** On a busy machine. */
jest.setTimeout(120_000 + TENANTS * 5000);

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
  let deployed: Record<string, unknown>;

  const begin = async (options: SimulationOptions = {}): Promise<void> => {
    deployed = { ...plainConfiguration(tagged('${projectIdentifier}')) };
    simulation = new SimulatedVending({ ...options, configuration: deployed as unknown as Configuration });
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

  const call = (method: 'GET' | 'POST', path: string, body?: object) =>
    simulation.application.callApi({ method, path, ...(body === undefined ? {} : { body }) });

  const read = async (id: string): Promise<Rollout> => RolloutSchema.parse((await call('GET', `/rollouts/${id}`)).body);

  const tenantsOf = async (id: string): Promise<RolloutTenants['tenants']> => {
    const { body } = await simulation.application.callApi({
      ...{ method: 'GET', path: `/rollouts/${id}/tenants`, query: { limit: '100' } },
    });
    return RolloutTenantsSchema.parse(body).tenants;
  };

  const planned = async (request: object = {}): Promise<Rollout> => {
    const { status, body } = await call('POST', '/rollouts', request);
    expect({ status, body }).toMatchObject({ status: 202 });
    await simulation.settle();
    return read(RolloutAcceptedSchema.parse(body).id);
  };

  const started = async ({ id, token }: Rollout, consent?: number): Promise<Rollout> => {
    const { status, body } = await call('POST', `/rollouts/${id}/start`, { token, ...(consent && { consent }) });
    expect({ status, body }).toMatchObject({ status: 200 });
    await simulation.settle();
    return read(id);
  };

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
    const plan = await planned();
    expect(plan).toMatchObject({ status: 'PLANNED', changing: TENANTS, unchanged: 0, refused: 0, targetHash: hash });
    expect(plan.groups).toMatchObject([{ kinds: ['changes tag meshstack_project'], tenants: TENANTS }]);
    expect(writes()).toBe(before);
    expect(await started(plan)).toMatchObject({ status: 'ENDED', done: TENANTS, failed: 0, unexpected: 0 });
    expect(tagsOf()).toEqual(allWith('new-'));
    order(TENANTS + 1);
    await night();
    expect(tagsOf()).toContain(`new-project-${TENANTS + 1}`);
    expect(await planned()).toMatchObject({ status: 'PLANNED', changing: 0, leftAlone: TENANTS + 1 });
  });

  it('reaches every tenant once, although its function is killed again and again', async () => {
    const random = seededRandom(5);
    let kills = 0;
    const onEffect = ({ function: name, write }: Effect): 'kill' | 'go-on' => {
      if (name !== 'RollOut' || !write || kills >= 12 + TENANTS / 20 || random() > 0.05) return 'go-on';
      kills += 1;
      return 'kill';
    };
    await begin({ onEffect });
    deploy(tagged('new-${projectIdentifier}'));
    const executions = simulation.application.workflow.executions.length;
    const plan = await planned();
    expect(await started(plan)).toMatchObject({ status: 'ENDED', done: TENANTS, failed: 0 });
    expect(kills).toBeGreaterThan(1);
    const canary = (await tenantsOf(plan.id)).filter(({ wave }) => wave === 0);
    expect(canary).toHaveLength(Math.min(5, TENANTS));
    expect(tagsOf()).toEqual(allWith('new-'));
    expect(simulation.application.workflow.executions).toHaveLength(executions + TENANTS);
    expect(simulation.application.deadLetters).toEqual([]);
  });

  it('stops in the canary where everything fails, and a rollout of its own goes back', async () => {
    let isBad = false;
    const faults = refusing(() => isBad);
    await begin({ faults });
    deploy(tagged('bad-${projectIdentifier}'));
    const plan = await planned();
    isBad = true;
    const stopped = await started(plan);
    expect(stopped).toMatchObject({ status: 'STOPPED', wave: 0 });
    expect(stopped.reason).toMatch(/of the \d runs that have ended in the canary have failed/u);
    const touched = (await tenantsOf(plan.id)).filter(({ state }) => state !== 'WAITING');
    expect(touched.length).toBeLessThanOrEqual(10);
    expect((await call('POST', '/rollouts', {})).status).toBe(409);
    await call('POST', `/rollouts/${plan.id}/abort`);
    isBad = false;
    const back = await planned({ configurationHash: plan.fromHash });
    expect(back.changing + back.unchanged).toBe(touched.length);
    expect(await started(back)).toMatchObject({ status: 'ENDED', failed: 0 });
    expect(tagsOf()).toEqual(allWith(''));
  });

  it('needs a consent with the number of accounts, where it moves more of them than are allowed without', async () => {
    await begin();
    deploy(tagged('${projectIdentifier}'), ['landingZone.awsTargetOrgUnitId', INFRA]);
    const plan = await planned({ mostSevereWithoutConsent: 1 });
    expect(plan.severe).toEqual({ removesAccess: 0, movesUnit: TENANTS, removesStackSet: 0 });
    const refused = await call('POST', `/rollouts/${plan.id}/start`, { token: plan.token });
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(`"consent": ${TENANTS}`) as unknown },
    });
    expect(await started(plan, TENANTS)).toMatchObject({ status: 'ENDED', done: TENANTS });
    const units = new Set(simulation.madeAccounts.map(({ parentId }) => parentId));
    expect([...units]).toEqual([INFRA]);
    expect(units.has(LEGACY)).toBe(false);
  });

  it('waits while it is paused, and goes on with the others when it is resumed', async () => {
    await begin();
    deploy(tagged('new-${projectIdentifier}'));
    const plan = await planned({ mostAtOnce: 1 });
    await call('POST', `/rollouts/${plan.id}/start`, { token: plan.token });
    await simulation.until(() => tagsOf().some((tag) => tag.startsWith('new-')));
    expect((await call('POST', `/rollouts/${plan.id}/pause`)).body).toMatchObject({ status: 'PAUSED' });
    await simulation.settle();
    const reached = tagsOf().filter((tag) => tag.startsWith('new-')).length;
    expect(reached).toBeLessThan(TENANTS);
    expect((await call('POST', `/rollouts/${plan.id}/resume`)).body).toMatchObject({ status: 'RUNNING' });
    await simulation.settle();
    expect(await read(plan.id)).toMatchObject({ status: 'ENDED', done: TENANTS });
  });
});
