import { compose as composeApi } from '../../functions/api/handler';
import type { Configuration } from '../../functions/domain/configuration';
import { compose as composeIntake } from '../../functions/intake/handler';
import { memoryLedgerStore } from '../../functions/ledger/memory-ledger-store';
import type { DeadLetter } from '../../functions/ports/dead-letters';
import type { LedgerStore } from '../../functions/ports/ledger-store';
import type { Log } from '../../functions/ports/log';
import type { OutcomeEvent } from '../../functions/ports/outcome-publisher';
import { compose as composeRecordFailure } from '../../functions/record-failure/handler';
import type { EnvironmentName } from '../../functions/runtime/environment';
import type { Host } from '../../functions/runtime/host';
import type { Organization } from '../organization/organization';
import type { ApiAnswer, ApiCall } from '../stage/stage';
import { embeddedAwsSettings } from './embedded-aws-settings';
import { EmbeddedQueue } from './embedded-queue';
import { EmbeddedWorkflow } from './embedded-workflow';
import { stepFunctions } from './step-functions';

export interface EmbeddedOptions {
  readonly organization: Organization;
  readonly configuration: Configuration;
  readonly externalId: string;
  readonly ledger?: LedgerStore;
  readonly log?: Log;
  /** Another workflow than the one that is deployed: for tests that ask why it is as it is. */
  readonly definition?: object | undefined;
  /** Whether executions keep their events. */
  readonly keepsHistory?: boolean;
}

/** A function may work for this long; the CDK app sets the same. */
const LONGEST_FUNCTION_SECONDS = 60;

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * The whole application in this process: the functions that are deployed, composed over memory instead of DynamoDB, the local interpreter
 * instead of Step Functions, and queues and bus as plain calls. Only the organization is reached through the real SDK.
 */
export class EmbeddedApplication {
  readonly ledger: LedgerStore;
  readonly workflow: EmbeddedWorkflow;
  /** What a consumer with its own rule on the bus has seen. */
  readonly outcomes: OutcomeEvent[] = [];
  readonly unreadableEvents: DeadLetter[] = [];
  readonly #intake: EmbeddedQueue;
  readonly #failures: EmbeddedQueue;
  readonly #api: ReturnType<typeof composeApi>;
  #apiCalls = 0;

  constructor(options: EmbeddedOptions) {
    const { configuration } = options;
    this.ledger = options.ledger ?? memoryLedgerStore();
    const host = this.#host(options);
    const outcomes = {
      publish: (event: OutcomeEvent): Promise<void> => Promise.resolve(void this.outcomes.push(event)),
    };
    const deadLetters = {
      send: (letter: DeadLetter): Promise<void> => Promise.resolve(void this.unreadableEvents.push(letter)),
    };
    const starter = { start: (...call: Parameters<EmbeddedWorkflow['start']>) => this.workflow.start(...call) };
    this.workflow = new EmbeddedWorkflow({
      handlers: stepFunctions(host, { configuration, outcomes, workflow: starter }),
      onEnd: (executionArn, status) => {
        this.#executionEnded(executionArn, status);
      },
      definition: options.definition,
      keepsHistory: options.keepsHistory ?? false,
    });
    this.#intake = new EmbeddedQueue(composeIntake(host, { configuration, workflow: starter, deadLetters }), {
      visibilitySeconds: 90,
      mostReceives: 5,
    });
    const recordFailure = composeRecordFailure(host, { executions: this.workflow, workflow: starter, outcomes });
    this.#failures = new EmbeddedQueue(recordFailure, { visibilitySeconds: 90, mostReceives: 10 });
    this.#api = composeApi(host, { configuration, workflow: starter });
  }

  /** Whether anything works right now, as opposed to waiting for time to pass. */
  get busy(): boolean {
    return this.workflow.busy || this.#intake.busy || this.#failures.busy || this.#apiCalls > 0;
  }

  get deadLetters(): readonly string[] {
    return [...this.#intake.deadLetters, ...this.#failures.deadLetters];
  }

  /** Puts a desired state on the bus. */
  sendEvent(detail: unknown): void {
    const event = { source: 'meshstack.replicator', 'detail-type': 'meshTenant Desired State', detail };
    this.#intake.send(JSON.stringify(event));
  }

  async callApi({ method, path, query, body }: ApiCall): Promise<ApiAnswer> {
    this.#apiCalls += 1;
    try {
      const answer = await this.#api({
        httpMethod: method,
        ...resourceOf(path),
        queryStringParameters: query ?? null,
        body: body === undefined ? null : JSON.stringify(body),
      });
      return { status: answer.statusCode, body: JSON.parse(answer.body) };
    } finally {
      this.#apiCalls -= 1;
    }
  }

  #executionEnded(executionArn: string, status: string): void {
    if (status !== 'SUCCEEDED') this.#failures.send(JSON.stringify({ detail: { executionArn } }));
  }

  #host({ organization, configuration, externalId, log }: EmbeddedOptions): Host {
    const variables: Partial<Record<EnvironmentName, string>> = {
      MANAGEMENT_ROLE_ARN: configuration.platform.accessConfig.organizationRootAccountRole,
      AUTOMATION_ROLE_ARN: configuration.platform.automationAccountRole,
      LONGEST_FUNCTION_SECONDS: String(LONGEST_FUNCTION_SECONDS),
    };
    return {
      environment: (name) => variables[name] ?? '',
      now: () => new Date(),
      log: log ?? silent,
      ledger: this.ledger,
      secrets: { externalId: () => Promise.resolve(externalId) },
      aws: embeddedAwsSettings(organization, configuration.platform.region),
    };
  }
}

/** API Gateway finds the declared resource of a path. */
function resourceOf(path: string): { readonly resource: string; readonly pathParameters: object | null } {
  const tenantUuid = /^\/vendings\/([^/]+)$/.exec(path)?.[1];
  return tenantUuid === undefined
    ? { resource: path, pathParameters: null }
    : { resource: '/vendings/{tenantUuid}', pathParameters: { tenantUuid } };
}
