import {
  type FoundAccount,
  type FoundProduct,
  type OrganizationReading,
  type RebuildRules,
  rebuiltTenants,
} from '../../../operator/rebuild/rebuilt-tenants';
import { account, NOW, OTHER_TENANT, TENANT } from '../../fakes/vending';

const found = (changes: Partial<FoundAccount> = {}): FoundAccount => ({
  id: account.id,
  arn: account.arn,
  name: account.name,
  email: account.email,
  state: 'ACTIVE',
  joinedAt: NOW,
  isInvited: false,
  tenantUuid: TENANT,
  ...changes,
});

const reading = (changes: Partial<OrganizationReading> = {}): OrganizationReading => ({
  accounts: [found()],
  requests: [],
  groups: [],
  products: [],
  ...changes,
});

const product: FoundProduct = {
  id: 'pp-1',
  name: `retail-${account.id}-${TENANT.slice(0, 8)}-3`,
  status: 'AVAILABLE',
  hasSucceeded: true,
  lastRecordId: 'rec-1',
  accountId: account.id,
};

const group = { identityStoreId: 'd-1', name: 'mst-admin', groupId: 'g-1', tenantUuid: TENANT };

const rules: RebuildRules = { serviceAccounts: [], mayHaveImported: false };

const rebuilt = (changes: Partial<OrganizationReading> = {}, changedRules: Partial<RebuildRules> = {}) =>
  rebuiltTenants(reading(changes), { ...rules, ...changedRules }, NOW);

describe('rebuiltTenants', () => {
  it('knows a tenant by the tag of its account, its groups by their mark, and its enrollment by the product', () => {
    expect(rebuilt({ groups: [group], products: [product] })).toEqual({
      findings: [],
      tenants: [
        {
          tenantUuid: TENANT,
          account: { ...account, knownSince: NOW.toISOString() },
          enrollment: expect.objectContaining({
            phase: 'ended',
            recordId: 'rec-1',
            productName: product.name,
          }) as object,
          groups: [{ identityStoreId: 'd-1', name: 'mst-admin', groupId: 'g-1' }],
          closure: null,
        },
      ],
    });
  });

  it('knows no tenant of an account without the tag, whatever its name and its e-mail', () => {
    expect(rebuilt({ accounts: [found({ tenantUuid: null })], products: [product] })).toEqual({
      tenants: [],
      findings: [],
    });
  });

  it.each([
    { what: 'was invited', changes: { isInvited: true }, mayHaveImported: false, imported: true },
    { what: 'may have been imported', changes: {}, mayHaveImported: true, imported: true },
    { what: 'was made for its tenant', changes: {}, mayHaveImported: false, imported: false },
  ])('takes an account that $what for what it is', ({ changes, mayHaveImported, imported }) => {
    const { tenants } = rebuilt({ accounts: [found(changes)] }, { mayHaveImported });
    expect(tenants.map((tenant) => tenant.account.imported)).toEqual([imported]);
  });

  it.each([
    { state: 'ACTIVE', phase: undefined, findings: 0 },
    { state: 'PENDING_CLOSURE', phase: 'accepted', findings: 0 },
    { state: 'CLOSED', phase: 'closed', findings: 0 },
    { state: 'SUSPENDED', phase: undefined, findings: 1 },
  ])('of an account that is $state', ({ state, phase, findings }) => {
    const result = rebuilt({ accounts: [found({ state })] });
    expect(result.tenants.map(({ closure }) => closure?.phase)).toEqual([phase]);
    expect(result.findings).toHaveLength(findings);
  });

  it('believes no name of a product that others have made, and leaves it open which of two healthy ones counts', () => {
    const foreign = { ...product, id: 'pp-2', name: 'by-hand', lastRecordId: 'rec-2' };
    const enrollmentOf = (...products: OrganizationReading['products']) => rebuilt({ products }).tenants[0]?.enrollment;
    expect(enrollmentOf(foreign)).toMatchObject({ productName: null, recordId: 'rec-2' });
    expect(enrollmentOf(foreign, product)).toMatchObject({ productName: product.name, recordId: null });
    expect(enrollmentOf({ ...product, accountId: null, status: 'ERROR', hasSucceeded: false })).toMatchObject({
      productName: product.name,
    });
    expect(enrollmentOf({ ...foreign, accountId: '999999999999' })).toBeNull();
  });

  it.each<{
    what: string;
    changes: Partial<OrganizationReading>;
    about: readonly string[];
    changedRules?: Partial<RebuildRules>;
  }>([
    {
      what: 'two accounts of one tenant',
      changes: { accounts: [found(), found({ id: '555555555555' })] },
      about: [account.id, '555555555555'],
    },
    { what: 'a tag that is no uuid', changes: { accounts: [found({ tenantUuid: 'x' })] }, about: [account.id] },
    {
      what: 'the tag on an account that serves others',
      changes: {},
      changedRules: { serviceAccounts: [{ id: account.id, what: 'the management account' }] },
      about: [account.id],
    },
  ])('names $what, and writes nothing of it', ({ changes, about, changedRules = {} }) => {
    const result = rebuilt(changes, changedRules);
    expect(result.tenants).toEqual([]);
    expect(result.findings.map((finding) => finding.about)).toEqual(about);
  });

  it('names an account that AWS is making, and a group of a tenant without an account', () => {
    const orphan = { ...group, groupId: 'g-9', tenantUuid: OTHER_TENANT };
    const { findings, tenants } = rebuilt({ requests: [{ id: 'car-1', accountName: 'a.b' }], groups: [orphan] });
    expect(findings.map(({ about }) => about)).toEqual(['car-1', 'g-9']);
    expect(tenants).toHaveLength(1);
  });
});
