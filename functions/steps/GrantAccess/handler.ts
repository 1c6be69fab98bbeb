import { identityStoreGroupDirectory } from '../../aws/identity-store-group-directory';
import { ledgerAccessMemory } from '../../ledger/access-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stepHandler, type StepResult } from '../../runtime/step-handler';
import { grantAccess } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('GrantAccess', host, (caller, { tenantUuid, plan }) =>
    grantAccess({
      memory: ledgerAccessMemory(host.ledger, tenantUuid),
      directory: identityStoreGroupDirectory(caller, plan.identityStore),
    }),
  );

export const handler = onLambda(compose);
