import { organizationsAccountCreator } from '../../../../functions/aws/organizations/organizations-account-creator';
import {
  organizationsAccountDirectory,
  organizationsTags,
} from '../../../../functions/aws/organizations/organizations-account-directory';
import type { AccountRequest, Page } from '../../../../functions/ports/organizations';
import { exampleOrganization } from '../../../../sandbox/organization/example-organization';
import type { FaultInjector } from '../../../../sandbox/organization/fault-injector';
import { expectRejected } from '../../../fakes/expect-rejected';
import { faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

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

async function allOf<Item>(list: (pageToken: string | null) => Promise<Page<Item>>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let token: string | null = null; ;) {
    const page: Page<Item> = await list(token);
    if (page === 'expired') throw new Error('AWS takes the token no more.');
    items.push(...page.items);
    if (page.nextToken === null) return items;
    token = page.nextToken;
  }
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
  });

  it('lists the requests that are in progress or have succeeded, over pages that may be empty', async () => {
    const failing = new Set(Array.from({ length: 25 }, (_, index) => `failing${index}`));
    const world = new OrganizationWorld({
      faults: { accountCreation: ({ accountName }) => (failing.has(accountName) ? 'INTERNAL_FAILURE' : undefined) },
    });
    await requestAccounts(world, [...failing, 'good']);
    const directory = organizationsAccountDirectory(world.caller());
    const requests = await allOf((token) => directory.listRequests(token));
    expect(requests.map(({ accountName, state }) => `${accountName ?? ''} ${state}`)).toEqual(['good SUCCEEDED']);
    const pages = world.callsOf('ListCreateAccountStatus').map(({ output }) => output as { CreateAccountStatuses: [] });
    expect(pages.map(({ CreateAccountStatuses }) => CreateAccountStatuses.length)).toEqual([0, 1]);
  });

  it('lists all accounts, page by page', async () => {
    const example = exampleOrganization();
    const others = Array.from({ length: 40 }, (_, index) => ({
      id: String(500_000_000_000 + index),
      name: `other${index}`,
      email: `other${index}@corp.example`,
      parentId: example.rootId,
    }));
    const world = new OrganizationWorld({ seed: { accounts: [...example.accounts, ...others] } });
    const directory = organizationsAccountDirectory(world.caller());
    const accounts = await allOf((token) => directory.listAccounts(token));
    expect(accounts).toHaveLength(others.length + example.accounts.length);
    expect(accounts.find(({ id }) => id === '500000000039')).toEqual({
      id: '500000000039',
      arn: expect.stringContaining('500000000039') as string,
      name: 'other39',
      state: 'ACTIVE',
      email: 'other39@corp.example',
    });
    expect(world.callsOf('ListAccounts').length).toBeGreaterThan(1);
  });

  it.each(['INVALID_NEXT_TOKEN', 'INVALID_PAGINATION_TOKEN'])(
    'says where AWS takes a token no more, by %s',
    async (Reason) => {
      const refused = {
        kind: 'error',
        code: 'InvalidInputException',
        status: 400,
        message: 'x',
        fields: { Reason },
      } as const;
      const faults: FaultInjector = {
        beforeCall: ({ operation }) => (operation.startsWith('List') ? refused : undefined),
      };
      const directory = organizationsAccountDirectory(new OrganizationWorld({ faults }).caller());
      expect(await directory.listAccounts('token')).toBe('expired');
      expect(await directory.listRequests('token')).toBe('expired');
      await expect(directory.listAccounts(null)).rejects.toThrow('AWS');
    },
  );

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
    { operation: 'ListAccounts', call: 'listAccounts' as const, argument: '' },
    { operation: 'ListTagsForResource', call: 'listTags' as const, argument: MEMBER },
  ])('takes a throttle of $operation for no answer at all', async ({ operation, call, argument }) => {
    const world = new OrganizationWorld({ faults: faultsFor(operation, refusal('TooManyRequestsException')) });
    const directory = organizationsAccountDirectory(world.caller());
    await expect(directory[call](argument)).rejects.toMatchObject({ name: 'TransientError' });
    expect(world.callsOf(operation)).toHaveLength(1);
  });
});

describe('the tags of an account in AWS Organizations', () => {
  it('are listed, added to, replaced and removed', async () => {
    const tags = organizationsTags(new OrganizationWorld().caller());
    expect(await tags.list(MEMBER)).toEqual({});
    await tags.put(MEMBER, { 'm:a': '1', 'm:b': '' });
    await tags.put(MEMBER, { 'm:a': '2' });
    expect(await tags.list(MEMBER)).toEqual({ 'm:a': '2', 'm:b': '' });
    await tags.remove(MEMBER, ['m:b', 'm:absent']);
    expect(await tags.list(MEMBER)).toEqual({ 'm:a': '2' });
  });

  it('are refused for good where AWS does not take them', async () => {
    const tags = organizationsTags(new OrganizationWorld().caller());
    await expectRejected(
      tags.put(MEMBER, { 'aws:mine': 'x' }),
      `AWS refused to tag account ${MEMBER} (InvalidInputException`,
      'Change what AWS names',
    );
  });

  it('are refused for good by a tag policy', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('TagResource', refusal('ConstraintViolationException')) });
    await expectRejected(
      organizationsTags(world.caller()).put(MEMBER, { a: 'b' }),
      'ConstraintViolationException',
      'replay this run',
    );
  });

  it('come again while AWS does not know the account everywhere', async () => {
    const tags = organizationsTags(new OrganizationWorld().caller());
    await expect(tags.put('999999999999', { a: 'b' })).rejects.toMatchObject({ name: 'TransientError' });
    await expect(tags.list('999999999999')).rejects.toMatchObject({ name: 'TransientError' });
  });
});
