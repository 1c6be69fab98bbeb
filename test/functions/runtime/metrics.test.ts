import type { Measurement, StepDurations } from '../../../functions/domain/run/measurement';
import { embeddedMetrics } from '../../../functions/runtime/on-lambda';

function linesOf(stepDurations: StepDurations, measurements: readonly Measurement[]): readonly unknown[] {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  embeddedMetrics(stepDurations).record(measurements);
  write.mockRestore();
  return lines.map((line) => JSON.parse(line) as unknown);
}

describe('embedded metrics', () => {
  const step: Measurement = { name: 'StepDuration', unit: 'Seconds', value: 2, dimensions: { State: 'TagAccount' } };

  it('keep the durations of all steps as one metric, and tell the state in the line', () => {
    expect(linesOf('together', [step])).toMatchObject([
      { StepDuration: 2, State: 'TagAccount', _aws: { CloudWatchMetrics: [{ Dimensions: [['service']] }] } },
    ]);
  });

  it('keep them by state where that is asked for', () => {
    expect(linesOf('byState', [step])).toMatchObject([
      { StepDuration: 2, State: 'TagAccount', _aws: { CloudWatchMetrics: [{ Dimensions: [['service', 'State']] }] } },
    ]);
  });

  it('are one line of the log for each measurement, in the format that CloudWatch reads', () => {
    const lines = linesOf('together', [
      { name: 'TimeToReady', unit: 'Seconds', value: 93.5, dimensions: {} },
      { name: 'QueueWait', unit: 'Seconds', value: 30, dimensions: { Lane: 'account-creation' } },
    ]);

    expect(lines).toMatchObject([
      {
        TimeToReady: 93.5,
        _aws: {
          CloudWatchMetrics: [{ Namespace: 'AccountVending', Metrics: [{ Name: 'TimeToReady', Unit: 'Seconds' }] }],
        },
      },
      {
        QueueWait: 30,
        Lane: 'account-creation',
        _aws: { CloudWatchMetrics: [{ Dimensions: [['service', 'Lane']] }] },
      },
    ]);
  });
});
