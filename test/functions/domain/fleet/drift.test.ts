import {
  isActivePhase,
  isOverdue,
  isWalking,
  lostAccountOf,
  newPass,
  standingBefore,
} from '../../../../functions/domain/fleet/drift';
import type { TenantRecord } from '../../../../functions/domain/records/ledger-records';
import { unknownTenant } from '../../../../functions/ledger/tenants/tenant-items';
import { account, after, NOW, TENANT } from '../../../fakes/vending';

const PASS = '2026-11-25';
const SINCE = '2026-11-24T01:00:07.000Z';

const deletion = { replicationSequence: 18, at: SINCE, landingZone: null };

const tenant = (changes: Partial<TenantRecord>): TenantRecord => ({
  ...unknownTenant(TENANT, NOW),
  workspaceIdentifier: 'retail',
  projectIdentifier: 'webshop-dev',
  status: 'FAILED',
  account,
  latestSequence: 17,
  ...changes,
});

describe('a night', () => {
  it.each<[string, Partial<TenantRecord>, ReturnType<typeof standingBefore>, isTold: boolean]>([
    ['has vended', { status: 'VENDED' }, 'VENDED', false],
    ['has failed', {}, 'FAILED', false],
    ['has lost its account', { accountLostSince: SINCE }, null, true],
    [
      'has lost its account, and has a run at work',
      { accountLostSince: SINCE, activeRun: { replicationSequence: 18, run: 1 } },
      null,
      false,
    ],
    ['has lost its account, and is to be deleted', { accountLostSince: SINCE, deletion }, null, false],
    ['has lost its account in this very night', { accountLostSince: SINCE, reconciledIn: PASS }, null, false],
    ['has lost its account in an earlier night', { accountLostSince: SINCE, reconciledIn: '2026-11-24' }, null, true],
    ['never had one', { account: null }, null, false],
    ['was rebuilt, and has no desired state yet', { status: 'VENDED', latestSequence: -1 }, null, false],
    ['was superseded', { status: 'SUPERSEDED' }, null, false],
  ])('knows how a tenant stands that %s', (_, changes, standing, isTold) => {
    expect(standingBefore(tenant(changes), PASS)).toBe(standing);
    const told = { tenantUuid: TENANT, workspaceIdentifier: 'retail', projectIdentifier: 'webshop-dev' };
    const lost = { ...told, accountId: account.id, since: SINCE };
    expect(lostAccountOf(tenant(changes), PASS)).toEqual(isTold ? lost : null);
  });
});

describe('a pass', () => {
  const HOUR = 3600;
  const pass = newPass(PASS, NOW);

  it('begins with those that have vended, and nothing done', () => {
    expect(pass).toMatchObject({ pass: PASS, phase: 'VENDED', part: 0, reconciled: 0, notBegun: 0, unchanged: 0 });
  });

  it.each([
    ['VENDED', true, false],
    ['FAILED', true, false],
    ['RUNNING', false, true],
    ['QUEUED', false, true],
    ['ACCEPTED', false, true],
    ['AWAITING_APPROVAL', false, true],
    ['SETTLING', false, false],
    ['ENDED', false, false],
  ] as const)('in the phase %s gives runs: %s, looks after runs: %s', (phase, walks, looks) => {
    expect(isWalking({ ...pass, phase }, NOW)).toBe(walks);
    expect(isActivePhase(phase)).toBe(looks);
  });

  it('has stopped when nobody has seen it for an hour', () => {
    expect(isWalking(pass, after(HOUR - 1))).toBe(true);
    expect(isWalking(pass, after(HOUR))).toBe(false);
    expect(isWalking({ ...pass, seenAt: after(HOUR).toISOString() }, after(HOUR))).toBe(true);
  });

  it('waits twenty hours for its runs', () => {
    expect(isOverdue(pass, after(20 * HOUR - 1))).toBe(false);
    expect(isOverdue(pass, after(20 * HOUR))).toBe(true);
  });

  it('works on a tenant from its first desired state on', () => {
    expect(standingBefore(tenant({ latestSequence: 0 }), PASS)).toBe('FAILED');
    expect(standingBefore(tenant({ status: 'VENDED', accountLostSince: SINCE }), PASS)).toBeNull();
  });
});
