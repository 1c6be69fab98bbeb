import { Duration, Stack } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

import {
  LANE_OF_STATE,
  type Measurement,
  METRICS_NAMESPACE,
  METRICS_SERVICE,
} from '../../functions/domain/measurement';
import { DASHBOARD_NAME } from '../names';

const PERIOD = Duration.minutes(5);
const WIDTH = 12;

/**
 * Everything that works, on one page: made last, it finds all functions, queues, workflows, tables and APIs of its stack by itself. From the top: how vendings end and
 * how long they take, where they wait, what fails, and the parts one by one.
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: DASHBOARD_NAME,
      widgets: [
        [new TextWidget({ markdown: INTRODUCTION, width: 2 * WIDTH, height: 2 })],
        [outcomes(), timeToReady()],
        [queueWaits(), stepDurations()],
        [...callsToAws()],
        ...this.#partsOf(),
      ],
    });
  }

  #partsOf(): readonly IWidget[][] {
    const parts = Stack.of(this).node.findAll();
    const all = <Part>(type: abstract new (...args: never[]) => Part): readonly Part[] =>
      parts.filter((part): part is Construct & Part => part instanceof type);
    const functions = all(LambdaFunction);
    const queues = all(Queue);
    return [
      all(StateMachine).flatMap(workflow),
      [
        graph(
          'Functions: errors',
          functions.map((one) => one.metricErrors(counted(one))),
        ),
        graph(
          'Functions: longest duration',
          functions.map((one) => one.metricDuration({ ...named(one), statistic: 'max' })),
        ),
      ],
      [
        graph(
          'Functions: at work at once',
          functions.map((one) => one.metric('ConcurrentExecutions', { ...named(one), statistic: 'max' })),
        ),
        graph(
          'Functions: turned away',
          functions.map((one) => one.metricThrottles(counted(one))),
        ),
      ],
      [
        graph(
          'Queues: messages',
          queues.map((one) => one.metricApproximateNumberOfMessagesVisible({ ...named(one), statistic: 'max' })),
        ),
        graph(
          'Queues: age of the oldest, seconds',
          queues.map((one) => one.metricApproximateAgeOfOldestMessage({ ...named(one), statistic: 'max' })),
        ),
      ],
      [...all(RestApi).map(api), ...all(TableV2).map(table)],
    ];
  }
}

const INTRODUCTION =
  '**Account vending.** `npm run vendings -- list` shows where each request is; what to do about an alarm is in `docs/operation.md`.';

const graph = (title: string, left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], width: WIDTH, period: PERIOD });

const named = (part: Construct): { readonly label: string; readonly period: Duration } => ({
  label: part.node.path
    .split('/')
    .slice(1)
    .filter((name) => name !== 'Resource')
    .join(' '),
  period: PERIOD,
});

const counted = (part: Construct): ReturnType<typeof named> & { readonly statistic: string } => ({
  ...named(part),
  statistic: 'sum',
});

/** A figure of our own. */
const measured = (
  metricName: Measurement['name'],
  dimensions: Measurement['dimensions'],
  statistic: string,
  label: string,
): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { service: METRICS_SERVICE, ...dimensions },
    statistic,
    period: PERIOD,
    label,
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

const stepDurations = (): GraphWidget =>
  graph('Duration of steps with their waiting, seconds', [found('StepDuration', ['State'], 'Average')]);

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
      machine.metricTimedOut(figure),
    ]),
    graph(`${machine.node.id}: duration of executions, milliseconds`, [
      machine.metricTime({ period: PERIOD, statistic: 'p50' }),
      machine.metricTime({ period: PERIOD, statistic: 'max' }),
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
