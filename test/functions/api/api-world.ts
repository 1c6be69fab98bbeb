import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { KnownConfigurations } from '../../../sandbox/runtime/embedded/known-configurations';
import { compose } from '../../../functions/api/handler';
import { ProblemSchema } from '../../../functions/api/responses';
import type { DeadLetterQueue } from '../../../functions/domain/fleet/dead-letter';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { Preview } from '../../../functions/domain/run/preview';
import type { EnvironmentName } from '../../../functions/runtime/environment';
import { FakeExecutions } from '../../fakes/fake-executions';
import { FakeLetterQueues } from '../../fakes/fake-letter-queues';
import { FakeOwnAccount } from '../../fakes/fake-own-account';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingLog, RecordingMetrics, RecordingOutcomes, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { after, TENANT } from '../../fakes/vending';
import { type Change, changed, configuration, desiredStateJson } from '../domain/examples';

/** The id that every preflight gets. */
export const PREFLIGHT = '0b9d7c1e-0000-4000-8000-00000000000a';

export interface ApiAnswer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: unknown;
}

/** Who calls. */
export const CALLER = 'arn:aws:sts::111111111111:assumed-role/Operators/jane';

/** What the API finds of dead letters. */
const LETTER_QUEUES: readonly DeadLetterQueue[] = [
  { name: 'desired-states', url: 'q/dead', sources: [{ url: 'q/wanted', reader: 'vending-Intake', mostReceives: 5 }] },
  {
    name: 'work',
    url: 'q/given-up',
    sources: [
      { url: 'q/looks', reader: 'vending-WatchRuns', mostReceives: 10 },
      { url: 'q/ends', reader: 'vending-RecordFailure', mostReceives: 10 },
    ],
  },
];

const ENVIRONMENT: Partial<Readonly<Record<EnvironmentName, string>>> = {
  LONGEST_FUNCTION_SECONDS: '300',
  DEAD_LETTER_QUEUES: JSON.stringify(LETTER_QUEUES),
};

type Query = Readonly<Record<string, string>>;

/** The API over fakes, called as API Gateway calls it. */
export class ApiWorld {
  readonly ledger = new RecordingLedgerStore();
  readonly workflow = new RecordingWorkflow();
  readonly log = new RecordingLog();
  readonly executions = new FakeExecutions();
  readonly watch = new RecordingWatch();
  readonly letters = new FakeLetterQueues();
  readonly outcomes = new RecordingOutcomes();
  readonly turns = new FakeTaskTokens();
  configuration = configuration();
  /** How much time has passed. */
  seconds = 0;
  /** Preflights that were asked for. */
  readonly asked: string[] = [];
  /** Parts of adoptions that were asked for. */
  readonly adoptions: object[] = [];
  /** Parts of rollouts that were asked for. */
  readonly rollouts: object[] = [];
  /** What was deployed before. */
  readonly earlier: Configuration[] = [];
  /** With which the store of configurations answers. */
  storeFailure: Error | undefined;
  /** What was looked at for a dry run. */
  readonly plans: VendingPlan[] = [];
  /** Of which a look for a dry run fails. */
  failure: Error | undefined;
  readonly previewed: Preview = {
    changes: [{ state: 'TagAccount', what: 'tag meshstack_env', from: 'dev', to: 'prod' }],
    refusal: null,
  };

  async call(event: object): Promise<ApiAnswer> {
    const { ledger, workflow, log, executions, watch, letters } = this;
    const api = compose(
      {
        environment: (name) => ENVIRONMENT[name] ?? '',
        now: () => after(this.seconds),
        log,
        ledger,
        metrics: new RecordingMetrics(),
        wait: () => Promise.resolve(),
        secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
        watch: new RecordingWatch(),
        aws: {},
      },
      {
        configuration: this.configuration,
        configurationAt: async (hash) => {
          if (this.storeFailure !== undefined) throw this.storeFailure;
          return new KnownConfigurations(this.configuration, ...this.earlier).at(hash);
        },
        workflow,
        turns: this.turns,
        redriver: executions,
        stopper: executions,
        watch,
        preflights: { send: (id) => Promise.resolve(void this.asked.push(id)) },
        adoptions: { send: (part) => Promise.resolve(void this.adoptions.push(part)) },
        rollouts: { send: (part) => Promise.resolve(void this.rollouts.push(part)) },
        outcomes: this.outcomes,
        previews: { preview: (plan) => this.#preview(plan) },
        letters,
        ownAccount: new FakeOwnAccount(),
        newId: () => PREFLIGHT,
      },
    );
    const { statusCode, headers, body } = await api({
      pathParameters: null,
      queryStringParameters: null,
      requestContext: { identity: { userArn: CALLER } },
      ...event,
    });
    return { status: statusCode, type: headers['Content-Type'], body: JSON.parse(body) };
  }

  send(body: unknown, query: Query | null = null): Promise<ApiAnswer> {
    return this.call({
      httpMethod: 'POST',
      resource: '/vendings',
      queryStringParameters: query,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  post(query: Query | null = null, ...changes: readonly Change[]): Promise<ApiAnswer> {
    return this.send(changed(desiredStateJson, ...changes), query);
  }

  get(tenantUuid: string, query: Query | null = null): Promise<ApiAnswer> {
    const path = { resource: '/vendings/{tenantUuid}', pathParameters: { tenantUuid } };
    return this.call({ httpMethod: 'GET', ...path, queryStringParameters: query });
  }

  replay(tenantUuid = TENANT): Promise<ApiAnswer> {
    return this.call({ httpMethod: 'POST', resource: '/vendings/{tenantUuid}/replay', pathParameters: { tenantUuid } });
  }

  stop(body: unknown, tenantUuid = TENANT): Promise<ApiAnswer> {
    return this.call({
      httpMethod: 'POST',
      resource: '/vendings/{tenantUuid}/stop',
      pathParameters: { tenantUuid },
      body: typeof body === 'string' || body === null ? body : JSON.stringify(body),
    });
  }

  list(query: Query | null = null): Promise<ApiAnswer> {
    return this.call({ httpMethod: 'GET', resource: '/vendings', queryStringParameters: query });
  }

  #preview(plan: VendingPlan): Promise<Preview> {
    this.plans.push(plan);
    return this.failure === undefined ? Promise.resolve(this.previewed) : Promise.reject(this.failure);
  }
}

export const arnOf = (name: string): string =>
  `arn:aws:states:eu-central-1:111111111111:execution:vend-account:${name}`;

export function expectProblem(answer: ApiAnswer, status: number, kind: string, ...fields: readonly string[]): void {
  expect(answer).toMatchObject({ status, type: 'application/problem+json' });
  const problem = ProblemSchema.parse(answer.body);
  expect(problem).toMatchObject({ type: `urn:account-vending:problem:${kind}`, status });
  expect([problem.title, problem.detail, ...problem.errors.map(({ message }) => message)]).not.toContain('');
  expect(problem.errors.map(({ field }) => field)).toEqual(fields);
}

export const detailOf = ({ body }: ApiAnswer): string => ProblemSchema.parse(body).detail;
