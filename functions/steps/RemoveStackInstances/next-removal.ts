import { contentHash } from '../../domain/base/canonical-json';
import type { StackInstanceRecord } from '../../domain/records/account-records';
import { type RemovalLook, removalKey, type StackSetRemoval } from '../../domain/stack-sets/stack-set-removal';
import type { Vending } from '../../domain/run/vending';

export interface NextRemoval {
  readonly operationId: string;
  readonly records: readonly StackInstanceRecord[];
}

/**
 * What CloudFormation is asked for next, as it stands in the ledger. Undefined when there is nothing to be asked for.
 */
export function nextRemoval(
  { tenant, now }: Vending,
  removal: StackSetRemoval,
  looks: readonly RemovalLook[],
): NextRemoval | undefined {
  const unanswered = looks.find(({ standing, record }) => standing === 'unseen' && record.phase === 'removalAsked');
  if (unanswered !== undefined) return repeated(looks, unanswered.record);
  const due = looks.filter(({ standing }) => standing === 'due').map(({ record }) => record);
  if (due.length === 0) return undefined;
  const n = Math.max(tenant.numbersFrom ?? 0, ...due.map((record) => record.n)) + 1;
  const regions = due.map(({ region }) => region);
  const operationId = contentHash(['removal', tenant.tenantUuid, removalKey(removal), regions, n]).slice(0, 64);
  const asked = { phase: 'removalAsked', contentHash: '', n, operationId, askedAt: now.toISOString() } as const;
  const records = due.map((record) => ({ ...record, ...asked, pauses: 0, failures: failuresOf(record) }));
  return { operationId, records };
}

/** Failures of the roll-out are none of the removal. */
const failuresOf = ({ phase, failures }: StackInstanceRecord): number => (phase === 'removalFailed' ? failures : 0);

/** Exactly what was asked for before, under the same id: CloudFormation may have taken it. */
function repeated(looks: readonly RemovalLook[], { operationId }: StackInstanceRecord): NextRemoval {
  const same = looks.map(({ record }) => record).filter((record) => record.operationId === operationId);
  return { operationId, records: same.map((record) => ({ ...record, pauses: 0 })) };
}
