import { randomUUID } from 'node:crypto';

import { compose as composeAdoptAccounts } from '../../../functions/adopt/handler';
import { compose as composeApi } from '../../../functions/api/handler';
import { compose as composeIntake } from '../../../functions/intake/handler';
import { memoryLedgerStore } from '../memory-ledger-store';
import type { DeadLetter, WatchedRun } from '../../../functions/ports/queues';
import type { DriftReport } from '../../../functions/ports/outcome-publisher';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import type { Log } from '../../../functions/ports/log';
import { compose as composeCollectCosts } from '../../../functions/metering/handler';
import { compose as composePreviewChanges } from '../../../functions/dry-run/handler';
import { compose as composeRunPreflight } from '../../../functions/preflight/handler';
import { compose as composeRollOut } from '../../../functions/rollout/handler';
import { compose as composeReconcileTenants } from '../../../functions/reconcile/handler';
import { compose as composeRecordFailure } from '../../../functions/record-failure/handler';
import { PreviewSchema } from '../../../functions/domain/run/preview';
import type { BatchAnswer, FunctionHandler } from '../../../functions/runtime/on-lambda';
import type { Runtime } from '../../../functions/runtime/environment';
import { compose as composeWakeRuns } from '../../../functions/wake-runs/handler';
import { compose as composeWatchRuns } from '../../../functions/watch-runs/handler';
import { QUEUE_READERS } from '../../../infra/dead-letter-queues';
import { queueTimes, type QueueTimes } from '../../../infra/queue-times';
import { recursiveFunctions } from '../../../infra/recursive-functions';
import type { ApiAnswer, ApiCall } from '../stage/stage';
import { calledOperation } from '../../organization/called-operation';
import { embeddedAwsSettings, embeddedSecrets } from './embedded-aws-settings';
import { EmbeddedLetters, type QueueOutput } from './embedded-letters';
import type { EmbeddedOptions } from './embedded-options';
import { EmbeddedQueue } from './embedded-queue';
import { KnownConfigurations } from './known-configurations';
import { LOOK_AFTER_SECONDS, messagesInto } from './embedded-messages';
import { EmbeddedWorkflow } from './embedded-workflow';
import { bodyOf, CALLER, resourceOf, SENT_FROM } from './gateway-resource';
import { environmentOf } from './environment-of';
import { forwardEvents } from './forwarded-events';
import { functionFailed } from './function-failed';
import { mostAtOnceOf, timeoutSecondsOf } from './function-timeouts';
import { HeardEvents, heardReports } from './heard-events';
import { type FunctionDeps, interruptibleDeps } from './interruptible-deps';
import { InvocationError, type Invocations, waitingFor } from './invocation';
import { stepFunctions } from './step-functions';
import { invocationsBy, passing, waitingAs } from './timed-invocations';
import { workflowEdges } from './workflow-edges';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * The whole application in this process: the functions that are deployed, composed over memory instead of DynamoDB, the
 * local interpreter instead of Step Functions, and queues and bus as plain calls. Only the organization is reached
 * through the real SDK.
 */
export class EmbeddedApplication {
  readonly ledger: LedgerStore;
  readonly workflow: EmbeddedWorkflow;
  readonly #heard = new HeardEvents();
  /** What a consumer with its own rule on the bus has seen. */
  readonly outcomes = this.#heard.outcomes;
  readonly usageEvents = this.#heard.usageEvents;
  readonly delays = this.#heard.delays;
  readonly approvalsAsked = this.#heard.approvalsAsked;
  readonly shadows = this.#heard.shadows;
  readonly rolloutEvents = this.#heard.rolloutEvents;
  readonly driftReports: DriftReport[] = [];
  readonly #invocations: Invocations;
  readonly #queues: Readonly<Record<QueueOutput, EmbeddedQueue>>;
  readonly #letters = new EmbeddedLetters(() => this.#queues);
  readonly #api: FunctionHandler<GatewayAnswer>;
  readonly #collectCosts: FunctionHandler;
  readonly #statusChangeDelays: NonNullable<EmbeddedOptions['statusChangeDelays']>;
  #pauses = 0;
  #isAwsBusy: () => boolean = () => false;

