import { groupMark, mayBeTakenOver } from '../../../../functions/domain/access/tenant-groups';
import { account as recorded } from '../../../fakes/vending';

const TENANT = '7d0c1b1e-0000-4000-8000-000000000001';
const OTHER = '7d0c1b1e-0000-4000-8000-000000000002';
const ACCOUNT = recorded.id;
const BY_ADOPTION = { adoptGroups: true, membersKnown: true, skipUserGroupPermissionCleanup: false } as const;
const store = { region: 'eu-central-1', identityStoreId: 'd-1234567890', instanceArn: 'arn', scim: null };
const scim = { endpoint: 'https://scim.example/scim/v2/', tokenSecretArn: 'arn' };

describe('a group of a planned name that the ledger does not know', () => {
  it.each([
    { what: 'gives access to the account alone', accounts: [ACCOUNT, ACCOUNT], is: true },
    { what: 'gives access elsewhere, too', accounts: [ACCOUNT, '999999999999'], is: false },
    { what: 'gives access elsewhere alone', accounts: ['999999999999'], is: false },
    { what: 'gives access to nothing', accounts: [], is: false },
    { what: 'gives access to nothing and carries the mark', accounts: [], mark: groupMark(TENANT), is: true },
    { what: "carries another tenant's mark", accounts: [ACCOUNT], mark: groupMark(OTHER), is: false },
    { what: 'gives access to nothing, where groups are adopted', accounts: [], plan: {}, is: true },
    { what: 'gives access elsewhere, where groups are adopted', accounts: ['999999999999'], plan: {}, is: false },
    { what: "carries another tenant's mark there", accounts: [], mark: groupMark(OTHER), plan: {}, is: false },
    {
      what: 'gives access to nothing, in an account that was made here',
      accounts: [],
      plan: {},
      made: true,
      is: false,
    },
    { what: 'may have anybody in it', accounts: [], plan: { membersKnown: false }, is: false },
    { what: 'keeps its members', accounts: [], plan: { skipUserGroupPermissionCleanup: true }, is: false },
    { what: 'does not show its members', accounts: [], plan: { identityStore: { ...store, scim } }, is: false },
  ])('and that $what: taken over $is', ({ accounts, mark = null, plan, made = false, is }) => {
    const account = { ...recorded, imported: !made };
    const planned = { ...BY_ADOPTION, identityStore: store, ...plan };
    const { adoptGroups, ...plain } = planned;
    const wanted = plan === undefined ? plain : { ...plain, adoptGroups };
    expect(mayBeTakenOver(mark, accounts, { tenant: { tenantUuid: TENANT, account }, plan: wanted })).toBe(is);
  });
});
