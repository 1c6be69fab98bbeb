import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

import type { WorkflowName } from '../../functions/domain/base/workflow-facts';
import { completeDefinition, type StateMachine as Definition } from '../../statemachines/complete-definition';
import { withEventWaits } from '../../statemachines/event-waits';
import { named, rulesOf } from '../deployment-rules';
import { acknowledge } from '../nag-acknowledgements';
import type { FunctionName } from '../names';

export interface WorkflowProps {
  readonly name: WorkflowName;
  /** From `statemachines/`, as the file has it. */
  readonly definition: Definition;
  /** The function of each Task state, and of others. */
  readonly functions: ReadonlyMap<FunctionName, IFunction>;
  readonly encryptionKey: IKey | undefined;
}

/** A complete state machine, each placeholder of its definition replaced by the function of that name. */
export class Workflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { name, definition, functions, encryptionKey }: WorkflowProps) {
    super(scope, id);
    const completed = completeDefinition(definition);
    const text = JSON.stringify(functions.has('WakeRuns') ? withEventWaits(completed) : completed);
    const arns = [...functions].flatMap(([state, { functionArn }]) =>
      text.includes(`"\${${state}}"`) ? [[state, functionArn] as const] : [],
    );
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: named(this, name),
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(text),
      definitionSubstitutions: {
        ...Object.fromEntries(arns),
        // A state that waits for its slot invokes its function through this; the token resumes the state.
        InvokeWithTaskToken: `arn:${Aws.PARTITION}:states:::lambda:invoke.waitForTaskToken`,
      },
      role: this.#role(arns.map(([, arn]) => arn)),
      // States carry ids and decisions, never people; even so, the log holds no execution data.
      logs: { destination: this.#log(name, encryptionKey), level: LogLevel.ERROR, includeExecutionData: false },
      tracingEnabled: true,
    });
    acknowledge(this.stateMachine, 'errorLogsOnly');
  }

  #log(name: WorkflowName, encryptionKey: IKey | undefined): LogGroup {
    return new LogGroup(this, 'Log', {
      // Under this prefix the log needs no entry of its own in the account's log resource policy, which is of limited
      // size.
      logGroupName: `/aws/vendedlogs/states/${named(this, name)}`,
      retention: rulesOf(this).logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
  }

  #role(functionArns: string[]): ReturnType<Role['withoutPolicyUpdates']> {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      inlinePolicies: {
        workflow: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: functionArns }),
            new PolicyStatement({ actions: [...LOG_DELIVERY, ...TRACING], resources: ['*'] }),
          ],
          minimize: false,
        }),
      },
    });
    acknowledge(role, 'tracingAndLogDelivery');
    return role.withoutPolicyUpdates();
  }
}

/** What Step Functions asks for before it writes logs: "Logging in CloudWatch Logs" in its developer guide. */
const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

const TRACING = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];
