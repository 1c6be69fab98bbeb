import { OperatorError } from '../operator-error';
import { atOnce } from './at-once';
import type { EarlierTenant } from './earlier-tenants';
import { latestSequence } from './standing';
import type { KnownTenant, VendingCalls } from './vending-calls';

/** A tenant that has been taken out of the folder and is wanted still, as far as anybody has said. */
export interface RemovedTenant extends EarlierTenant {
  /** Undefined: the API could not be asked; `failure` says why. */
  readonly known: KnownTenant | undefined;
  readonly failure: string | undefined;
}

const AT_ONCE = 8;

/** Those of which there is something left: tenants that never came, or are to go already, are not told. */
export async function removedTenants(
  earlier: readonly EarlierTenant[],
  calls: Pick<VendingCalls, 'known'>,
): Promise<readonly RemovedTenant[]> {
  const asked = await atOnce(AT_ONCE, earlier, (tenant) => askedFor(tenant, calls));
  return asked.filter(({ known, failure }) => failure !== undefined || isStillWanted(known));
}

const isStillWanted = (known: KnownTenant | undefined): boolean =>
  known?.deletion === null && latestSequence(known) !== null;

async function askedFor(tenant: EarlierTenant, calls: Pick<VendingCalls, 'known'>): Promise<RemovedTenant> {
  try {
    return { ...tenant, known: await calls.known(tenant.tenantUuid), failure: undefined };
  } catch (cause) {
    if (!(cause instanceof OperatorError)) throw cause;
    return { ...tenant, known: undefined, failure: cause.message };
  }
}
