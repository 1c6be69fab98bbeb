import { RejectedError, TransientError } from '../../../../functions/domain/base/errors';
import { ACCOUNT_ASSIGNMENTS } from '../../../../functions/domain/queue/lanes';
import type { AssignmentRecord } from '../../../../functions/domain/records/account-records';
import { withinPlaces } from '../../../../functions/ledger/queue/assignment-slots';
import type {
  AccountAssignments,
  AssignmentProgress,
  StartedAssignment,
} from '../../../../functions/ports/identity-center';
import { after, turn } from '../../../fakes/vending';
import { closeRun } from '../../../../functions/ledger/runs/close-run';
import { referenceTo } from '../ledger-calls';
import { LaneWorld, uuidOf } from './lane-world';

const assignment = { accountId: '444444444444', groupId: 'g-1', permissionSetArn: 'set' };

/** AWS as a test has it: what the next request is answered, and how requests stand. */
class Answers {
  started: StartedAssignment | Error = { requestId: 'r-1' };
  progress: AssignmentProgress = { state: 'IN_PROGRESS', reason: null };
  asked = 0;

  get port(): AccountAssignments {
    const start = (): Promise<StartedAssignment> => {
      this.asked += 1;
      return this.started instanceof Error ? Promise.reject(this.started) : Promise.resolve(this.started);
    };
    return {
      listOfGroup: () => Promise.resolve([]),
      accountsOfGroup: () => Promise.resolve([]),
      ofFactoryUser: () => Promise.resolve([]),
      create: start,
      delete: start,
      describe: () => Promise.resolve(this.progress),
    };
  }
}

/** Sixteen tenants that are at work, one more than there are places. */
async function worldOfSixteen() {
  const world = new LaneWorld(ACCOUNT_ASSIGNMENTS);
  await world.begin(16);
  const aws = new Answers();
  const of = (number: number, mayDescribe: readonly AssignmentRecord['kind'][] = ['creation', 'deletion']) => {
    return withinPlaces(world.deps, { ...referenceTo(1, 1, uuidOf(number)), mayDescribe }, aws.port);
  };
  return { world, aws, of };
}

async function fifteenAtWork() {
  const made = await worldOfSixteen();
  for (let number = 1; number <= 15; number += 1) await made.of(number).create(assignment);
  return made;
}

const recordOf = (changes: Partial<AssignmentRecord> = {}): AssignmentRecord => ({
  kind: 'creation',
  groupId: 'g-1',
  permissionSetArn: 'set',
  requestId: 'r-1',
  failures: 0,
  askedAt: after(0).toISOString(),
  ...changes,
});

describe('what needs no place', () => {
  it('is asked at once, whoever else is at work', async () => {
    const { aws, of } = await worldOfSixteen();
    const found = [{ groupId: 'g-1', permissionSetArn: 'set' }];
    const port = { ...aws.port, listOfGroup: jest.fn(), accountsOfGroup: jest.fn(), ofFactoryUser: jest.fn() };
    for (const call of [port.listOfGroup, port.accountsOfGroup, port.ofFactoryUser]) call.mockResolvedValue(found);
    jest.spyOn(aws, 'port', 'get').mockReturnValue(port);
    const places = of(1);
    const user = { principalId: 'u-1' } as never;
    expect(await places.listOfGroup('444444444444', 'g-1')).toBe(found);
    expect(await places.accountsOfGroup('g-1')).toBe(found);
    expect(await places.ofFactoryUser('444444444444', user)).toBe(found);
    expect(port.listOfGroup).toHaveBeenCalledWith('444444444444', 'g-1');
    expect(port.accountsOfGroup).toHaveBeenCalledWith('g-1');
    expect(port.ofFactoryUser).toHaveBeenCalledWith('444444444444', user);
    expect(aws.asked).toBe(0);
  });
});

describe('a request that takes something away', () => {
  it('needs a place like any other, and has it for a quarter of an hour', async () => {
    const { world, of } = await worldOfSixteen();
    expect(await of(1).delete(assignment)).toEqual({ requestId: 'r-1' });
    expect((await world.item()).slots).toMatchObject([{ tenantUuid: uuidOf(1), lookAt: after(15 * 60).toISOString() }]);
  });
});

describe('a place', () => {
  it('is written down in the lane and with its tenant, beside what that has elsewhere', async () => {
    const { world, of } = await worldOfSixteen();
    await of(1).create(assignment);
    await world.overwrite(2, { ...(await world.tenant(2)), turns: { other: turn() } });
    world.seconds = 7;
    await of(2).create(assignment);
    const since = after(7).toISOString();
    expect((await world.item()).slots.at(-1)).toEqual({
      slot: 1,
      tenantUuid: uuidOf(2),
      run: { replicationSequence: 1, run: 1 },
      since,
      lookAt: after(7 + 15 * 60).toISOString(),
    });
    expect((await world.tenant(2)).turns).toEqual({
      [ACCOUNT_ASSIGNMENTS.name]: { grantedAt: since, notBefore: since, used: true, slot: 1 },
      other: turn(),
    });
  });

  it('is looked at by the request that has it', async () => {
    const { world, aws, of } = await fifteenAtWork();
    const look = jest.fn<Promise<AssignmentProgress>, Parameters<AccountAssignments['describe']>>();
    look.mockResolvedValue(aws.progress);
    jest.spyOn(aws, 'port', 'get').mockReturnValue({ ...aws.port, describe: look });
    await world.overwrite(3, { ...(await world.tenant(3)), assignment: recordOf({ requestId: 'r-3' }) });
    world.seconds = 901;
    await of(16).create(assignment);
    expect(look.mock.calls).toEqual([['creation', 'r-3']]);
  });
});

