import { CreateAccountAliasCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { MoveAccountCommand } from '@aws-sdk/client-organizations';
import { readOrganization } from '../../../sandbox/organization/independent-reader';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import {
  ACCESS_ROLE,
  assumeAccessRole,
  AUTOMATION,
  DEV,
  iamOf,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  ROOT,
} from './organization-under-test';

const where = { region: 'eu-central-1', managementAccountId: MANAGEMENT, automationAccountId: AUTOMATION };

describe('readOrganization', () => {
  it('reads accounts with everything that hangs on them', async () => {
    const test = organizationUnderTest();
    const accountId = await openAccount(test, { Tags: [{ Key: 'meshstack_project', Value: 'shop' }] });
    const iam = iamOf(test, await assumeAccessRole(test, accountId));
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
    await iam.send(
      new PutRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyName: 'own', PolicyDocument: JSON.stringify(document) }),
    );
    await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'corp-shop' }));
    await test.organizations.send(
      new MoveAccountCommand({ AccountId: accountId, SourceParentId: ROOT, DestinationParentId: DEV }),
    );

    const requestHandler = inProcessRequestHandler(test.organization);
    const [reading, ...others] = await readOrganization({ ...where, requestHandler, accountIds: [accountId] });
    expect(others).toEqual([]);
    expect(reading).toMatchObject({
      id: accountId,
      name: 'retail.shop',
      email: 'aws+shop@corp.example',
      ouId: DEV,
      tags: { meshstack_project: 'shop' },
      alias: 'corp-shop',
    });
    expect(reading?.roles.find(({ name }) => name === ACCESS_ROLE)).toEqual({
      name: ACCESS_ROLE,
      path: '/',
      trust: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${MANAGEMENT}:root` }, Action: 'sts:AssumeRole' },
        ],
      },
      attachedPolicies: [{ name: 'AdministratorAccess', arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
      inlinePolicies: [{ name: 'own', document }],
    });
  });

  it('reads all accounts where none is named', async () => {
    const test = organizationUnderTest();
    const readings = await readOrganization({ ...where, requestHandler: inProcessRequestHandler(test.organization) });
    expect(readings.map(({ name, ouId, alias }) => ({ name, ouId, alias }))).toEqual([
      { name: 'management', ouId: ROOT, alias: null },
      { name: 'automation', ouId: 'ou-ab12-infra001', alias: null },
      { name: 'meshcloud', ouId: 'ou-ab12-infra001', alias: null },
    ]);
  });
});
