import type { Configuration } from '../../functions/domain/configuration/configuration';
import { exampleAuthorization } from '../../sandbox/organization/authorization/example-authorization';
import { seededRandom } from '../../sandbox/organization/draw';
import type { FaultInjector } from '../../sandbox/organization/fault-injector';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import type { Change } from '../functions/domain/examples';
import { fewOrMany } from '../few-or-many';
import { plantedAccountId, plantedProject, plantTenants } from './planted-tenants';
import { RolloutCalls } from './rollout-calls';
import { plainConfiguration, SimulatedVending, type SimulationOptions } from './simulated-vending';

/** Each tenant takes a tenth of a second of CPU time. */
const TENANTS = fewOrMany(24, 500);

/** On a busy machine. */
jest.setTimeout(120_000 + TENANTS * 3000);

const tagged = (valuePattern: string): Change => [
  'platform.tenantTags',
  { namespacePrefix: 'meshstack_', tagMappers: [{ key: 'project', valuePattern }] },
];

const network: Change = [
  'landingZone.stackSets',
  [{ name: 'network', homeRegion: 'eu-central-1', regions: ['eu-central-1'] }],
];

/** One in fifty: AWS refuses to tag the one, and its stack fails in the other. */
const isUntaggable = (number: number): boolean => number % 100 === 7;
const isUnstackable = (number: number): boolean => number % 100 === 17;

const numbers = Array.from({ length: TENANTS }, (_, index) => index + 1);

/** The first tenant is vended, and AWS chooses its account's id. */
const ofAccount = (accountId: string): number => Number(accountId) - Number(plantedAccountId(0));

const named = (input: unknown): string => {
  const { ResourceId } = input as { readonly ResourceId?: string };
  return ResourceId ?? '';
};

const refused = (message: string) => ({ kind: 'error', code: 'AccessDeniedException', status: 400, message }) as const;

const reasonsOfTheirOwn: FaultInjector = {
  beforeCall: ({ operation, input }) =>
    operation === 'TagResource' && isUntaggable(ofAccount(named(input)))
      ? refused(`A tag policy of ${named(input)} refuses the value.`)
      : undefined,
  stackInstance: ({ accountId }) =>
    isUnstackable(ofAccount(accountId))
      ? { status: 'INOPERABLE', reason: `The template needs a name that ${accountId} uses already.` }
      : undefined,
};

/** A tag policy of the organization that nobody has thought of. */
const tagPolicy: FaultInjector = {
  beforeCall: ({ operation, input }) =>
    operation === 'TagResource' && JSON.stringify(input).includes('bad-')
      ? refused('The tag value does not comply with the tag policy.')
      : undefined,
};

describe(`a rollout over ${TENANTS} tenants that were vended long ago`, () => {
  let simulation: SimulatedVending;
  let calls: RolloutCalls;
  let deployed: Record<string, unknown>;

  const begin = async (options: SimulationOptions): Promise<void> => {
    deployed = { ...plainConfiguration(tagged('${projectIdentifier}')) };
    simulation = new SimulatedVending({
      configuration: deployed as unknown as Configuration,
      ...options,
      keepsRecords: false,
      // Roles have the rights of both configurations, as long as a rollout is to come.
      authorization: exampleAuthorization(plainConfiguration(network)),
    });
    calls = new RolloutCalls(simulation);
    await plantTenants(simulation, TENANTS);
  };

  /** As a deployment does it: functions read another configuration from now on. */
  const deploy = (...changes: readonly Change[]): string => {
    const configuration = plainConfiguration(...changes);
    Object.assign(deployed, configuration);
    return simulation.deploy(configuration);
  };

  const tags = (): readonly string[] =>
    simulation.madeAccounts.map(({ tags: all }) => all.get('meshstack_project') ?? 'none').toSorted();

  afterEach(() => {
    simulation.stop();
  });

  it('changes all but those that fail for reasons of their own, and says which and why, killed as it is', async () => {
    const random = seededRandom(11);
    let kills = 0;
    const onEffect = ({ function: name, write }: Effect): 'kill' | 'go-on' => {
      if (!write || random() > (name === 'RollOut' ? 0.004 : 0.002)) return 'go-on';
      kills += 1;
      return 'kill';
    };
    let isHostile = false;
    await begin({ faults: reasonsOfTheirOwn, onEffect: (effect) => (isHostile ? onEffect(effect) : 'go-on') });
    isHostile = true;
    deploy(tagged('new-${projectIdentifier}'), network);
    const plan = await calls.planned();
    expect(plan.groups).toMatchObject([{ tenants: TENANTS, isRefusal: false }]);
    expect(plan).toMatchObject({ status: 'PLANNED', changing: TENANTS, unchanged: 0, refused: 0 });

    let rollout = await calls.started(plan);
    // Where two that fail come among the first of a wave, a person looks at them and goes on.
    for (let stops = 0; rollout.status === 'STOPPED' && stops < 10; stops += 1) rollout = await calls.resumed(rollout);

    const failing = numbers.filter((number) => isUntaggable(number) || isUnstackable(number));
    expect(rollout).toMatchObject({ status: 'ENDED', done: TENANTS - failing.length, failed: failing.length });
    const tenants = await calls.tenantsOf(plan.id);
    const told = tenants.filter(({ state }) => state === 'FAILED');
    expect(told.map(({ accountId }) => accountId).toSorted()).toEqual(failing.map(plantedAccountId));
    expect(told.every(({ reason, accountId }) => reason?.includes(accountId ?? '-'))).toBe(true);
    const untagged = numbers.filter(isUntaggable);
    expect(tags()).toEqual(
      numbers.map((number) => `${untagged.includes(number) ? '' : 'new-'}${plantedProject(number)}`).toSorted(),
    );
    expect(simulation.application.deadLetters).toEqual([]);
    expect(kills).toBeGreaterThan(TENANTS / 50);
  });

  it('stops in the canary where everything fails, has touched ten at most, and goes back', async () => {
    await begin({ faults: tagPolicy });
    const before = tags();
    deploy(tagged('bad-${projectIdentifier}'), network);
    const plan = await calls.planned();
    expect(await calls.started(plan)).toMatchObject({ status: 'STOPPED', wave: 0, done: 0 });
    const touched = (await calls.tenantsOf(plan.id)).filter(({ state }) => state !== 'WAITING');
    expect(touched.length).toBeLessThanOrEqual(10);
    await calls.post(`/rollouts/${plan.id}/abort`);

    const back = await calls.planned({ configurationHash: plan.fromHash });
    expect(back.changing + back.unchanged).toBe(touched.length);
    expect(await calls.started(back)).toMatchObject({ status: 'ENDED', failed: 0 });
    expect(tags()).toEqual(before);
  });
});
