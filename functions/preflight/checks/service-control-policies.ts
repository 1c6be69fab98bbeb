import type { LandingZone } from '../../domain/configuration/landing-zone';
import {
  type AttachedPolicy,
  type ControlledAction,
  judgedByControls,
} from '../../domain/access/service-control-policy';
import type { ControlPolicyKind, OrganizationTree, ServiceControlPolicies } from '../../ports/organizations';
import { type Check, failed, type Finding, ok, unknown } from '../check';
import { unitExists, type ZoneInUnit } from './organizational-units';

export interface ControlPorts {
  readonly tree: Pick<OrganizationTree, 'parentOf'>;
  readonly policies: ServiceControlPolicies;
}

/** What our steps do in a member account, and where the account is while they do. */
export interface MemberAction extends ControlledAction {
  readonly place: 'root' | 'unit';
}

/** No service control policy above the landing zone's unit forbids what our steps do in an account. */
export const serviceControlPolicyChecks = (
  ports: ControlPorts,
  landingZones: readonly ZoneInUnit[],
  actionsIn: (landingZone: LandingZone) => readonly MemberAction[],
): readonly Check[] =>
  landingZones.map((landingZone) => ({
    id: `service-control-policies:${landingZone.name}`,
    sentence: `No service control policy forbids what is done in accounts of landing zone "${landingZone.name}".`,
    needs: [unitExists(landingZone)],
    judge: () => judge(ports, landingZone, actionsIn(landingZone)),
  }));

/**
 * No resource control policy from the root to the landing zone's unit keeps our functions out of an account. Of all
 * that a step does there, these policies can stop AssumeRole alone: IAM, by which the rest is done, is not among the
 * services that they bind.
 *
 * @param enteringRoleArn by which functions enter member accounts
 * @evidence documented organizations/userguide/orgs_manage_policies_rcps: the services that support these policies, STS
 *   among them
 */
export const resourceControlPolicyChecks = (
  ports: ControlPorts,
  landingZones: readonly ZoneInUnit[],
  enteringRoleArn: string,
  accessRoleArn: string,
): readonly Check[] => {
  const [, , , , accountId = ''] = enteringRoleArn.split(':');
  const context = { 'aws:PrincipalArn': enteringRoleArn, 'aws:PrincipalAccount': accountId };
  const entry = { action: 'sts:AssumeRole', resource: accessRoleArn, context };
  return landingZones.map((landingZone) => ({
    id: `resource-control-policies:${landingZone.name}`,
    sentence: `No resource control policy keeps the functions out of accounts of landing zone "${landingZone.name}".`,
    needs: [unitExists(landingZone)],
    judge: () =>
      judge(
        ports,
        landingZone,
        [
          { ...entry, place: 'root' as const },
          { ...entry, place: 'unit' as const },
        ],
        'resource',
      ),
  }));
};

async function judge(
  ports: ControlPorts,
  { unitId }: ZoneInUnit,
  actions: readonly MemberAction[],
  kind: ControlPolicyKind = 'service',
): Promise<Finding> {
  const levels = (await levelsAbove(ports, unitId, kind)).filter((level) => kind === 'service' || level.length > 0);
  const verdicts = actions.map((action) => {
    // An account is made in the root, and its roles are made before it is moved.
    const verdict = judgedByControls(action.place === 'root' ? levels.slice(0, 1) : levels, action);
    return { ...action, ...verdict };
  });
  const denied = verdicts.filter(({ verdict }) => verdict === 'denied');
  const unclear = verdicts.filter(({ verdict }) => verdict === 'unclear');
  if (denied.length > 0) return failed(`Forbidden: ${told(denied)}.`, EXEMPT[kind]);
  if (unclear.length > 0)
    return unknown(`It depends on what only the call itself knows: ${told(unclear)}.`, LOOK[kind]);
  return ok();
}

async function levelsAbove(
  { tree, policies }: ControlPorts,
  unitId: string,
  kind: ControlPolicyKind,
): Promise<(readonly AttachedPolicy[])[]> {
  const own = await policies.attachedTo(unitId, kind);
  return unitId.startsWith('r-')
    ? [own]
    : [...(await levelsAbove({ tree, policies }, await tree.parentOf(unitId), kind)), own];
}

const told = (verdicts: readonly { readonly action: string; readonly place: string; readonly by?: string }[]): string =>
  verdicts.map(({ action, place, by = '' }) => `${action} in the ${place}, by ${by}`).join('; ');

const EXEMPT = {
  service:
    'Exempt the access role (accountAccessRole) from that policy, by a condition such as "ArnNotLike": { "aws:PrincipalArn": ' +
    '"arn:*:iam::*:role/<accountAccessRole>" }, or attach the policy elsewhere. Where no policy allows an action, attach FullAWSAccess there.',
  resource:
    'Exempt MeshfedServiceRole-Enter (organizationRootAccountRole with -Enter) from that policy, by a condition such as "ArnNotLike": { ' +
    '"aws:PrincipalArn": "<its ARN>" }, or attach the policy elsewhere.',
};
const LOOK = {
  service:
    'Read the conditions of that policy: it must not forbid these actions to the access role (accountAccessRole).',
  resource:
    'Read the conditions of that policy: it must not forbid sts:AssumeRole to MeshfedServiceRole-Enter (organizationRootAccountRole with -Enter).',
};
