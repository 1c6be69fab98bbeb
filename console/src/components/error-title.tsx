import { type ReactNode } from 'react';

import type { VendingSummary } from '../api/client';
import { useFailure } from '../api/queries';
import { failureTitle } from '../logic/failure-title';

/** Why a vending has failed, or its desired state was rejected, in a few words. */
export function ErrorTitle({ vending }: { readonly vending: VendingSummary }): ReactNode {
  const { data } = useFailure(vending);
  if (vending.status === 'REJECTED') return 'Desired state not valid';
  if (vending.error === null) return '–';
  const lastError = data?.lastError;
  return lastError == null ? vending.error : <span title={vending.error}>{failureTitle(lastError)}</span>;
}
