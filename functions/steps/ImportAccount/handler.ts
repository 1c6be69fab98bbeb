import { organizationsAccountDirectory } from '../../aws/organizations-account-directory';
import { organizationsTags } from '../../aws/organizations-tags';
import { stsMemberAccess } from '../../aws/sts-member-access';
import { ledgerAccountMemory } from '../../ledger/account-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { importAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('ImportAccount', host, (caller, { tenantUuid }) =>
    importAccount({
      memory: ledgerAccountMemory(host.ledger, tenantUuid),
      directory: organizationsAccountDirectory(caller),
      access: stsMemberAccess(caller),
      tags: organizationsTags(caller),
    }),
  );

export const handler = onLambda(compose);
