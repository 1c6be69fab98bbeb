import { Arn, ArnFormat, Aws, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import type { Configuration } from '../functions/domain/configuration';
import { DESIRED_STATE_DETAIL_TYPE, REPLICATOR_SOURCE } from '../functions/domain/desired-state-event';
import type { TaskName } from '../functions/domain/state-name';
import type { WorkflowName } from '../functions/domain/workflow-name';
import type { PlatformConfiguration } from '../functions/domain/platform-configuration';
import closeAccount from '../statemachines/close-account.asl.json';
import vendAccount from '../statemachines/vend-account.asl.json';
import { Alarms } from './constructs/alarms';
import { DailyRun } from './constructs/daily-run';
import { Dashboard } from './constructs/dashboard';
import { ExternalId } from './constructs/external-id';
import { PIECE_BY_PIECE } from './constructs/fed-queue';
import { Ledger } from './constructs/ledger';
import { MeshStackKey } from './constructs/mesh-stack-key';
import { MeshStackSource } from './constructs/mesh-stack-source';
import { QueuedEvents } from './constructs/queued-events';
import { VendingApi } from './constructs/vending-api';
import { VendingFunction } from './constructs/vending-function';
import { WorkQueue } from './constructs/work-queue';
import { Workflow } from './constructs/workflow';
import { deadLettersOf } from './dead-letters-of';
import type { Surroundings } from './edges';
import { functions, longestFunctionSeconds } from './functions';
import {
  CLOSING_STATE_MACHINE_NAME,
  COST_EXPLORER_ROLE_NAME,
  EVENT_BUS_NAME,
  type FunctionName,
  physicalName,
  STATE_MACHINE_NAME,
} from './names';
import { stepNames } from './steps';

export interface VendingStackProps extends StackProps {
  readonly configuration: Configuration;
  /** The code of each function; built before, so that a test can do without. */
  readonly codeOf: (name: FunctionName) => Code;
  /** A customer's key for everything that is kept; absent: keys of AWS. */
  readonly kmsKeyArn: string | undefined;
}

const WORKFLOWS = [STATE_MACHINE_NAME, CLOSING_STATE_MACHINE_NAME] as const;

/** The whole application, for the meshcloud account. */
export class VendingStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, codeOf, kmsKeyArn, ...props }: VendingStackProps) {
    super(scope, id, { ...props, ...regionOf(kmsKeyArn) });
    const encryptionKey = kmsKeyArn === undefined ? undefined : Key.fromKeyArn(this, 'Key', kmsKeyArn);
    const eventBus = new EventBus(this, 'EventBus', { eventBusName: EVENT_BUS_NAME, ...kmsKeyOf(encryptionKey) });
    const ledger = new Ledger(this, 'Ledger', { encryptionKey });
    const externalId = new ExternalId(this, 'ExternalId', { encryptionKey });
    const desiredStates = this.#desiredStates(eventBus, encryptionKey);
    const failedExecutions = this.#failedExecutions(encryptionKey);
    const runWatch = this.#runWatch(encryptionKey);
    const preflights = this.#preflights(encryptionKey);
    const reconciliations = this.#reconciliations(configuration.platform, encryptionKey);

