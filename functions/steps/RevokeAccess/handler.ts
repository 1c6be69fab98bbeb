import { groupDirectory } from '../../aws/identity-center/group-directory';
import { iamSamlAccess } from '../../aws/iam/iam-saml-access';
import { ssoAdminAccountAssignments } from '../../aws/identity-center/sso-admin-account-assignments';
import { identityCenterIn } from '../../domain/access/factory-user';
import { ledgerAccessMemory } from '../../ledger/tenants/access-memory';
import { ledgerMemberMemory } from '../../ledger/tenants/member-memory';
import { withinPlaces } from '../../ledger/queue/assignment-places';
import { guardedIn } from '../../runtime/guard-input';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { revokeAccess } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('RevokeAccess', host, (caller, { tenant, plan, reference, input }) =>
    revokeAccess({
      canEnter: guardedIn(input)?.accountOpen ?? true,
      memory: ledgerAccessMemory(host.ledger, tenant.tenantUuid),
      saml: iamSamlAccess(caller),
      directory: groupDirectory(caller, plan.identityStore, ledgerMemberMemory(host.ledger, tenant)),
      assignments: withinPlaces(
        host,
        { ...reference, mayDescribe: ['creation', 'deletion'] },
        ssoAdminAccountAssignments(caller, identityCenterIn(plan)),
      ),
    }),
  );

export const handler = onLambda(compose);
