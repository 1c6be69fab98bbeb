import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';

import type { Measurement } from '../functions/domain/run/measurement';
import { METRICS_NAMESPACE, METRICS_SERVICE } from '../functions/runtime/environment';

interface OwnMetricProps {
  readonly dimensions?: Measurement['dimensions'];
  readonly statistic: string;
  readonly period: Duration;
  readonly label?: string;
}

/** A figure of our own, as the functions record it. */
export const ownMetric = (metricName: Measurement['name'], { dimensions = {}, ...props }: OwnMetricProps): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { service: METRICS_SERVICE, ...dimensions },
    ...props,
  });
