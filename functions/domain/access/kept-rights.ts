import type { Change } from '../records/ledger-records';
import type { AccessRoleProfile } from './access-role-profile';
import { isSeal, type Seal, sealOf } from './access-role-seal';
import { type DowngradedPolicy, downgradedPolicy, SEALED_POLICY_PREFIX, sealedPolicy } from './access-role-policies';
import { RejectedError } from '../base/errors';
import { accountOf, partitionOfAccount, secondsBetween, type StepContext } from '../run/step-context';

/** What an access role is to keep, and what of that is there. */
export interface KeptRights {
  readonly policy: DowngradedPolicy;
  /** Null where the role keeps what the document says, without a boundary. */
  readonly seal: Seal | null;
  /** The seal that the role has. One of an earlier release stays: a sealed role cannot change it, and need not. */
  readonly sealedBy: string | null;
}

/** What AWS shows of an access role. */
export interface FoundRights {
  readonly attachedPolicyArns: readonly string[];
  readonly inlinePolicyNames: readonly string[];
}

export interface RolePlace {
  readonly partition: string;
  readonly accountId: string;
  readonly accessRole: string;
  /** Roles of meshIdB are made and removed by it. */
  readonly samlRoles?: boolean;
}

/**
 * A role that is sealed stays so, whatever the configuration says by now: it has no rights to change that.
 *
 * @param boundaryArn the permissions boundary that the role has
 * @throws RejectedError where it has another boundary: that is somebody's guard, and not ours to replace
 */
export function keptRights(place: RolePlace, profile: AccessRoleProfile, boundaryArn: string | null): KeptRights {
  const { partition, accountId, accessRole, samlRoles = false } = place;
  const sealedBy = isSeal(boundaryArn) ? boundaryArn : null;
  if (profile === 'meshstack' && sealedBy === null) {
    return { policy: downgradedPolicy(partition, accountId, accessRole, samlRoles), seal: null, sealedBy };
  }
  if (boundaryArn !== null && sealedBy === null) throw boundedByOthers(place, boundaryArn);
  const seal = sealOf(partition, accountId, accessRole);
  return { policy: sealedPolicy(partition, accountId, accessRole, seal), seal, sealedBy };
}

/**
 * What the access role keeps in the end, where it can be given that as soon as the account is open: null where it is
 * sealed, or is to be, or keeps all.
 */
export function keptFromTheBeginning(context: StepContext): DowngradedPolicy | null {
  const { plan, tenant } = context;
  if (!plan.selfDowngrade || plan.accessRoleProfile !== 'meshstack' || tenant.seal !== null) return null;
  const { accessRole } = plan.account;
  const place = { partition: partitionOfAccount(context), accountId: accountOf(context).id, accessRole };
  return keptRights({ ...place, samlRoles: plan.samlAccess !== null }, plan.accessRoleProfile, null).policy;
}

/** IAM is eventually consistent; AWS reckons with half a minute. */
export const PROPAGATION_SECONDS = 30;

/** @param putAt since when the policy was there at the latest; null: nobody knows */
export const isInForce = (putAt: Date | null, now: Date): boolean =>
  putAt !== null && secondsBetween(putAt, now) >= PROPAGATION_SECONDS;

/** How the timeline of a run tells that the access role was given what it keeps. */
export const keptPolicyChange = (accessRole: string, policyName: string): Change => ({
  what: `policy of ${accessRole}`,
  from: null,
  to: policyName,
});

/** What has to be taken from the role. */
export function superfluousRights(
  { policy, seal, sealedBy }: KeptRights,
  { attachedPolicyArns, inlinePolicyNames }: FoundRights,
): FoundRights {
  const isOfEarlierRelease = seal !== null && sealedBy !== null && sealedBy !== seal.arn;
  const isKept = (name: string): boolean =>
    name === policy.name || (isOfEarlierRelease && name.startsWith(SEALED_POLICY_PREFIX));
  return { attachedPolicyArns, inlinePolicyNames: inlinePolicyNames.filter((name) => !isKept(name)) };
}

function boundedByOthers({ accountId, accessRole }: RolePlace, boundaryArn: string): RejectedError {
  return new RejectedError(
    `The role ${accessRole} in account ${accountId} cannot be sealed: it has the permissions boundary ${boundaryArn} already.`,
    'Have an administrator of the account take that boundary away, or choose accessRoleProfile "meshstack"; then replay this run.',
  );
}
