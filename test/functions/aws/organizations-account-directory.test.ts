import { organizationsAccountCreator } from '../../../functions/aws/organizations-account-creator';
import { organizationsAccountDirectory } from '../../../functions/aws/organizations-account-directory';
import type { AccountRequest } from '../../../functions/ports/account-directory';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { faultsFor, MEMBER, OrganizationWorld, refusal } from './organization-world';

/** Asks for accounts so slowly that no limit of AWS is met. */
async function requestAccounts(world: OrganizationWorld, names: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const tags = { 'account-vending:tenant-uuid': name };
    ids.push(await idOfRequest(world, { name, email: `${name}@corp.example`, roleName: 'Access', tags }));
    world.pass(60);
  }
  return ids;
}

async function idOfRequest(world: OrganizationWorld, request: AccountRequest): Promise<string> {
  const answer = await organizationsAccountCreator(world.caller()).requestAccount(request);
  if (answer.state === 'DELAYED') throw new Error('AWS takes no request.');
  return answer.id;
}

describe('the directory of accounts in AWS Organizations', () => {
  it('tells how a request stands, from its beginning to its end', async () => {
    const world = new OrganizationWorld();
    const directory = organizationsAccountDirectory(world.caller());
    const id = await idOfRequest(world, { name: 'new', email: 'new@corp.example', roleName: 'Access', tags: {} });
    expect(await directory.describeRequest(id)).toMatchObject({ id, state: 'IN_PROGRESS', accountId: null });
    world.pass(60);
    expect(await directory.describeRequest(id)).toMatchObject({
      id,
      state: 'SUCCEEDED',
      accountName: 'new',
      accountId: expect.stringMatching(/^\d{12}$/) as string,
    });
  });

  it('tells why a request has failed', async () => {
    const world = new OrganizationWorld({ faults: { accountCreation: () => 'INVALID_ADDRESS' } });
    const [id = ''] = await requestAccounts(world, ['new']);
    expect(await organizationsAccountDirectory(world.caller()).describeRequest(id)).toMatchObject({
      state: 'FAILED',
      failureReason: 'INVALID_ADDRESS',
    });
  });

  it('knows nothing of a request or account that AWS does not know (yet)', async () => {
    const directory = organizationsAccountDirectory(new OrganizationWorld().caller());
    expect(await directory.describeRequest('car-0000000000')).toBeUndefined();
    expect(await directory.describeAccount('999999999999')).toBeUndefined();
    expect(await directory.findAccountByEmail('nobody@corp.example')).toBeUndefined();
  });

  it('lists the requests that are in progress or have succeeded, over pages that may be empty', async () => {
    const failing = new Set(Array.from({ length: 25 }, (_, index) => `failing${index}`));
    const world = new OrganizationWorld({
      faults: { accountCreation: ({ accountName }) => (failing.has(accountName) ? 'INTERNAL_FAILURE' : undefined) },
    });
    await requestAccounts(world, [...failing, 'good']);
    const requests = await organizationsAccountDirectory(world.caller()).listRequests();
    expect(requests.map(({ accountName, state }) => `${accountName ?? ''} ${state}`)).toEqual(['good SUCCEEDED']);
    const pages = world.callsOf('ListCreateAccountStatus').map(({ output }) => output as { CreateAccountStatuses: [] });
    expect(pages.map(({ CreateAccountStatuses }) => CreateAccountStatuses.length)).toEqual([0, 1]);
  });

  it('finds an account by its e-mail however that is spelt, beyond the first page', async () => {
    const example = exampleOrganization();
    const others = Array.from({ length: 40 }, (_, index) => ({
      id: String(500_000_000_000 + index),
      name: `other${index}`,
      email: `other${index}@corp.example`,
      parentId: example.rootId,
    }));
    const world = new OrganizationWorld({ seed: { accounts: [...example.accounts, ...others] } });
    const directory = organizationsAccountDirectory(world.caller());
    expect(await directory.findAccountByEmail('OTHER39@Corp.Example')).toEqual({
      id: '500000000039',
      arn: expect.stringContaining('500000000039') as string,
      name: 'other39',
      state: 'ACTIVE',
      email: 'other39@corp.example',
    });
    expect(world.callsOf('ListAccounts').length).toBeGreaterThan(1);
  });

  it('finds an account by its e-mail however AWS spells it', async () => {
    const directory = organizationsAccountDirectory(new OrganizationWorld().caller());
    for (const spelt of ['Aws+Member@corp.example', 'aws+member@corp.example', 'AWS+MEMBER@CORP.EXAMPLE']) {
      expect(await directory.findAccountByEmail(spelt)).toMatchObject({ id: MEMBER, email: 'Aws+Member@corp.example' });
    }
  });

  it('describes an account and lists its tags', async () => {
    const world = new OrganizationWorld();
    const directory = organizationsAccountDirectory(world.caller());
    expect(await directory.describeAccount(MEMBER)).toMatchObject({ id: MEMBER, email: 'Aws+Member@corp.example' });
    const [request = ''] = await requestAccounts(world, ['new']);
    const made = await directory.describeRequest(request);
    expect(await directory.listTags(made?.accountId ?? '')).toEqual({ 'account-vending:tenant-uuid': 'new' });
  });

  it.each([
    { operation: 'DescribeCreateAccountStatus', call: 'describeRequest' as const, argument: 'car-0000000000' },
    { operation: 'DescribeAccount', call: 'describeAccount' as const, argument: MEMBER },
    { operation: 'ListAccounts', call: 'findAccountByEmail' as const, argument: 'x@corp.example' },
    { operation: 'ListTagsForResource', call: 'listTags' as const, argument: MEMBER },
  ])('takes a throttle of $operation for no answer at all', async ({ operation, call, argument }) => {
    const world = new OrganizationWorld({ faults: faultsFor(operation, refusal('TooManyRequestsException')) });
    const directory = organizationsAccountDirectory(world.caller());
    await expect(directory[call](argument)).rejects.toMatchObject({ name: 'TransientError' });
    expect(world.callsOf(operation)).toHaveLength(1);
  });
});
