import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, type Code, Function, RecursiveLoop, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import type { Surroundings } from '../edges';
import type { FunctionRow } from '../function-row';
import { LOG_RETENTION } from '../log-retention';
import { acknowledge } from '../nag-acknowledgements';
import { type FunctionName, physicalName } from '../names';
import { useOfKey } from './use-of-key';

export interface VendingFunctionProps {
  readonly row: FunctionRow;
  readonly surroundings: Surroundings;
  readonly code: Code;
  readonly encryptionKey: IKey | undefined;
}

/** A Lambda function the way all of ours are: a role of its own that holds its row's statements and nothing else. */
export class VendingFunction extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: FunctionName, { row, surroundings, code, encryptionKey }: VendingFunctionProps) {
    super(scope, id);
    const name = physicalName(id);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${name}`,
      retention: LOG_RETENTION,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
    const edges = row.edges.map((edge) => edge(surroundings, id));
    const statements = [
      ...edges.flatMap((edge) => edge.statements ?? []),
      ...ownStatements(logGroup),
      ...(encryptionKey === undefined ? [] : [useOfKey(encryptionKey, ['dynamodb', 'secretsmanager', 'sqs'])]),
    ];
    this.function = new Function(this, 'Function', {
      functionName: name,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code,
      timeout: Duration.seconds(row.timeoutSeconds),
      memorySize: row.memoryMegabytes,
      environment: Object.fromEntries(edges.flatMap(({ environment = {} }) => Object.entries(environment))),
      role: this.#role(name, statements),
      logGroup,
      tracing: Tracing.ACTIVE,
      ...(row.endsBecause === undefined ? {} : { recursiveLoop: RecursiveLoop.ALLOW }),
    });
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
