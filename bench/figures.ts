import { ASKED_AT } from './asked-estimates';
import type { EstimateError } from './estimate-errors';
import type { FlowMeasures } from './flow-measures';
import { IMPORT_RATIO } from './promises';
import type { BenchReport, BundleMeasure } from './report';

const BEGIN = '<!-- figures by npm run bench -- --docs: begin -->';
const END = '<!-- figures: end -->';

/**
 * A page with other figures between its two marks.
 *
 * @throws Error when the marks are not there
 */
export function withFigures(markdown: string, report: BenchReport): string {
  return withText(markdown, [BEGIN, END], figuresOf(report));
}

/**
 * A page with another text between two marks.
 *
 * @throws Error when the marks are not there
 */
export function withText(markdown: string, [first, last]: readonly [string, string], text: string): string {
  const begin = markdown.indexOf(first);
  const end = markdown.indexOf(last, begin);
  if (begin < 0 || end < 0) throw new Error(`The page has no place for figures. Put "${first}" and "${last}" into it.`);
  return `${markdown.slice(0, begin + first.length)}\n\n${text}\n\n${markdown.slice(end)}`;
}

const LANES = ['accountCreation', 'enrollment', 'stackInstance'] as const;

/** Times of everybody, then what ours takes, then the bundles and the targets that were missed. */
function figuresOf({ scenarios, bundles, targets }: BenchReport): string {
  const peers = [...new Set(scenarios.flatMap((scenario) => Object.keys(scenario.peers)))];
  const times = scenarios.map(({ name, floorSeconds, ours, peers: others }) => [
    ...[name, told(floorSeconds), `**${told(ours.p50Seconds)}**`],
    ...peers.map((peer) => timeOf(others[peer])),
  ]);
  const costs = scenarios.map(({ name, ours }) => [
    ...[name, fixed(ours.ratioToFloor, 3), fixed(ours.apiCallsPerVending, 1)],
    ...[fixed(ours.stsCallsPerVending, 1), fixed(ours.ledgerCallsPerVending, 0), String(ours.selfMadeThrottles)],
    ...[fixed(ours.transitionsPerVending, 1), fixed(ours.pollsPerVending, 1)],
  ]);
  const idle = scenarios.flatMap(({ name, ours: { slotIdle, slotIdleShare } }) =>
    slotIdleShare === null ? [] : [[name, ...LANES.map((lane) => share(slotIdle[lane].share)), share(slotIdleShare)]],
  );
  const estimates = scenarios.map(({ name, estimates: told }) => [name, ...told.map(errorOf), ...soundness(told)]);
  const imports = bundles.map((bundle) => [bundle.function, ...figuresOfBundle(bundle)]);
  const missed = targets.filter(({ met }) => !met);
  return [
    table(['scenario', 'floor', 'ours', ...peers], times),
    '',
    table(['ours', 'x floor', 'calls', 'STS', 'ledger', 'throttles', 'transitions', 'polls'], costs),
    '',
    table(['idle', 'account creation', 'enrollment', 'stack set', 'all lanes'], idle),
    '',
    table(['estimate', ...ASKED_AT.map((part) => `after ${100 * part} %`), 'in range', 'untold'], estimates),
    '',
    table(['bundle', 'KB', 'import, times a bare one', 'half of the pairs', `at most ${IMPORT_RATIO}`], imports),
    '',
    missed.length === 0
      ? `All ${targets.length} targets are met.`
      : `${targets.length - missed.length} of ${targets.length} targets are met. Missed:\n\n${table(
          ['target', 'scenario or function', 'wanted', 'found', 'bound'],
          missed.map(({ target, scenario, wanted, found, bound }) => [
            target,
            scenario,
            wanted,
            found,
            bound ?? 'none',
          ]),
        )}`,
  ].join('\n');
}

function figuresOfBundle({ bytes, importRatio, importRatioQuartiles }: BundleMeasure): readonly string[] {
  const { lower, upper } = importRatioQuartiles;
  const met = importRatio <= IMPORT_RATIO;
  return [
    String(Math.round(bytes / 1000)),
    importRatio.toFixed(2),
    `${lower.toFixed(2)} to ${upper.toFixed(2)}`,
    met ? 'yes' : '**no**',
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

const timeOf = (measures: FlowMeasures | undefined): string => told(measures?.p50Seconds ?? null);

/** Whole seconds. */
const told = (seconds: number | null): string => (seconds === null ? '-' : String(Math.round(seconds)));

const fixed = (value: number | null, digits: number): string => (value === null ? '-' : value.toFixed(digits));

const share = (value: number | null): string => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);

/** As Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
