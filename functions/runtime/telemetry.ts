import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics';
import type { Log, Metrics } from '../ports/log';
import {
  METRICS_NAMESPACE,
  METRICS_SERVICE,
  type Measurement,
  type StepDurations,
  metricOf,
} from '../domain/run/measurement';

/** The one logger of all functions; Lambda's own fields (request id, cold start) are added by its middleware. */
export const logger = new Logger({ serviceName: 'account-vending' });

/** The logger as functions see it. */
export const log: Log = {
  info: (sentence, keys) => {
    logger.info(sentence, keys);
  },
  warn: (sentence, keys) => {
    logger.warn(sentence, keys);
  },
  error: (sentence, keys, cause) => {
    logger.error(sentence, cause instanceof Error ? { ...keys, error: cause } : { ...keys, cause: String(cause) });
  },
};

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
