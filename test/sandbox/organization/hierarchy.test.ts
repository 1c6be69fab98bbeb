import {
  CloseAccountCommand,
  CreateOrganizationalUnitCommand,
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  DescribeOrganizationalUnitCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  MoveAccountCommand,
  OrganizationsClient,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-organizations';
import { seededRandom } from '../../../sandbox/organization/draw';
import { awsLimits } from '../../../sandbox/organization/organization-limits';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import {
  administrator,
  AUTOMATION,
  DEV,
  LEGACY,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  outcomeOf,
  ROOT,
} from './organization-under-test';

describe('MoveAccount', () => {
  it('moves an account from its parent to another', async () => {
    const test = organizationUnderTest();
    const AccountId = await openAccount(test);
    await test.organizations.send(
      new MoveAccountCommand({ AccountId, SourceParentId: ROOT, DestinationParentId: DEV }),
    );

    const { Account } = await test.organizations.send(new DescribeAccountCommand({ AccountId }));
    expect(Account?.Paths).toEqual([`o-exampleorg1/${ROOT}/${DEV}/${AccountId}/`]);
    const { Parents } = await test.organizations.send(new ListParentsCommand({ ChildId: AccountId }));
    expect(Parents).toEqual([{ Id: DEV, Type: 'ORGANIZATIONAL_UNIT' }]);
  });

  it.each([
    ['an unknown account', { AccountId: '999999999999' }, 'AccountNotFoundException'],
    ['a source that is not its parent', { SourceParentId: LEGACY }, 'SourceParentNotFoundException'],
    ['an unknown destination', { DestinationParentId: 'ou-ab12-nowhere1' }, 'DestinationParentNotFoundException'],
    ['a destination where it is already', { DestinationParentId: 'ou-ab12-infra001' }, 'DuplicateAccountException'],
    ['a malformed destination', { DestinationParentId: 'ou-ab12' }, 'InvalidInputException'],
  ])('refuses %s', async (_case, input, name) => {
    const { organizations } = organizationUnderTest();
    const valid = { AccountId: AUTOMATION, SourceParentId: 'ou-ab12-infra001', DestinationParentId: DEV };
    expect(await outcomeOf(organizations.send(new MoveAccountCommand({ ...valid, ...input })))).toBe(name);
  });
});

describe('reading the organization', () => {
  it('finds its way from the root to every unit and account', async () => {
    const { organizations } = organizationUnderTest();
    const { Roots } = await organizations.send(new ListRootsCommand({}));
    expect(Roots).toMatchObject([
      { Id: ROOT, Name: 'Root', Arn: `arn:aws:organizations::${MANAGEMENT}:root/o-exampleorg1/${ROOT}` },
    ]);

    const units = await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: ROOT }));
    expect(units.OrganizationalUnits?.map(({ Name }) => Name)).toEqual(['Dev', 'Prod', 'Legacy', 'Infrastructure']);
    const nested = await organizations.send(
      new ListChildrenCommand({ ParentId: DEV, ChildType: 'ORGANIZATIONAL_UNIT' }),
    );
    expect(nested.Children).toEqual([{ Id: 'ou-ab12-devteam1', Type: 'ORGANIZATIONAL_UNIT' }]);
    const accounts = await organizations.send(new ListAccountsForParentCommand({ ParentId: 'ou-ab12-infra001' }));
    expect(accounts.Accounts?.map(({ Name }) => Name)).toEqual(['automation', 'meshcloud']);
    const children = await organizations.send(new ListChildrenCommand({ ParentId: ROOT, ChildType: 'ACCOUNT' }));
    expect(children.Children).toEqual([{ Id: MANAGEMENT, Type: 'ACCOUNT' }]);
  });

  it('gives the path of a nested unit', async () => {
    const { organizations } = organizationUnderTest();
    const command = new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-ab12-devteam1' });
    expect(await organizations.send(command)).toMatchObject({
      OrganizationalUnit: { Name: 'Team', Path: `o-exampleorg1/${ROOT}/${DEV}/ou-ab12-devteam1/` },
    });
  });

  it('pages by twenty at most', async () => {
    const accounts = Array.from({ length: 45 }, (_, n) => ({
      id: String(400_000_000_000 + n),
      name: `member ${n}`,
      email: `aws+${n}@corp.example`,
      parentId: DEV,
    }));
    const seed = exampleOrganization();
    const { organizations } = organizationUnderTest({ seed: { ...seed, accounts: [...seed.accounts, ...accounts] } });

    const sizes: number[] = [];
    let NextToken: string | undefined;
    do {
      const page = await organizations.send(new ListAccountsCommand({ NextToken }));
      sizes.push(page.Accounts?.length ?? 0);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(sizes).toEqual([20, 20, 8]);
    expect(await outcomeOf(organizations.send(new ListAccountsCommand({ MaxResults: 21 })))).toBe(
      'InvalidInputException',
    );
    expect(await outcomeOf(organizations.send(new ListAccountsCommand({ NextToken: 'x' })))).toBe(
      'InvalidInputException',
    );
  });

  it('answers only the management account, and tells a member no more than which organization it is in', async () => {
    const { settings } = organizationUnderTest();
    const member = new OrganizationsClient(settings(administrator(AUTOMATION)));
    expect(await outcomeOf(member.send(new ListAccountsCommand({})))).toBe('AccessDeniedException');
    expect(await member.send(new DescribeOrganizationCommand({}))).toMatchObject({
      Organization: {
        Id: 'o-exampleorg1',
        MasterAccountId: MANAGEMENT,
        MasterAccountEmail: 'aws+management@corp.example',
      },
    });
  });
});

