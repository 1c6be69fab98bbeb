import { Metrics as PowertoolsMetrics, MetricUnit } from '@aws-lambda-powertools/metrics';

import {
  type Measurement,
  metricOf,
  METRICS_NAMESPACE,
  METRICS_SERVICE,
  type StepDurations,
} from '../domain/run/measurement';
import type { Metrics } from '../ports/log';

const UNITS: Readonly<Record<Measurement['unit'], (typeof MetricUnit)[keyof typeof MetricUnit]>> = {
  Count: MetricUnit.Count,
  Seconds: MetricUnit.Seconds,
};

/** Lines of the log in CloudWatch's embedded metric format, which CloudWatch makes metrics of: no call, no waiting. */
export function embeddedMetrics(stepDurations: StepDurations): Metrics {
  const metrics = new PowertoolsMetrics({ namespace: METRICS_NAMESPACE, serviceName: METRICS_SERVICE });
  return {
    record: (measurements) => {
      for (const measurement of measurements) {
        const { name, unit, value, dimensions } = metricOf(measurement, stepDurations);
        // One line each: the dimensions of a line count for all of its metrics.
        const single = metrics.singleMetric();
        if (Object.keys(dimensions).length > 0) single.addDimensions({ ...dimensions });
        // These keys are dimensions of no metric, and still in the line: Logs Insights finds them.
        for (const [key, text] of Object.entries(measurement.dimensions)) {
          if (!(key in dimensions)) single.addMetadata(key, text);
        }
        single.addMetric(name, UNITS[unit], value);
      }
    },
  };
}
