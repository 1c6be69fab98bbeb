import type { VendingDetail } from '../../functions/api/responses';
import { awsLimits } from '../../sandbox/organization/organization-limits';
import { RateLimiter } from '../../sandbox/organization/rate-limiter';
import { fewOrMany } from '../few-or-many';
import { SimulatedVending } from './simulated-vending';

const COUNT = fewOrMany(40, 100);

const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** A desired state of one of the tenants. */
function send(simulation: SimulatedVending, index: number, sequence: number): void {
  simulation.sendEvent(
    ['replicationSequence', sequence],
    ['tenantPlatformNumber', index],
    ['tenant.metadata.uuid', uuidOf(index)],
    ['tenant.metadata.ownedByProject', `project-${index}`],
    ['project.metadata.name', `project-${index}`],
  );
}

function sendAll(simulation: SimulatedVending, sequence: number): void {
  for (let index = 1; index <= COUNT; index += 1) send(simulation, index, sequence);
}

/** When AWS was at work on each account, in seconds of virtual time. */
function creationsIn({ organization }: SimulatedVending): readonly { readonly from: number; readonly to: number }[] {
  return [...organization.state.creations.values()].map(({ requestedAt, completesAt }) => ({
    from: requestedAt / 1000,
    to: completesAt / 1000,
  }));
}

const MAX_AT_WORK = awsLimits.concurrentCreations;

/**
 * The part of slots that stood idle while somebody waited: over the time from the first request to the last one, slots
 * that AWS would have let us use, were there enough tokens of its rate and requests that wait.
 */
function idleShare(simulation: SimulatedVending): number {
  const creations = creationsIn(simulation).toSorted((one, other) => one.from - other.from);
  const [first, last] = [creations[0]?.from ?? 0, creations.at(-1)?.from ?? 0];
  const [perSecond, burst] = awsLimits.rates['organizations:CreateAccount'] ?? [0, 0];
  let tokens = burst;
  let idle = 0;
  for (let second = first; second < last; second += 1) {
    const begun = creations.filter(({ from }) => from <= second).length;
    const atWork = creations.filter(({ from, to }) => from <= second && second < to).length;
    const began = creations.filter(({ from }) => from > second - 1 && from <= second).length;
    tokens = Math.min(burst, tokens + (second === first ? 0 : perSecond)) - began;
    idle += Math.min(MAX_AT_WORK - atWork, Math.floor(tokens + 1e-6), COUNT - begun);
  }
  return idle / ((last - first) * MAX_AT_WORK);
}

function mostAtWork(simulation: SimulatedVending): number {
  const creations = creationsIn(simulation);
  return Math.max(...creations.map(({ from: at }) => creations.filter(({ from, to }) => from <= at && at < to).length));
}

const throttles = ({ organization }: SimulatedVending): readonly string[] =>
  organization.calls.flatMap(({ operation, outcome, notYet }) => (outcome === 'ok' || notYet ? [] : [operation]));

describe(`${COUNT} requests at once`, () => {
  let simulation: SimulatedVending;
  let queueing: readonly VendingDetail[];

  beforeAll(async () => {
    simulation = new SimulatedVending();
    sendAll(simulation, 1);
    await simulation.until(() => simulation.madeAccounts.length >= 3);
    queueing = await Promise.all(Array.from({ length: COUNT }, (_, index) => simulation.detail(uuidOf(index + 1))));
    await simulation.settle();
  });

  afterAll(() => {
    simulation.stop();
  });

  it('wait in the lane of account creations, where each can see its position', () => {
    const queued = queueing.filter(({ status }) => status === 'QUEUED');
    expect(queued.length).toBeGreaterThan(0.8 * COUNT);
    expect(queued.map(({ lane }) => lane?.name)).toEqual(queued.map(() => 'account-creation'));
    const positions = queued.map(({ lane }) => lane?.position ?? 0).toSorted((one, other) => one - other);
    expect(positions).toEqual(queued.map((_, index) => index + 1));
    expect(queueing.filter(({ status, lane }) => status !== 'QUEUED' && lane !== null)).toEqual([]);
  });

  it('are all vended, one account each', () => {
    const vended = simulation.outcomes.slice(0, COUNT);
    expect(vended.map(({ type }) => type)).toEqual(Array.from({ length: COUNT }, () => 'Account Vended'));
    expect(simulation.madeAccounts).toHaveLength(COUNT);
  });

  it('are never throttled, nor refused', () => {
    expect(throttles(simulation)).toEqual([]);
    expect(simulation.outcomesOf('CreateAccount')).toHaveLength(COUNT);
  });

  it('never have more than five creations at work', () => {
    expect(mostAtWork(simulation)).toBeLessThanOrEqual(MAX_AT_WORK);
    expect(mostAtWork(simulation)).toBeGreaterThan(2);
  });

  it('leave hardly a slot idle while somebody waits', () => {
    const share = idleShare(simulation);
    expect(share).toBeLessThan(0.03);
    // As fast as AWS takes requests: three at once, then one every ten seconds.
    const requested = creationsIn(simulation).map(({ from }) => from);
    expect(Math.max(...requested) - Math.min(...requested)).toBeLessThan((COUNT - 3) * 10 * 1.03);
  });

  it('look at what AWS makes no more often than it answers', () => {
    const limiter = new RateLimiter(awsLimits.rates, 1);
    const looks = simulation.organization.calls.filter(({ operation }) => operation === 'DescribeCreateAccountStatus');
    const refused = looks.filter(({ at }) => !limiter.passes('organizations:DescribeCreateAccountStatus', 'all', at));
    expect(refused).toEqual([]);
    const seconds = looks.map(({ at }) => Math.floor(at / 1000));
    expect(seconds.filter((second, index) => seconds.indexOf(second) < index - 1)).toEqual([]);
  });

  describe('and an update of each account after that', () => {
    let updatedFrom: number;

    beforeAll(async () => {
      updatedFrom = simulation.organization.calls.length;
      sendAll(simulation, 2);
      await simulation.settle();
    });

    it('are done without a throttle', async () => {
      const calls = simulation.organization.calls.slice(updatedFrom);
      expect(calls.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
      expect(calls.length).toBeGreaterThan(3 * COUNT);
      expect(await simulation.detail(uuidOf(COUNT))).toMatchObject({ replicationSequence: 2, status: 'VENDED' });
      expect(simulation.outcomes).toHaveLength(2 * COUNT);
    });

    it('begin one a second at most', () => {
      const beginnings = simulation.organization.calls
        .slice(updatedFrom)
        .filter(({ operation }) => operation === 'ListParents')
        .map(({ at }) => at);
      const seconds = new Set(beginnings.map((at) => Math.floor(at / 1000)));
      expect(seconds.size).toBe(COUNT);
    });
  });
});

describe(`${COUNT} requests at once, of which AWS takes one to four minutes for each`, () => {
  let simulation: SimulatedVending;

  beforeAll(async () => {
    simulation = new SimulatedVending({ latencies: { accountCreation: [60, 240] } });
    sendAll(simulation, 1);
    await simulation.settle();
  });

  afterAll(() => {
    simulation.stop();
  });

  it('use every slot, and find out soon enough that one is free', () => {
    expect(simulation.madeAccounts).toHaveLength(COUNT);
    expect(throttles(simulation)).toEqual([]);
    expect(mostAtWork(simulation)).toBe(MAX_AT_WORK);
    expect(idleShare(simulation)).toBeLessThan(0.03);
  });
});
