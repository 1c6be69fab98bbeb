import type { Governance } from '../../../functions/domain/enrollment/governance';
import type { Enrollment } from '../../../functions/domain/records/account-records';
import { followLeave } from '../../../functions/steps/CheckEnrollment/follow-leave';
import { expectRejected } from '../../fakes/expect-rejected';
import { account, NOW, vending } from '../../fakes/vending';

const leave = (recordId: string | null): Enrollment => ({
  phase: 'asked',
  kind: 'leave',
  attempt: 1,
  recordId,
  requestHash: null,
  productName: null,
  askedAt: NOW.toISOString(),
  busySince: null,
  hasPaused: false,
  failures: 0,
});

describe('an account that leaves Control Tower by a move', () => {
  const look = (governance: Governance, recordId: string | null = 'r-ab12', at = 60) =>
    followLeave(
      { governanceOf: () => Promise.resolve(governance) },
      vending({ tenant: { account }, at }),
      leave(recordId),
    );

  it.each(['enrolled', 'changing', 'failed', 'controlled'] as const)(
    'is waited for while it is %s',
    async (governance) => {
      expect((await look(governance))?.result).toEqual({
        ready: false,
        enrollAgain: false,
        reopen: false,
        unenrollAgain: false,
        waitSeconds: 10,
      });
    },
  );

  it('is done when nothing governs it', async () => {
    expect(await look('none')).toBeUndefined();
  });

  it('was not moved: only what Control Tower is at is waited for', async () => {
    expect(await look('changing', null)).toBeDefined();
    expect(await look('enrolled', null)).toBeUndefined();
  });

  it('is given up after six hours, which begin with the move', async () => {
    await expectRejected(look('enrolled', 'r-ab12', 6 * 3600), '6 hours after its move to r-ab12', '"Unmanage"');
    await expectRejected(look('changing', null, 6 * 3600), '6 hours after it began', 'automatic enrollment');
  });
});
