import type { Enrollment } from '../../../functions/domain/records/account-records';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { checkEnrollment } from '../../../functions/steps/CheckEnrollment/step';
import { enrollAccount } from '../../../functions/steps/EnrollAccount/step';
import { moveAccount } from '../../../functions/steps/MoveAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccountFactory } from '../../fakes/fake-account-factory';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { giveTurn, RecordingTurns } from '../../fakes/recording-turns';
import { account, after, enrollment, plan as planned } from '../../fakes/vending';

const HOUR = 3600;
const ROOT = 'r-ab12';
const TARGET = 'ou-ab12-cdefgh34';
const OTHER = 'ou-ab12-prod0001';
const LANE = `auto-enroll:${TARGET}`;

let tree: FakeOrganizationTree;
let factory: FakeAccountFactory;
let controlTower: FakeControlTower;
let repository: FakeTenantRepository;
let turns: RecordingTurns;
let givesTurns: boolean;
let enrolls: boolean;

beforeEach(() => {
  tree = new FakeOrganizationTree({ [TARGET]: ROOT, [OTHER]: ROOT, [account.id]: ROOT });
  factory = new FakeAccountFactory(tree);
  controlTower = new FakeControlTower();
  repository = FakeTenantRepository.withAccount();
  turns = new RecordingTurns(repository);
  givesTurns = true;
  enrolls = true;
});

const vendingAt = (seconds: number) => ({
  tenant: repository.tenant,
  plan: planned({
    enrollment: enrolls ? { ...enrollment, strategy: 'auto-enroll' } : null,
    controlTowerRegion: 'eu-central-1',
    controlTowerFollowsMoves: true,
  }),
  now: after(seconds),
  stateEnteredAt: after(0),
});

const enroll = (seconds = 0): Promise<StepReport> => {
  if (givesTurns) giveTurn(repository, LANE, after(seconds));
  return enrollAccount({ repository, factory, directory: new FakeAccounts(), tree, controlTower })(vendingAt(seconds));
};
const check = (seconds = 0): Promise<StepReport> =>
  checkEnrollment({ repository, factory, controlTower, turns })(vendingAt(seconds));
const parent = () => tree.parentOf(account.id);
const moves = () => tree.moves.map(({ from, to }) => `${from} ${to}`);
/** A leave that Control Tower has begun by itself. */
const asked: Enrollment = {
  phase: 'asked',
  kind: 'leave',
  attempt: 1,
  recordId: null,
  requestHash: null,
  productName: null,
  askedAt: after(0).toISOString(),
  busySince: null,
  hasPaused: false,
  failures: 0,
};
const waiting = (waitSeconds: number) => ({
  ready: false,
  enrollAgain: false,
  reopen: false,
  unenrollAgain: false,
  waitSeconds,
});

