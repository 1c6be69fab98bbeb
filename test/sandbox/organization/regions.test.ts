import { STSClient, AssumeRoleCommand } from '@aws-sdk/client-sts';

import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { AccountSeed } from '../../../sandbox/organization/organization-seed';
import {
  ACCESS_ROLE,
  administrator,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  outcomeOf,
  type UnderTest,
} from './organization-under-test';

const MEMBER = '444444444444';
const example = exampleOrganization();

const member: AccountSeed = {
  id: MEMBER,
  name: 'member',
  email: 'member@corp.example',
  parentId: example.rootId,
  accessRole: ACCESS_ROLE,
};

const withMember = (changes: Partial<AccountSeed>) =>
  organizationUnderTest({ seed: { ...example, accounts: [...example.accounts, { ...member, ...changes }] } });

const entryBy = (test: UnderTest, accountId: string, region: string) => {
  const sts = new STSClient({ ...test.settings(administrator(MANAGEMENT)), region });
  const RoleArn = `arn:aws:iam::${accountId}:role/${ACCESS_ROLE}`;
  return outcomeOf(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'under-test' })));
};

describe('STS of a region', () => {
  it('issues sessions in a new account where every account is, and not where the account has to enable it first', async () => {
    const test = organizationUnderTest();
    const accountId = await openAccount(test);
    expect(await entryBy(test, accountId, 'eu-central-1')).toBe('ok');
    expect(await entryBy(test, accountId, 'eu-central-2')).toBe('RegionDisabledException');
  });

  it('issues them where the account of the role has enabled it, whatever the account that asks has', async () => {
    const test = withMember({ enabledRegions: ['eu-central-2'] });
    expect(await entryBy(test, MEMBER, 'eu-central-2')).toBe('ok');
    expect(await entryBy(test, MEMBER, 'me-south-1')).toBe('RegionDisabledException');
  });

  it('issues none where somebody has deactivated it for the account', async () => {
    const test = withMember({ inactiveStsRegions: ['eu-central-1'] });
    expect(await entryBy(test, MEMBER, 'eu-central-1')).toBe('RegionDisabledException');
    expect(await entryBy(test, MEMBER, 'eu-west-1')).toBe('ok');
  });

  it.each(['us-east-1', 'cn-north-1', 'eu-central-2'])('cannot be deactivated in %s', (region) => {
    expect(() => withMember({ inactiveStsRegions: [region] })).toThrow(
      `account ${MEMBER} has no STS in ${region}, where AWS lets nobody deactivate it`,
    );
  });
});
