import { AwsSolutionsChecks } from 'cdk-nag';
import type { Stack } from 'aws-cdk-lib';
import { CUSTOMIZATIONS } from '../functions/domain/example-customization';
import {
  automationStack,
  identityCenterStack,
  configurationWith,
  LANDING_ZONE_FUNCTION,
  managementStack,
  notificationStack,
  serviceUserStack,
} from './account-stacks';
import { vendingStack } from './synthesized-stack';

const findings = (stack: Stack): readonly string[] => {
  const { violations } = new AwsSolutionsChecks(stack).validateScope(stack);
  return violations.map(
    ({ ruleName, violatingResources }) =>
      `${ruleName} at ${String(violatingResources.map(({ resourceLogicalId }) => resourceLogicalId))}`,
  );
};

const kmsKeyArn = 'arn:aws:kms:eu-central-1:111111111111:key/00000000-1111-4222-8333-444444444444';
const NOTIFICATIONS = { chatNotifications: 'all', webhookUrl: 'https://hooks.corp.example', schemaRegistry: true };
const configured = configurationWith(
  { accountAccessRole: 'Door', stackSetExecutionRole: { name: 'Roller', managedPolicyArns: [] } },
  {
    awsLambdaArn: LANDING_ZONE_FUNCTION,
    stackSets: [{ name: 'own', homeRegion: 'us-east-1', regions: ['us-east-1'] }],
    customizations: CUSTOMIZATIONS,
  },
);

describe('cdk-nag', () => {
  it.each<[string, Stack]>([
    ['VendingStack', vendingStack()],
    ['VendingStack with a customer’s key', vendingStack({ kmsKeyArn })],
    ['VendingStack without logs of the API', vendingStack({ writesApiLogs: false })],
    ['ManagementAccountStack', managementStack()],
    ['ManagementAccountStack with other names', managementStack({ configuration: configured })],
    ['ManagementAccountStack for the connector', managementStack({ servesConnector: true })],
    ['AutomationAccountStack', automationStack()],
    ['AutomationAccountStack with other names', automationStack({ configuration: configured })],
    [
      'AutomationAccountStack for the connector, audited',
      automationStack({ servesConnector: true, auditStackSet: true }),
    ],
    ['IdentityCenterAccountStack', identityCenterStack('arn:aws:iam::444444444444:role/MeshfedIdentityCenterRole')],
    ['NotificationStack', notificationStack({ ...NOTIFICATIONS })],
    ['NotificationStack with a customer’s key', notificationStack({ ...NOTIFICATIONS, kmsKeyArn })],
    ['ServiceUserStack', serviceUserStack()],
    ['ServiceUserStack with keys', serviceUserStack({ accessKeys: true })],
  ])('finds nothing in %s that is not acknowledged', (_, stack) => {
    expect(findings(stack)).toEqual([]);
  });
});