describe('CreateOrganizationalUnit', () => {
  it('makes a unit that is not registered with Control Tower', async () => {
    const { organizations, organization } = organizationUnderTest();
    const command = new CreateOrganizationalUnitCommand({
      ParentId: DEV,
      Name: 'New',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    const { OrganizationalUnit } = await organizations.send(command);
    expect(OrganizationalUnit?.Id).toMatch(/^ou-ab12-[a-z0-9]{8}$/);
    expect(organization.state.units.get(OrganizationalUnit?.Id ?? '')).toMatchObject({
      registered: false,
      parentId: DEV,
    });
  });

  it('refuses a second one of the same name, an unknown parent, and a sixth level', async () => {
    const { organizations } = organizationUnderTest();
    const create = (ParentId: string, Name: string) =>
      organizations.send(new CreateOrganizationalUnitCommand({ ParentId, Name }));
    expect(await outcomeOf(create(ROOT, 'Dev'))).toBe('DuplicateOrganizationalUnitException');
    expect(await outcomeOf(create('ou-ab12-nowhere1', 'New'))).toBe('ParentNotFoundException');

    let parent = ROOT;
    for (const level of [1, 2, 3, 4, 5]) {
      parent = (await create(parent, `Level ${level}`)).OrganizationalUnit?.Id ?? '';
    }
    await expect(create(parent, 'Level 6')).rejects.toMatchObject({ Reason: 'OU_DEPTH_LIMIT_EXCEEDED' });
  });

  it('refuses one more than an organization may have', async () => {
    const { organizations } = organizationUnderTest({ limits: { ...awsLimits, units: 6 } });
    const create = (Name: string) => organizations.send(new CreateOrganizationalUnitCommand({ ParentId: ROOT, Name }));
    await create('The sixth');
    await expect(create('The seventh')).rejects.toMatchObject({ Reason: 'OU_NUMBER_LIMIT_EXCEEDED' });
  });
});

describe('tags', () => {
  const tagsOf = async ({ organizations }: ReturnType<typeof organizationUnderTest>) =>
    (await organizations.send(new ListTagsForResourceCommand({ ResourceId: AUTOMATION }))).Tags;

  it('are added, replaced and removed one by one', async () => {
    const test = organizationUnderTest();
    const tag = (Tags: { Key: string; Value: string }[]) =>
      test.organizations.send(new TagResourceCommand({ ResourceId: AUTOMATION, Tags }));
    await tag([
      { Key: 'project', Value: 'shop' },
      { Key: 'owner', Value: 'jane' },
    ]);
    await tag([{ Key: 'project', Value: 'web' }]);
    await test.organizations.send(new UntagResourceCommand({ ResourceId: AUTOMATION, TagKeys: ['owner', 'absent'] }));
    expect(await tagsOf(test)).toEqual([{ Key: 'project', Value: 'web' }]);
  });

  it('are counted together with those already there', async () => {
    const test = organizationUnderTest();
    const many = Array.from({ length: 50 }, (_, n) => ({ Key: `k${n}`, Value: '' }));
    await test.organizations.send(new TagResourceCommand({ ResourceId: AUTOMATION, Tags: many }));
    const oneMore = new TagResourceCommand({ ResourceId: AUTOMATION, Tags: [{ Key: 'more', Value: '' }] });
    await expect(test.organizations.send(oneMore)).rejects.toMatchObject({ Reason: 'MAX_TAG_LIMIT_EXCEEDED' });
    expect(await tagsOf(test)).toHaveLength(50);
  });

  it('need something to hang on', async () => {
    const { organizations } = organizationUnderTest();
    const unknown = new ListTagsForResourceCommand({ ResourceId: '999999999999' });
    expect(await outcomeOf(organizations.send(unknown))).toBe('TargetNotFoundException');
  });
});

describe('CloseAccount', () => {
  it('goes through PENDING_CLOSURE to CLOSED', async () => {
    const test = organizationUnderTest();
    const AccountId = await openAccount(test);
    const stateNow = async () =>
      (await test.organizations.send(new DescribeAccountCommand({ AccountId }))).Account?.State;
    const close = () => test.organizations.send(new CloseAccountCommand({ AccountId }));

    await close();
    expect(await stateNow()).toBe('PENDING_CLOSURE');
    test.clock.advance(120);
    expect(await stateNow()).toBe('CLOSED');
    expect(await outcomeOf(close())).toBe('AccountAlreadyClosedException');
  });

  it.each(['SUSPENDED', 'PENDING_ACTIVATION', 'PENDING_CLOSURE'] as const)(
    'closes an account that is %s, or refuses to',
    async (state) => {
      const outcomes = new Set<string>();
      for (let seed = 0; seed < 8; seed += 1) {
        const test = organizationUnderTest({ random: seededRandom(seed) });
        const AccountId = await openAccount(test);
        const account = test.organization.state.accounts.get(AccountId);
        if (account !== undefined) account.state = state;
        outcomes.add(await outcomeOf(test.organizations.send(new CloseAccountCommand({ AccountId }))));
      }
      expect([...outcomes].toSorted()).toEqual(['ConflictException', 'ok']);
    },
  );

  it('closes three at once, and in any thirty days only so many', async () => {
    const closures = { share: 0, least: 4, most: 1000 };
    const test = organizationUnderTest({ limits: { ...awsLimits, closures, rates: {} } });
    const ids: string[] = [];
    for (let number = 0; number < 5; number += 1)
      ids.push(await openAccount(test, { Email: `aws+${number}@corp.example` }));
    const close = (id = '') => outcomeOf(test.organizations.send(new CloseAccountCommand({ AccountId: id })));
    const [first, second, third, fourth, fifth] = ids;

    await Promise.all([first, second, third].map(close));
    await expect(test.organizations.send(new CloseAccountCommand({ AccountId: fourth ?? '' }))).rejects.toMatchObject({
      Reason: 'CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED',
    });
    test.clock.advance(120);
    await close(fourth);
    test.clock.advance(120);
    const closeFifth = () => test.organizations.send(new CloseAccountCommand({ AccountId: fifth ?? '' }));
    await expect(closeFifth()).rejects.toMatchObject({ Reason: 'CLOSE_ACCOUNT_QUOTA_EXCEEDED' });
    test.clock.advance(30 * 24 * 3600);
    await expect(closeFifth()).resolves.toBeDefined();
  });

  it('closes no account while the organization has consolidated billing alone', async () => {
    const seed = { ...exampleOrganization(), featureSet: 'CONSOLIDATED_BILLING' as const };
    const test = organizationUnderTest({ seed });
    const AccountId = await openAccount(test);

    await expect(test.organizations.send(new CloseAccountCommand({ AccountId }))).rejects.toMatchObject({
      name: 'ConstraintViolationException',
      Reason: 'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE',
    });
  });

  it('never closes the management account', async () => {
    const { organizations } = organizationUnderTest();
    await expect(organizations.send(new CloseAccountCommand({ AccountId: MANAGEMENT }))).rejects.toMatchObject({
      Reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT',
    });
  });
});
