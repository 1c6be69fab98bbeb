import { Metrics as PowertoolsMetrics, MetricUnit } from '@aws-lambda-powertools/metrics';

import { type Measurement, METRICS_NAMESPACE, METRICS_SERVICE } from '../domain/measurement';
import type { Metrics } from '../ports/metrics';

const UNITS: Readonly<Record<Measurement['unit'], (typeof MetricUnit)[keyof typeof MetricUnit]>> = {
  Count: MetricUnit.Count,
  Seconds: MetricUnit.Seconds,
};

/** Lines of the log in CloudWatch's embedded metric format, which CloudWatch makes metrics of: no call, no waiting. */
export function embeddedMetrics(): Metrics {
  const metrics = new PowertoolsMetrics({ namespace: METRICS_NAMESPACE, serviceName: METRICS_SERVICE });
  return {
    record: (measurements) => {
      for (const { name, unit, value, dimensions } of measurements) {
        // One line each: the dimensions of a line count for all of its metrics.
        const single = metrics.singleMetric();
        if (Object.keys(dimensions).length > 0) single.addDimensions({ ...dimensions });
        single.addMetric(name, UNITS[unit], value);
      }
    },
  };
}
