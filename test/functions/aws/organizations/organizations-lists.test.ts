import { organizationsAccountCreator } from '../../../../functions/aws/organizations/organizations-account-creator';
import {
  organizationsAccountDirectory,
  organizationsTags,
} from '../../../../functions/aws/organizations/organizations-account-directory';
import { organizationsInventory } from '../../../../functions/aws/organizations/organizations-inventory';
import { organizationsServiceControlPolicies } from '../../../../functions/aws/organizations/organizations-service-control-policies';
import { organizationsTree } from '../../../../functions/aws/organizations/organizations-tree';
import { organizationsUnits } from '../../../../functions/aws/organizations/organizations-units';
import { serviceQuotasAccountQuota } from '../../../../functions/aws/organizations/service-quotas-account-quota';
import { exampleOrganization } from '../../../../sandbox/organization/example-organization';
import { awsLimits } from '../../../../sandbox/organization/organization-limits';
import type { CannedAnswer } from '../../../fakes/canned-request-handler';
import { cannedCaller, faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

const TEAM = 'ou-ab12-devteam1';
const DEV = 'ou-ab12-cdefgh34';
const ROOT = 'r-ab12';
const FULL = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
const IDS = ['111111111111', '222222222222', '333333333333', MEMBER];

/** The member deep in the tree, and gone from use. */
const deepMember = () => {
  const { accounts } = exampleOrganization();
  const member = { id: MEMBER, name: 'member', email: 'aws+member@corp.example', parentId: TEAM };
  return { accounts: [...accounts, { ...member, state: 'SUSPENDED' as const }] };
};

describe('the accounts of an organization with their places', () => {
  const inventoryOf = (world: OrganizationWorld) => organizationsInventory(world.caller());

  it('are all that there are, on however many pages, with what is above them from below', async () => {
    const world = new OrganizationWorld({ seed: deepMember() });
    const accounts = await inventoryOf(world).accounts();
    expect(accounts.map(({ id }) => id).toSorted()).toEqual(IDS);
    expect(accounts.find(({ id }) => id === MEMBER)).toEqual({
      id: MEMBER,
      arn: `arn:aws:organizations::222222222222:account/o-exampleorg1/${MEMBER}`,
      name: 'member',
      email: 'aws+member@corp.example',
      state: 'SUSPENDED',
      unitsAbove: [TEAM, DEV, ROOT],
    });
    expect(accounts.find(({ id }) => id === '222222222222')?.unitsAbove).toEqual([ROOT]);
  });

  it('cannot be told where they are not to be read, and what was done is named', async () => {
    const faults = faultsFor('ListAccounts', refusal('AccessDeniedException'));
    await expect(inventoryOf(new OrganizationWorld({ faults })).accounts()).rejects.toThrow(
      'list the accounts of the organization (AccessDeniedException',
    );
  });
});

describe('who administers a service for the organization', () => {
  const delegated = new OrganizationWorld({ seed: { delegatedAdministrators: ['333333333333', MEMBER] } });
  const inventory = organizationsInventory(delegated.caller());

  it('is asked for all services, or for one', async () => {
    expect((await inventory.delegatedAdministrators()).toSorted()).toEqual(['333333333333', MEMBER]);
    await inventory.delegatedAdministrators('sso.amazonaws.com');
    const asked = delegated.callsOf('ListDelegatedAdministrators').map(({ input }) => input);
    expect(asked[0]).toEqual({ MaxResults: 20 });
    expect(asked.at(-1)).toMatchObject({ MaxResults: 20, ServicePrincipal: 'sso.amazonaws.com' });
  });

  it('is nobody in an organization that has delegated nothing', async () => {
    expect(await organizationsInventory(new OrganizationWorld().caller()).delegatedAdministrators()).toEqual([]);
  });

  it('cannot be told where it is not to be read', async () => {
    const faults = faultsFor('ListDelegatedAdministrators', refusal('AccessDeniedException'));
    const refused = organizationsInventory(new OrganizationWorld({ faults }).caller()).delegatedAdministrators();
    await expect(refused).rejects.toThrow('list the delegated administrators of the organization');
  });
});

describe('control policies', () => {
  const DENIES = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iam:CreateUser', Resource: '*' }] };
  const policies = (name: string) => [{ name, targetIds: [DEV, MEMBER], document: DENIES }];
  const named = (many: readonly { readonly name: string; readonly document: string }[]) =>
    Object.fromEntries(many.map(({ name, document }) => [name, JSON.parse(document) as unknown]));

  it('are those of a place and a kind, with their documents', async () => {
    const seed = { serviceControlPolicies: policies('no-users'), resourceControlPolicies: policies('no-guests') };
    const at = organizationsServiceControlPolicies(new OrganizationWorld({ seed }).caller());
    const full = JSON.parse(FULL) as unknown;
    expect(named(await at.attachedTo(MEMBER))).toEqual({ FullAWSAccess: full, 'no-users': DENIES });
    expect(named(await at.attachedTo(MEMBER, 'resource'))).toEqual({ RCPFullAWSAccess: full, 'no-guests': DENIES });
    expect(named(await at.attachedTo(ROOT))).toEqual({ FullAWSAccess: full });
  });

  it('are read once each, and those of AWS never', async () => {
    const world = new OrganizationWorld({ seed: { serviceControlPolicies: policies('no-users') } });
    const at = organizationsServiceControlPolicies(world.caller());
    await at.attachedTo(MEMBER);
    await at.attachedTo(MEMBER);
    await at.attachedTo(ROOT);
    expect(world.callsOf('DescribePolicy')).toHaveLength(1);
  });

  it('cannot be told of a place that there is not', async () => {
    const at = organizationsServiceControlPolicies(new OrganizationWorld().caller());
    await expect(at.attachedTo('999999999999')).rejects.toThrow('read the service control policies of 999999999999');
    await expect(at.attachedTo('999999999999', 'resource')).rejects.toThrow('read the resource control policies');
  });
});

describe('how many accounts the organization may have', () => {
  const quotaOf = (world: OrganizationWorld) => serviceQuotasAccountQuota(world.caller());
  const appliedIs = (hasAppliedAccountQuota: boolean) => new OrganizationWorld({ seed: { hasAppliedAccountQuota } });

  it('is the applied quota, or the default of AWS where none was ever raised', async () => {
    const applied = appliedIs(true);
    expect(await quotaOf(applied).limit()).toBe(awsLimits.accounts);
    expect(applied.callsOf('GetAWSDefaultServiceQuota')).toHaveLength(0);
    const unset = appliedIs(false);
    expect(await quotaOf(unset).limit()).toBe(10);
    const [asked] = unset.callsOf('GetAWSDefaultServiceQuota');
    expect(asked?.input).toEqual({ ServiceCode: 'organizations', QuotaCode: 'L-E619E033' });
  });

  it('cannot be told where it is not to be read', async () => {
    const faults = faultsFor('GetServiceQuota', refusal('AccessDeniedException'));
    await expect(quotaOf(new OrganizationWorld({ faults })).limit()).rejects.toThrow(
      'read how many accounts the organization may have (AccessDeniedException',
    );
  });

  it('is compared with those that there are, each with what is above it', async () => {
    const quota = quotaOf(new OrganizationWorld({ seed: deepMember() }));
    expect(await quota.count()).toBe(4);
    const accounts = await quota.accounts();
    expect(accounts.map(({ id }) => id).toSorted()).toEqual(IDS);
    expect(accounts.find(({ id }) => id === MEMBER)).toEqual({
      id: MEMBER,
      state: 'SUSPENDED',
      parentId: TEAM,
      joinedAt: expect.any(Date) as Date,
    });
    expect(accounts.find(({ id }) => id === '222222222222')?.parentId).toBe(ROOT);
  });

  it('says what it was counting when AWS refuses', async () => {
    const faults = faultsFor('ListAccounts', refusal('AccessDeniedException'), refusal('AccessDeniedException'));
    const quota = quotaOf(new OrganizationWorld({ faults }));
    await expect(quota.count()).rejects.toThrow('count the accounts of the organization');
    await expect(quota.accounts()).rejects.toThrow('list the accounts of the organization');
  });
});

/** AWS Organizations with these answers, whatever is asked. */
function answering(...bodies: readonly CannedAnswer['body'][]) {
  const { handler, session } = cannedCaller(...bodies.map((body) => ({ body })));
  return {
    accounts: organizationsAccountDirectory(session),
    tags: organizationsTags(session),
    creator: organizationsAccountCreator(session),
    inventory: organizationsInventory(session),
    policies: organizationsServiceControlPolicies(session),
    tree: organizationsTree(session),
    units: organizationsUnits(session),
    quota: serviceQuotasAccountQuota(session),
    asked: () => handler.requests.map(({ body }) => body),
  };
}

describe('an answer of AWS Organizations that lacks something', () => {
  const nobody = { id: '', arn: '', name: '', email: '', state: null };

  it('is an account of which nothing is known', async () => {
    expect(await answering({}).accounts.describeAccount(MEMBER)).toEqual(nobody);
    expect(await answering({ Accounts: [{}] }).accounts.listAccounts(null)).toEqual({
      items: [nobody],
      nextToken: null,
    });
    expect(await answering({ Accounts: [{}] }).inventory.accounts()).toEqual([{ ...nobody, unitsAbove: [] }]);
    const listed = { id: '', state: null, joinedAt: null, parentId: null };
    expect(await answering({ Accounts: [{}, { Paths: [] }] }).quota.accounts()).toEqual([listed, listed]);
  });

  it('is the end of an empty list, and goes on where there is a token', async () => {
    expect(await answering({}).accounts.listAccounts(null)).toEqual({ items: [], nextToken: null });
    expect(await answering({}).accounts.listRequests(null)).toEqual({ items: [], nextToken: null });
    const { inventory, policies, tags, units, quota, asked } = answering({ NextToken: 'two' }, {}, {});
    expect(await inventory.accounts()).toEqual([]);
    expect(await inventory.delegatedAdministrators()).toEqual([]);
    expect(await quota.accounts()).toEqual([]);
    expect(await policies.attachedTo(ROOT)).toEqual([]);
    expect(await tags.list(MEMBER)).toEqual({});
    expect(await units.unitsIn(ROOT)).toEqual([]);
    const page = { MaxResults: 20 };
    expect(asked().slice(0, 4)).toEqual([page, { ...page, NextToken: 'two' }, page, page]);
  });

  it('is something without a name', async () => {
    const { inventory, tags, units } = answering(
      { DelegatedAdministrators: [{}, { Id: MEMBER }] },
      { Tags: [{}] },
      { OrganizationalUnits: [{}] },
      {},
    );
    expect(await inventory.delegatedAdministrators()).toEqual([MEMBER]);
    expect(await tags.list(MEMBER)).toEqual({ '': '' });
    const unit = { id: '', name: '', arn: '' };
    expect(await units.unitsIn(ROOT)).toEqual([unit]);
    expect(await units.createUnit(ROOT, 'retail')).toEqual(unit);
    expect(await answering({}).tree.describeOrganizationalUnit(DEV)).toEqual({ id: DEV, name: '', arn: null });
  });

  it.each([{}, { Parents: [] }, { Parents: [{}] }])('is not a place: %j', async (answer) => {
    await expect(answering(answer).tree.parentOf(MEMBER)).rejects.toMatchObject({
      name: 'TransientError',
      nothingDone: true,
      message: `AWS does not know yet where ${MEMBER} is.`,
    });
  });

  it('is a policy that says nothing, and one of AWS that nobody has read', async () => {
    const { policies, asked } = answering(
      { Policies: [{}, { Id: 'p-1', AwsManaged: true }, { Id: 'p-FullAWSAccess', Name: 'all', AwsManaged: true }] },
      {},
    );
    expect(await policies.attachedTo(MEMBER, 'resource')).toEqual([
      { name: '', document: '{}' },
      { name: '', document: 'not read' },
      { name: 'all', document: FULL },
    ]);
    expect(asked()).toEqual([{ TargetId: MEMBER, Filter: 'RESOURCE_CONTROL_POLICY' }, { PolicyId: '' }]);
  });

  it.each([{}, { CreateAccountStatus: {} }])('is no request: %j', async (answer) => {
    const words = 'AWS Organizations answered without a CreateAccountStatus id.';
    await expect(answering(answer).accounts.describeRequest('car-1')).rejects.toThrow(words);
    const request = { name: 'n', email: 'e', roleName: 'r', tags: {} };
    await expect(answering(answer).creator.requestAccount(request)).rejects.toThrow(words);
  });

  it.each([{}, { Quota: {} }])('is no quota: %j', async (answer) => {
    await expect(answering(answer).quota.limit()).rejects.toThrow('answered without a value');
  });
});

describe('what is asked of AWS Organizations', () => {
  it('are twenty at a time, from a token on where there is one', async () => {
    const { accounts, asked } = answering({});
    await accounts.listAccounts(null);
    await accounts.listAccounts('two');
    await accounts.listRequests(null);
    await accounts.listRequests('two');
    const requests = { States: ['IN_PROGRESS', 'SUCCEEDED'], MaxResults: 20 };
    expect(asked()).toEqual([
      { MaxResults: 20 },
      { MaxResults: 20, NextToken: 'two' },
      requests,
      { ...requests, NextToken: 'two' },
    ]);
  });

  it('is an account with all that it is to have', async () => {
    const { creator, asked } = answering({ CreateAccountStatus: { Id: 'car-1', State: 'A_STATE_OF_2027' } });
    const request = { name: 'shop', email: 'a@b.c', roleName: 'Access', tags: { one: '1', two: '2' } };
    expect(await creator.requestAccount(request)).toEqual({
      id: 'car-1',
      state: 'IN_PROGRESS',
      accountName: null,
      accountId: null,
      requestedAt: null,
      failureReason: null,
    });
    const Tags = ['1', '2'].map((Value, index) => ({ Key: ['one', 'two'][index], Value }));
    expect(asked()).toEqual([{ AccountName: 'shop', Email: 'a@b.c', RoleName: 'Access', Tags }]);
  });
});

describe('a refusal of AWS Organizations', () => {
  it.each<readonly [string, string, (world: OrganizationWorld) => Promise<unknown>]>([
    ['DescribeCreateAccountStatus', 'describe the account request car-1', (w) => directory(w).describeRequest('car-1')],
    ['ListCreateAccountStatus', 'list account requests', (w) => directory(w).listRequests(null)],
    ['ListAccounts', 'list accounts', (w) => directory(w).listAccounts('token')],
    ['DescribeAccount', `describe account ${MEMBER}`, (w) => directory(w).describeAccount(MEMBER)],
    ['ListTagsForResource', `list the tags of account ${MEMBER}`, (w) => directory(w).listTags(MEMBER)],
    ['UntagResource', `untag account ${MEMBER}`, (w) => organizationsTags(w.caller()).remove(MEMBER, ['a'])],
  ])('says what %s was for', async (operation, doing, call) => {
    const faults = faultsFor(operation, refusal('AccessDeniedException'));
    await expect(call(new OrganizationWorld({ faults }))).rejects.toThrow(`AWS refused to ${doing} (AccessDenied`);
  });

  const directory = (world: OrganizationWorld) => organizationsAccountDirectory(world.caller());
});
