import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Every finding of cdk-nag that is accepted, with the reason. Constructs acknowledge by these names, each on itself alone. */
const ACKNOWLEDGEMENTS = {
  errorLogsOnly: {
    id: 'AwsSolutions-SF1',
    reason:
      'Log level ALL with execution data would copy inputs and outputs into the log. The execution history and the ledger tell each step; the log tells what failed.',
  },
  iamAuthorization: {
    id: 'AwsSolutions-COG4',
    reason:
      'Callers are programs and operators with IAM roles: every method asks for a SigV4 signature, not for a Cognito user.',
  },
  functionValidates: {
    id: 'AwsSolutions-APIG2',
    reason:
      'The function validates: it names all faults at once, each with field, value and limit. A request validator of the gateway would answer first, with one vague fault.',
  },
  firewallIsTheOperatorsChoice: {
    id: 'AwsSolutions-APIG3',
    reason:
      'Every call is signed by an IAM principal. Whether a web application firewall stands in front as well is the choice of the operator, whose rules and costs it has.',
  },
  gatewayLogging: {
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason:
      'API Gateway writes logs with one role for the whole account and region, and refuses a role that may do less than this policy of AWS.',
  },
  tracing: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'X-Ray has no resources to name: its write actions are granted on * or not at all.',
  },
  tracingAndLogDelivery: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'X-Ray and CloudWatch log deliveries have no resources to name: Step Functions needs these actions on * to write traces and logs.',
  },
  executionsOfTheWorkflow: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:vend-account:*]',
    reason:
      'Executions are named after tenants as they come; the wildcard covers those of this state machine and no other.',
  },
  externalIdRotatesByHand: {
    id: 'AwsSolutions-SMG4',
    reason:
      'The ExternalId is agreed with trust policies in other accounts, so no schedule here can rotate it. The trust accepts an old and a new value; docs/deployment.md tells the order.',
  },
  deadLettersOfARule: {
    id: 'AwsSolutions-SQS3',
    reason: 'It is a dead-letter queue: of an EventBridge rule, which cdk-nag does not look at.',
  },
} as const;

/** Accepts a finding on one construct and what is in it. */
export function acknowledge(construct: IConstruct, ...names: readonly (keyof typeof ACKNOWLEDGEMENTS)[]): void {
  for (const name of names) Validations.of(construct).acknowledge(ACKNOWLEDGEMENTS[name]);
}
