import type { FlowMeasures } from './flow-measures';
import type { BenchReport } from './report';
import type { TargetVerdict } from './targets';

const HEAD = [
  'scenario',
  'floor',
  'who',
  'p50',
  'p95',
  'x floor',
  'idle',
  'calls',
  'STS',
  'ledger',
  'throttles',
  'transitions',
  'polls',
  'ready',
];

/** The report for people: what was measured, then what was promised. */
export function toldBench({ scenarios, targets, seed }: BenchReport): string {
  const rows = scenarios.flatMap(({ name, requests, floorSeconds, ours, peers }) => [
    [name, told(floorSeconds), 'ours', ...figures(ours, requests)],
    ...Object.entries(peers).map(([peer, measures]) => ['', '', peer, ...figures(measures, requests)]),
  ]);
  const missed = targets.filter(({ met, bound }) => !met && bound === null);
  return [
    `Seed ${seed}; seconds of virtual time; ledger: reads and writes of the table; -: not known, since too few have ended, or not counted`,
    ...aligned([HEAD, ...rows]),
    '',
    ...aligned([['target', 'scenario', 'wanted', 'found', 'met'], ...targets.map(verdictRow)]),
    '',
    missed.length === 0
      ? 'Every target is met, or shows the bound that forbids it.'
      : `${missed.length} targets are missed, and nothing forbids them.`,
    '',
  ].join('\n');
}

function figures(measures: FlowMeasures, requests: number): readonly string[] {
  return [
    ...[measures.p50Seconds, measures.p95Seconds, measures.ratioToFloor, measures.slotIdleShare].map(told),
    ...[measures.apiCallsPerVending, measures.stsCallsPerVending, measures.ledgerCallsPerVending].map(told),
    ...[measures.selfMadeThrottles, measures.transitionsPerVending, measures.pollsPerVending].map(told),
    `${measures.ended}/${requests}`,
  ];
}

const verdictRow = ({ target, scenario, wanted, found, met, bound }: TargetVerdict): readonly string[] => [
  ...[target, scenario, wanted, found],
  met ? 'yes' : `no${bound === null ? '' : `: ${bound}`}`,
];

const told = (value: number | null): string => (value === null ? '-' : String(Math.round(value * 1000) / 1000));

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<readonly number[]>(
    (most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
