import type { VendingSummary } from '../api/client';
import { csvOf } from './csv';

const HEADS = [
  'tenantUuid',
  'workspace',
  'project',
  'status',
  'statusChangedAt',
  'accountId',
  'replicationSequence',
  'supersededBy',
  'landingZone',
  'error',
];

export const csvOfVendings = (vendings: readonly VendingSummary[]): string =>
  csvOf(
    HEADS,
    vendings.map((vending) => [
      vending.tenantUuid,
      vending.workspaceIdentifier,
      vending.projectIdentifier,
      vending.status,
      vending.statusChangedAt,
      vending.accountId,
      vending.replicationSequence,
      vending.supersededBy,
      vending.landingZone,
      vending.error,
    ]),
  );
