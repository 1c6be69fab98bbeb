import { Duration } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

import type { Measurement, StepDurations } from '../../functions/domain/run/measurement';
import { METRICS_NAMESPACE } from '../../functions/runtime/environment';
import { isStep } from '../../functions/steps/each-step';
import { LANE_OF_STATE } from '../../functions/domain/base/workflow-facts';
import { named, rulesOf } from '../deployment-rules';
import { DASHBOARD_NAME, FUNCTIONS_DASHBOARD_NAME, STORING_FUNCTION } from '../names';
import { ownMetric } from '../own-metric';
import { UNNAMED } from '../ruled-stack';

const PERIOD = Duration.minutes(5);
const WIDTH = 12;

/**
 * Everything that works, on two pages: made last, they find all functions, queues, workflows, tables and APIs beside
 * them by themselves. The first shows how vendings end and how long they take, where they wait, what fails; the second
 * the functions of the workflows one by one. Two, because CloudWatch charges $3 a month for one of more than fifty
 * metrics.
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // A deployment that cannot store its configuration says so itself.
    const functions = this.#all(LambdaFunction).filter(({ node: { scope } }) => scope?.node.id !== STORING_FUNCTION);
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: named(this, DASHBOARD_NAME),
      widgets: [
        [new TextWidget({ markdown: INTRODUCTION, width: 2 * WIDTH, height: 2 })],
        [outcomes(), timeToReady()],
        [queueWaits(), delays()],
        [stepDurations(rulesOf(this).stepDurations), ...callsToAws()],
        [
          errorsOf(
            'Errors of functions around the workflows',
            functions.filter((one) => !isOfWorkflow(one)),
          ),
        ],
        this.#all(StateMachine).flatMap(workflow),
        queuesOf(this.#all(Queue)),
        [...this.#all(RestApi).map(api), ...this.#all(TableV2).map(table)],
      ],
    });
    new CloudWatchDashboard(this, 'Functions', {
      dashboardName: named(this, FUNCTIONS_DASHBOARD_NAME),
      widgets: functionsOf(functions.filter(isOfWorkflow)),
    });
  }

  #all<Part>(type: abstract new (...args: never[]) => Part): readonly Part[] {
    const parts: readonly unknown[] = this.node.scope?.node.findAll() ?? [];
    return parts.filter((part): part is Part => part instanceof type);
  }
}

/** PreviewChanges works for a state, too, and these two begin the runs of many tenants. */
const BESIDE_STEPS: readonly string[] = ['PreviewChanges', 'AdoptAccounts', 'RollOut'];

const isOfWorkflow = ({ node: { scope } }: LambdaFunction): boolean =>
  scope !== undefined && (isStep(scope.node.id) || BESIDE_STEPS.includes(scope.node.id));

/**
 * Named one by one, so that one that has never failed is there as well; their own pages in the console show the rest.
 */
const errorsOf = (title: string, functions: readonly LambdaFunction[]): GraphWidget =>
  graph(
    title,
    functions.map((one) => one.metricErrors(counted(one))),
  );

const functionsOf = (functions: readonly LambdaFunction[]): IWidget[][] => [
  [errorsOf('Errors', functions), graph('Longest duration, milliseconds', [functionsFound('Duration', 'Maximum')])],
  [
    graph('At work at once', [functionsFound('ConcurrentExecutions', 'Maximum')]),
    graph('Turned away', [functionsFound('Throttles', 'Sum')]),
  ],
];

/** How many letters wait for a person, and how long work waits for its function. */
function queuesOf(queues: readonly Queue[]): IWidget[] {
  const deadLetters = new Set(queues.flatMap(({ deadLetterQueue }) => deadLetterQueue?.queue ?? []));
  const [dead, alive] = [queues.filter((one) => deadLetters.has(one)), queues.filter((one) => !deadLetters.has(one))];
  return [
    graph(
      'Dead letters',
      dead.map((one) => one.metricApproximateNumberOfMessagesVisible({ ...labelled(one), statistic: 'max' })),
    ),
    graph(
      'Queues: age of the oldest message, seconds',
      alive.map((one) => one.metricApproximateAgeOfOldestMessage({ ...labelled(one), statistic: 'max' })),
    ),
  ];
}

const measured = (
  name: Measurement['name'],
  dimensions: Measurement['dimensions'],
  statistic: string,
  label: string,
): IMetric => ownMetric(name, { dimensions, statistic, label, period: PERIOD });

const INTRODUCTION =
  '**Account vending.** `npx account-vending vendings list` shows where each request is; what to do about an alarm is in `docs/operation.md`.';

