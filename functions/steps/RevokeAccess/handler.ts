import { identityStoreGroupDirectory } from '../../aws/identity-store-group-directory';
import { ssoAdminAccountAssignments } from '../../aws/sso-admin-account-assignments';
import { ledgerAccessMemory } from '../../ledger/access-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stepHandler, type StepResult } from '../../runtime/step-handler';
import { revokeAccess } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('RevokeAccess', host, (caller, { tenantUuid, plan }) =>
    revokeAccess({
      memory: ledgerAccessMemory(host.ledger, tenantUuid),
      directory: identityStoreGroupDirectory(caller, plan.identityStore),
      assignments: ssoAdminAccountAssignments(caller, plan.identityStore),
    }),
  );

export const handler = onLambda(compose);
