import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateAccountFailureReason,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  ListAccountsCommand,
  ListCreateAccountStatusCommand,
  ListParentsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
  type CreateAccountCommandInput,
  type CreateAccountStatus,
} from '@aws-sdk/client-organizations';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { awsLatencies } from '../../../sandbox/organization/latencies';
import { awsLimits } from '../../../sandbox/organization/organization-limits';
import { assumeServiceRole, organizationUnderTest, outcomeOf, ROOT, type UnderTest } from './organization-under-test';

const wanted = { Email: 'aws+shop@corp.example', AccountName: 'retail.shop', RoleName: 'MeshstackAccountAccessRole' };

async function request({ organizations }: UnderTest, input: Partial<CreateAccountCommandInput> = {}): Promise<string> {
  const { CreateAccountStatus: status } = await organizations.send(new CreateAccountCommand({ ...wanted, ...input }));
  return status?.Id ?? '';
}

async function statusOf({ organizations }: UnderTest, id: string): Promise<CreateAccountStatus> {
  const command = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: id });
  return (await organizations.send(command)).CreateAccountStatus ?? {};
}

async function outcome(test: UnderTest, input: Partial<CreateAccountCommandInput> = {}): Promise<CreateAccountStatus> {
  const id = await request(test, input);
  test.clock.advance(60);
  return statusOf(test, id);
}

