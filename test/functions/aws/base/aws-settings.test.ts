import { globSync, readFileSync } from 'node:fs';

import { organizationsAccountDirectory } from '../../../../functions/aws/organizations/organizations-account-directory';
import { identityStoreGroupDirectory } from '../../../../functions/aws/identity-center/identity-store-group-directory';
import { ssoAdminAccountAssignments } from '../../../../functions/aws/identity-center/sso-admin-account-assignments';
import { OrganizationWorld } from '../organization-world';

describe('the adapters of services that AWS limits', () => {
  const sources = globSync('functions/**/aws/**/*.ts').map((file) => [file, readFileSync(file, 'utf8')] as const);

  it.each(sources.filter(([, source]) => /new (?:SSOAdmin|Identitystore|Organizations)Client\(/u.test(source)))(
    'make no client that is not paced: %s',
    (_, source) => {
      // Stryker writes something around the name of the service.
      expect(
        source.match(
          /middlewareStack\.add\(paced\((?:stry[^;]*)?'(?:sso|identitystore|organizations)'\)?, session\), PACED\)/gu,
        ),
      ).toHaveLength(1);
    },
  );
});

describe('a client of AWS that is paced', () => {
  let world: OrganizationWorld;
  /** What was asked of the pacer, and how many calls AWS had seen by then. */
  let paced: string[];

  const caller = () =>
    world.caller({
      permissions: { management: ['organizations:*', 'sso:*', 'identitystore:*'] },
      pacer: {
        pace: (service, operation) => {
          paced.push(`${service}:${operation} after ${world.callsOf(operation).length}`);
          return Promise.resolve();
        },
      },
    });

  beforeEach(() => {
    world = new OrganizationWorld();
    paced = [];
  });

  it('asks before every page of a list', async () => {
    const directory = organizationsAccountDirectory(caller());
    const first = await directory.listAccounts(null);
    await directory.listAccounts(first === 'expired' ? null : first.nextToken);
    expect(paced).toEqual(['organizations:ListAccounts after 0', 'organizations:ListAccounts after 1']);
  });

  it('asks under the names that IAM has for its services', async () => {
    const identityStore = {
      region: 'eu-central-1',
      identityStoreId: 'd-1234567890',
      instanceArn: 'arn:aws:sso:::instance/ssoins-1',
    };
    await identityStoreGroupDirectory(caller(), identityStore as never)
      .findGroup('mst-none')
      .catch(() => undefined);
    await ssoAdminAccountAssignments(caller(), identityStore as never)
      .listOfGroup('444444444444', 'g')
      .catch(() => undefined);
    expect(paced).toEqual(['identitystore:GetGroupId after 0', 'sso:ListAccountAssignmentsForPrincipal after 0']);
  });

  it('makes no call that the pacer refuses', async () => {
    const refusing = { ...caller(), pacer: { pace: () => Promise.reject(new Error('not now')) } };
    await expect(organizationsAccountDirectory(refusing).describeAccount('444444444444')).rejects.toThrow('not now');
    expect(world.organization.calls).toEqual([]);
  });
});
