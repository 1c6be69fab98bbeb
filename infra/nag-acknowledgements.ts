import { Aws, DefaultStackSynthesizer, Stack, Validations } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

import { rulesOf } from './deployment-rules';

/**
 * Every finding of cdk-nag that is accepted, with the reason. Constructs acknowledge by these names, each on itself
 * alone.
 */
const ACKNOWLEDGEMENTS = {
  errorLogsOnly: {
    id: 'AwsSolutions-SF1',
    reason:
      'Log level ALL with execution data would copy inputs and outputs into the log. The execution history and the ledger show each step; the log shows what failed.',
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
  noAccessLog: {
    id: 'AwsSolutions-APIG1',
    reason:
      'The operator has said so (context apiLogs=false): the role for logs of this account and region is left as it is.',
  },
  noErrorLog: {
    id: 'AwsSolutions-APIG6',
    reason:
      'The operator has said so (context apiLogs=false): the role for logs of this account and region is left as it is.',
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
  executionsOfTheClosing: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:close-account:*]',
    reason:
      'Executions are named after tenants as they come; the wildcard covers those of this state machine and no other.',
  },
  externalIdRotatesByHand: {
    id: 'AwsSolutions-SMG4',
    reason:
      'The ExternalId is agreed with trust policies in other accounts, so no schedule here can rotate it. The trust accepts an old and a new value; docs/deployment.md describes the order.',
  },
  apiKeyRotatesByHand: {
    id: 'AwsSolutions-SMG4',
    reason:
      'The key is made in meshStack by a person, so no schedule here can change it; a new one is taken within five minutes.',
  },
  signingSecretRotatesByHand: {
    id: 'AwsSolutions-SMG4',
    reason:
      'The receiver of the webhook holds the same secret, so no schedule here can change it. Requests are signed by the new and the old one; docs/notifications.md describes the order.',
  },
  organizationWithoutResources: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'AWS Organizations grants CreateAccount, its status and the lists of accounts on * or not at all; the service authorization reference names no resource for them.',
  },
  serviceCatalogEndUser: {
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSServiceCatalogEndUserFullAccess]',
    reason:
      'AWS asks for this policy of every principal that provisions with the Account Factory ("Permissions required" in the AWS Control Tower User Guide) and changes it when Service Catalog changes.',
  },
  serviceCatalogReader: {
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSServiceCatalogAdminReadOnlyAccess]',
    reason: 'The source document asks for it: by it the versions of the Account Factory product are listed.',
  },
  accountFactory: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'The Account Factory acts with the rights of its caller. AWS gives this list on *, and most of its actions have no resources to name.',
  },
  costsOfTheOrganization: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Costs are those of the whole organization, and ListAccounts is granted on * or not at all.',
  },
  documentsAutomationPolicy: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      "meshStack's own connector rolls out stack sets and invokes functions of landing zones that are configured in meshStack, not here.",
  },
  accessKeyRotatesByHand: {
    id: 'AwsSolutions-SMG4',
    reason:
      "The key is entered in meshStack's connector by a person, so no schedule here can change it; docs/iam.md tells how it is replaced.",
  },
  auditBucketIsTheLog: {
    id: 'AwsSolutions-S1',
    reason:
      'It is the log itself, written by CloudTrail. Who reads it is seen by the trail of the automation account, where the operator has one.',
  },
  stateIsReadByBuilds: {
    id: 'AwsSolutions-S1',
    reason:
      'It holds the state of customizations, which their builds alone read and write. Who reads it is a question for data events of CloudTrail, where the operator wants them.',
  },
  projectKeyOfAws: {
    id: 'AwsSolutions-CB4',
    reason:
      'The key of CodeBuild encrypts artifacts, and these builds have none; their state is in a bucket that is encrypted.',
  },
  imageOfTheOperator: {
    id: 'AwsSolutions-CB5',
    reason: 'The image is that of the operator, who writes the commands, too: it has the tools that they need.',
  },
  imagesAreRegistryWide: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'ecr:GetAuthorizationToken is granted on * or not at all.',
  },
  configurationsAreReadByFunctions: {
    id: 'AwsSolutions-S1',
    reason:
      'It holds the configurations of deployments, which the repository of the operator holds, too. Who reads it is a question for data events of CloudTrail, where the operator wants them.',
  },
  consolePagesAreNoSecret: {
    id: 'AwsSolutions-S1',
    reason:
      'It holds the page that everybody can build from the sources, and no data. Calls of the API are in the access log of the API.',
  },
  consoleWithoutEdgeLog: {
    id: 'AwsSolutions-CFR3',
    reason:
      'A log of CloudFront needs a bucket that keeps the addresses of people. Who has called what is in the access log of the API, and sign-ins are in CloudTrail.',
  },
  consoleOnCloudFrontsName: {
    id: 'AwsSolutions-CFR4',
    reason:
      'With the certificate of cloudfront.net, CloudFront chooses the oldest protocol. A domain of their own is the choice of operators, who have its certificate; browsers of today take TLS 1.3 in both cases.',
  },
  firewallAtTheEdge: {
    id: 'AwsSolutions-CFR2',
    reason:
      'A web application firewall costs while nothing happens, and has rules and costs that the operator chooses. Without a token the API answers nothing.',
  },
  noPlaceIsShut: {
    id: 'AwsSolutions-CFR1',
    reason: 'Where operators travel nobody knows here. IAM Identity Center decides who signs in.',
  },
  identityCenterAsksForMore: {
    id: 'AwsSolutions-COG2',
    reason: 'The pool has no users with passwords: IAM Identity Center signs people in, and asks for a second factor.',
  },
  identityCenterWatchesSignIns: {
    id: 'AwsSolutions-COG3',
    reason:
      'Threat protection judges passwords, of which the pool has none, and costs for each user. IAM Identity Center signs people in.',
  },
  planWithoutThreatProtection: {
    id: 'AwsSolutions-COG8',
    reason: 'The plus plan is threat protection, which costs for each user and judges passwords: the pool has none.',
  },
  copyingInSubnets: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Lambda makes network interfaces with the role of the function, and AWS grants that on nothing smaller.',
  },
  copyingFunctionRuntime: {
    id: 'AwsSolutions-L1',
    reason: 'The CDK chooses the runtime of its own function, and renews it.',
  },
} as const;

