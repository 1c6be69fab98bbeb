import { globSync, readFileSync } from 'node:fs';

import type { Measurement } from '../../../../functions/domain/run/measurement';
import { embeddedMetrics } from '../../../../functions/runtime/on-lambda';
import { metricsOf, OCCASIONS } from '../../../../sandbox/commands/price/own-metrics';
import { priceOfOwnMetrics } from '../../../../sandbox/commands/price/price-of-own-metrics';
import { codeIn, rowsOf } from '../../../docs/pages';

const allFigures: readonly Measurement[] = Object.values(OCCASIONS).flat();

/**
 * A name that is added does not compile before it stands here, and does not pass before something gives figures of it.
 */
const NAMES: Readonly<Record<Measurement['name'], true>> = {
  Outcomes: true,
  FailedVendings: true,
  FailedClosings: true,
  TimeToReady: true,
  StepDuration: true,
  QueueWait: true,
  Polls: true,
  Throttles: true,
  MeshStackRefused: true,
  MeshStackUnreadableTenants: true,
  MeshStackProblems: true,
  OverdueRuns: true,
  StarvedLanes: true,
  OutdatedEvents: true,
  StoppedRollouts: true,
  StuckRollouts: true,
};

/** The metrics that CloudWatch makes of the lines that functions write. */
function metricsInLog(stepDurations: 'together' | 'byState', figures: readonly Measurement[]): ReadonlySet<string> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  embeddedMetrics(stepDurations).record(figures);
  write.mockRestore();
  return new Set(
    lines.map((line) => {
      const written = JSON.parse(line) as Record<string, unknown> & {
        readonly _aws: { readonly CloudWatchMetrics: [{ Dimensions: [string[]]; Metrics: [{ Name: string }] }] };
      };
      const [{ Dimensions, Metrics }] = written._aws.CloudWatchMetrics;
      const further = Dimensions[0].filter((key) => key !== 'service');
      return [Metrics[0].Name, ...further.map((key) => `${key}=${String(written[key])}`)].join(' ');
    }),
  );
}

describe('metrics of our own', () => {
  it.each(['together', 'byState'] as const)('are counted as CloudWatch charges for them: %s', (stepDurations) => {
    expect([...metricsOf(allFigures, stepDurations)].toSorted()).toEqual(
      [...metricsInLog(stepDurations, allFigures)].toSorted(),
    );
  });

  it('are one for the durations of steps, and one for each state where that is asked for', () => {
    const durations = (kept: 'together' | 'byState'): number =>
      [...metricsOf(allFigures, kept)].filter((metric) => metric.startsWith('StepDuration')).length;

    expect(durations('together')).toBe(1);
    expect(durations('byState')).toBeGreaterThan(20);
  });

  it('are all counted', () => {
    expect(new Set(allFigures.map(({ name }) => name))).toEqual(new Set(Object.keys(NAMES)));
  });

  it('are given by nothing else', () => {
    const sources = globSync('functions/**/*.ts').map((file) => readFileSync(file, 'utf8'));
    const givers = sources.flatMap((text) => [...text.matchAll(/metrics\.record\(\[?(\w*)/gu)].map(([, by]) => by));

    expect([...new Set(givers)].toSorted()).toEqual([
      'delayed',
      'meshStackMeasurements',
      'outdatedEvents',
      'runMeasurements',
      'throttle',
      'troubledRollout',
    ]);
  });

  it('cost what docs/cost.md says (else: npm run price)', () => {
    expect(readFileSync('docs/cost.md', 'utf8')).toContain(priceOfOwnMetrics());
  });

  it('stand in docs/operation.md with their dimensions', () => {
    const told = rowsOf('docs/operation.md', 'metric').flatMap(([names = '', , further = '']) =>
      codeIn(names).map((name) => [name, codeIn(further)] as const),
    );
    const untold = allFigures.filter(({ name, dimensions }) => {
      const codes = told.find(([one]) => one === name)?.[1];
      return codes === undefined || Object.keys(dimensions).some((key) => !codes.includes(key));
    });

    expect(untold).toEqual([]);
    expect(told.map(([name]) => name).toSorted()).toEqual(Object.keys(NAMES).toSorted());
  });
});