  constructor(options: EmbeddedOptions) {
    const { configuration } = options;
    this.ledger = options.ledger ?? memoryLedgerStore();
    this.#statusChangeDelays = options.statusChangeDelays ?? ((): readonly number[] => [0]);
    const mayRecur = (name: string): boolean => name in recursiveFunctions;
    this.#invocations = invocationsBy(options, timeoutSecondsOf, options.onEffect, mayRecur);
    const interruptible = interruptibleDeps(
      this.#invocations,
      this.#edges(() => previewChanges, options.previewedAs ?? ((plan) => plan)),
    );
    const { configurationAt = new KnownConfigurations(configuration).at } = options;
    const deps = { ...interruptible, turns: interruptible.tokens, configurationAt };
    const hostOf = (name: string): Runtime => this.#host(name, options, deps);
    const previewChanges = composePreviewChanges(hostOf('PreviewChanges'));
    const wakeRuns = composeWakeRuns(hostOf('WakeRuns'), deps);
    this.#hearOfAws(options, wakeRuns);
    this.workflow = new EmbeddedWorkflow({
      handlers: {
        ...stepFunctions(hostOf, { configuration, ...deps }),
        WakeRuns: (input) => wakeRuns(input).then(() => null),
      },
      invocations: this.#invocations,
      onEnd: (executionArn, status) => {
        this.#executionEnded(executionArn, status);
      },
      definition: options.definition,
      hasEvents: options.awsEventDelays !== undefined,
      keepsHistory: options.keepsHistory ?? false,
      watch: options.executionWatch,
      describeLagSeconds: options.describeLagSeconds,
    });
    const intake = composeIntake(hostOf('Intake'), { configuration, ...deps });
    const recordFailure = composeRecordFailure(hostOf('RecordFailure'), { executions: deps.workflow, ...deps });
    const watchRuns = composeWatchRuns(hostOf('WatchRuns'), {
      executions: deps.workflow,
      redriver: deps.workflow,
      ...deps,
    });
    const pause = (seconds: number): Promise<void> => this.#pause(seconds);
    const runPreflight = composeRunPreflight(hostOf('RunPreflight'), { configuration, pause });
    this.#collectCosts = composeCollectCosts(hostOf('CollectCosts'), { configuration, ...deps, pause });
    const { enrollmentsPerWeek } = options;
    const adoptAccounts = composeAdoptAccounts(hostOf('AdoptAccounts'), { configuration, ...deps, enrollmentsPerWeek });
    const rollOut = composeRollOut(hostOf('RollOut'), { configuration, ...deps });
    const reconcileTenants = composeReconcileTenants(hostOf('ReconcileTenants'), deps);
    this.#queues = {
      DesiredStatesQueueUrl: this.#queue('DesiredStatesQueueUrl', intake, queueTimes.DesiredStates),
      FailedExecutionsQueueUrl: this.#queue('FailedExecutionsQueueUrl', recordFailure, queueTimes.FailedExecutions),
      RunWatchQueueUrl: this.#queue('RunWatchQueueUrl', watchRuns, queueTimes.RunWatch),
      PreflightsQueueUrl: this.#queue('PreflightsQueueUrl', runPreflight, queueTimes.Preflights),
      AdoptionsQueueUrl: this.#queue('AdoptionsQueueUrl', adoptAccounts, queueTimes.Adoptions),
      RolloutsQueueUrl: this.#queue('RolloutsQueueUrl', rollOut, queueTimes.Rollouts),
      ReconciliationsQueueUrl: this.#queue('ReconciliationsQueueUrl', reconcileTenants, queueTimes.Reconciliations),
    };
    this.#api = composeApi(hostOf('Api'), {
      configuration,
      redriver: deps.workflow,
      stopper: deps.workflow,
      ...deps,
      newId: randomUUID,
    });
  }

  /** Whether anything runs right now, as opposed to waiting for the clock to advance. */
  get busy(): boolean {
    return this.#isAwsBusy() || (this.#invocations.busy && this.#pauses === 0);
  }

  get deadLetters(): readonly string[] {
    return Object.values(this.#queues).flatMap(({ deadLetters }) => [...deadLetters]);
  }

  get unreadableEvents(): readonly DeadLetter[] {
    return this.#letters.unreadableEvents;
  }

  /** As Lambda counts it: the functions that were not invoked since their chain of requests was too long. */
  get recursiveInvocationsDropped(): readonly string[] {
    return this.#invocations.recursiveInvocationsDropped;
  }

  /** Puts a desired state on the bus. */
  sendEvent(detail: unknown): void {
    const event = { ...SENT_FROM, 'detail-type': 'meshTenant Desired State', detail };
    this.#queues.DesiredStatesQueueUrl.send(JSON.stringify(event));
  }

  /** As EventBridge does at the hour that is configured. */
  startNight(): void {
    this.#queues.ReconciliationsQueueUrl.send(
      JSON.stringify({ source: 'aws.events', time: `${new Date().toISOString().slice(0, 19)}Z` }),
    );
  }

  /** What a night does for a run that has been at work for an hour: one look at it. */
  lookOnce(watched: Pick<WatchedRun, 'tenantUuid' | 'replicationSequence'>): void {
    this.#queues.RunWatchQueueUrl.send(JSON.stringify({ ...watched, once: true }), LOOK_AFTER_SECONDS);
  }

  async callApi({ method, path, query, body }: ApiCall): Promise<ApiAnswer> {
    const request = {
      httpMethod: method,
      ...resourceOf(path),
      queryStringParameters: query ?? null,
      ...bodyOf(body),
      requestContext: { identity: { userArn: CALLER } },
    };
    try {
      const answer = await this.#invocations.invoke('Api', this.#api, request);
      const isText = answer.headers['Content-Type']?.startsWith('text/') ?? false;
      return { status: answer.statusCode, body: isText ? answer.body : JSON.parse(answer.body) };
    } catch (error) {
      // API Gateway answers for a function that has not come to its end.
      if (error instanceof InvocationError) return { status: 502, body: functionFailed };
      throw error;
    }
  }

  /** What the schedule calls once a day. */
  async collectCosts(): Promise<void> {
    await this.#invocations.invoke('CollectCosts', this.#collectCosts, {});
  }

  #hearOfAws({ organization, awsEventDelays }: EmbeddedOptions, wakeRuns: FunctionHandler): void {
    if (awsEventDelays === undefined) return;
    const receive = (event: unknown): Promise<unknown> => this.#invocations.invoke('WakeRuns', wakeRuns, event);
    this.#isAwsBusy = forwardEvents(organization, awsEventDelays, receive);
  }

  /** A preflight that waits for the clock does not count as busy. */
  async #pause(seconds: number): Promise<void> {
    this.#pauses += 1;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    this.#pauses -= 1;
  }

  #queue(output: QueueOutput, consumer: FunctionHandler<BatchAnswer>, times: QueueTimes): EmbeddedQueue {
    const { function: name } = QUEUE_READERS[output];
    return new EmbeddedQueue((batch, lineage) => this.#invocations.invoke(name, consumer, batch, lineage), {
      ...times,
      onDeadLetter: (body) => {
        this.#letters.keep(output, body);
      },
      mostAtOnce: this.#invocations.isBounded ? mostAtOnceOf(name) : undefined,
    });
  }

  #executionEnded(executionArn: string, status: string): void {
    if (status === 'SUCCEEDED') return;
    const detail = this.workflow.statusChange(executionArn);
    for (const seconds of this.#statusChangeDelays(executionArn, status)) {
      const deliver = (): void => {
        this.#queues.FailedExecutionsQueueUrl.send(JSON.stringify({ detail }));
      };
      if (seconds === 0) deliver();
      else setTimeout(deliver, seconds * 1000);
    }
  }

  #edges(
    previewChanges: () => ReturnType<typeof composePreviewChanges>,
    previewedAs: NonNullable<EmbeddedOptions['previewedAs']>,
  ): FunctionDeps {
    return {
      ledger: this.ledger,
      ...messagesInto(() => ({
        runWatch: this.#queues.RunWatchQueueUrl,
        reconciliations: this.#queues.ReconciliationsQueueUrl,
        preflights: this.#queues.PreflightsQueueUrl,
        adoptions: this.#queues.AdoptionsQueueUrl,
        rollouts: this.#queues.RolloutsQueueUrl,
      })),
      ...workflowEdges(() => this.workflow),
      outcomes: this.#heard,
      deadLetters: this.#letters.door,
      letters: this.#letters,
      previews: {
        // As Lambda does: the function gets JSON, and so does who waits for it.
        preview: async (given) => {
          const input: unknown = JSON.parse(JSON.stringify({ plan: previewedAs(given) }));
          const answer = await waitingFor(() => this.#invocations.invoke('PreviewChanges', previewChanges(), input));
          return PreviewSchema.parse(JSON.parse(JSON.stringify(answer)));
        },
      },
      reports: heardReports(this.driftReports),
    };
  }

  /** As the CDK app gives each function its environment: with the roles of its own class of rights. */
  #host(
    name: string,
    { organization, configuration, externalId, log, onEffect, onWait, times }: EmbeddedOptions,
    { ledger, watch }: Pick<FunctionDeps, 'ledger' | 'watch'>,
  ): Runtime {
    const environment = environmentOf(name, configuration);
    const { region } = configuration.platform;
    return {
      environment,
      now: () => new Date(),
      wait: waitingAs(name, onWait),
      log: log ?? silent,
      metrics: { record: () => undefined },
      ledger,
      secrets: embeddedSecrets(externalId),
      watch,
      aws: embeddedAwsSettings(organization, { environment, region }, (request, answer) => {
        if (times !== undefined) return passing(times.roundTrip()).then(answer);
        // Reading the request costs time that only one who wants to know of it should pay.
        if (onEffect === undefined) return answer();
        const { service, operation, write } = calledOperation(request);
        return this.#invocations.effect({ kind: 'aws', name: `${service}:${operation}`, write }, answer);
      }),
    };
  }
}

type GatewayAnswer = Awaited<ReturnType<ReturnType<typeof composeApi>>>;
