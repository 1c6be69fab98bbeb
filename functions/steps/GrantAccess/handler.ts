import { groupDirectory } from '../../aws/identity-center/group-directory';
import { iamSamlAccess } from '../../aws/iam/iam-saml-access';
import { ledgerAccessMemory } from '../../ledger/tenants/access-memory';
import { ledgerMemberMemory } from '../../ledger/tenants/member-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { grantAccess } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('GrantAccess', host, (caller, { tenant, plan }) =>
    grantAccess({
      memory: ledgerAccessMemory(host.ledger, tenant.tenantUuid),
      saml: iamSamlAccess(caller),
      directory: groupDirectory(caller, plan.identityStore, ledgerMemberMemory(host.ledger, tenant)),
    }),
  );

export const handler = onLambda(compose);
