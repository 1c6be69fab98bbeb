import { type Fault, type FaultInjector, type PendingCall, throttleOf } from '../organization/fault-injector';
import { type Rng, rngFor } from './rng';
import type { FaultName } from './fault-name';
import type { SimulationOptions } from './simulation-options';

/** How often a call meets the fault; each call at most one. */
const RATES = { throttles: 0.01, errors: 0.01, 'lost-responses': 0.01, 'connection-resets': 0.01 } as const;

const CREATION_FAILURES = [
  'INTERNAL_FAILURE',
  'INTERNAL_FAILURE',
  'CONCURRENT_ACCOUNT_MODIFICATION',
  'EMAIL_ALREADY_EXISTS',
  'ACCOUNT_LIMIT_EXCEEDED',
  'PENDING_BUSINESS_VALIDATION',
  'MISSING_PAYMENT_INSTRUMENT',
] as const;

/** What AWS itself does wrong: to single calls, and to the operations that they start. */
export function callFaults({ seed, faults }: SimulationOptions): FaultInjector {
  const rng = rngFor(seed, 'faults of AWS');
  const happens = (name: FaultName, rate: number): boolean => faults.has(name) && rng.happens(rate);
  return {
    // The simulation's own calls get no faults.
    beforeCall: (call) => (call.callerFunction === null ? undefined : drawn(rng, faults, call)),
    accountCreation: () => (happens('creation-failures', 0.15) ? rng.oneOf(CREATION_FAILURES) : undefined),
    accountFactory: () =>
      happens('factory-failed', 0.15) ? 'AWS Control Tower could not baseline the account.' : undefined,
    stackInstance: () =>
      happens('stack-instance-failures', 0.1)
        ? { status: 'OUTDATED', reason: 'Resource creation cancelled' }
        : undefined,
    stackSetChange: () => happens('stack-set-busy', 0.1),
  };
}

function drawn(rng: Rng, faults: ReadonlySet<FaultName>, call: PendingCall): Fault | undefined {
  if (faults.has('throttles') && rng.happens(RATES.throttles)) {
    return { kind: 'error', ...throttleOf(call.service) };
  }
  if (faults.has('errors') && rng.happens(RATES.errors)) {
    return { kind: 'error', code: 'InternalFailure', status: 500, message: 'An internal error occurred.' };
  }
  if (faults.has('connection-resets') && rng.happens(RATES['connection-resets'])) return { kind: 'connection-reset' };
  if (faults.has('lost-responses') && rng.happens(RATES['lost-responses'])) return { kind: 'lost-answer' };
  return undefined;
}
