import { type Answer, problem } from './answer';

export const tenantNotFound = (tenantUuid: string): Answer =>
  problem(
    'not-found',
    `Tenant '${tenantUuid}' not found: no desired state of it was ever received. Check the uuid, or send one.`,
  );
