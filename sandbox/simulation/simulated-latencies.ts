import { awsLatencies, type Latencies } from '../organization/latencies';
import type { FaultName } from './fault-name';

/** How long AWS takes: as ever, and longer where that is a fault that was chosen. */
export function simulatedLatencies(faults: ReadonlySet<FaultName>): Latencies {
  return {
    ...awsLatencies,
    assignmentTarget: [0, 120],
    ...(faults.has('slow-access') ? { accessRole: [0, 420] as const } : {}),
    ...(faults.has('stale-reads')
      ? { accountListing: [0, 300] as const, stackInstanceListing: [0, 300] as const }
      : {}),
  };
}
