import { embeddedMetrics } from '../../../functions/runtime/metrics';

describe('embedded metrics', () => {
  it('are one line of the log for each measurement, in the format that CloudWatch reads', () => {
    const lines: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    embeddedMetrics().record([
      { name: 'TimeToReady', unit: 'Seconds', value: 93.5, dimensions: {} },
      { name: 'QueueWait', unit: 'Seconds', value: 30, dimensions: { Lane: 'account-creation' } },
    ]);
    write.mockRestore();

    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
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
