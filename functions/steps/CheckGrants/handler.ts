import { ssoAdminAccountAssignments } from '../../aws/identity-center/sso-admin-account-assignments';
import { identityCenterIn } from '../../domain/access/factory-user';
import { ledgerAccessMemory } from '../../ledger/tenants/access-memory';
import { withinPlaces } from '../../ledger/queue/assignment-places';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { checkGrants } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('CheckGrants', host, (caller, { tenantUuid, plan, reference }) =>
    checkGrants({
      memory: ledgerAccessMemory(host.ledger, tenantUuid),
      assignments: withinPlaces(
        host,
        { ...reference, mayDescribe: ['creation', 'deletion'] },
        ssoAdminAccountAssignments(caller, identityCenterIn(plan)),
      ),
    }),
  );

export const handler = onLambda(compose);
