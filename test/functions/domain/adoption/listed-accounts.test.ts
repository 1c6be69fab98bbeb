import type { MappingRow } from '../../../../functions/domain/adoption/adoption';
import { type Inventory, listedAccounts } from '../../../../functions/domain/adoption/listed-accounts';
import { adoptedTenantUuid } from '../../../../functions/domain/adoption/proposed-state';
import { configuration } from '../examples';
import { having, says } from '../says';

const UNIT = 'ou-ab12-import01';
const TAG = { key: 'vend', value: 'yes' };
const ALLOWED = configuration(['platform.import', { organizationalUnits: [UNIT] }]);
const BY_TAG = configuration(['platform.import', { tag: TAG }]);
const BY_BOTH = configuration(['platform.import', { organizationalUnits: [UNIT], tag: TAG }]);

const account = (id: string, unit = UNIT, state: string | null = 'ACTIVE'): Inventory['accounts'][number] => ({
  id,
  name: `name of ${id}`,
  email: `${id}@corp.example`,
  state,
  unitsAbove: [unit, 'r-ab12'],
});
const IN = account('100000000001');
const OUT = account('100000000002', 'ou-ab12-elsewher');
const SERVICE = account('100000000003');
const OWNED = account('100000000004');
const CLOSED = account('100000000005', UNIT, 'CLOSED');
const inventory = (...accounts: Inventory['accounts']): Inventory => ({
  accounts: accounts.length === 0 ? [IN, OUT, SERVICE, OWNED, CLOSED] : accounts,
  serviceAccounts: [{ id: SERVICE.id, what: 'the audit account' }],
  tenants: new Map([[OWNED.id, 'tenant-4']]),
});
const row = (changes: Partial<MappingRow> = {}): MappingRow => ({
  line: 7,
  accountId: IN.id,
  workspace: 'retail',
  project: 'webshop',
  landingZone: 'aws-dev',
  contactEmail: null,
  tags: {},
  ...changes,
});

const idsOf = ({ accounts }: ReturnType<typeof listedAccounts>) => accounts.map(({ accountId }) => accountId);
const faultsOf = (mapping: readonly MappingRow[], allowed = ALLOWED) =>
  listedAccounts(mapping, inventory(), allowed).faults;

describe('accounts that may be adopted', () => {
  it.each([
    ['in the units, without a mapping', null, ALLOWED, [IN.id]],
    ['in the units, beside those of a mapping', [], ALLOWED, [IN.id]],
    ['wherever they are, where a tag decides and nobody names accounts', null, BY_TAG, [IN.id, OUT.id]],
    ['named, where a tag decides', [row({ accountId: OUT.id })], BY_TAG, [OUT.id]],
    ['in the units or named, where both decide', [row({ accountId: OUT.id })], BY_BOTH, [IN.id, OUT.id]],
    ['named, although they are closed: a run tells it', [row({ accountId: CLOSED.id })], ALLOWED, [IN.id, CLOSED.id]],
    ['never those that serve all tenants', [row({ accountId: SERVICE.id })], ALLOWED, [IN.id]],
    ['never those that are tenants', [row({ accountId: OWNED.id })], ALLOWED, [IN.id]],
  ])('%s', (_, mapping, allowed, ids) => {
    expect(idsOf(listedAccounts(mapping, inventory(), allowed))).toEqual(ids);
  });

  it('are none where imports are off', () => {
    expect(listedAccounts([row()], inventory(), configuration())).toEqual({
      accounts: [],
      faults: [{ field: 'import', message: says('is not in platform.json, so no account may be') }],
    });
  });

  it('are listed with nothing proposed yet', () => {
    expect(listedAccounts([row()], inventory(IN), ALLOWED).accounts).toEqual([
      {
        accountId: IN.id,
        name: IN.name,
        email: IN.email,
        row: row(),
        tenantUuid: adoptedTenantUuid(IN.id),
        place: { state: 'ACTIVE', unitsAbove: [UNIT, 'r-ab12'] },
        tagsHash: null,
        desiredState: null,
        changes: null,
        changesLeftOut: 0,
        refusal: null,
        names: [],
        enrolls: false,
        enrollmentCountedAt: null,
        state: 'LISTED',
        reason: null,
      },
    ]);
    expect(listedAccounts(null, inventory(IN), ALLOWED).accounts[0]?.row).toBeNull();
  });
});

describe('a line of a mapping', () => {
  it('has no fault as a rule', () => {
    expect(faultsOf([row()])).toEqual([]);
    expect(faultsOf([row({ accountId: OUT.id })], BY_TAG)).toEqual([]);
  });

  it.each(['accountId', 'workspace', 'project', 'landingZone'] as const)('needs %s', (field) => {
    for (const nothing of ['', ' ']) {
      expect(faultsOf([row({ [field]: nothing })])).toEqual([
        { field: `line 7, ${field}`, message: 'is missing. Add it.' },
      ]);
    }
  });

  it.each([
    ['workspace', { workspace: 'a_b' }],
    ['project', { project: 'A' }],
    ['landingZone', { landingZone: 'unknown' }],
  ])('has its %s judged as in a desired state, under its own name', (field, changes) => {
    expect(faultsOf([row(changes)])).toEqual([having({ field: `line 7, ${field}` })]);
    expect(faultsOf([row({ ...changes, line: null })])).toEqual([having({ field: `mapping[0].${field}` })]);
  });

  it.each([
    [[row({ line: 2 }), row({ line: 3 })], 'line 3, accountId', 'which line 2 names already'],
    [[row({ line: null }), row({ line: null })], 'mapping[1].accountId', 'which mapping[0] names already'],
  ])('may not name an account that another names: %#', (rows, field, message) => {
    expect(faultsOf(rows)).toEqual([{ field, message: says(message), value: IN.id }]);
  });

  it('says once that it has no account, however often', () => {
    expect(faultsOf([row({ accountId: '' }), row({ accountId: '' })])).toHaveLength(2);
  });

  it.each([
    ['12345678901', '; the id of an account has twelve digits. Write it as text: spreadsheets drop zeros.'],
    ['1234567890123', '; the id of an account has twelve digits'],
    [SERVICE.id, ", the audit account: it can never be a tenant's. Take the line out."],
    ['999999999999', ', which is no account of this organization. Correct it, or invite the account first.'],
    [OWNED.id, ', which belongs to tenant tenant-4. Take the line out.'],
    [
      OUT.id,
      `, which is in ou-ab12-elsewher: only accounts in or below ${UNIT} may be adopted. Move it, or add its unit`,
    ],
  ])('names an account that can be adopted, not %s', (accountId, problem) => {
    expect(faultsOf([row({ accountId })])).toEqual([
      { field: 'line 7, accountId', message: says(`is '${accountId}'${problem}`), value: accountId },
    ]);
  });

  it('names an account in a unit, as far as AWS says', () => {
    const nowhere = { ...OUT, unitsAbove: [] };
    const { faults } = listedAccounts([row({ accountId: OUT.id })], inventory(nowhere), ALLOWED);
    expect(faults[0]?.message).toContain('which is in no unit that AWS names: only');
  });
});
