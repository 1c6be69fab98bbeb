import { effectivePolicies } from '../services/iam/effective-policies';
import type { CallContext, Target } from '../services/operation';
import { principalArn, type Principal } from '../principal';
import { ServiceError } from '../service-error';
import type { OrganizationState } from '../organization-state';
import { scpLevels } from './service-control-policies';
import { PolicySimulation, type Verdict } from './policy-simulation';

/**
 * Judges what a role may do inside a member account: its policies as they are at this moment, the session's own policy, and
 * the service control policies above the account. The three service accounts are not judged here yet, administrators never.
 */
export class MemberAuthorization {
  readonly #simulation = new PolicySimulation();

  async check(context: CallContext, action: string, targets: readonly Target[]): Promise<void> {
    const { principal, state } = context;
    if (principal.kind !== 'session' || isServiceAccount(state, principal.accountId)) {
      return;
    }
    for (const target of targets) {
      const judged = target.action ?? action;
      const verdict = await this.#judge(context, principal, judged, target);
      if (!verdict.allowed) {
        throw accessDenied(principal, judged, target.resource, verdict);
      }
    }
  }

  #judge(
    context: CallContext,
    principal: Principal & { kind: 'session' },
    action: string,
    target: Target,
  ): Promise<Verdict> {
    const { state, now } = context;
    const role = state.accounts.get(principal.accountId)?.roles.get(principal.roleName);
    const [sessionPolicy] = principal.session.policies;
    return this.#simulation.judge({
      principalArn: principal.arn,
      action,
      resource: target.resource,
      resourceAccountId: principal.accountId,
      conditions: {
        'aws:PrincipalArn': principalArn(principal),
        'aws:PrincipalAccount': principal.accountId,
        'aws:PrincipalOrgID': state.seed.organizationId,
        ...target.conditions,
      },
      identityPolicies: role === undefined ? [] : effectivePolicies(role, now),
      scpLevels: scpLevels(state, principal.accountId),
      ...(sessionPolicy === undefined ? {} : { sessionPolicy }),
    });
  }
}

function isServiceAccount({ seed }: OrganizationState, accountId: string): boolean {
  return [seed.managementAccountId, seed.automationAccountId, seed.meshcloudAccountId].includes(accountId);
}

function accessDenied(principal: Principal, action: string, resource: string, verdict: Verdict): ServiceError {
  return new ServiceError(
    'AccessDenied',
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${reasonOf(verdict, action)}`,
    { status: 403 },
  );
}

function reasonOf({ explicitDeny, blockedBy }: Verdict, action: string): string {
  const source = blockedBy.includes('scp') ? 'service control policy' : 'identity-based policy';
  return explicitDeny ? `with an explicit deny in a ${source}` : `because no ${source} allows the ${action} action`;
}
