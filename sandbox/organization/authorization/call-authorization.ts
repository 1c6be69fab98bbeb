import { isQueryService, isRestService } from '../caller';
import { principalArn, type Principal } from '../principal';
import { ServiceError } from '../service-error';
import type { CallContext, Service, Target } from '../services/operation';
import { boundaryOf, identityPoliciesOf, isJudged, noteUse, sessionPolicyOf } from './judged-principal';
import { PolicySimulation, type Verdict } from './policy-simulation';
import { scpLevels } from './service-control-policies';

/** One for all organizations of this process: a verdict follows from the question alone. */
const simulation = new PolicySimulation();

/**
 * Judges what a role may do: its policies as they are at this moment, the session's own policies, and the service
 * control policies above the account. AssumeRole is judged where it is carried out, since there the other role's trust
 * has its say, too.
 */
export class CallAuthorization {
  /** @throws ServiceError as the service refuses, at the first target that is not allowed */
  async check(context: CallContext, service: Service, operation: string, targets: readonly Target[]): Promise<void> {
    if (!isJudged(context)) {
      return;
    }
    for (const target of targets) {
      const action = actionOf(service, operation, target);
      const verdict = await this.#judge(context, action, target);
      if (!verdict.allowed) {
        throw accessDenied(service, context.principal, action, target.resource, verdict);
      }
      noteUse(context, action);
    }
  }

  #judge(context: CallContext, action: string, target: Target): Promise<Verdict> {
    const { state, principal } = context;
    return simulation.judge({
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
      identityPolicies: identityPoliciesOf(context),
      scpLevels: scpLevels(state, principal.accountId),
      ...boundaryOf(context),
      ...sessionPolicyOf(principal),
    });
  }
}

export const actionOf = (service: Service, operation: string, { action }: Target): string =>
  action ?? `${service.actionPrefix}:${operation}`;

function accessDenied(
  { signingName }: Service,
  principal: Principal,
  action: string,
  resource: string,
  verdict: Verdict,
): ServiceError {
  const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${reasonOf(verdict, action)}`;
  // @evidence documented IAM/latest/UserGuide/troubleshoot_access-denied: most messages name principal, action,
  //   resource and the kind of policy; the name of the error is not on the page
  // @evidence reported "github goadapp/goad#85": AccessDenied, 403, of IAM, which speaks Query
  // @evidence documented "botocore organizations.CreateAccount": AccessDeniedException of Organizations, which speaks
  //   JSON; the others that do are taken to have the same
  // @evidence documented "botocore controltower.AccessDeniedException": its HTTP status is 403
  return isQueryService(signingName)
    ? new ServiceError('AccessDenied', message, { status: 403, deniedAction: action })
    : new ServiceError('AccessDeniedException', message, {
        status: isRestService(signingName) ? 403 : 400,
        deniedAction: action,
      });
}

function reasonOf({ explicitDeny, blockedBy }: Verdict, action: string): string {
  const source = sourceOf(blockedBy);
  return explicitDeny ? `with an explicit deny in a ${source}` : `because no ${source} allows the ${action} action`;
}

function sourceOf(blockedBy: readonly string[]): string {
  if (blockedBy.includes('scp')) {
    return 'service control policy';
  }
  if (blockedBy.includes('pb')) {
    return 'permissions boundary';
  }
  return blockedBy.includes('session') ? 'session policy' : 'identity-based policy';
}
