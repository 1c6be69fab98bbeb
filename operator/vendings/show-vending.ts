import { type VendingDetail, VendingDetailSchema } from '../../functions/api/responses';
import type { ScreenContext } from '../command-context';
import { apiAnswer } from './api-answer';
import { findTenant } from './find-tenant';
import { vendingText } from './vending-text';
import { watchVending } from './watch-vending';

export interface TenantOptions {
  readonly json: boolean;
  readonly apiUrl: string;
  /** For `show` also its account, the e-mail of that, or `workspace.project`. */
  readonly tenantUuid: string;
}

/**
 * `vendings show`: where the tenant's vending is, how it came there, and what to do; with `watch`, until it
 * has ended.
 *
 * @returns 1: it has failed or was refused, and waits for a person
 */
export async function showVending(
  { json, apiUrl, tenantUuid, watch }: TenantOptions & { readonly watch: boolean },
  context: ScreenContext,
): Promise<number> {
  const path = `/vendings/${encodeURIComponent(await findTenant(apiUrl, tenantUuid))}`;
  const look = (): Promise<VendingDetail> => apiAnswer(apiUrl, { method: 'GET', path }, VendingDetailSchema);
  const detail = watch ? await watchVending(look, context) : await look();
  const { print, screen, now } = context;
  print(json ? `${JSON.stringify(detail, null, 2)}\n` : `${vendingText(detail, screen, now()).join('\n')}\n`);
  return detail.status === 'FAILED' || detail.status === 'REJECTED' ? 1 : 0;
}