/** Why an ARN with a wildcard in it is accepted. */
const WILDCARDS = {
  accountsToBe:
    'Ids of accounts are not known before the accounts are made. The name of the role, its trust and the ExternalId bound the wildcard.',
  ownOrganization:
    "AWS answers these actions for the caller's own organization alone, whose units and accounts come and go.",
  rolesOfPermissionSets:
    'IAM Identity Center draws the ends of these names, and looks them up by the rights of its caller; nothing is written there.',
  baselines:
    'Control Tower draws the ids of enabled baselines, and units come and go; a rollout updates those of all governed units.',
  assignments: 'Permission sets and accounts come and go as the operator maps roles and accounts are made.',
  directory:
    'Ids of groups, users and memberships are drawn when they are made; the statement names the one identity store besides. Which groups are ours, the ledger knows.',
  stackSetIds: 'CloudFormation ends the ARN of a stack set with an id that it draws; the name is written out.',
  configurations:
    'A function reads the configuration of its deployment, and of plans that were made before; keys are hashes.',
  stateOfAccounts: 'A build keeps the state of each account below the name of its project; accounts come and go.',
  buildLogs: 'CodeBuild draws the name of a stream in the group of logs that the statement names.',
  stackSetTargets:
    'Instances of the named stack sets go into accounts that are made later, and their templates, which are those of the operator, choose the types.',
};

/** Accepts ARNs with wildcards, as they stand in a policy. */
export function acknowledgeWildcards(
  construct: IConstruct,
  why: keyof typeof WILDCARDS,
  ...arns: readonly string[]
): void {
  for (const arn of arns) {
    // As cdk-nag writes references.
    const written = arn.replaceAll(Aws.PARTITION, '<AWS::Partition>').replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>');
    const id = `AwsSolutions-IAM5[Resource::${written}]`;
    Validations.of(construct).acknowledge({ id, reason: WILDCARDS[why] });
  }
}

/** Accepts a finding on one construct and what is in it. */
export function acknowledge(construct: IConstruct, ...names: readonly (keyof typeof ACKNOWLEDGEMENTS)[]): void {
  for (const name of names) {
    const { id, reason } = ACKNOWLEDGEMENTS[name];
    // Names are written out in what cdk-nag finds, with their prefix.
    const written = id.replace(':execution:', `:execution:${rulesOf(construct).namePrefix}`);
    Validations.of(construct).acknowledge({ id: written, reason });
  }
}

/** The actions that the CDK gives its function that copies files. */
const COPYING = ['GetBucket*', 'GetObject*', 'List*', 'DeleteObject*', 'Abort*'];

/** The CDK's own function that copies files from the bucket of its bootstrap into another one, and its role. */
export function acknowledgeCopying(role: IConstruct, destination: IConstruct): void {
  const stack = Stack.of(role);
  const { bootstrapQualifier = DefaultStackSynthesizer.DEFAULT_QUALIFIER } = stack.synthesizer;
  const bootstrap = `arn:<AWS::Partition>:s3:::cdk-${bootstrapQualifier}-assets-<AWS::AccountId>-<AWS::Region>`;
  const bucket = destination.node.defaultChild;
  const arns = [bootstrap, CfnBucket.isCfnBucket(bucket) ? `<${stack.getLogicalId(bucket)}.Arn>` : ''];
  const ids = [...COPYING.map((action) => `Action::s3:${action}`), ...arns.map((arn) => `Resource::${arn}/*`)];
  const reason =
    'The function of the CDK copies the page while the stack is deployed. It reads assets, and writes into the bucket of the page alone.';
  for (const id of ids) Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[${id}]`, reason });
  for (const construct of stack.node.children.filter(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'))) {
    acknowledge(construct, 'copyingFunctionRuntime');
  }
}
