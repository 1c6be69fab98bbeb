import type { StackInstanceRecord } from '../../../functions/domain/records/account-records';
import { awaitWithdrawalTurn } from '../../../functions/steps/AwaitWithdrawalTurn/step';
import { FakeStackSets } from '../../fakes/fake-stack-sets';
import { RecordingQueue } from '../../fakes/recording-turns';
import { account, tenant, vending } from '../../fakes/vending';
import { FRANKFURT, REMOVAL, rolledOut } from './removal-under-test';

const LANE = 'stack-set:eu-central-1:network';

describe('AwaitWithdrawalTurn', () => {
  let queue: RecordingQueue;
  let aws: FakeStackSets;

  beforeEach(() => {
    queue = new RecordingQueue();
    aws = new FakeStackSets();
  });

  const enter = (...stackInstances: StackInstanceRecord[]) =>
    awaitWithdrawalTurn({ queue, stackSets: aws, removal: REMOVAL })(
      vending({
        tenant: { account, stackInstances },
        plan: { stackSetRemovals: [{ name: 'network', homeRegion: FRANKFURT, regions: [FRANKFURT] }] },
      }),
    );

  it('stands in the lane of the stack set', async () => {
    expect(await enter(rolledOut(FRANKFURT))).toEqual({
      result: { ready: true },
      remark: `It has its turn (${LANE}).`,
    });
    expect(queue.asked).toEqual([LANE]);
  });

  it('passes once the instances are removed', async () => {
    expect((await enter(rolledOut(FRANKFURT, { phase: 'removed' }))).remark).toContain('network');
    expect(queue.asked).toEqual(['pass']);
  });

  it.each([
    ['is at work on its removal', 'running', false],
    ['has ended', 'succeeded', true],
    ['knows no removal', 'unknown', true],
  ] as const)('takes back the slot of a holder for whom CloudFormation %s: as it should', async (_, status, isOver) => {
    aws.ends.set('removal', status);
    await enter(rolledOut(FRANKFURT));
    const asked = rolledOut(FRANKFURT, { phase: 'removalAccepted', operationId: 'removal' });
    expect(await queue.isOver?.(tenant({ account, stackInstances: [asked] }))).toBe(isOver);
  });
});
