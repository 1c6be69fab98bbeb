import type { StackInstanceRecord } from '../../../functions/domain/records/account-records';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { awaitStackSetTurn } from '../../../functions/steps/AwaitStackSetTurn/step';
import { FakeStackSets } from '../../fakes/fake-stack-sets';
import { RecordingQueue } from '../../fakes/recording-turns';
import { account, after, NOW, tenant, vending } from '../../fakes/vending';

const LANE = 'stack-set:eu-central-1:baseline';
const stackSets = [{ name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} }];

const record = (phase: StackInstanceRecord['phase']): StackInstanceRecord => ({
  stackSet: 'baseline',
  region: 'eu-central-1',
  phase,
  contentHash: 'hash',
  n: 1,
  operationId: 'ours',
  homeRegion: 'eu-central-1',
  removable: false,
  askedAt: NOW.toISOString(),
  failures: 0,
  pauses: 0,
});

describe('AwaitStackSetTurn', () => {
  let queue: RecordingQueue;
  let aws: FakeStackSets;

  beforeEach(() => {
    queue = new RecordingQueue();
    aws = new FakeStackSets();
  });

  const enter = (changes: Partial<TenantRecord> = {}) =>
    awaitStackSetTurn({ queue, stackSets: aws, stackSet: 'baseline', rolesCountFrom: () => after(7) })(
      vending({ tenant: changes, plan: { stackSets } }),
    );

  it.each([[], [record('asked')], [record('accepted')], [record('failed')]])(
    'stands in the lane of the stack set',
    async (...stackInstances) => {
      await enter({ stackInstances });
      expect(queue.asked).toEqual([LANE]);
    },
  );

  it('says what it wants, so that the operation of another run can do it along', async () => {
    await enter({ account, stackInstances: [{ ...record('current'), stackSet: 'other' }] });
    expect(queue.wanted).toEqual({
      regions: stackSets[0]?.regions,
      parameters: {
        AccountId: account.id,
        AccountArn: account.arn,
        AccountEmail: account.email,
        AccountName: account.name,
      },
      from: after(7).toISOString(),
    });
  });

  it('wants an operation of its own where the ledger knows of an instance', async () => {
    await enter({ account, stackInstances: [record('failed')] });
    expect(queue.wanted).toBeNull();
  });

  it('goes on without a turn where the ledger knows the instances as current', async () => {
    await enter({ stackInstances: [record('current')] });
    expect(queue.asked).toEqual(['pass']);
  });

  it('stands in the lane where DeployStackInstances has found something to be changed after all', async () => {
    await enter({ stackInstances: [record('current')], turnsNeeded: [LANE] });
    expect(queue.asked).toEqual([LANE]);
  });

  it.each([
    { holder: 'has asked nothing', stackInstances: [], status: 'running', over: true },
    { holder: 'has an operation at work', stackInstances: [record('accepted')], status: 'running', over: false },
    { holder: 'has an operation that waits', stackInstances: [record('asked')], status: 'waiting', over: false },
    { holder: 'has an operation that has ended', stackInstances: [record('accepted')], status: 'failed', over: true },
    { holder: 'has an operation that CloudFormation does not know', stackInstances: [record('asked')], over: true },
  ] as const)(
    'knows whether the operation of a holder is over that $holder',
    async ({ stackInstances, over, ...told }) => {
      if ('status' in told) aws.ends.set('ours', told.status);
      await enter();
      expect(await queue.isOver?.(tenant({ account, stackInstances: [...stackInstances] }))).toBe(over);
    },
  );

  it('believes the operation, and not the list of instances, which may be behind', async () => {
    aws.ends.set('ours', 'running');
    await enter();
    expect(await queue.isOver?.(tenant({ account, stackInstances: [record('accepted')] }))).toBe(false);
    expect(aws.lists).toBe(0);
  });

  it('says why it needs no turn', async () => {
    expect((await enter({ stackInstances: [record('current')] })).remark).toContain('baseline');
  });

  it.each([
    { what: 'another region', changes: { region: 'eu-west-1' } },
    { what: 'another stack set', changes: { stackSet: 'network' } },
    { what: 'the stack set of the same name in another home region', changes: { homeRegion: 'eu-west-1' } },
  ])('stands in the lane where only the instance of $what is current', async ({ changes }) => {
    await enter({ stackInstances: [{ ...record('current'), ...changes }] });
    expect(queue.asked).toEqual([LANE]);
  });

  it('stands in the lane until every region is current', async () => {
    const twoRegions = stackSets.map((one) => ({ ...one, regions: ['eu-central-1', 'eu-west-1'] }));
    const run = (stackInstances: StackInstanceRecord[]) =>
      awaitStackSetTurn({ queue, stackSets: aws, stackSet: 'baseline', rolesCountFrom: () => after(7) })(
        vending({ tenant: { stackInstances }, plan: { stackSets: twoRegions } }),
      );
    await run([record('current')]);
    await run([record('current'), { ...record('current'), region: 'eu-west-1' }]);
    expect(queue.asked).toEqual([LANE, 'pass']);
  });
});
