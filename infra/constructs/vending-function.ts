import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  CfnFunction,
  type Code,
  Function,
  RecursiveLoop,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import { functionArn, named, rulesOf } from '../deployment-rules';
import type { Granted } from '../function-grants';
import type { FunctionRow } from '../function-row';
import { acknowledge } from '../nag-acknowledgements';
import { type BundleName, physicalName } from '../names';
import { useOfKey } from './use-of-key';

export interface VendingFunctionProps {
  readonly row: Pick<FunctionRow, 'timeoutSeconds' | 'memoryMegabytes' | 'endsBecause'>;
  /** What its grants come to. */
  readonly granted: readonly Granted[];
  readonly code: Code;
  readonly encryptionKey: IKey | undefined;
}

/** A Lambda function the way all of ours are: a role of its own that holds its row's statements and nothing else. */
export class VendingFunction extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: BundleName, { row, granted, code, encryptionKey }: VendingFunctionProps) {
    super(scope, id);
    const name = named(this, physicalName(id));
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${name}`,
      retention: rulesOf(this).logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
    const own = granted.flatMap(({ statements = [] }) => statements);
    const statements = [
      ...own,
      ...ownStatements(logGroup),
      ...(encryptionKey === undefined ? [] : [useOfKey(encryptionKey, keyServices(own))]),
      ...(rulesOf(this).network === undefined ? [] : inSubnets(functionArn(this, id))),
    ];
    this.function = new Function(this, 'Function', {
      functionName: name,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code,
      timeout: Duration.seconds(row.timeoutSeconds),
      memorySize: row.memoryMegabytes,
      environment: Object.fromEntries(granted.flatMap(({ environment = {} }) => Object.entries(environment))),
      role: this.#role(name, statements),
      logGroup,
      tracing: Tracing.ACTIVE,
      ...(row.endsBecause === undefined ? {} : { recursiveLoop: RecursiveLoop.ALLOW }),
    });
    this.#runInSubnets();
  }

  /** The CDK would query the network, and give the role an AWS managed policy for it. */
  #runInSubnets(): void {
    const { network } = rulesOf(this);
    const resource = this.function.node.defaultChild;
    if (network === undefined || !(resource instanceof CfnFunction)) return;
    const { subnetIds, securityGroupIds } = network;
    resource.vpcConfig = { subnetIds: [...subnetIds], securityGroupIds: [...securityGroupIds] };
  }

  /** The CDK would add statements of its own taste (managed policies, wildcards): the role does not listen. */
  #role(name: string, statements: readonly PolicyStatement[]): ReturnType<Role['withoutPolicyUpdates']> {
    const role = new Role(this, 'Role', {
      roleName: name,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { [name]: new PolicyDocument({ statements: [...statements], minimize: false }) },
    });
    acknowledge(role, 'tracing');
    if (
      statements.some(({ actions }) => actions.some((action) => /^states:(?:Describe|Redrive)Execution$/u.test(action)))
    ) {
      acknowledge(role, 'executionsOfTheWorkflow');
      acknowledge(role, 'executionsOfTheClosing');
    }
    return role.withoutPolicyUpdates();
  }
}

/** The services that keep data of a function. Few have something in S3, or publish to a topic. */
const keyServices = (statements: readonly PolicyStatement[]): Parameters<typeof useOfKey>[1] => [
  'dynamodb',
  'secretsmanager',
  'sqs',
  ...(['s3', 'sns'] as const).filter((service) =>
    statements.some(({ actions }) => actions.some((action) => action.startsWith(`${service}:`))),
  ),
];

/** What every function needs to be seen. */
const ownStatements = (logGroup: LogGroup): readonly PolicyStatement[] => [
  // The group exists: Lambda only adds streams to it.
  new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  }),
  // X-Ray has no resources to name for traces.
  new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
];

/**
 * Lambda makes the network interfaces of a function in subnets with the function's role, and AWS grants most of that on
 * nothing smaller. The code of the function is denied it.
 *
 * @evidence documented lambda/dg/configuration-vpc: "Required IAM permissions" and "Security best practices"; the
 *   actions are those of AWSLambdaVPCAccessExecutionRole
 */
const inSubnets = (functionArn: string): readonly PolicyStatement[] => [
  networkInterfaces(),
  new PolicyStatement({
    effect: Effect.DENY,
    actions: [...NETWORK_INTERFACES],
    resources: ['*'],
    conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
  }),
];

/** What Lambda does with the role of a function in subnets. */
export const networkInterfaces = (): PolicyStatement =>
  new PolicyStatement({ actions: [...NETWORK_INTERFACES], resources: ['*'] });

const NETWORK_INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];
