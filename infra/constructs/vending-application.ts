import { ArnFormat, Aws, CfnOutput, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import type { Configuration } from '../../functions/domain/configuration/configuration';
import { customizationRoles } from '../../functions/domain/customizations/planned-customizations';
import { executionRoleInMembers } from '../../functions/domain/planning/planned-platform';
import { stepNames } from '../../functions/steps/each-step';
import type { WorkflowName } from '../../functions/domain/base/workflow-facts';
import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';
import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import { consoleLinks } from '../console-links';
import { Alarms, type AlarmsProps } from './alarms';
import { ConfigurationStore } from './configuration-store';
import { DailyRun } from './daily-run';
import { Dashboard } from './dashboard';
import { letSend } from './event-senders';
import { wokenBy } from './aws-event-source';
import type { EventForwarding } from '../event-forwarding';
import { ExternalId, type ExternalIdProps } from './external-id';
import { functionMaker } from './function-maker';
import { Ledger } from './ledger';
import { MeshStackKey } from './mesh-stack-key';
import { MeshStackSource } from './mesh-stack-source';
import { Notices } from './notices';
import { VendingApi, type VendingApiProps } from './vending-api';
import { VpcEndpoints } from './vpc-endpoints';
import { Workflow } from './workflow';
import { hasMeteringExternalId } from '../context-values';
import { functionArn, inIam, named, rulesOf } from '../deployment-rules';
import type { Resources } from '../function-grants';
import { longestFunctionSeconds } from '../functions';
import {
  CLOSING_STATE_MACHINE_NAME,
  DASHBOARD_NAME,
  EVENT_BUS_NAME,
  type BundleName,
  type FunctionName,
  STATE_MACHINE_NAME,
} from '../names';
import { costExplorerRoleName } from '../role-arn';
import { keepRules } from '../ruled-stack';
import { deliverAll, queueUrlsOf, reachedQueues, vendingDeadLetters, vendingQueues } from '../vending-queues';

export interface VendingApplicationProps {
  readonly configuration: Configuration;
  /** Absent: that of the configuration. What the functions' rights are made for, while a rollout is to come. */
  readonly rightsFor?: PlatformConfiguration;
  /** Absent: that of the configuration. By which functions find it; it takes no part in what they may do. */
  readonly configurationHash?: string;
  /** The code of each function; built before, so that a test can do without. */
  readonly codeOf: (name: BundleName) => Code;
  /** A customer's key for everything that is kept; absent: keys of AWS. */
  readonly kmsKeyArn: string | undefined;
  /**
   * The only senders of desired states: accounts, organizations, and ARNs of roles or users. Absent: every principal
   * that this account's policies allow.
   */
  readonly eventSenders?: readonly string[];
  /** Events of AWS that end waits; absent: runs find out by polls alone. */
  readonly eventForwarding?: EventForwarding | undefined;
  /**
   * Whether the API writes logs, by the one role that API Gateway has for that in an account and region; absent: yes.
   */
  readonly writesApiLogs?: boolean;
}

const OF_VENDINGS = {
  parameter: 'ExternalId',
  roles: 'the service roles in the management and the automation account',
  roleNames: 'MeshfedServiceRole and MeshfedAutomationRole',
} satisfies Partial<ExternalIdProps>;

const OF_METERING = {
  parameter: 'MeteringExternalId',
  roles: 'the role in the management account that reads costs',
  roleNames: 'MeshCostExplorerServiceRole',
} satisfies Partial<ExternalIdProps>;

const WORKFLOWS = [STATE_MACHINE_NAME, CLOSING_STATE_MACHINE_NAME] as const;

/** The whole application, for the meshcloud account. One in a stack: its names are fixed. */
export class VendingApplication extends Construct {
  readonly eventBus: EventBus;
  readonly api: RestApi;
  /** Alarms and notices go there. */
  readonly alarmTopic: Topic;

  constructor(scope: Construct, id: string, props: VendingApplicationProps) {
    super(scope, id);
    const { configuration, codeOf, kmsKeyArn, eventSenders = [], eventForwarding, writesApiLogs = true } = props;
    this.#keepRules(configuration.platform);
    const encryptionKey = kmsKeyArn === undefined ? undefined : Key.fromKeyArn(this, 'Key', kmsKeyArn);
    const deadLetters = vendingDeadLetters(this);
    const eventBus = this.#eventBus(encryptionKey, deadLetters.DesiredStates);
    this.eventBus = eventBus;
    letSend(eventBus, eventSenders, configuration.platform.meshStack !== undefined, eventForwarding?.places);
    const ledger = new Ledger(this, 'Ledger', { encryptionKey });
    const externalId = new ExternalId(this, 'ExternalId', { ...OF_VENDINGS, encryptionKey });
    const stateMachineArns = WORKFLOWS.map((name) => this.#statesArn('stateMachine', name));
    const { platform } = configuration;
    const { rightsFor = platform, configurationHash: hash } = props;
    const queues = vendingQueues(this, { eventBus, platform, stateMachineArns, encryptionKey, deadLetters });

    const store = new ConfigurationStore(this, 'Configurations', { configuration, hash, codeOf, encryptionKey });
    const resources: Resources = {
      ledger: { tableName: ledger.table.tableName, tableArn: ledger.table.tableArn, indexArns: ledger.indexArns },
      externalIdSecretArn: externalId.secret.secretArn,
      meteringExternalIdSecretArn: this.#meteringExternalId(encryptionKey),
      scimTokenSecretArn: rightsFor.awsSso?.ssoAccessToken.secretArn,
      meshStackSecretArn: this.#meshStackSecretArn(configuration, encryptionKey),
      ...rolesOf(rightsFor),
      customizationRoles: customizationRoles(configuration),
      stateMachineArns: this.#stateMachineArns(),
      executionArns: WORKFLOWS.map((name) => `${this.#statesArn('execution', name)}:*`),
      eventBus: { name: eventBus.eventBusName, arn: eventBus.eventBusArn },
      costExplorerRoleArn: this.#costExplorerRoleArn(platform),
      ...reachedQueues(queues),
      previewFunctionArn: functionArn(this, 'PreviewChanges'),
      longestFunctionSeconds,
      ...this.#rulesForFunctions(),
    };
    const functionOf = functionMaker(this, { resources, store, codeOf, encryptionKey });
    const stepFunctions = new Map<FunctionName, IFunction>(stepNames.map((name) => [name, functionOf(name)]));
    if (eventForwarding !== undefined) {
      stepFunctions.set('WakeRuns', wokenBy(this, functionOf('WakeRuns'), eventBus, eventForwarding));
    }
    const stateMachines = this.#workflows(stepFunctions, encryptionKey);
    deliverAll(queues, functionOf);
    functionOf('PreviewChanges');
    const collectCosts = this.#daily(functionOf('CollectCosts'), configuration);
    this.api = this.#api({ handler: functionOf('Api'), encryptionKey, writesLogs: writesApiLogs });
    const links = consoleLinks(platform, named(this, DASHBOARD_NAME));
    const alarms = this.#alarms(eventBus, {
      stateMachines,
      deadLetters,
      api: this.api,
      collectCosts,
      encryptionKey,
      links,
      read: { DesiredStates: queues.desiredStates.queue, FailedExecutions: queues.failedExecutions.queue },
    });
    this.alarmTopic = alarms.topic;
    this.#readMeshStack(configuration, functionOf, eventBus, alarms);
    new Dashboard(this, 'Dashboard');

    this.#outputs({ LedgerTableName: ledger.table.tableName, ...queueUrlsOf(queues) });
  }

  /** What the bus cannot encrypt or decrypt ends at the dead letters, after PutEvents has succeeded. */
  #eventBus(encryptionKey: IKey | undefined, deadLetterQueue: Queue): EventBus {
    const eventBus = new EventBus(this, 'EventBus', {
      eventBusName: named(this, EVENT_BUS_NAME),
      deadLetterQueue,
      ...kmsKeyOf(encryptionKey),
    });
    deadLetterQueue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [deadLetterQueue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': eventBus.eventBusArn } },
      }),
    );
    this.#output('EventBusName', eventBus.eventBusName);
    return eventBus;
  }

  /** Absent unless it is asked for: then metering has the same one as vendings. */
  #meteringExternalId(encryptionKey: IKey | undefined): string | undefined {
    if (!hasMeteringExternalId(this)) return undefined;
    return new ExternalId(this, 'MeteringExternalId', { ...OF_METERING, encryptionKey }).secret.secretArn;
  }

  #keepRules(platform: PlatformConfiguration): void {
    keepRules(this);
    const { network } = rulesOf(this);
    if (network?.makesEndpoints === true) new VpcEndpoints(this, 'VpcEndpoints', { network, platform });
  }

  #rulesForFunctions(): Pick<
    Resources,
    'functionRolePrefix' | 'subnetIds' | 'memberPermissionsBoundary' | 'stepDurations'
  > {
    const { network, memberPermissionsBoundary, stepDurations } = rulesOf(this);
    const functionRolePrefix = inIam(this, 'vending-');
    return { functionRolePrefix, subnetIds: network?.subnetIds, memberPermissionsBoundary, stepDurations };
  }

  #api(props: VendingApiProps): RestApi {
    const { restApi } = new VendingApi(this, 'VendingApi', props);
    this.#output('ApiUrl', restApi.url);
    this.#output('ApiId', restApi.restApiId);
    return restApi;
  }

  #alarms(eventBus: EventBus, watched: AlarmsProps): Alarms {
    const alarms = new Alarms(this, 'Alarms', watched);
    const { links, encryptionKey } = watched;
    new Notices(this, 'Notices', { eventBus, topic: alarms.topic, links, encryptionKey });
    this.#output('AlarmTopicArn', alarms.topic.topicArn);
    return alarms;
  }

  #stateMachineArns(): Resources['stateMachineArns'] {
    return {
      'vend-account': this.#statesArn('stateMachine', STATE_MACHINE_NAME),
      'close-account': this.#statesArn('stateMachine', CLOSING_STATE_MACHINE_NAME),
    };
  }

  #workflows(functions: ReadonlyMap<FunctionName, IFunction>, encryptionKey: IKey | undefined) {
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

  #meshStackSecretArn({ platform }: Configuration, encryptionKey: IKey | undefined): string | undefined {
    if (platform.meshStack === undefined) return undefined;
    return new MeshStackKey(this, 'MeshStackKey', { encryptionKey }).secret.secretArn;
  }

  /** Without a configured meshStack, desired states come from other senders. */
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

  /**
   * Built from the fixed name: functions that start executions are made before the state machines, which name
   * functions.
   */
  #statesArn(resource: 'stateMachine' | 'execution', resourceName: WorkflowName): string {
    return Stack.of(this).formatArn({
      partition: Aws.PARTITION,
      region: Aws.REGION,
      service: 'states',
      resource,
      resourceName: named(this, resourceName),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The role is in the account of MeshfedServiceRole, under the name that ManagementAccountStack gives it. */
  #costExplorerRoleArn({ accessConfig }: PlatformConfiguration): string {
    const [arn = ''] = accessConfig.organizationRootAccountRole.split(':role/');
    return `${arn}:role/${costExplorerRoleName(this)}`;
  }

  #outputs(values: Readonly<Record<string, string>>): void {
    for (const [id, value] of Object.entries(values)) this.#output(id, value);
  }

  #output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}

const kmsKeyOf = (kmsKey: IKey | undefined): { readonly kmsKey?: IKey } => (kmsKey === undefined ? {} : { kmsKey });

/** The configured roles in other accounts. */
const rolesOf = (
  platform: PlatformConfiguration,
): Pick<
  Resources,
  'managementRoleArn' | 'automationRoleArn' | 'identityCenterRoleArn' | 'givesManagementAccess' | 'executionRole'
> => ({
  managementRoleArn: platform.accessConfig.organizationRootAccountRole,
  automationRoleArn: platform.automationAccountRole,
  identityCenterRoleArn: platform.identityCenterRole,
  givesManagementAccess: platform.managementAccountAccess !== undefined,
  executionRole: executionRoleInMembers(platform),
});
