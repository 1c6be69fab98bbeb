import {
  ListAccountsCommand,
  ListParentsCommand,
  ListRootsCommand,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { seededRandom } from '../../../../sandbox/organization/draw';
import { drawnLists, listsEmptyAtFirst, type ListHabits } from '../../../../sandbox/organization/lists/list-habits';
import { listShapes } from '../../../../sandbox/organization/lists/list-shapes';
import { allServices } from '../../../../sandbox/organization/services/all-services';
import {
  administrator,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  outcomeOf,
  type UnderTest,
} from '../organization-under-test';

const inThree: ListHabits = () => ({ seed: 2, emptyFirst: true, pages: 3 });

async function pagesOf({ organizations }: UnderTest): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  for await (const { Accounts = [] } of paginateListAccounts({ client: organizations }, {})) {
    pages.push(Accounts.flatMap(({ Id }) => Id ?? []));
  }
  return pages;
}

describe('lists of the organization', () => {
  it('can begin with an empty page, and go on in smaller ones and in another order, with nothing lost', async () => {
    const plain = await pagesOf(organizationUnderTest());
    const [first, ...others] = await pagesOf(organizationUnderTest({ lists: inThree }));

    expect(first).toEqual([]);
    expect(others.length).toBeGreaterThan(1);
    expect(others.flat()).not.toEqual(plain.flat());
    expect(others.flat().toSorted()).toEqual(plain.flat().toSorted());
  });

  it('lose nothing where something comes between two pages', async () => {
    const test = organizationUnderTest({ lists: inThree });
    const known = (await pagesOf(test)).flat();
    const { NextToken } = await test.organizations.send(new ListAccountsCommand({}));
    const second = await test.organizations.send(new ListAccountsCommand({ NextToken }));
    await openAccount(test);
    test.clock.advance(30);
    const found = (second.Accounts ?? []).map(({ Id }) => Id);
    for (let token = second.NextToken; token !== undefined;) {
      const page = await test.organizations.send(new ListAccountsCommand({ NextToken: token }));
      found.push(...(page.Accounts ?? []).map(({ Id }) => Id));
      token = page.NextToken;
    }

    expect(new Set(found).size).toBe(found.length);
    expect(found).toEqual(expect.arrayContaining([...known]));
  });

  it('never hold more in a page than was asked for', async () => {
    const { organizations } = organizationUnderTest({ lists: () => ({ seed: 2, emptyFirst: false, pages: 1 }) });

    const { Accounts, NextToken } = await organizations.send(new ListAccountsCommand({ MaxResults: 2 }));

    expect(Accounts).toHaveLength(2);
    expect(NextToken).toEqual(expect.any(String));
  });

  it('tell by IsTruncated where IAM has more', async () => {
    const { settings } = organizationUnderTest({ lists: inThree });
    const iam = new IAMClient(settings(administrator(MANAGEMENT)));

    const { Roles, IsTruncated, Marker } = await iam.send(new ListRolesCommand({}));

    expect([Roles, IsTruncated, Marker]).toEqual([[], true, expect.any(String)]);
  });

  it('have roots and parents in one page', async () => {
    const { organizations } = organizationUnderTest({ lists: inThree });

    expect((await organizations.send(new ListRootsCommand({}))).Roots).toHaveLength(1);
    const { Parents } = await organizations.send(new ListParentsCommand({ ChildId: MANAGEMENT }));
    expect(Parents).toHaveLength(1);
  });

  it('refuse a token that is none of theirs', async () => {
    const { organizations } = organizationUnderTest({ lists: inThree });

    const call = organizations.send(new ListAccountsCommand({ NextToken: 'page.nonsense' }));

    expect(await outcomeOf(call)).toBe('InvalidInputException');
  });

  it('are told by the seed in a simulation, and always begin empty where AWS is tried by hand', () => {
    const drawn = (seed: number) => {
      const habits = drawnLists(seededRandom(seed));
      return Array.from({ length: 30 }, () => habits('organizations:ListAccounts'));
    };

    expect(drawn(1)).toEqual(drawn(1));
    expect(new Set(drawn(1).map((listing) => listing?.emptyFirst))).toEqual(new Set([true, false]));
    expect(listsEmptyAtFirst('organizations:ListCreateAccountStatus')).toMatchObject({ emptyFirst: true });
    expect(listsEmptyAtFirst('organizations:ListChildren')).toBeNull();
  });

  it('are all known, but those that AWS gives in one page', () => {
    const named = allServices.flatMap(({ signingName, operations }) =>
      [...operations.keys()].filter((name) => /^(List|Search)/.test(name)).map((name) => `${signingName}:${name}`),
    );

    expect(named.filter((name) => !listShapes.has(name))).toEqual(IN_ONE_PAGE);
    expect([...listShapes.keys()].filter((name) => /:(List|Search)/.test(name) && !named.includes(name))).toEqual([]);
  });
});

/**
 * One root, one parent; ListProvisioningArtifacts has no token. ListBuildsForProject and
 * ListLandingZoneOperations have an order. Of the others, the functions read one page.
 */
const IN_ONE_PAGE = [
  'organizations:ListParents',
  'organizations:ListRoots',
  'servicecatalog:ListProvisioningArtifacts',
  'codebuild:ListBuildsForProject',
  'controltower:ListLandingZones',
  'controltower:ListLandingZoneOperations',
];