    const surroundings: Surroundings = {
      ledger: { tableName: ledger.table.tableName, tableArn: ledger.table.tableArn, indexArns: ledger.indexArns },
      externalIdSecretArn: externalId.secret.secretArn,
      scimTokenSecretArn: configuration.platform.awsSso?.ssoAccessToken.secretArn,
      meshStackSecretArn: this.#meshStackSecretArn(configuration, encryptionKey),
      managementRoleArn: configuration.platform.accessConfig.organizationRootAccountRole,
      automationRoleArn: configuration.platform.automationAccountRole,
      stateMachineArns: this.#stateMachineArns(),
      executionArns: WORKFLOWS.map((name) => `${this.#statesArn('execution', name)}:*`),
      eventBus: { name: eventBus.eventBusName, arn: eventBus.eventBusArn },
      desiredStatesQueueArn: desiredStates.queue.queueArn,
      unreadableEventsQueue: { url: desiredStates.deadLetters.queueUrl, arn: desiredStates.deadLetters.queueArn },
      failedExecutionsQueueArn: failedExecutions.queue.queueArn,
      runWatchQueue: { url: runWatch.queue.queueUrl, arn: runWatch.queue.queueArn },
      costExplorerRoleArn: costExplorerRoleArn(configuration.platform),
      preflightQueue: { url: preflights.queue.queueUrl, arn: preflights.queue.queueArn },
      reconciliationQueue: { url: reconciliations.queue.queueUrl, arn: reconciliations.queue.queueArn },
      previewFunctionArn: this.#functionArn('PreviewChanges'),
      longestFunctionSeconds,
    };
    const functionOf = (name: FunctionName): IFunction =>
      new VendingFunction(this, name, { row: functions[name], surroundings, code: codeOf(name), encryptionKey })
        .function;
    const stepFunctions = new Map(stepNames.map((name) => [name, functionOf(name)]));
    const stateMachines = this.#workflows(stepFunctions, encryptionKey);
    desiredStates.deliverTo(functionOf('Intake'));
    failedExecutions.deliverTo(functionOf('RecordFailure'));
    runWatch.deliverTo(functionOf('WatchRuns'));
    preflights.deliverTo(functionOf('RunPreflight'), PIECE_BY_PIECE);
    reconciliations.deliverTo(functionOf('ReconcileTenants'), PIECE_BY_PIECE);
    functionOf('PreviewChanges');
    const collectCosts = this.#daily(functionOf('CollectCosts'), configuration);
    const { restApi } = new VendingApi(this, 'VendingApi', { handler: functionOf('Api'), encryptionKey });
    const alarms = new Alarms(this, 'Alarms', {
      stateMachines,
      deadLetters: deadLettersOf({ desiredStates, failedExecutions }, { runWatch, preflights, reconciliations }),
      collectCosts,
      encryptionKey,
    });
    this.#readMeshStack(configuration, functionOf, eventBus, alarms);
    new Dashboard(this, 'Dashboard');

