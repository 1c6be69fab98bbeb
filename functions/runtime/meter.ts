import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';

import type { Meter } from '../ports/meter';
import { METER_NAMESPACE, METER_SERVICE } from '../domain/meter-names';

/** Writes figures into the log in the form that CloudWatch makes metrics of. */
export function logMeter(): Meter {
  const metrics = new Metrics({ namespace: METER_NAMESPACE, serviceName: METER_SERVICE });
  return {
    read: (figures) => {
      for (const [name, value] of Object.entries(figures)) metrics.addMetric(name, MetricUnit.Count, value);
      metrics.publishStoredMetrics();
    },
  };
}
