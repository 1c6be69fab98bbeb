import { endedOperation } from '../../functions/domain/run/awaited-operation';
import { awsLatencies, type Latencies, type Seconds } from '../../sandbox/organization/latencies';
import type { ServiceEvent } from '../../sandbox/organization/event-listener';
import type { EmbeddedOptions } from '../../sandbox/runtime/embedded/embedded-options';
import { allFaults, awsEventFaults } from '../../sandbox/simulation/fault-name';
import { Simulation } from '../../sandbox/simulation/simulation';
import { makeFixture, type SimulationFixture } from '../../sandbox/simulation/simulation-fixture';
import { provisionedAccount, provisioningConfiguration } from './provisioning';
import { SimulatedStory } from './simulated-story';
import { plainConfiguration } from './simulated-vending';

type Delays = NonNullable<EmbeddedOptions['awsEventDelays']>;

const AT_ONCE: Delays = () => [1];

const middleOf = (seconds: number | Seconds): number | Seconds => {
  if (typeof seconds === 'number') return seconds;
  const middle = (seconds[0] + seconds[1]) / 2;
  return [middle, middle];
};

/** Each takes as long as every other of its kind, so that two vendings can be compared. */
const latencies: Partial<Latencies> = Object.fromEntries(
  Object.entries<number | Seconds>({ ...awsLatencies }).map(([kind, seconds]) => [kind, middleOf(seconds)] as const),
);

describe('a vending whose waits are ended by events of AWS', () => {
  const story = new SimulatedStory(() => ({ configuration: provisioningConfiguration(), latencies }));

  /** @returns after how many seconds it was over */
  const vend = async (awsEventDelays?: Delays): Promise<number> => {
    story.simulate(awsEventDelays === undefined ? {} : { awsEventDelays });
    await story.vend();
    expect(story.simulation.application.outcomes).toMatchObject([{ type: 'Account Vended' }]);
    await expect(provisionedAccount(story.simulation)).resolves.toMatchObject({
      provisionedProduct: { status: 'AVAILABLE' },
    });
    return story.simulation.secondsPassed;
  };

  const entered = (name: string): number =>
    story.simulation.application.workflow.executions
      .flatMap(({ history }) => history ?? [])
      .filter((event) => event.type === 'StateEntered' && event.state.name === name).length;

  it('is over sooner, with fewer polls', async () => {
    const seconds = await vend(AT_ONCE);
    const polls = entered('CheckEnrollment') + entered('CheckStackInstances') + entered('CheckAccount');
    expect(entered('WaitForEnrollmentOrEvent') + entered('WaitForFactoryOrEvent')).toBeGreaterThan(0);
    expect(entered('WaitForEnrollment')).toBe(0);
    story.simulation.stop();

    const without = await vend();
    expect(seconds).toBeLessThan(without);
    expect(polls).toBeLessThanOrEqual(
      entered('CheckEnrollment') + entered('CheckStackInstances') + entered('CheckAccount'),
    );
  });

  it.each<[string, Delays]>([
    ['are lost', () => []],
    ['come an hour late', () => [3600]],
    ['come three times', () => [0, 2, 600]],
    ['come late and twice', () => [45, 46]],
  ])('ends as well where events %s', async (_, delays) => {
    await expect(vend(delays)).resolves.toBeGreaterThan(0);
  });

  it('takes as long as without where all are lost, but for seconds', async () => {
    const without = await vend();
    story.simulation.stop();

    expect(Math.abs((await vend(() => [])) - without)).toBeLessThan(without / 50);
  });

  it('is told of each end, in the words of AWS', async () => {
    const told: ServiceEvent[] = [];
    await vend((event) => {
      told.push(event);
      return [1];
    });
    const ends = told.filter((event) => endedOperation(event) !== undefined);

    expect(told.map(({ source }) => source)).toEqual([
      'aws.organizations',
      'aws.controltower',
      ...Array.from({ length: 4 }, () => 'aws.cloudformation'),
    ]);
    expect(ends).toMatchObject([
      { region: 'us-east-1', detail: { eventName: 'CreateAccountResult' } },
      { detail: { eventName: 'CreateManagedAccount' } },
      { detail: { 'status-details': { status: 'SUCCEEDED' } } },
      { detail: { 'status-details': { status: 'SUCCEEDED' } } },
    ]);
  });
});

describe('a closing whose waits are ended by events of AWS', () => {
  const instances = { name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1', 'eu-west-1'] };
  const story = new SimulatedStory(() => ({
    configuration: plainConfiguration(
      ['landingZone.closeAccount', true],
      ['landingZone.stackSets', [{ ...instances, removeStackInstances: true }]],
    ),
    latencies,
  }));

  const close = async (awsEventDelays?: Delays): Promise<Readonly<Record<'seconds' | 'polls', number>>> => {
    story.simulate(awsEventDelays === undefined ? {} : { awsEventDelays });
    await story.vend();
    const { secondsPassed: begun } = story.simulation;
    await story.vend(18, [['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']]);
    expect(story.simulation.madeAccounts).toMatchObject([{ state: 'CLOSED' }]);
    const { organization, secondsPassed } = story.simulation;
    const polls = organization.calls.filter(({ callerFunction }) =>
      ['CheckRemoval', 'CheckClosure'].includes(callerFunction ?? ''),
    );
    return { seconds: secondsPassed - begun, polls: polls.length };
  };

  it('is over sooner, without more polls', async () => {
    const woken = await close(AT_ONCE);
    story.simulation.stop();
    const without = await close();

    expect(woken.seconds).toBeLessThan(without.seconds);
    expect(woken.polls).toBeLessThanOrEqual(without.polls);
  });

  it.each<[string, Delays]>([
    ['are lost', () => []],
    ['come three times, late', () => [45, 46, 3600]],
  ])('ends as well where events %s', async (_, delays) => {
    await expect(close(delays)).resolves.toBeDefined();
  });
});

describe('a vending in which WakeRuns is killed', () => {
  const story = new SimulatedStory(() => ({ configuration: provisioningConfiguration() }));

  it.each([
    'ledger read before',
    'ledger commit before',
    'ledger commit after',
    'token succeed before',
    'token succeed after',
  ])('each time at %s, goes on by its polls', async (effect) => {
    let kills = 0;
    story.simulate({
      awsEventDelays: () => [1, 5],
      onEffect: ({ function: name, kind, name: what, when }) => {
        if (name !== 'WakeRuns' || `${kind} ${what} ${when}` !== effect) return 'go-on';
        kills += 1;
        return 'kill';
      },
    });
    await story.vend();

    expect(kills).toBeGreaterThan(1);
    expect(story.simulation.application.outcomes).toMatchObject([{ type: 'Account Vended' }]);
    expect(story.simulation.madeAccounts).toHaveLength(1);
  });
});

describe('many vendings, in which much goes wrong', () => {
  let fixture: SimulationFixture;

  beforeAll(async () => {
    fixture = await makeFixture();
  });

  it.each([1, 2, 3, 4])('end as they are to end, with processes that die (seed %i)', async (seed) => {
    const faults = new Set([...allFaults(), ...awsEventFaults()]);
    const options = { tenants: 4, seed, faults, rounds: 1, lives: seed % 2 === 0, kill: true };
    const simulation = new Simulation(options, fixture);
    try {
      await simulation.run();
      const report = simulation.report();

      expect(report).toMatchObject({ accountsPerTenantMax: 1, lostRequests: 0, violations: [] });
      expect(report.vended + report.failed + report.closed).toBe(report.tenants);
    } finally {
      simulation.end();
    }
  });
});
