import path from 'node:path';

import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

import {
  DESIRED_STATE_DETAIL_TYPE,
  REPLICATOR_SOURCE,
} from '../../../functions/domain/desired-state/desired-state-event';
import { dynamodbLedgerStore } from '../../../functions/aws/ledger/dynamodb-ledger-store';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import { accountOfRole } from '../../../functions/domain/configuration/service-accounts';
import { hashOfFiles } from '../../../infra/hash-of-files';
import { EVENT_BUS_NAME, physicalName } from '../../../infra/names';
import { loadConfiguration } from '../../../infra/config';
import { BUNDLE_CACHE, projectRoot } from '../../environment';
import { rolesInTemplate } from '../../organization/authorization/template-policies';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../organization/example-organization';
import type { ServedOrganization } from '../../organization/http-server';
import type { FaultInjector } from '../../organization/fault-injector';
import type { Latencies } from '../../organization/latencies';
import type { Organization } from '../../organization/organization';
import type { ServiceRoleSeed } from '../../organization/organization-seed';
import { forwardEvents } from '../embedded/forwarded-events';
import type { EmbeddedOptions } from '../embedded/embedded-options';
import { deployApp, type StackOutputs } from '../ministack/deploy';
import { forwardServiceEvent } from '../ministack/forward-service-event';
import type { RunningMiniStack } from '../ministack/ministack';
import { SandboxError } from '../ministack/sandbox-error';
import { type AwsAccess } from './aws-access';
import { DeadLetterQueue } from './dead-letter-queue';
import { deployAccountStacks } from './deploy-account-stacks';
import { localApi } from './empty-stage';
import { OutcomeConsumer } from './outcome-consumer';
import { LOCAL_REGION, openPlanes } from './planes';
import { signedApi } from './signed-api';
import type { Stage } from './stage';

const REGION = LOCAL_REGION;
const STACK = 'VendingStack';
/** On a busy machine. */
const PATIENCE_SECONDS = 300;

