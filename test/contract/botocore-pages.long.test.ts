import { serveOrganization } from '../../sandbox/organization/http-server';
import { listsEmptyAtFirst } from '../../sandbox/organization/lists/list-habits';
import { MANAGEMENT, openAccount, organizationUnderTest } from '../sandbox/organization/organization-under-test';
import { readWithBotocore, type Seen } from './read-with-botocore';

describe('the lists of npm start, read by botocore', () => {
  it.each([
    { operation: 'ListAccounts', items: 'Accounts', known: 4 },
    { operation: 'ListCreateAccountStatus', items: 'CreateAccountStatuses', known: 1 },
  ])('$operation begins with an empty page and a token, and botocore’s paginator finds all', async (expected) => {
    const [single, all] = await readings(expected.operation);

    expect(single?.answer).toEqual({ [expected.items]: [], NextToken: expect.any(String) as string });
    const found = (all?.pages ?? []).map((page) => page[expected.items] as readonly unknown[]);
    expect(found[0]).toEqual([]);
    expect(found.flat()).toHaveLength(expected.known);
  });

  it.each(['ListRoots', 'ListOrganizationalUnitsForParent'])('%s begins with what there is', async (operation) => {
    const [single] = await readings(operation);

    expect(Object.values(Object(single?.answer) as object)[0]).not.toEqual([]);
  });
});

/** One call, and all pages, in an organization in which an account was made. */
async function readings(operation: string): Promise<readonly Seen[]> {
  const test = organizationUnderTest({ lists: listsEmptyAtFirst });
  await openAccount(test);
  const served = await serveOrganization(test.organization);
  const input = operation === 'ListOrganizationalUnitsForParent' ? { ParentId: 'r-ab12' } : {};
  const call = { service: 'organizations', operation, region: 'us-east-1', accessKeyId: MANAGEMENT, input };
  try {
    return await readWithBotocore(served.endpoint, [call, { ...call, paginated: true }]);
  } finally {
    await served.close();
  }
}