    this.#output('AlarmTopicArn', alarms.topic.topicArn);
    this.#output('ApiUrl', restApi.url);
    this.#output('ApiId', restApi.restApiId);
    this.#output('EventBusName', eventBus.eventBusName);
    this.#output('LedgerTableName', ledger.table.tableName);
    this.#queueOutputs(desiredStates, failedExecutions, runWatch, preflights, reconciliations);
  }

  #stateMachineArns(): Surroundings['stateMachineArns'] {
    return {
      'vend-account': this.#statesArn('stateMachine', STATE_MACHINE_NAME),
      'close-account': this.#statesArn('stateMachine', CLOSING_STATE_MACHINE_NAME),
    };
  }

  #workflows(functions: ReadonlyMap<TaskName, IFunction>, encryptionKey: IKey | undefined) {
    const vending = { name: STATE_MACHINE_NAME, definition: vendAccount, functions, encryptionKey } as const;
    const closing = { name: CLOSING_STATE_MACHINE_NAME, definition: closeAccount, functions, encryptionKey } as const;
    const stateMachines = {
      Vendings: new Workflow(this, 'Workflow', vending).stateMachine,
      Closings: new Workflow(this, 'Closing', closing).stateMachine,
    };
    this.#output('StateMachineArn', stateMachines.Vendings.stateMachineArn);
    this.#output('ClosingStateMachineArn', stateMachines.Closings.stateMachineArn);
    return stateMachines;
  }

  /** Only where it is configured: nothing ticks for nobody. Without, a person may call the function. */
  #daily(collectCosts: IFunction, { platform }: Configuration): IFunction {
    if (platform.metering !== undefined) new DailyRun(this, 'CollectCostsDaily', { handler: collectCosts });
    return collectCosts;
  }

  /** By which `npm run vendings -- dead-letters` finds letters, and the way back for them: `dead-letter-queues.ts` names them. */
  #queueOutputs(
    desiredStates: QueuedEvents,
    failedExecutions: QueuedEvents,
    runWatch: WorkQueue,
    preflights: WorkQueue,
    reconciliations: WorkQueue,
  ): void {
    const queues = {
      DesiredStates: desiredStates.queue,
      UnreadableEvents: desiredStates.deadLetters,
      DesiredStatesUndelivered: desiredStates.undelivered,
      FailedExecutions: failedExecutions.queue,
      FailedExecutionsDeadLetters: failedExecutions.deadLetters,
      FailedExecutionsUndelivered: failedExecutions.undelivered,
      RunWatch: runWatch.queue,
      RunWatchDeadLetters: runWatch.deadLetters,
      Preflights: preflights.queue,
      PreflightsDeadLetters: preflights.deadLetters,
      Reconciliations: reconciliations.queue,
      ReconciliationsDeadLetters: reconciliations.deadLetters,
    };
    for (const [name, queue] of Object.entries(queues)) this.#output(`${name}QueueUrl`, queue.queueUrl);
  }

  #meshStackSecretArn({ platform }: Configuration, encryptionKey: IKey | undefined): string | undefined {
    if (platform.meshStack === undefined) return undefined;
    return new MeshStackKey(this, 'MeshStackKey', { encryptionKey }).secret.secretArn;
  }

  /** Where none is configured, desired states come from others. */
  #readMeshStack(
    { platform: { meshStack } }: Configuration,
    functionOf: (name: FunctionName) => IFunction,
    eventBus: EventBus,
    alarms: Alarms,
  ): void {
    if (meshStack === undefined) return;
    const poll = functionOf('PollMeshStack');
    const report = functionOf('ReportToMeshStack');
    new MeshStackSource(this, 'MeshStackSource', {
      poll,
      report,
      eventBus,
      pollMinutes: meshStack.pollMinutes,
      alarms,
    });
  }

  /** What meshStack's replicator says. The dead letters are where Intake puts unreadable events, too: one place to look. */
  #desiredStates(eventBus: EventBus, encryptionKey: IKey | undefined): QueuedEvents {
    return new QueuedEvents(this, 'DesiredStates', {
      eventBus,
      eventPattern: { source: [REPLICATOR_SOURCE], detailType: [DESIRED_STATE_DETAIL_TYPE] },
      // AWS advises six times the function's time-out, which leaves room for throttled deliveries.
      visibilityTimeout: Duration.seconds(6 * functions.Intake.timeoutSeconds),
      maxReceiveCount: 5,
      encryptionKey,
    });
  }

  /**
   * Step Functions tells how executions end. RecordFailure lets an event come again until no function of the stopped execution can be at
   * work, and has the rest of a quarter of an hour for faults of AWS.
   */
  #failedExecutions(encryptionKey: IKey | undefined): QueuedEvents {
    return new QueuedEvents(this, 'FailedExecutions', {
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: WORKFLOWS.map((name) => this.#statesArn('stateMachine', name)),
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      visibilityTimeout: Duration.seconds(90),
      maxReceiveCount: 10,
      encryptionKey,
    });
  }

  /** Looks at runs, which find what no event has told. Like RecordFailure, a look waits for the last function of a stopped execution. */
  #runWatch(encryptionKey: IKey | undefined): WorkQueue {
    return new WorkQueue(this, 'RunWatch', {
      visibilityTimeout: Duration.seconds(90),
      maxReceiveCount: 10,
      encryptionKey,
    });
  }

  /** A preflight that was killed comes back when its message is visible again, and is tried three times. */
  #preflights(encryptionKey: IKey | undefined): WorkQueue {
    return new WorkQueue(this, 'Preflights', {
      visibilityTimeout: Duration.seconds(functions.RunPreflight.timeoutSeconds + 30),
      maxReceiveCount: 3,
      encryptionKey,
    });
  }

  /** A pass over all tenants, in parts. A part that was killed comes back when nobody can be at work on it any more. */
  #reconciliations({ nightlyReconciliation }: PlatformConfiguration, encryptionKey: IKey | undefined): WorkQueue {
    const queue = new WorkQueue(this, 'Reconciliations', {
      visibilityTimeout: Duration.seconds(90),
      maxReceiveCount: 10,
      encryptionKey,
    });
    if (nightlyReconciliation.enabled) queue.startDaily(nightlyReconciliation.hour);
    return queue;
  }

  /** From the fixed name: functions that start executions are made before the state machines, which name functions. */
  #statesArn(resource: 'stateMachine' | 'execution', resourceName: WorkflowName): string {
    return this.formatArn({
      partition: Aws.PARTITION,
      region: Aws.REGION,
      service: 'states',
      resource,
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** From the fixed name: who calls a function may be made before it. */
  #functionArn(name: FunctionName): string {
    return this.formatArn({
      partition: Aws.PARTITION,
      region: Aws.REGION,
      service: 'lambda',
      resource: 'function',
      resourceName: physicalName(name),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  #output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}

/** In the account of MeshfedServiceRole, under the name that ManagementAccountStack gives it. */
function costExplorerRoleArn({ accessConfig }: PlatformConfiguration): string {
  const [arn = ''] = accessConfig.organizationRootAccountRole.split(':role/');
  return `${arn}:role/${COST_EXPLORER_ROLE_NAME}`;
}

/** A key serves its own region alone, and a global table asks for the region of its key. Without a key, the region is that of the CLI. */
const regionOf = (kmsKeyArn: string | undefined): Pick<StackProps, 'env'> =>
  kmsKeyArn === undefined ? {} : { env: { region: Arn.split(kmsKeyArn, ArnFormat.SLASH_RESOURCE_NAME).region ?? '' } };

const kmsKeyOf = (kmsKey: IKey | undefined): { readonly kmsKey?: IKey } => (kmsKey === undefined ? {} : { kmsKey });