describe('CreateAccount', () => {
  it('answers at once and finishes later', async () => {
    const test = organizationUnderTest();
    const id = await request(test);

    expect(await statusOf(test, id)).toMatchObject({ Id: id, AccountName: 'retail.shop', State: 'IN_PROGRESS' });
    test.clock.advance(2.9);
    expect(await statusOf(test, id)).toMatchObject({ State: 'IN_PROGRESS' });
    test.clock.advance(45.1);
    const status = await statusOf(test, id);

    expect(status).toMatchObject({ State: 'SUCCEEDED', AccountId: expect.stringMatching(/^[1-9]\d{11}$/) as string });
    expect(status.CompletedTimestamp?.getTime()).toBeGreaterThan(status.RequestedTimestamp?.getTime() ?? Infinity);
  });

  it('opens the account in the root with its e-mail and tags', async () => {
    const test = organizationUnderTest();
    const { AccountId } = await outcome(test, { Tags: [{ Key: 'account-vending:tenant-uuid', Value: 'u-1' }] });

    const { Account } = await test.organizations.send(new DescribeAccountCommand({ AccountId }));
    expect(Account).toMatchObject({
      Name: 'retail.shop',
      Email: 'aws+shop@corp.example',
      State: 'ACTIVE',
      JoinedMethod: 'CREATED',
      Paths: [`o-exampleorg1/${ROOT}/${AccountId}/`],
    });
    expect(Account?.Status).toBeUndefined();
    expect(await test.organizations.send(new ListParentsCommand({ ChildId: AccountId }))).toMatchObject({
      Parents: [{ Id: ROOT, Type: 'ROOT' }],
    });
    expect(await test.organizations.send(new ListTagsForResourceCommand({ ResourceId: AccountId }))).toMatchObject({
      Tags: [{ Key: 'account-vending:tenant-uuid', Value: 'u-1' }],
    });
  });

  it('shows a young account to ListAccounts with a delay', async () => {
    const test = organizationUnderTest({
      latencies: { ...awsLatencies, accountCreation: [5, 5], accountListing: [20, 20] },
    });
    const id = await request(test);
    test.clock.advance(5);
    expect(await statusOf(test, id)).toMatchObject({ State: 'SUCCEEDED' });

    expect((await test.organizations.send(new ListAccountsCommand({}))).Accounts).toHaveLength(3);
    test.clock.advance(20);
    expect((await test.organizations.send(new ListAccountsCommand({}))).Accounts).toHaveLength(4);
  });

  it.each([
    ['an e-mail that differs only in case', 'AWS+Management@CORP.example'],
    ['an e-mail of an account elsewhere in AWS', 'taken@elsewhere.example'],
  ])('fails with EMAIL_ALREADY_EXISTS for %s', async (_case, Email) => {
    expect(await outcome(organizationUnderTest(), { Email })).toMatchObject({
      State: 'FAILED',
      FailureReason: 'EMAIL_ALREADY_EXISTS',
    });
  });

  it('keeps the e-mail of a closed account taken', async () => {
    const test = organizationUnderTest();
    const { AccountId } = await outcome(test);
    await test.organizations.send(new CloseAccountCommand({ AccountId }));
    test.clock.advance(24 * 3600);

    expect(await outcome(test)).toMatchObject({ FailureReason: 'EMAIL_ALREADY_EXISTS' });
  });

  it('fails with CONCURRENT_ACCOUNT_MODIFICATION while the same request is in flight', async () => {
    const test = organizationUnderTest();
    const first = await request(test);
    const second = await request(test, { Email: wanted.Email.toUpperCase() });
    test.clock.advance(60);

    expect(await statusOf(test, first)).toMatchObject({ State: 'SUCCEEDED' });
    expect(await statusOf(test, second)).toMatchObject({ FailureReason: 'CONCURRENT_ACCOUNT_MODIFICATION' });
  });

  it('fails with ACCOUNT_LIMIT_EXCEEDED when the organization is full', async () => {
    const full = organizationUnderTest({ limits: { ...awsLimits, accounts: 3 } });
    expect(await outcome(full)).toMatchObject({ FailureReason: 'ACCOUNT_LIMIT_EXCEEDED' });
  });

  it('fails with INVALID_EMAIL where AWS refuses what its pattern lets through', async () => {
    expect(await outcome(organizationUnderTest(), { Email: 'a,b@corp.example' })).toMatchObject({
      FailureReason: 'INVALID_EMAIL',
    });
  });

  it.each(Object.values(CreateAccountFailureReason))('can be made to fail with %s', async (reason) => {
    const test = organizationUnderTest({ faults: { accountCreation: () => reason } });
    expect(await outcome(test)).toMatchObject({ State: 'FAILED', FailureReason: reason });
    expect(test.organization.state.accounts.size).toBe(3);
  });

  it('refuses the sixth creation at the same time, with one of three errors', async () => {
    const test = organizationUnderTest();
    for (const n of [1, 2, 3, 4, 5]) {
      await request(test, { Email: `aws+${n}@corp.example` });
    }
    const refused = new Set<string>();
    for (let attempt = 0; attempt < 20; attempt += 1) {
      refused.add(await outcomeOf(request(test, { Email: 'aws+6@corp.example' })));
    }
    expect([...refused].sort()).toEqual([
      'ConcurrentModificationException',
      'ConstraintViolationException',
      'TooManyRequestsException',
    ]);

    test.clock.advance(60);
    expect(await request(test, { Email: 'aws+6@corp.example' })).toMatch(/^car-/);
  });

  it('lets three requests of a function through at once and then one every ten seconds', async () => {
    const { settings, ...rest } = organizationUnderTest();
    const credentials = await assumeServiceRole({ settings, ...rest });
    const test = { settings, ...rest, organizations: new OrganizationsClient(settings(credentials)) };
    const attempt = (n: number) => outcomeOf(request(test, { Email: `aws+${n}@corp.example` }));

    expect(await Promise.all([1, 2, 3, 4].map(attempt))).toEqual(['ok', 'ok', 'ok', 'TooManyRequestsException']);
    test.clock.advance(9);
    expect(await attempt(5)).toBe('TooManyRequestsException');
    test.clock.advance(1);
    expect(await attempt(6)).toBe('ok');
  });

  it.each([
    ['no e-mail', { Email: undefined }, 'InvalidInputException', 'INPUT_REQUIRED'],
    ['an e-mail without a domain', { Email: 'aws+shop@corp' }, 'InvalidInputException', 'INVALID_PATTERN'],
    [
      'an e-mail of 65 characters',
      { Email: `${'a'.repeat(52)}@corp.example` },
      'InvalidInputException',
      'MAX_LENGTH_EXCEEDED',
    ],
    ['a name of 51 characters', { AccountName: 'n'.repeat(51) }, 'InvalidInputException', 'MAX_LENGTH_EXCEEDED'],
    ['an empty name', { AccountName: '' }, 'InvalidInputException', 'MIN_LENGTH_EXCEEDED'],
    ['a name outside ASCII', { AccountName: 'Café' }, 'InvalidInputException', 'INVALID_PATTERN'],
    ['a reserved role name', { RoleName: 'AWSServiceRoleForMe' }, 'InvalidInputException', 'INVALID_ROLE_NAME'],
    ['a role name with a space', { RoleName: 'access role' }, 'InvalidInputException', 'INVALID_PATTERN'],
    [
      'a reserved tag',
      { Tags: [{ Key: 'AWS:owner', Value: '' }] },
      'InvalidInputException',
      'INVALID_SYSTEM_TAGS_PARAMETER',
    ],
    [
      'two tags of one key',
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
      },
      'InvalidInputException',
      'DUPLICATE_TAG_KEY',
    ],
    [
      'a tag with a strange character',
      { Tags: [{ Key: 'a', Value: '<' }] },
      'InvalidInputException',
      'INVALID_PATTERN',
    ],
    [
      '51 tags',
      { Tags: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' })) },
      'ConstraintViolationException',
      'MAX_TAG_LIMIT_EXCEEDED',
    ],
  ])('refuses %s at once', async (_case, input, name, Reason) => {
    const test = organizationUnderTest();
    await expect(request(test, input as Partial<CreateAccountCommandInput>)).rejects.toMatchObject({ name, Reason });
    expect(test.organization.state.creations.size).toBe(0);
  });

  it('lists creations by state, with empty pages that are not the last', async () => {
    const test = organizationUnderTest();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      ids.push(await request(test, { Email: n < 4 ? 'taken@elsewhere.example' : 'aws+last@corp.example' }));
    }
    test.clock.advance(60);

    const states = { States: ['SUCCEEDED' as const], MaxResults: 2 };
    const first = await test.organizations.send(new ListCreateAccountStatusCommand(states));
    expect(first.CreateAccountStatuses).toEqual([]);
    expect(first.NextToken).toBeDefined();
    const second = await test.organizations.send(
      new ListCreateAccountStatusCommand({ ...states, NextToken: first.NextToken }),
    );
    const third = await test.organizations.send(
      new ListCreateAccountStatusCommand({ ...states, NextToken: second.NextToken }),
    );
    expect(third.CreateAccountStatuses?.map(({ Id }) => Id)).toEqual([ids[4]]);
    expect(third.NextToken).toBeUndefined();
  });

  it('gives the same accounts for the same random numbers', async () => {
    const once = await outcome(organizationUnderTest());
    const twice = await outcome(organizationUnderTest());
    expect(twice.AccountId).toBe(once.AccountId);
  });

  it('leaves administrator rights inline where the seed says so', async () => {
    const test = organizationUnderTest({ seed: { ...exampleOrganization(), accessRoleRights: 'inline' } });
    const { AccountId = '' } = await outcome(test);
    const role = test.organization.state.accounts.get(AccountId)?.roles.get('MeshstackAccountAccessRole');
    expect([...(role?.inline.keys() ?? [])]).toEqual(['AdministratorAccess']);
    expect(role?.attached.size).toBe(0);
  });
});