describe('enrollment by a move', () => {
  it('is left to its turn by MoveAccount', async () => {
    expect((await moveAccount({ tree, factory, controlTower })(vendingAt(0))).result).toMatchObject({ moved: false });
    expect(await parent()).toBe(ROOT);
  });

  it('moves the account in its turn, waits for Control Tower, and ends', async () => {
    expect(await enroll()).toMatchObject({
      result: { started: true, turnNeeded: false },
      changes: [{ what: 'organizational unit', from: ROOT, to: TARGET }],
    });
    expect(await parent()).toBe(TARGET);
    expect((await check(10)).result).toEqual(waiting(10));
    controlTower.standing = 'changing';
    expect((await check(100)).result).toEqual(waiting(12));
    controlTower.standing = 'enrolled';
    expect((await check(300)).result).toMatchObject({ enrollAgain: true });
    expect(turns.told).toEqual([`free ${LANE}`]);
    await enroll(300);
    expect((await check(300)).result).toMatchObject({ ready: true });
    expect(controlTower.asked).toContain(`${account.id} in ${TARGET}`);
  });

  it('does not move without a turn', async () => {
    givesTurns = false;
    expect((await enroll()).result).toMatchObject({ started: false, turnNeeded: true });
    expect(await parent()).toBe(ROOT);
  });

  it('writes nothing on a second run of an enrolled account', async () => {
    await tree.moveAccount({ accountId: account.id, from: ROOT, to: TARGET });
    controlTower.standing = 'enrolled';
    expect((await enroll()).result).toMatchObject({ started: false, turnNeeded: false });
    expect(repository.writes).toBe(0);
  });

  it('moves from one registered unit to another, and takes the old enrollment for none', async () => {
    await tree.moveAccount({ accountId: account.id, from: ROOT, to: OTHER });
    controlTower.standing = 'changing';
    await enroll();
    expect(await parent()).toBe(TARGET);
    expect((await check(60)).result).toEqual(waiting(10));
  });

  it('goes on after it was killed between intent and move', async () => {
    const move = jest.spyOn(tree, 'moveAccount').mockRejectedValueOnce(new Error('killed'));
    await expect(enroll()).rejects.toThrow('killed');
    move.mockRestore();
    await enroll(10);
    expect(await parent()).toBe(TARGET);
  });

  it('moves an account out and in again that has stood in the unit from before', async () => {
    tree.place(account.id, TARGET);
    expect((await enroll()).result).toMatchObject({ started: true });
    expect(moves()).toEqual([`${TARGET} ${ROOT}`, `${ROOT} ${TARGET}`]);
    // Only of an account elsewhere is it asked whether it is still being let go.
    expect(controlTower.governanceAsked).toBe(0);
  });

  it('moves one that comes from elsewhere once', async () => {
    tree.place(account.id, OTHER);
    await enroll();
    expect(moves()).toEqual([`${OTHER} ${TARGET}`]);
  });

  it('waits for what its move has begun, writes nothing, and moves no second time', async () => {
    await enroll();
    const { writes } = repository;
    expect((await enroll(10)).result).toMatchObject({ started: false, turnNeeded: false });
    expect(repository.writes).toBe(writes);
    expect(moves()).toHaveLength(1);
    expect(controlTower.governanceAsked).toBe(1);
  });

  it.each([
    { what: 'it has moved the account elsewhere', changes: { recordId: OTHER } },
    { what: 'its move has ended, and Control Tower governs the account no more', changes: { phase: 'ended' } },
    { what: 'the account was to leave', changes: { kind: 'leave', recordId: null } },
  ] as const)('moves out and in again where $what', async ({ changes }) => {
    tree.place(account.id, TARGET);
    repository = FakeTenantRepository.withAccount({ enrollment: { ...asked, kind: 'move', ...changes } });
    await enroll();
    expect(moves()).toHaveLength(2);
  });

  describe('of an account that Control Tower is letting go, after a closing was taken back', () => {
    beforeEach(() => {
      controlTower.governance = 'changing';
    });

    it.each([
      { what: 'nothing', known: null },
      { what: 'a move', known: { ...asked, kind: 'move' } },
      { what: 'a leave by our own move', known: { ...asked, recordId: ROOT } },
      { what: 'a leave that has ended', known: { ...asked, phase: 'ended' } },
    ] as const)(
      'writes down that it waits for that, and does not move it: the ledger knew $what',
      async ({ known }) => {
        repository = FakeTenantRepository.withAccount({ enrollment: known });
        expect((await enroll()).result).toMatchObject({ started: false, turnNeeded: false });
        expect(repository.tenant.enrollment).toMatchObject({ phase: 'asked', kind: 'leave', recordId: null });
        expect(repository.writes).toBe(1);
        expect(moves()).toEqual([]);
      },
    );

    it('writes nothing on a second look', async () => {
      repository = FakeTenantRepository.withAccount({ enrollment: asked });
      await enroll();
      expect(repository.writes).toBe(0);
    });

    it('moves it once it has gone', async () => {
      await enroll();
      controlTower.governance = 'none';
      await enroll(60);
      expect(moves()).toEqual([`${ROOT} ${TARGET}`]);
    });
  });

  it('waits for an account that somebody else has moved', async () => {
    await tree.moveAccount({ accountId: account.id, from: ROOT, to: TARGET });
    controlTower.standing = 'changing';
    expect((await enroll()).result).toMatchObject({ started: false });
    expect((await check(0)).result).toEqual(waiting(10));
  });

  it('is refused before the move where the unit is not registered', async () => {
    controlTower.registrations.set(account.arn.replace(/:account.*/u, `:ou/o-exampleorg1/${TARGET}`), 'absent');
    await expectRejected(enroll(), `${TARGET} is not registered`, 'Register');
    expect(await parent()).toBe(ROOT);
  });

  it('ends with what a person can do when Control Tower has failed; a replay looks again', async () => {
    await enroll();
    controlTower.standing = 'failed';
    await expectRejected(check(100), `could not enroll account ${account.id}`, 'Re-register organizational unit');
    expect(turns.told).toEqual([`free ${LANE}`]);
    controlTower.standing = 'enrolled';
    await enroll(200);
    expect((await check(200)).result).toMatchObject({ ready: true });
  });

  it('gives Control Tower six hours', async () => {
    await enroll();
    expect((await check(6 * HOUR - 1)).result).toEqual(waiting(30));
    await expectRejected(check(6 * HOUR), 'not enrolled account 444444444444 within 6 hours', 'automatic enrollment');
  });

  it('lets an account go to a landing zone without Control Tower: Control Tower follows', async () => {
    await tree.moveAccount({ accountId: account.id, from: ROOT, to: OTHER });
    enrolls = false;
    await moveAccount({ tree, factory, controlTower })(vendingAt(0));
    expect(await parent()).toBe(TARGET);
  });
});
