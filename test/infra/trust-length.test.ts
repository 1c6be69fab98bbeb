import { Template } from 'aws-cdk-lib/assertions';
import { rolesInTemplate } from '../../sandbox/organization/authorization/template-policies';
import { automationStack, managementStack } from './account-stacks';

/** IAM takes 2,048 characters unless a quota was raised; white space does not count. */
const MOST = 1900;

const stacks = [
  ['ManagementAccountStack', Template.fromStack(managementStack({ servesConnector: true })).toJSON()],
  ['AutomationAccountStack', Template.fromStack(automationStack({ servesConnector: true })).toJSON()],
] as const;

describe.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'])('the trust of every service role in %s', (partition) => {
  it.each(stacks)('fits into a policy with two ExternalIds of 128 characters: %s', (_, template) => {
    const roles = rolesInTemplate(template, {
      partition,
      region: 'eu-central-1',
      accountId: '222222222222',
      parameters: {
        MeshcloudAccountId: '111111111111',
        ExternalId: 'x'.repeat(128),
        PreviousExternalId: 'y'.repeat(128),
      },
    });
    const tooLong = roles.filter(({ trust }) => JSON.stringify(trust).length >= MOST).map(({ name }) => name);

    expect(roles.length).toBeGreaterThan(4);
    expect(JSON.stringify(roles.map(({ trust }) => trust))).toContain('y'.repeat(128));
    expect(tooLong).toEqual([]);
  });
});