/** What the CDK app is made of, besides configuration and context. */
const APP_SOURCES = [
  'functions',
  'infra',
  'statemachines',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

export interface DeployedStageOptions {
  /** The folder of the operator's configuration. */
  readonly configurationFolder: string;
  readonly seed: number;
  /** What is being done now, for people. */
  readonly report: (sentence: string) => void;
  readonly log?: (line: string) => void;
  /** Context of the CDK app besides the folder of the configuration. */
  readonly context?: Readonly<Record<string, string>>;
  /** What has to be in the accounts before the stacks are deployed; absent: nothing. */
  readonly prepare?: (organization: string) => Promise<void>;
  /**
   * Endpoints that replace a service for the functions, by the SDK's own key (`SFN`): a proxy there forwards the calls.
   */
  readonly detours?: Readonly<Record<string, string>>;
  /** What goes wrong in the organization. Absent: nothing. */
  readonly faults?: FaultInjector;
  /** How long AWS takes, on the scale of the demo. Absent: as in the demo. */
  readonly latencies?: Latencies;
  /** The organization's time, in milliseconds since 1970. Absent: that of this machine. */
  readonly organizationNow?: () => number;
  /** Events of AWS end waits, each so many seconds after its moment; an empty list: it is lost. Absent: it is off. */
  readonly awsEventDelays?: NonNullable<EmbeddedOptions['awsEventDelays']>;
}

/** The endpoints of a deployed stage. */
export interface StageEndpoints {
  readonly runtime: string;
  readonly organization: string;
  readonly api: string;
}

export interface DeployedStage extends Stage {
  readonly endpoints: StageEndpoints;
  /** What the functions have written. */
  readonly ledger: LedgerStore;
  /** Deploys the same app with another configuration, as an operator does who has changed it. */
  readonly deploy: (configurationFolder: string) => Promise<void>;
}

/**
 * The real CDK app, deployed to MiniStack, in front of the organization model.
 *
 * @throws SandboxError when Python, a port or the network for pip is missing, or the deployment fails
 */
export async function deployedStage(options: DeployedStageOptions): Promise<DeployedStage> {
  const configuration = loadConfiguration(options.configurationFolder);
  if (configuration.platform.awsSso !== undefined) throw servesNoScim();
  options.report('Starting the local AWS (the first time, its Python packages are installed)');
  const { organization, served, ministack } = await openPlanes({
    organization: exampleOrganization({ configuration }),
    seed: options.seed,
    log: options.log,
    detours: options.detours,
    faults: options.faults,
    latencies: options.latencies,
    now: options.organizationNow,
  });
  try {
    return await deployed(withForwarding(options), organization, served, ministack);
  } catch (error) {
    await served.close();
    throw error;
  }
}

async function deployed(
  options: DeployedStageOptions,
  organization: Organization,
  served: ServedOrganization,
  ministack: RunningMiniStack,
): Promise<DeployedStage> {
  const { report, context = {}, prepare } = options;
  try {
    report('Deploying the CDK app: three stacks, each in its account');
    await prepare?.(served.endpoint);
    const deploy = (configurationFolder: string): Promise<StackOutputs> =>
      deployStacks({ ...options, configurationFolder }, organization, served, ministack);
    const outputs = outputsOf(await deploy(options.configurationFolder));
    const stopForwarding = forwardToBus(options, organization, ministack);
    const aws = awsAccess(ministack);
    const eventBusName = outputs['EventBusName'] ?? EVENT_BUS_NAME;
    const outcomes = await OutcomeConsumer.subscribe(aws, eventBusName);
    const api = apiEndpoint(ministack, outputs);
    const deadLetters = new DeadLetterQueue(awsAccess(ministack), outputs['UnreadableEventsQueueUrl'] ?? '');
    const events = new EventBridgeClient(aws);
    return {
      organization,
      region: loadConfiguration(options.configurationFolder).platform.region,
      access: { endpoint: served.endpoint },
      endpoints: { runtime: ministack.endpoint, organization: served.endpoint, api },
      ledger: dynamodbLedgerStore(aws, outputs['LedgerTableName'] ?? ''),
      deploy: async (configurationFolder) => {
        await deploy(configurationFolder);
      },
      sendEvent: (desiredState) => putDesiredState(events, eventBusName, desiredState),
      callApi: signedApi(api, { region: REGION, accountId: ministack.accountId }),
      collectCosts: () => collectCosts(aws, `${context['namePrefix'] ?? ''}${physicalName('CollectCosts')}`),
      outcomes: () => outcomes.received(),
      deadLetters: () => deadLetters.letters(),
      pause: () => new Promise((resolve) => setTimeout(resolve, 200)),
      patienceSeconds: PATIENCE_SECONDS,
      now: () => new Date(),
      stop: async () => {
        stopForwarding();
        await ministack.stop();
        await served.close();
      },
    };
  } catch (error) {
    await ministack.stop();
    throw error;
  }
}

const busName = ({ context = {} }: DeployedStageOptions): string => `${context['namePrefix'] ?? ''}${EVENT_BUS_NAME}`;

function withForwarding(options: DeployedStageOptions): DeployedStageOptions {
  if (options.awsEventDelays === undefined) return options;
  const eventForwarding = `arn:aws:events:${REGION}:${exampleOrganization().meshcloudAccountId}:event-bus/${busName(options)}`;
  return { ...options, context: { ...options.context, eventForwarding } };
}

/** What the rules of `EventForwardingStack` do on AWS. @returns what ends it */
function forwardToBus(
  options: DeployedStageOptions,
  organization: Organization,
  ministack: RunningMiniStack,
): () => void {
  let isOver = false;
  if (options.awsEventDelays !== undefined) {
    const receive = async (event: unknown): Promise<void> => {
      if (!isOver) await forwardServiceEvent(ministack, busName(options), event);
    };
    forwardEvents(organization, options.awsEventDelays, receive, options.organizationNow);
  }
  return () => {
    isOver = true;
  };
}

/** Each in its account: the application's own to MiniStack, the others to the organization. */
async function deployStacks(
  { configurationFolder, context = {}, log }: DeployedStageOptions,
  organization: Organization,
  served: ServedOrganization,
  ministack: RunningMiniStack,
): Promise<StackOutputs> {
  const { region, identityCenterRole } = loadConfiguration(configurationFolder).platform;
  return deployApp({
    ministack,
    app: 'tsx infra/app.ts',
    context: { ...context, configDir: configurationFolder, bundleCache: BUNDLE_CACHE },
    parameters: { ExternalId: EXAMPLE_EXTERNAL_ID },
    stacks: [STACK],
    kept: { folder: path.join(projectRoot, '.cache/assemblies'), key: keyOf(configurationFolder, context) },
    besides: async (templateOf) => {
      organization.admitRoles(functionRoles(await templateOf(STACK), organization));
      await deployAccountStacks({
        endpoint: served.endpoint,
        region,
        templateOf,
        identityCenterAccountId: identityCenterRole === undefined ? undefined : accountOfRole(identityCenterRole),
      });
    },
    ...(log === undefined ? {} : { log }),
  });
}

const keyOf = (configurationFolder: string, context: Readonly<Record<string, string>>): string =>
  hashOfFiles(projectRoot, APP_SOURCES, [
    hashOfFiles(configurationFolder, ['.']),
    ...Object.entries(context).toSorted().flat(),
  ]);

/** With a prefix of names, the stack has another name than its id. */
const outputsOf = (stacks: StackOutputs): Readonly<Record<string, string>> =>
  Object.entries(stacks).find(([name]) => name.endsWith(STACK))?.[1] ?? {};

/** MiniStack makes the roles of the functions; the organization is given them, so that it can judge calls by them. */
function functionRoles(template: string, { state }: Organization): readonly ServiceRoleSeed[] {
  const { partition = 'aws', meshcloudAccountId: accountId } = state.seed;
  const parameters = { ExternalId: EXAMPLE_EXTERNAL_ID };
  return rolesInTemplate(JSON.parse(template), { partition, region: REGION, accountId, parameters });
}

function awsAccess({ endpoint, region, accountId }: RunningMiniStack): AwsAccess {
  return { endpoint, region, credentials: { accessKeyId: accountId, secretAccessKey: 'test' } };
}

function apiEndpoint({ endpoint }: RunningMiniStack, outputs: Readonly<Record<string, string>>): string {
  const { ApiId: id, ApiUrl: url } = outputs;
  if (id !== undefined && url !== undefined) return localApi(endpoint, id, url);
  throw new SandboxError(
    'The deployed stack does not say where its API is (outputs ApiId, ApiUrl). Run the command again.',
  );
}

/** MiniStack keeps schedules and does not run them: the function is called as one would. */
async function collectCosts(aws: AwsAccess, functionName: string): Promise<void> {
  const call = { FunctionName: functionName, Payload: '{}' };
  const { FunctionError, Payload } = await new LambdaClient(aws).send(new InvokeCommand(call));
  if (FunctionError !== undefined) {
    throw new SandboxError(`The costs could not be collected: ${Buffer.from(Payload ?? []).toString('utf8')}`);
  }
}

async function putDesiredState(events: EventBridgeClient, eventBusName: string, desiredState: unknown): Promise<void> {
  const entry = {
    EventBusName: eventBusName,
    Source: REPLICATOR_SOURCE,
    DetailType: DESIRED_STATE_DETAIL_TYPE,
    Detail: JSON.stringify(desiredState),
  };
  const { FailedEntryCount, Entries } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  if ((FailedEntryCount ?? 0) > 0) {
    throw new SandboxError(`The bus refused the desired state: ${Entries?.[0]?.ErrorMessage ?? 'no reason given'}`);
  }
}

/** Functions there would call the endpoint of AWS that the configuration names. */
const servesNoScim = (): SandboxError =>
  new SandboxError(
    'This configuration makes groups by SCIM (awsSso in platform.json), whose endpoint the local AWS does not serve. ' +
      'See it with npm run demo -- --embedded, or configure awsIdentityStore in its place.',
  );
