import { organizationsInventory } from '../../../../functions/aws/organizations/organizations-inventory';
import { organizationsServiceControlPolicies } from '../../../../functions/aws/organizations/organizations-service-control-policies';
import { serviceQuotasAccountQuota } from '../../../../functions/aws/organizations/service-quotas-account-quota';
import { exampleOrganization } from '../../../../sandbox/organization/example-organization';
import { awsLimits } from '../../../../sandbox/organization/organization-limits';
import { faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

const TEAM = 'ou-ab12-devteam1';
const DEV = 'ou-ab12-cdefgh34';
const ROOT = 'r-ab12';
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
  const FULL = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
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
    expect(await quotaOf(unset).limit()).toBe(awsLimits.accounts);
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
      ...{ id: MEMBER, state: 'SUSPENDED', parentId: TEAM, joinedAt: expect.any(Date) as Date },
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
