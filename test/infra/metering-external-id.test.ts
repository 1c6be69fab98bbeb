import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { Template } from 'aws-cdk-lib/assertions';

import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../sandbox/organization/example-organization';
import { deployStack } from '../../operator/deploy/deploy-stack';
import {
  administrator,
  MANAGEMENT,
  organizationUnderTest,
  outcomeOf,
} from '../sandbox/organization/organization-under-test';
import { automationStack, managementStack, serviceUserStack } from './account-stacks';
import { inWords, resourcesOf, vendingTemplate } from './synthesized-stack';

const context = { meteringExternalId: 'true' };
const OF_METERING = 'external-id-of-metering-9b1d';

/** The functions whose roles may read the secret, and whose environment names it. */
function knowing(template: Template, secret: string): readonly (readonly string[])[] {
  const read = Object.values(resourcesOf(template, 'AWS::IAM::Role')).flatMap(({ Properties }) =>
    JSON.stringify(inWords(Properties['Policies'] ?? [])).includes(`<${secret}>`)
      ? [String(inWords(Properties['RoleName']))]
      : [],
  );
  const told = Object.values(resourcesOf(template, 'AWS::Lambda::Function')).flatMap(({ Properties }) =>
    JSON.stringify(inWords(Properties['Environment'] ?? {})).includes(`<${secret}>`)
      ? [String(inWords(Properties['FunctionName']))]
      : [],
  );
  return [read.toSorted(), told.toSorted()];
}

describe('an ExternalId of its own for metering', () => {
  const vending = vendingTemplate({ context });

  it('is read by the function that reads costs and by the preflight, and by nobody else', () => {
    const both = ['vending-CollectCosts', 'vending-RunPreflight'];

    expect(knowing(vending, 'MeteringExternalIdSecret')).toEqual([both, both]);
  });

  it('leaves the one of vendings unknown to the function that reads costs', () => {
    const [read = [], told = []] = knowing(vending, 'ExternalIdSecret');

    expect([read, told].map((names) => names.includes('vending-CollectCosts'))).toEqual([false, false]);
    expect([read, told].map((names) => names.includes('vending-OpenAccount'))).toEqual([true, true]);
    const [shared = []] = knowing(vendingTemplate(), 'ExternalIdSecret');
    expect(shared).toContain('vending-CollectCosts');
  });

  it('is kept in a secret alone, and is none where it is not asked for', () => {
    expect(vending.findParameters('MeteringExternalId')).toMatchObject({ MeteringExternalId: { NoEcho: true } });
    expect(JSON.stringify(vending.toJSON()).split('{"Ref":"MeteringExternalId"}')).toHaveLength(2);
    const others = [managementStack(), serviceUserStack()].map((stack) => Template.fromStack(stack));
    [vendingTemplate(), ...others].forEach((template) => {
      expect(JSON.stringify(template.toJSON())).not.toContain('MeteringExternalId');
    });
    expect(JSON.stringify(Template.fromStack(automationStack({ context })).toJSON())).not.toContain('Metering');
  });

  it('is asked for by the role that reads costs, which takes the other one no more', async () => {
    const test = organizationUnderTest({ seed: { ...exampleOrganization(), serviceRoles: [] } });
    await deployStack({
      client: new CloudFormationClient({ ...test.settings(administrator(MANAGEMENT)), region: 'eu-central-1' }),
      stackName: 'ManagementAccountStack',
      template: JSON.stringify(Template.fromStack(managementStack({ context })).toJSON()),
      parameters: {
        MeshcloudAccountId: '111111111111',
        ExternalId: EXAMPLE_EXTERNAL_ID,
        MeteringExternalId: OF_METERING,
      },
      pause: () => {
        test.clock.advance(5);
        return Promise.resolve();
      },
    });
    test.clock.advance(30);
    const enter = (role: string, app: string, ExternalId: string): Promise<string> =>
      outcomeOf(
        new STSClient(test.settings(administrator('000000000000'), app)).send(
          new AssumeRoleCommand({
            RoleArn: `arn:aws:iam::${MANAGEMENT}:role/${role}`,
            RoleSessionName: 'test',
            ExternalId,
          }),
        ),
      );
    const costs = 'MeshCostExplorerServiceRole';

    expect(await enter(costs, 'CollectCosts', OF_METERING)).toBe('ok');
    expect(await enter(costs, 'CollectCosts', EXAMPLE_EXTERNAL_ID)).toBe('AccessDenied');
    expect(await enter('MeshfedServiceRole-Create', 'CreateAccount', EXAMPLE_EXTERNAL_ID)).toBe('ok');
    expect(await enter('MeshfedServiceRole-Create', 'CreateAccount', OF_METERING)).toBe('AccessDenied');
  });

  it('is what the user of meshStack’s own metering presents', () => {
    const policies = Object.values(
      resourcesOf(Template.fromStack(serviceUserStack({ context })), 'AWS::IAM::Policy'),
    ).map(({ Properties }) => JSON.stringify(inWords(Properties)));

    expect(policies.map((policy) => policy.includes('"<MeteringExternalId>"'))).toEqual([false, true]);
    expect(policies.map((policy) => policy.includes('"<ExternalId>"'))).toEqual([true, false]);
  });
});
