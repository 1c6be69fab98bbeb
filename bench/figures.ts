import { withBlock } from '../sandbox/marked-block';
import { ASKED_AT } from './asked-estimates';
import type { EstimateError } from './estimate-errors';
import type { FlowMeasures } from './flow-measures';
import { BUNDLE_BYTES, IMPORT_RATIO } from './promises';
import type { BenchReport, BundleMeasure } from './report';
import type { ScenarioResult } from './scenario-result';
import { verdictsOn } from './targets';

const SCENARIO_MARKS = ['<!-- figures by npm run bench -- --docs: begin -->', '<!-- figures: end -->'] as const;

const BUNDLE_MARKS = ['<!-- bundles by npm run bench -- --bundles --docs: begin -->', '<!-- bundles: end -->'] as const;

/** The page with the figures of these scenarios. */
export const withScenarios = (markdown: string, { scenarios }: Pick<BenchReport, 'scenarios'>): string =>
  withBlock(markdown, SCENARIO_MARKS, figuresOf(scenarios));

/** The page with the figures of these bundles. */
export const withBundles = (markdown: string, { bundles }: Pick<BenchReport, 'bundles'>): string =>
  withBlock(markdown, BUNDLE_MARKS, bundleTable(bundles));

/** Times of everybody, then what ours takes, then the targets that were missed and the errors of the estimates. */
function figuresOf(scenarios: readonly ScenarioResult[]): string {
  const peers = [...new Set(scenarios.flatMap((scenario) => Object.keys(scenario.peers)))];
  const times = scenarios.map(({ name, requests, seeds, ours, peers: others, ...floors }) => [
    name,
    told(floors.awsFloorSeconds),
    told(floors.awsFloorQueuedSeconds),
    told(floors.floorSeconds),
    ...[ours, ...peers.map((peer) => others[peer])].map((one) => timeOf(one, requests * seeds.length)),
  ]);
  const costs = scenarios.map(({ name, seeds, ours }) => [
    name,
    String(seeds.length),
    fixed(ours.ratioToAwsFloor, 2),
    fixed(ours.ratioToFloor, 2),
    fixed(ours.p50SecondsBySeed[0] ?? null, 1),
    told(ours.p95Seconds),
    told(ours.p99Seconds),
    fixed(ours.apiCallsPerVending, 1),
    fixed(ours.stsCallsPerVending, 1),
    fixed(ours.coldStartsPerVending, 1),
    fixed(ours.ledgerCallsPerVending, 0),
    fixed(ours.ledgerConflictsPerVending, 1),
    String(ours.selfMadeThrottles),
    fixed(ours.transitionsPerVending, 1),
    fixed(ours.pollsPerVending, 1),
    share(ours.slotIdleShare),
  ]);
  const estimates = scenarios.map(({ name, estimates: told }) => [name, ...told.map(errorOf), ...soundness(told)]);
  const targets = verdictsOn(scenarios);
  const missed = targets.filter(({ met }) => !met);
  return [
    table(['scenario', "AWS's floor", 'queued', 'floor', 'ours', ...peers], times),
    '',
    table(COSTS, costs),
    '',
    missed.length === 0
      ? `All ${targets.length} targets are met.`
      : `${targets.length - missed.length} of ${targets.length} targets are met. Missed:\n\n${table(
          ['target', 'scenario', 'wanted', 'found'],
          missed.map(({ target, scenario, wanted, found }) => [target, scenario, wanted, found]),
        )}`,
    '',
    table(['estimate', ...ASKED_AT.map((part) => `after ${100 * part} %`), 'in range', 'untold'], estimates),
  ].join('\n');
}

const COSTS = [
  'ours',
  'seeds',
  "x AWS's floor",
  'x floor',
  'first seed',
  'p95',
  'p99',
  'calls',
  'STS',
  'cold starts',
  'ledger',
  'conflicts',
  'throttles',
  'transitions',
  'polls',
  'idle',
];

const bundleTable = (bundles: readonly BundleMeasure[]): string =>
  table(
    ['bundle', 'KB', 'import, times a bare one', 'half of the pairs'],
    bundles.map((bundle) => [bundle.function, ...figuresOfBundle(bundle)]),
  );

function figuresOfBundle({ bytes, importRatio, importRatioQuartiles }: BundleMeasure): readonly string[] {
  const { lower, upper } = importRatioQuartiles;
  const [kilobytes, ratio] = [String(Math.round(bytes / 1000)), importRatio.toFixed(2)];
  return [
    bytes <= BUNDLE_BYTES ? kilobytes : `**${kilobytes}**`,
    importRatio <= IMPORT_RATIO ? ratio : `**${ratio}**`,
    `${lower.toFixed(2)} to ${upper.toFixed(2)}`,
  ];
}

const errorOf = ({ medianErrorSeconds, medianErrorShare }: EstimateError): string =>
  medianErrorSeconds === null ? '-' : `${told(medianErrorSeconds)} s (${percent(medianErrorShare)})`;

/** All moments together: the share of estimated ranges that held the real time, and how often there was no estimate. */
function soundness(estimates: readonly EstimateError[]): readonly string[] {
  const [asked, untold, within] = estimates.reduce<readonly [number, number, number]>(
    ([all, silent, right], { asked: many, untoldShare, withinRangeShare }) => [
      all + many,
      silent + many * untoldShare,
      right + many * (1 - untoldShare) * (withinRangeShare ?? 0),
    ],
    [0, 0, 0],
  );
  const of = (count: number, all: number): string => percent(all === 0 ? null : count / all);
  return [of(within, asked - untold), of(untold, asked)];
}

const percent = (value: number | null): string => (value === null ? '-' : `${Math.round(100 * value)} %`);

/** The median, and how many of all were ever ready. */
const timeOf = (measures: FlowMeasures | undefined, all: number): string =>
  measures === undefined ? '-' : `${told(measures.p50Seconds)} (${measures.ready}/${all})`;

/** Whole seconds. */
const told = (seconds: number | null): string => (seconds === null ? '-' : String(Math.round(seconds)));

const fixed = (value: number | null, digits: number): string => (value === null ? '-' : value.toFixed(digits));

const share = (value: number | null): string => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);

/** As Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
