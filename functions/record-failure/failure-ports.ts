import type { Host } from '../runtime/host';
import type { SettleFailurePorts } from './settle-failure';

/** What settling a failure takes of its host, in whichever function. */
export const failurePorts = ({
  ledger,
  log,
  metrics,
  now,
  environment,
}: Host): Pick<SettleFailurePorts, 'ledger' | 'log' | 'metrics' | 'now' | 'longestFunctionSeconds'> => ({
  ...{ ledger, log, metrics, now },
  longestFunctionSeconds: Number(environment('LONGEST_FUNCTION_SECONDS')),
});
