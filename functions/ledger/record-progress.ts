import { isDeepStrictEqual } from 'node:util';

import { TransientError } from '../domain/errors';
import type { TenantRecord } from '../domain/ledger-records';
import type { LedgerStore } from '../ports/ledger-store';
import { decide } from './decide';
import { tenantKey } from './keys';
import { replaceTenant, tenantOf } from './tenant-items';

/** What the ledger remembers about operations of AWS that go on after the step that started them. */
export type Progress = 'creation' | 'enrollment' | 'stackInstances' | 'groups' | 'assignment' | 'seal';

/**
 * Writes how far an operation of AWS has come. `before` is what the step has read: should somebody else have gone on from there (a
 * Lambda that was thought dead), nothing is written.
 *
 * @throws TransientError when the ledger holds something else than `before`, or no run is active
 */
export async function recordProgress<Field extends Progress>(
  store: LedgerStore,
  tenantUuid: string,
  field: Field,
  { before, after }: { readonly before: TenantRecord[Field]; readonly after: TenantRecord[Field] },
): Promise<void> {
  await decide(store, [tenantKey(tenantUuid)], (item) => {
    const tenant = tenantOf(item);
    // A run that a deletion has ended may have passed the fence before: it must not begin anything in AWS.
    if (tenant?.activeRun === null) throw new TransientError(`No run of tenant ${tenantUuid} is active any more.`);
    if (tenant === undefined || !isDeepStrictEqual(tenant[field], before)) {
      throw new TransientError(`Another run has gone on with the ${field} of tenant ${tenantUuid}.`);
    }
    return { writes: [replaceTenant(item, { ...tenant, [field]: after })], result: undefined };
  });
}
