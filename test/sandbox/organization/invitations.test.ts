import {
  AcceptHandshakeCommand,
  CreateGovCloudAccountCommand,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  DescribeOrganizationCommand,
  type HandshakePartyType,
  InviteAccountToOrganizationCommand,
  ListParentsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';

import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { awsLimits } from '../../../sandbox/organization/organization-limits';
import {
  administrator,
  AUTOMATION,
  MANAGEMENT,
  organizationUnderTest,
  outcomeOf,
  ROOT,
  type UnderTest,
} from './organization-under-test';

const STANDALONE = '666666666666';
const FIFTEEN_DAYS = 15 * 24 * 3600;
const example = exampleOrganization();

const as = ({ settings }: UnderTest, accountId: string): OrganizationsClient =>
  new OrganizationsClient(settings(administrator(accountId)));

const inviting = (Id = STANDALONE, Type: HandshakePartyType = 'ACCOUNT'): InviteAccountToOrganizationCommand =>
  new InviteAccountToOrganizationCommand({ Target: { Id, Type }, Tags: [{ Key: 'import', Value: 'yes' }] });

const invite = async ({ organizations }: UnderTest): Promise<string> =>
  (await organizations.send(inviting())).Handshake?.Id ?? '';

const accept = (test: UnderTest, HandshakeId: string, accountId = STANDALONE) =>
  as(test, accountId).send(new AcceptHandshakeCommand({ HandshakeId }));

describe('an invitation', () => {
  it.each<[string, HandshakePartyType]>([
    [STANDALONE, 'ACCOUNT'],
    ['AWS+acquired@corp.example', 'EMAIL'],
  ])('of %s is open until the account accepts, which brings it into the root with its tags', async (id, type) => {
    const test = organizationUnderTest();
    const { Handshake: open } = await test.organizations.send(inviting(id, type));
    expect(open).toMatchObject({
      State: 'OPEN',
      Action: 'INVITE',
      Parties: [{ Type: 'ORGANIZATION' }, { Id: id, Type: type }],
    });
    const member = { AccountId: STANDALONE };
    expect(await outcomeOf(test.organizations.send(new DescribeAccountCommand(member)))).toBe(
      'AccountNotFoundException',
    );

    const { Handshake: accepted } = await accept(test, open?.Id ?? '');
    expect(accepted).toMatchObject({ Id: open?.Id, State: 'ACCEPTED' });
    const { Account } = await test.organizations.send(new DescribeAccountCommand(member));
    expect(Account).toMatchObject({ Id: STANDALONE, JoinedMethod: 'INVITED', State: 'ACTIVE' });
    const { Parents } = await test.organizations.send(new ListParentsCommand({ ChildId: STANDALONE }));
    expect(Parents).toEqual([{ Id: ROOT, Type: 'ROOT' }]);
    const { Tags } = await test.organizations.send(new ListTagsForResourceCommand({ ResourceId: STANDALONE }));
    expect(Tags).toEqual([{ Key: 'import', Value: 'yes' }]);
  });

  it('is refused a second time, of a member, of what is no account, and beyond the quota, which it counts against', async () => {
    const test = organizationUnderTest();
    await invite(test);
    const outcomes = [
      inviting(),
      inviting(AUTOMATION),
      inviting('999999999999'),
      inviting('o-other00001', 'ORGANIZATION'),
    ];
    expect(await Promise.all(outcomes.map((one) => outcomeOf(test.organizations.send(one))))).toEqual([
      'DuplicateHandshakeException',
      'HandshakeConstraintViolationException',
      'InvalidInputException',
      'InvalidInputException',
    ]);
    const limits = { ...awsLimits, accounts: example.accounts.length + 1 };
    const second = { id: '777777777777', name: 'bought', email: 'aws+bought@corp.example' };
    const standaloneAccounts = [...(example.standaloneAccounts ?? []), second];
    const full = organizationUnderTest({ limits, seed: { ...example, standaloneAccounts } });
    await invite(full);
    const beyond = full.organizations.send(inviting(second.id));
    await expect(beyond).rejects.toMatchObject({
      name: 'HandshakeConstraintViolationException',
      Reason: 'ACCOUNT_NUMBER_LIMIT_EXCEEDED',
    });
  });

  it('is accepted by the invited account alone, and once', async () => {
    const test = organizationUnderTest();
    const id = await invite(test);
    expect(await outcomeOf(accept(test, id, MANAGEMENT))).toBe('AccessDeniedException');
    expect(await outcomeOf(accept(test, 'h-00000000'))).toBe('HandshakeNotFoundException');
    await accept(test, id);
    expect(await outcomeOf(accept(test, id))).toBe('HandshakeAlreadyInStateException');
  });

  it('expires after 15 days, and can be sent again', async () => {
    const test = organizationUnderTest();
    const id = await invite(test);
    test.clock.advance(FIFTEEN_DAYS);
    expect(await outcomeOf(accept(test, id))).toBe('InvalidHandshakeTransitionException');
    expect(await outcomeOf(accept(test, await invite(test)))).toBe('ok');
  });

  it('is sent by the management account alone; until it has joined, an account may ask for nothing else', async () => {
    const test = organizationUnderTest();
    expect(await outcomeOf(as(test, AUTOMATION).send(inviting()))).toBe('AccessDeniedException');
    const alone = as(test, STANDALONE).send(new DescribeOrganizationCommand({}));
    expect(await outcomeOf(alone)).toBe('AWSOrganizationsNotInUseException');
  });
});

describe('CreateGovCloudAccount', () => {
  const creation = new CreateGovCloudAccountCommand({
    Email: 'aws+gov@corp.example',
    AccountName: 'retail.gov',
    RoleName: 'Access',
    Tags: [{ Key: 'a', Value: 'b' }],
  });

  it('makes a member, and with the same e-mail an account in GovCloud that is no member', async () => {
    const test = organizationUnderTest();
    const { CreateAccountStatus: asked } = await test.organizations.send(creation);
    expect(asked?.GovCloudAccountId).toBeUndefined();
    test.clock.advance(60);
    const command = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: asked?.Id });
    const { CreateAccountStatus: done } = await test.organizations.send(command);
    const { AccountId = '', GovCloudAccountId = '' } = done ?? {};
    expect(test.organization.state.accounts.get(AccountId)?.email).toBe('aws+gov@corp.example');
    expect(test.organization.state.accounts.has(GovCloudAccountId)).toBe(false);
    expect(test.organization.state.govCloudAccounts.get(GovCloudAccountId)).toEqual({
      id: GovCloudAccountId,
      name: 'retail.gov',
      email: 'aws+gov@corp.example',
      accessRole: 'Access',
    });
    expect(await outcomeOf(test.organizations.send(inviting(GovCloudAccountId)))).toBe('InvalidInputException');
  });

  it.each([
    ['aws', 'us-east-1', true, 'ok'],
    ['aws', 'us-east-1', false, 'ConstraintViolationException'],
    ['aws-us-gov', 'us-gov-west-1', true, 'UnsupportedAPIEndpointException'],
    ['aws-cn', 'cn-northwest-1', true, 'UnsupportedAPIEndpointException'],
  ])('in the partition %s (%s), paired %s: %s', async (partition, region, isPairedWithGovCloud, outcome) => {
    const test = organizationUnderTest({ seed: { ...example, partition, isPairedWithGovCloud } });
    const client = new OrganizationsClient({ ...test.settings(administrator(MANAGEMENT)), region });
    expect(await outcomeOf(client.send(creation))).toBe(outcome);
  });
});
