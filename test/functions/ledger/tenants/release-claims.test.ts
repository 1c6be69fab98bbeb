import type { TenantRecord } from '../../../../functions/domain/records/ledger-records';
import { APPROVAL_REJECTED } from '../../../../functions/domain/run/approval';
import { claimKey } from '../../../../functions/ledger/base/keys';
import { keptClaims, MAX_RELEASED, releaseClaims, released } from '../../../../functions/ledger/tenants/release-claims';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, creation, group, NOW, OTHER_TENANT, plan, TENANT, tenant } from '../../../fakes/vending';
import { accept, overwrite, overwriteTenant, stepError, tenantIn } from '../ledger-calls';

const EMAIL = 'EMAIL#aws+retail.webshop-dev.42@corp.example';
const ALIAS = 'ALIAS#corp-retail-webshop-dev';
const claims = [EMAIL, 'EMAIL#old@corp.example', 'ACCOUNT#444444444444', ALIAS, 'GROUP#admins', 'GROUP#old'];
const deletion = { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'aws-dev' };
const notApproved = { ...stepError, name: APPROVAL_REJECTED };

describe('keptClaims', () => {
  const planned = plan({ groups: [group('Admins')] });
  const of = (changes: Partial<TenantRecord>): TenantRecord => tenant({ claims, ...changes });

  it('are those of the plan, and of the account, after a good end', () => {
    const vended = { status: 'VENDED' } as const;
    expect(keptClaims(of({ account }), planned, vended)).toEqual([
      EMAIL,
      'ACCOUNT#444444444444',
      ALIAS,
      'GROUP#admins',
    ]);
    expect(keptClaims(of({}), planned, vended)).toEqual([ALIAS, 'GROUP#admins']);
    expect(keptClaims(of({ creation: creation({ email: 'OLD@corp.example' }) }), planned, vended)).toEqual([
      'EMAIL#old@corp.example',
      ALIAS,
      'GROUP#admins',
    ]);
    expect(keptClaims(of({ account }), undefined, vended)).toEqual(claims);
  });

  it('are all after a bad end of a tenant that is wanted', () => {
    expect(keptClaims(of({}), planned, { status: 'FAILED', error: stepError })).toEqual(claims);
    expect(keptClaims(of({}), planned, { status: 'SUPERSEDED' })).toEqual(claims);
  });

  it.each([
    ['is to be deleted', { deletion }, stepError],
    ['was not approved', {}, notApproved],
  ])('are none of a tenant that %s and has no account, nor was asked for one', (_, changes, error) => {
    const end = { status: 'FAILED', error } as const;
    expect(keptClaims(of(changes), planned, end)).toEqual([]);
    expect(keptClaims(of({ ...changes, account }), planned, end)).toEqual(claims);
    expect(keptClaims(of({ ...changes, creation: creation() }), planned, end)).toEqual(claims);
  });

  it('are none where the tenant is to be deleted and its run has no error', () => {
    expect(keptClaims(of({ deletion }), planned, { status: 'SUPERSEDED' })).toEqual([]);
  });

  describe('of a closed tenant', () => {
    const end = { status: 'CLOSED' } as const;
    const groups = [{ identityStoreId: 'd-1', name: 'Admins', groupId: 'g-1' }];
    const without = (...gone: readonly string[]): readonly string[] => claims.filter((claim) => !gone.includes(claim));

    it('are those that AWS keeps for its account, and of groups that are left', () => {
      expect(keptClaims(of({ deletion, account, groups }), undefined, end)).toEqual(without('GROUP#old'));
      expect(keptClaims(of({ deletion, account }), undefined, end)).toEqual(without('GROUP#old', 'GROUP#admins'));
    });

    it('are not its alias where that was taken from the account, or there is none', () => {
      const gone = without('GROUP#old', 'GROUP#admins', ALIAS);
      expect(keptClaims(of({ deletion, account, aliasReleased: true }), undefined, end)).toEqual(gone);
      expect(keptClaims(of({ creation: creation() }), undefined, end)).toEqual(gone);
    });
  });
});

it('releases no claim that another tenant holds, or nobody', () => {
  const item = (claim: string, tenantUuid?: string) => ({
    key: claimKey(claim),
    version: 1,
    data: tenantUuid && { tenantUuid },
  });
  const items = [item('A', TENANT), item('B', OTHER_TENANT), item('C')];
  expect(released(tenant(), items)).toEqual([{ key: claimKey('A'), expectedVersion: 1, data: null }]);
});

describe('releaseClaims', () => {
  const many = Array.from({ length: MAX_RELEASED * 3 + 1 }, (_, number) => `GROUP#${number}`);

  it('lets go of as many as there are, in parts, and keeps the others', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    await overwriteTenant(store, { claims: [...many, ALIAS] });
    for (const claim of many) await overwrite(store, claimKey(claim), { tenantUuid: TENANT });
    const commits = jest.spyOn(store, 'commit');
    await releaseClaims(store, TENANT, (of) => of.claims.filter((claim) => claim !== ALIAS));
    expect((await tenantIn(store)).claims).toEqual([ALIAS]);
    expect(await Promise.all(many.map((claim) => store.read([claimKey(claim)])))).toEqual(many.map(() => [undefined]));
    expect(commits.mock.calls.map(([writes]) => writes.length)).toEqual([26, 26, 26, 2]);
    expect(MAX_RELEASED).toBe(25);
  });

  it('writes nothing where there are none, or the tenant is not known', async () => {
    const store = new RecordingLedgerStore();
    await releaseClaims(store, TENANT, () => ['A']);
    await accept(store, 17);
    const written = store.writes.length;
    await releaseClaims(store, TENANT, () => []);
    expect(store.writes).toHaveLength(written);
  });
});
