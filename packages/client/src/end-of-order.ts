import { VendingEndedError } from './errors';
import type { Tenant, Vending } from './schemas';

/**
 * Whether what was asked for is reached.
 *
 * @returns false while it is not over
 * @throws VendingEndedError if it will not be reached without somebody's help
 */
export function isReached(tenant: Tenant, vending: Vending): boolean {
  const sequence = tenant.replicationSequence ?? newestOf(vending);
  const { rejection, status } = vending;
  if (rejection?.replicationSequence === sequence && vending.replicationSequence !== sequence) {
    const faults = rejection.faults.map(({ field, message }) => `  ${field}: ${message}`);
    throw new VendingEndedError(['The desired state was rejected.', ...faults].join('\n'), vending);
  }
  if (newestOf(vending) < sequence) return false;
  if (newestOf(vending) > sequence && vending.replicationSequence !== sequence) {
    throw new VendingEndedError(
      'A newer desired state of this tenant has superseded the one that was ordered.',
      vending,
    );
  }
  if (status === 'FAILED') throw new VendingEndedError(failureIn(vending), vending);
  return isDone(sequence, vending);
}

/** A tenant that is being deleted is VENDED until its account is closed. */
function isDone(sequence: number, { deletion, status }: Vending): boolean {
  if (status === 'CLOSED' || status === 'SHADOWED') return true;
  return status === 'VENDED' && deletion?.replicationSequence !== sequence;
}

const newestOf = ({ replicationSequence, deletion }: Vending): number =>
  Math.max(replicationSequence ?? -1, deletion?.replicationSequence ?? -1);

function failureIn({ lastError }: Vending): string {
  if (lastError === null) return 'The vending has failed.';
  const { name, message, remedy } = lastError;
  return [`The vending has failed with ${name}: ${message}`, ...(remedy === null ? [] : [remedy])].join(' ');
}
