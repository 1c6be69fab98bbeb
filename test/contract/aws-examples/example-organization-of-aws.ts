import type { OrganizationSeed } from '../../../sandbox/organization/organization-seed';
import { organizationUnderTest, type UnderTest } from '../../sandbox/organization/organization-under-test';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';

const ROOT = 'r-examplerootid111';
const UNIT = 'ou-examplerootid111-exampleouid111';
const INVITED = '222222222222';

const account = (id: string, name: string, email: string, parentId = UNIT) => ({ id, name, email, parentId });

const seed: OrganizationSeed = {
  organizationId: 'o-exampleorgid',
  rootId: ROOT,
  managementAccountId: '111111111111',
  automationAccountId: '111111111111',
  meshcloudAccountId: '111111111111',
  organizationalUnits: [
    { id: UNIT, name: 'Development', parentId: ROOT, registered: false },
    { id: 'ou-examplerootid111-exampleouid222', name: 'Production', parentId: UNIT, registered: false },
  ],
  accounts: [
    account('111111111111', 'Master Account', 'bill@example.com', ROOT),
    account('333333333333', 'Development Account', 'diego@example.com', ROOT),
    account('444444444444', 'Test Account', 'anaya@example.com'),
    account('555555555555', 'Beta Account', 'anika@example.com'),
  ],
  standaloneAccounts: [
    { id: INVITED, name: 'Developer Account', email: 'alice@example.com' },
    { id: '666666666666', name: 'Elsewhere', email: 'juan@example.com' },
  ],
  serviceControlPolicies: [
    {
      name: 'AllowAllEC2Actions',
      targetIds: ['444444444444'],
      document: exampleOrganization().serviceRoles[0]?.trust ?? {},
    },
  ],
  serviceRoles: [],
};

/** The organization that the examples of AWS Organizations speak of, with the ids that they name. */
export function organizationOfExamples(): UnderTest {
  const test = organizationUnderTest({ seed });
  const { creations, invitations } = test.organization.state;
  const at = test.clock.now();
  const request = { requestedAt: at, completesAt: at, completedAt: at, govCloudAccountId: null, failureReason: null };
  const requests = [
    { id: 'car-exampleaccountcreationrequestid', accountId: '333333333333', state: 'SUCCEEDED' },
    { id: 'car-exampleaccountcreationrequestid2', accountId: null, state: 'IN_PROGRESS' },
  ] as const;
  for (const one of requests) {
    creations.set(one.id, { ...request, ...one, accountName: 'Production Account', email: 'susan@example.com' });
  }
  const id = 'h-examplehandshakeid111';
  const target = { Id: INVITED, Type: 'ACCOUNT' } as const;
  const times = { requestedAt: at, expiresAt: at + 86_400_000 };
  invitations.set(id, { id, accountId: INVITED, target, notes: undefined, tags: [], ...times, state: 'OPEN' });
  return test;
}

/** Who makes a call of the examples: the management account, or the one that was invited. */
export const callerOf = (operation: string): string =>
  operation === 'organizations:AcceptHandshake' ? INVITED : '111111111111';
