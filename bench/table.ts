import type { FlowMeasures } from './flow-measures';
import type { BenchReport } from './report';
import type { TargetVerdict } from './targets';

const HEAD = [
  'scenario',
  'floor',
  "AWS's floor",
  'who',
  'p50',
  'p95',
  'p99',
  'x floor',
  "x AWS's floor",
  'idle',
  'calls',
  'STS',
  'ledger',
  'conflicts',
  'throttles',
  'transitions',
  'polls',
  'ready',
];

/** The report for people: what was measured, then what was promised. */
export function toldBench({ scenarios, targets, seed, undone }: BenchReport): string {
  const rows = scenarios.flatMap(({ name, requests, seeds, floorSeconds, awsFloorSeconds, ours, peers }) => {
    const all = requests * seeds.length;
    return [
      [name, told(floorSeconds), told(awsFloorSeconds), 'ours', ...figures(ours, all)],
      ...Object.entries(peers).map(([peer, measures]) => ['', '', '', peer, ...figures(measures, all)]),
    ];
  });
  const missed = targets.filter(({ met }) => !met);
  return [
    `First seed ${seed}; seconds of virtual time; ledger: reads and writes of the table; -: not known, since too few have ended, or not counted`,
    ...aligned([HEAD, ...rows]),
    '',
    ...aligned([['target', 'scenario', 'wanted', 'found', 'met'], ...targets.map(verdictRow)]),
    '',
    missed.length === 0 ? 'Every target is met.' : `${missed.length} targets are missed.`,
    ...(undone.length === 0 ? [] : [`The time was up. Not run, or not with every seed: ${undone.join(', ')}`]),
    '',
  ].join('\n');
}

function figures(measures: FlowMeasures, requests: number): readonly string[] {
  return [
    ...[measures.p50Seconds, measures.p95Seconds, measures.p99Seconds].map(told),
    ...[measures.ratioToFloor, measures.ratioToAwsFloor, measures.slotIdleShare].map(told),
    ...[measures.apiCallsPerVending, measures.stsCallsPerVending, measures.ledgerCallsPerVending].map(told),
    told(measures.ledgerConflictsPerVending),
    ...[measures.selfMadeThrottles, measures.transitionsPerVending, measures.pollsPerVending].map(told),
    `${measures.ready}/${requests}`,
  ];
}

const verdictRow = ({ target, scenario, wanted, found, met }: TargetVerdict): readonly string[] => [
  target,
  scenario,
  wanted,
  found,
  met ? 'yes' : 'no',
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
