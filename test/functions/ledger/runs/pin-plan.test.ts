import { contentHash } from '../../../../functions/domain/base/json';
import { RejectedError } from '../../../../functions/domain/base/errors';
import { uniquenessRemarks } from '../../../../functions/domain/configuration/pattern-uniqueness';
import type { VendingPlan } from '../../../../functions/domain/plan/plan';
import { planKey, tenantKey } from '../../../../functions/ledger/base/keys';
import { ledgerRunRepository, checkClaims, pinPlan } from '../../../../functions/ledger/runs/pin-plan';
import { ledgerTenantRepository } from '../../../../functions/ledger/tenants/tenant-repository';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, creation, group, OTHER_TENANT, plan, TENANT, tenant } from '../../../fakes/vending';
import {
  accept,
  close,
  failed,
  incoming,
  open,
  overwrite,
  overwriteTenant,
  referenceTo,
  tenantIn,
} from '../ledger-calls';

const EMAIL = 'EMAIL#aws+retail.webshop-dev.42@corp.example';
const ALIAS = 'ALIAS#corp-retail-webshop-dev';

/** A plan that shares nothing with the usual one, with changes to its account. */
const foreignPlan = (changes: Partial<ReturnType<typeof plan>['account']> = {}, groups: readonly string[] = []) =>
  plan({
    tenantUuid: OTHER_TENANT,
    account: { ...plan().account, email: 'other@corp.example', alias: 'other', ...changes },
    groups: groups.map(group),
  });

const NOT_UNIQUE = uniquenessRemarks({ accountEmailPattern: 'aws@corp.example', accountAliasPattern: 'corp' });