const graph = (title: string, left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width: WIDTH, period: PERIOD });

const labelled = (part: Construct): { readonly label: string; readonly period: Duration } => ({
  label: part.node.path
    .split('/')
    .slice(1)
    .filter((name) => name !== 'Resource' && name !== UNNAMED)
    .join(' '),
  period: PERIOD,
});

const counted = (part: Construct): ReturnType<typeof labelled> & { readonly statistic: string } => ({
  ...labelled(part),
  statistic: 'sum',
});

/** All metrics of a name, by the values that a dimension has had: which these are is not known beforehand. */
const found = (
  name: Measurement['name'],
  dimensions: readonly string[],
  statistic: 'Sum' | 'Average',
): MathExpression =>
  new MathExpression({
    expression: `SEARCH('{${[METRICS_NAMESPACE, 'service', ...dimensions].join(',')}} MetricName="${name}"', '${statistic}')`,
    usingMetrics: {},
    period: PERIOD,
    label: '',
  });

/** Finds all of our functions that have run: their names contain this word. */
const functionsFound = (name: string, statistic: 'Sum' | 'Maximum'): MathExpression =>
  new MathExpression({
    expression: `SEARCH('{AWS/Lambda,FunctionName} MetricName="${name}" vending', '${statistic}')`,
    usingMetrics: {},
    period: PERIOD,
    label: '',
  });

const outcomes = (): GraphWidget =>
  graph('Runs that have ended: vended, and failed by cause', [
    measured('Outcomes', { Outcome: 'VENDED' }, 'sum', 'vended'),
    found('Outcomes', ['Cause', 'Outcome'], 'Sum'),
  ]);

const timeToReady = (): GraphWidget =>
  graph('Time until an account is ready, seconds', [
    measured('TimeToReady', {}, 'p50', 'half of them'),
    measured('TimeToReady', {}, 'p95', '95 of 100'),
  ]);

/** Named one by one, so that a lane in which nobody has ever waited is there as well. */
const queueWaits = (): GraphWidget =>
  graph(
    'Longest wait in a lane, seconds',
    [...new Set(Object.values(LANE_OF_STATE))].map((Lane) => measured('QueueWait', { Lane }, 'max', Lane)),
  );

const delays = (): GraphWidget =>
  graph('Runs that are late', [
    measured('OverdueRuns', {}, 'sum', 'in a state'),
    measured('StarvedLanes', {}, 'sum', 'in a lane that does not move'),
    measured('OutdatedEvents', {}, 'sum', 'events in a row that are older than the newest'),
  ]);

const stepDurations = (kept: StepDurations): GraphWidget =>
  graph(
    'Duration of steps with their waiting, seconds',
    kept === 'byState'
      ? [found('StepDuration', ['State'], 'Average')]
      : [
          measured('StepDuration', {}, 'avg', 'on average'),
          measured('StepDuration', {}, 'p95', '95 of 100'),
          measured('StepDuration', {}, 'max', 'the longest'),
        ],
  );

const callsToAws = (): readonly GraphWidget[] => [
  graph('Calls that AWS has turned away as too fast, by step', [found('Throttles', ['State'], 'Sum')]),
  graph('Looks at what AWS is doing', [measured('Polls', {}, 'sum', 'looks')]),
];

function workflow(machine: StateMachine): readonly GraphWidget[] {
  const figure = { period: PERIOD, statistic: 'sum' };
  return [
    graph(`${machine.node.id}: executions`, [
      machine.metricStarted(figure),
      machine.metricSucceeded(figure),
      machine.metricFailed(figure),
      machine.metricAborted(figure),
    ]),
    graph(`${machine.node.id}: duration of executions, milliseconds`, [
      machine.metricTime({ period: PERIOD, statistic: 'p50' }),
    ]),
  ];
}

const api = (restApi: RestApi): GraphWidget =>
  graph('API: calls, and those that failed', [
    restApi.metricCount({ period: PERIOD, statistic: 'sum' }),
    restApi.metricClientError({ period: PERIOD, statistic: 'sum' }),
    restApi.metricServerError({ period: PERIOD, statistic: 'sum' }),
  ]);

const table = (ledger: TableV2): GraphWidget =>
  graph('Ledger: capacity used', [
    ledger.metricConsumedReadCapacityUnits({ period: PERIOD, statistic: 'sum' }),
    ledger.metricConsumedWriteCapacityUnits({ period: PERIOD, statistic: 'sum' }),
  ]);
