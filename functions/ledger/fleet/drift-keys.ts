import type { ItemKey } from '../../ports/ledger-store';

/*
 * One partition for each pass: its progress, a mark for each run at work, what had drifted, and whose account is lost.
 */

export const passPartition = (pass: string): string => `RECONCILIATION#${pass}`;

export const passKey = (pass: string): ItemKey => ({ partition: passPartition(pass), sort: 'PASS' });

/** Names the newest pass. */
export const latestPassKey: ItemKey = { partition: 'RECONCILIATION', sort: 'LATEST' };

export const OPEN = 'OPEN#';

export const DRIFT = 'DRIFT#';

export const LOST = 'LOST#';

export const openKey = (pass: string, tenantUuid: string): ItemKey => ({
  partition: passPartition(pass),
  sort: `${OPEN}${tenantUuid}`,
});

export const driftKey = (pass: string, tenantUuid: string): ItemKey => ({
  partition: passPartition(pass),
  sort: `${DRIFT}${tenantUuid}`,
});

export const lostKey = (pass: string, tenantUuid: string): ItemKey => ({
  partition: passPartition(pass),
  sort: `${LOST}${tenantUuid}`,
});
