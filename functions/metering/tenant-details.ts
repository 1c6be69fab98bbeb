import type { DesiredState } from '../domain/desired-state/desired-state';
import { mergedTags } from '../domain/desired-state/merged-tags';
import { endOf, type Month } from './domain/month';
import type { TenantDetails } from './domain/usage-document';
import { desiredStateAt } from '../ledger/tenants/tenants-at';
import type { LedgerStore } from '../ports/ledger-store';

/** Tags and payment method of some tenants as they were when the month ended; of a month that has not, as they are. */
export async function tenantDetails(
  ledger: LedgerStore,
  tenantUuids: Iterable<string>,
  month: Month,
): Promise<ReadonlyMap<string, TenantDetails>> {
  const details = new Map<string, TenantDetails>();
  for (const tenantUuid of new Set(tenantUuids)) {
    const desiredState = await desiredStateAt(ledger, tenantUuid, endOf(month));
    if (desiredState !== undefined) details.set(tenantUuid, detailsOf(desiredState));
  }
  return details;
}

function detailsOf(desiredState: DesiredState): TenantDetails {
  const { project, paymentMethod } = desiredState;
  const identifier = paymentMethod?.metadata.name ?? project.spec.paymentMethodIdentifier ?? null;
  return {
    tags: Object.fromEntries(mergedTags(desiredState).map(({ name, value }) => [name, value])),
    paymentMethod:
      identifier === null
        ? null
        : {
            identifier,
            name: paymentMethod?.spec.displayName ?? null,
            amount: paymentMethod?.spec.amount == null ? null : String(paymentMethod.spec.amount),
            expirationDate: paymentMethod?.spec.expirationDate ?? null,
          },
  };
}
