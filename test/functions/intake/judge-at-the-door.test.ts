import { TransientError } from '../../../functions/domain/base/errors';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { judgeAtTheDoor } from '../../../functions/intake/judge-at-the-door';
import { tenantKey } from '../../../functions/ledger/base/keys';
import { FakeOwnAccount, OWN_ACCOUNT } from '../../fakes/fake-own-account';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { account, after, creation, tenant, TENANT } from '../../fakes/vending';
import { type Change, changed, configuration, desiredStateJson, MANAGEMENT_ACCESS } from '../domain/examples';

const EXISTING = '555555555555';
const FIELD = 'tenant.spec.platformTenantId';
const LEGACY: Change = ['platform.import', { organizationalUnits: ['ou-ab12-legacy01'] }];

describe('a desired state at the door', () => {
  let ledger: RecordingLedgerStore;
  let ownAccount: FakeOwnAccount;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    ownAccount = new FakeOwnAccount();
  });

  const known = (changes: Partial<TenantRecord>): Promise<void> =>
    ledger.commit([{ key: tenantKey(TENANT), expectedVersion: 0, data: tenant(changes) }]);

  const judge = (named: unknown, ...changes: readonly Change[]) =>
    judgeAtTheDoor(
      { ledger, ownAccount, configuration: configuration(...changes), now: () => after(0) },
      changed(desiredStateJson, [FIELD, named]),
    );

  const messageOf = async (named: unknown, ...changes: readonly Change[]): Promise<string | undefined> => {
    const judged = await judge(named, ...changes);
    if (judged.ok) return undefined;
    expect(judged.faults).toMatchObject([{ field: FIELD, value: named }]);
    return judged.faults[0]?.message;
  };

  it.each([null, '', 'my account', '4444-4444-4444', 17, '4444444444444', 'x444444444444', '444444444444x'])(
    'asks nobody where it names no account, but %j',
    async (named) => {
      const read = jest.spyOn(ledger, 'read');
      await judge(named);
      expect(ownAccount.asked).toBe(0);
      expect(read).not.toHaveBeenCalled();
    },
  );

  it('asks the ledger alone where the management account may be a tenant', async () => {
    await known({ account });
    const read = jest.spyOn(ledger, 'read');
    await judge(null, MANAGEMENT_ACCESS);
    expect(read).toHaveBeenCalledTimes(1);
    expect(ownAccount.asked).toBe(0);
  });

  it('is refused where it names the account of the application, even if the configuration allows every import', async () => {
    expect(await messageOf(OWN_ACCOUNT, ['platform.import', { organizationalUnits: ['r-ab12'] }])).toContain(
      'the account that this application runs in',
    );
  });

  it('is refused where it names a shared account', async () => {
    expect(await messageOf(EXISTING, LEGACY, ['platform.sharedAccountIds', [EXISTING]])).toContain('sharedAccountIds');
  });

  it('is refused where it names an account and imports are off, with the setting that would allow it', async () => {
    expect(await messageOf(EXISTING)).toMatch(/imports are off.*import\.organizationalUnits or import\.tag/u);
  });

  it('tells that besides all its other faults', async () => {
    const input = changed(desiredStateJson, [FIELD, EXISTING], ['projectCreatorEmail', 17]);
    const judged = await judgeAtTheDoor(
      { ledger, ownAccount, configuration: configuration(), now: () => after(0) },
      input,
    );
    expect(judged.ok ? [] : judged.faults.map(({ field }) => field)).toEqual(['projectCreatorEmail', FIELD]);
  });

  it('tells all its faults besides that of its sequence, which comes first', async () => {
    const input = changed(desiredStateJson, ['replicationSequence', 9e15], ['projectCreatorEmail', 17]);
    const judged = await judgeAtTheDoor(
      { ledger, ownAccount, configuration: configuration(), now: () => after(0) },
      input,
    );
    expect(judged.ok ? [] : judged.faults.map(({ field }) => field)).toEqual([
      'replicationSequence',
      'projectCreatorEmail',
    ]);
  });

  it('tells that of one that names no tenant, too, and of its sequence nothing', async () => {
    const input = changed(desiredStateJson, [FIELD, OWN_ACCOUNT], ['tenant.metadata.uuid', undefined]);
    const judged = await judgeAtTheDoor(
      { ledger, ownAccount, configuration: configuration(), now: () => after(0) },
      input,
    );
    expect(judged.ok ? [] : judged.faults.map(({ field }) => field)).toEqual(['tenant.metadata.uuid', FIELD]);
    expect(ownAccount.asked).toBe(1);
  });

  it('is taken where imports are on: the run finds out whether this account may be imported', async () => {
    expect(await messageOf(EXISTING, LEGACY)).toBeUndefined();
  });

  it('is taken where the tenant has the account, whether it was imported by an earlier release or made', async () => {
    await known({ account: { ...account, id: EXISTING, imported: true } });
    expect(await messageOf(EXISTING)).toBeUndefined();
  });

  it('is taken where AWS has made the account for the tenant, and the tenant is about to get it', async () => {
    await known({ creation: creation({ madeAccountId: EXISTING }) });
    expect(await messageOf(EXISTING)).toBeUndefined();
  });

  it('is taken where the tenant has another account: the run says that it keeps it', async () => {
    await known({ account });
    expect(await messageOf(EXISTING)).toBeUndefined();
  });

  it('comes again where AWS does not say which account is the application’s own', async () => {
    ownAccount.failure = new TransientError('STS did not answer.');
    await expect(judge(EXISTING, LEGACY)).rejects.toThrow(TransientError);
  });
});