describe('places for requests of account assignments', () => {
  it('are fifteen: nobody asks AWS beyond that', async () => {
    const { world, aws, of } = await fifteenAtWork();
    expect(await of(16).create(assignment)).toBe('busy');
    expect(await of(16).delete(assignment)).toBe('busy');
    expect(aws.asked).toBe(15);
    expect(await world.inside()).toHaveLength(15);
  });

  it('never hold more than fifteen of many that ask at once', async () => {
    const { world, of } = await worldOfSixteen();
    const numbers = Array.from({ length: 16 }, (_, index) => index + 1);
    const answers = await Promise.allSettled(numbers.map((number) => of(number).create(assignment)));
    expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect((await world.inside()).length).toBeLessThanOrEqual(15);
  });

  it('are free again once somebody has seen that the request is over', async () => {
    const { aws, of } = await fifteenAtWork();
    await of(3).describe('creation', 'r-1');
    expect(await of(16).create(assignment)).toBe('busy');
    aws.progress = { state: 'FAILED', reason: 'because' };
    await of(3).describe('creation', 'r-1');
    expect(await of(16).create(assignment)).toEqual({ requestId: 'r-1' });
  });

  it.each([
    ['AWS is busy', 'busy' as const],
    ['something is not there', { absent: 'Gone.' } as const],
    ['AWS refuses', new RejectedError('no', 'ask')],
    ['AWS turns the call away', new TransientError('no', { nothingDone: true })],
  ])('are given back when %s and nothing was begun', async (_, started) => {
    const { world, aws, of } = await worldOfSixteen();
    aws.started = started;
    await of(1)
      .create(assignment)
      .catch(() => undefined);
    expect(await world.inside()).toEqual([]);
  });

  it('stay with a request whose answer was lost, while AWS is busy with it', async () => {
    const { world, aws, of } = await worldOfSixteen();
    aws.started = new TransientError('The connection broke.');
    await expect(of(1).create(assignment)).rejects.toThrow('The connection broke.');
    aws.started = 'busy';
    expect(await of(1).create(assignment)).toBe('busy');
    expect(await world.inside()).toEqual([1]);
    aws.started = new RejectedError('no', 'ask');
    await expect(of(1).create(assignment)).rejects.toThrow('no');
    expect(await world.inside()).toEqual([1]);
  });

  it('are one for each tenant, however often it comes back', async () => {
    const { world, of } = await worldOfSixteen();
    await of(1).create(assignment);
    await of(1).create(assignment);
    expect(await world.inside()).toEqual([1]);
  });

  it('are not for a run that has ended', async () => {
    const { world, aws, of } = await worldOfSixteen();
    const late = of(1);
    await closeRun(world.store, referenceTo(1, 1, uuidOf(1)), { status: 'VENDED' }, world.now);
    expect(await late.create(assignment)).toBe('busy');
    expect([aws.asked, await world.inside()]).toEqual([0, []]);
  });

  it('are taken back after a quarter of an hour, if AWS says that the request is over, and not before', async () => {
    const { world, aws, of } = await fifteenAtWork();
    await world.overwrite(3, { ...(await world.tenant(3)), assignment: recordOf() });
    world.seconds = 899;
    aws.progress = { state: 'SUCCEEDED', reason: null };
    expect(await of(16).create(assignment)).toBe('busy');
    world.seconds = 901;
    aws.progress = { state: 'IN_PROGRESS', reason: null };
    for (let number = 1; number <= 15; number += 1) {
      await world.overwrite(number, { ...(await world.tenant(number)), assignment: recordOf() });
    }
    expect(await of(16).create(assignment)).toBe('busy');
    world.seconds = 1300;
    aws.progress = { state: 'SUCCEEDED', reason: null };
    expect(await of(16).create(assignment)).toEqual({ requestId: 'r-1' });
  });

  it('are taken back after a quarter of an hour where nobody has learned of a request', async () => {
    const { world, of } = await fifteenAtWork();
    world.seconds = 901;
    expect(await of(16).create(assignment)).toEqual({ requestId: 'r-1' });
    expect(await world.inside()).toEqual([16]);
  });

  it('stay with requests that one may not look at', async () => {
    const { world, aws, of } = await fifteenAtWork();
    for (let number = 1; number <= 15; number += 1) {
      await world.overwrite(number, { ...(await world.tenant(number)), assignment: recordOf({ kind: 'deletion' }) });
    }
    world.seconds = 901;
    aws.progress = { state: 'SUCCEEDED', reason: null };
    expect(await of(16, ['creation']).create(assignment)).toBe('busy');
    world.seconds = 1300;
    expect(await of(16, ['deletion']).create(assignment)).toEqual({ requestId: 'r-1' });
  });
});