describe('pinPlan', () => {
  let store: RecordingLedgerStore;

  const refusalOf = async (refused: VendingPlan): Promise<RejectedError> => {
    const error: unknown = await pinPlan(store, referenceTo(17), refused).catch((thrown: unknown) => thrown);
    return error as RejectedError;
  };

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
    await accept(store, 1, { tenantUuid: OTHER_TENANT });
    await open(store, 17);
  });

  it('claims more names than a transaction takes, and none of them where one is taken', async () => {
    const groups = Array.from({ length: 150 }, (_, number) => group(`mst-${number}`));
    await pinPlan(store, referenceTo(1, 1, OTHER_TENANT), foreignPlan({}, ['mst-149']));
    await expect(pinPlan(store, referenceTo(17), plan({ groups }))).rejects.toThrow('mst-149');
    expect((await tenantIn(store)).claims).toEqual([]);
    const [, ...others] = groups;
    await pinPlan(store, referenceTo(1, 2, OTHER_TENANT), foreignPlan({}, ['mst-0']));
    const written = store.writes.length;
    await expect(pinPlan(store, referenceTo(17), plan({ groups }))).rejects.toThrow('mst-0');
    expect(store.writes).toHaveLength(written);
    const free = others.slice(0, -1);
    await pinPlan(store, referenceTo(17), plan({ groups: free }));
    const claims = [EMAIL, ALIAS, ...free.map(({ name }) => `GROUP#${name}`)];
    expect(new Set((await tenantIn(store)).claims)).toEqual(new Set(claims));
    const same = foreignPlan({}, free.map(({ name }) => name).toReversed());
    await expect(checkClaims(store, same, tenant({ tenantUuid: OTHER_TENANT }))).rejects.toThrow(TENANT);
  });

  it('pins the plan and claims e-mail, alias and groups in one transaction', async () => {
    const written = store.writes.length;
    const wanted = plan({ groups: [group('mst-Retail-admin'), group('mst-Retail-user')] });
    expect(await pinPlan(store, referenceTo(17), wanted)).toBe(contentHash(wanted));
    const claims = [EMAIL, ALIAS, 'GROUP#mst-retail-admin', 'GROUP#mst-retail-user'];
    expect(await tenantIn(store)).toMatchObject({ claims });
    const pinned = store.writes.slice(written);
    expect(pinned.map(({ key }) => key.partition)).toEqual([`TENANT#${TENANT}`, `TENANT#${TENANT}`, ...claims]);
    expect(pinned.slice(2).map(({ data }) => data)).toEqual(claims.map(() => ({ tenantUuid: TENANT })));
  });

  it('writes nothing when the same plan is pinned again', async () => {
    const hash = await pinPlan(store, referenceTo(17), plan());
    const written = store.writes.length;
    expect(await pinPlan(store, referenceTo(17), plan())).toBe(hash);
    expect(store.writes).toHaveLength(written);
  });

  it('replaces another plan, of which nothing stays', async () => {
    const planted = { plan: { ...plan(), targetOrgUnitId: 'ou-ab12-other000', more: 1 }, more: 2 };
    await store.commit([{ key: planKey(TENANT, 17, 1), expectedVersion: 0, data: planted }]);
    expect(await pinPlan(store, referenceTo(17), plan())).toBe(contentHash(plan()));
    expect(store.lastWriteOf('PLAN#0000000000000017#1')).toMatchObject({ data: { plan: plan() } });
    expect(JSON.stringify(store.lastWriteOf('PLAN#0000000000000017#1'))).not.toContain('more');
  });

  it.each([
    { claim: 'e-mail', with: foreignPlan({ email: 'AWS+Retail.webshop-dev.42@corp.example' }), named: 'The email' },
    { claim: 'alias', with: foreignPlan({ alias: 'corp-retail-webshop-dev' }), named: 'The alias' },
    { claim: 'group', with: foreignPlan({}, ['mst-RETAIL-admin']), named: 'The group' },
  ])('refuses the $claim of another tenant, names the holder, and writes nothing', async ({ with: wanted, named }) => {
    await pinPlan(store, referenceTo(17), plan({ groups: [group('mst-retail-admin')] }));
    const written = store.writes.length;
    const error: unknown = await pinPlan(store, referenceTo(1, 1, OTHER_TENANT), wanted).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RejectedError);
    expect((error as RejectedError).reason).toContain(named);
    expect((error as RejectedError).reason).toContain(TENANT);
    expect((error as RejectedError).remedy).toMatch(/accountEmailPattern|accountAliasPattern|groupNamePattern/);
    expect(store.writes).toHaveLength(written);
    expect(await tenantIn(store, OTHER_TENANT)).toMatchObject({ claims: [] });
  });

  it('lets exactly one of two tenants have what both plan at once', async () => {
    store.beforeNextCommit = async () => {
      await pinPlan(store, referenceTo(1, 1, OTHER_TENANT), foreignPlan({ alias: 'corp-retail-webshop-dev' }));
    };
    await expect(pinPlan(store, referenceTo(17), plan())).rejects.toBeInstanceOf(RejectedError);
    expect(await tenantIn(store)).toMatchObject({ claims: [] });
  });

  it('claims the alias of an account that is still to be made, whether it is enforced later or not', async () => {
    await pinPlan(store, referenceTo(17), plan({ account: { ...plan().account, enforceAlias: false } }));
    expect(await tenantIn(store)).toMatchObject({ claims: [EMAIL, ALIAS] });
  });

  it('claims no e-mail for an account that is imported and has one already', async () => {
    await pinPlan(store, referenceTo(17), plan({ existingAccountId: '555555555555' }));
    expect(store.lastWriteOf(EMAIL)).toBeUndefined();
    expect(store.lastWriteOf(ALIAS)).toBeDefined();
  });

  it('claims nothing for a run that only looks, or takes the account out of use', async () => {
    const closing = { closesAccount: false, releaseAlias: false } as unknown as NonNullable<VendingPlan['closing']>;
    for (const changes of [{ shadow: true }, { closing }]) {
      await pinPlan(store, referenceTo(17), plan(changes));
      expect(await tenantIn(store)).toMatchObject({ claims: [] });
    }
    expect(store.lastWriteOf(EMAIL)).toBeUndefined();
  });

  it('claims no alias for an account in which nothing but access is managed', async () => {
    await pinPlan(store, referenceTo(17), plan({ accessOnly: true, groups: [group('g')] }));
    expect((await tenantIn(store)).claims).toEqual([EMAIL, 'GROUP#g']);
  });

  it('remembers of the tenant which configuration it was planned by, where that is told', async () => {
    await pinPlan(store, referenceTo(17), plan(), 'some-hash');
    expect(await tenantIn(store)).toMatchObject({ configurationHash: 'some-hash' });
    await pinPlan(store, referenceTo(17), plan({ groups: [group('g')] }));
    expect(await tenantIn(store)).toMatchObject({ configurationHash: 'some-hash' });
  });

  it('claims an alias again that was taken from the account', async () => {
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    const free = plan({ account: { ...plan().account, enforceAlias: false } });
    await overwriteTenant(store, { aliasReleased: true });
    await pinPlan(store, referenceTo(17), free);
    expect(await tenantIn(store)).toMatchObject({ claims: ['ACCOUNT#444444444444', ALIAS] });
  });

  it('writes nothing for a tenant that is not there', async () => {
    await overwrite(store, tenantKey(TENANT), null);
    const written = store.writes.length;
    expect(await pinPlan(store, referenceTo(17), plan())).toBe(contentHash(plan()));
    expect(store.writes).toHaveLength(written);
  });

  it.each([
    [
      'email',
      { email: plan().account.email },
      [],
      'accountEmailPattern',
      /^ It stays taken .* AWS gives the e-mail of a closed account to no other\.$/,
    ],
    [
      'alias',
      { alias: plan().account.alias },
      [],
      'accountAliasPattern',
      /^ It is free again .* only if the landing zone has releaseAlias\.$/,
    ],
    ['group', {}, ['a#b'], 'groupNamePattern', /^$/],
  ])('says how a taken %s becomes free, or what to name it', async (kind, taken, groups, pattern, free) => {
    await pinPlan(store, referenceTo(1, 1, OTHER_TENANT), foreignPlan(taken, groups));
    const { reason, remedy } = await refusalOf(plan({ groups: groups.map(group), remarks: [...NOT_UNIQUE] }));
    expect(reason).toContain(kind === 'group' ? 'The group "a#b" belongs' : `The ${kind} "`);
    const ends = 'for example with #{tenantPlatformNumber}, and replay this run.';
    expect(remedy).toContain(`Make ${pattern} in platform.json render`);
    expect(remedy.slice(remedy.indexOf(ends) + ends.length)).toMatch(free);
  });

  it.each([
    [
      'accountEmailPattern',
      { email: plan().account.email },
      /^accountEmailPattern in platform\.json tells .* AWS gives the e-mail/,
    ],
    [
      'accountAliasPattern',
      { alias: plan().account.alias },
      /^accountAliasPattern in platform\.json tells .* has releaseAlias\.$/,
    ],
  ])('asks for another number where the %s tells tenants apart already', async (_pattern, taken, expected) => {
    await pinPlan(store, referenceTo(1, 1, OTHER_TENANT), foreignPlan(taken));
    const { remedy } = await refusalOf(plan());
    expect(remedy).toMatch(expected);
    expect(remedy).toContain('a tenantPlatformNumber that no other tenant has');
    expect(remedy).not.toContain('render something unique');
  });

  it('keeps the claims that a tenant has already', async () => {
    await pinPlan(store, referenceTo(17), plan());
    await close(store, 17, failed);
    await accept(store, 18);
    const written = store.writes.length;
    await pinPlan(store, referenceTo(18), plan());
    expect(store.writes.slice(written).map(({ key }) => key.sort)).toEqual(['TENANT', 'PLAN#0000000000000018#1']);
    expect(await tenantIn(store)).toMatchObject({ claims: [EMAIL, ALIAS] });
  });

  it('claims the e-mail of the plan no more once AWS has been asked with another one', async () => {
    await ledgerTenantRepository(store, TENANT).update('creation', {
      before: null,
      after: creation({ email: 'first@corp.example' }),
    });
    await pinPlan(store, referenceTo(17), plan({ account: { ...plan().account, enforceAlias: false } }));
    expect(await tenantIn(store)).toMatchObject({ claims: [] });
  });

  it.each([
    { enforceAlias: true, claims: ['ACCOUNT#444444444444', ALIAS] },
    { enforceAlias: false, claims: ['ACCOUNT#444444444444'] },
  ])('claims the alias of a known account where it is enforced ($enforceAlias)', async ({ enforceAlias, claims }) => {
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    await pinPlan(store, referenceTo(17), plan({ account: { ...plan().account, enforceAlias } }));
    expect(await tenantIn(store)).toMatchObject({ claims });
  });
});

describe('the plan repository of a run', () => {
  it('gives the desired state as it came in, and pins a plan', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    const repository = ledgerRunRepository(store, referenceTo(17));
    expect(await repository.desiredState()).toEqual(incoming(17).desiredState);
    expect(await repository.pin(plan())).toBe(contentHash(plan()));
    expect(store.lastWriteOf('PLAN#0000000000000017#1')).toMatchObject({ data: { plan: plan() } });
  });

  it('gives nothing for a desired state that has expired', async () => {
    const store = new RecordingLedgerStore();
    expect(await ledgerRunRepository(store, referenceTo(17)).desiredState()).toBeUndefined();
  });
});
