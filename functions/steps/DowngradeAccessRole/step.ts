import { isUnbroken } from '../../domain/access/access-role-seal';
import { RejectedError } from '../../domain/base/errors';
import {
  isInForce,
  type KeptRights,
  keptPolicyChange,
  keptRights,
  PROPAGATION_SECONDS,
  superfluousRights,
} from '../../domain/access/kept-rights';
import type { Change } from '../../domain/records/ledger-records';
import { nextPoll } from '../../domain/base/poll-interval';
import { accountOf, secondsBetween, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import type { AccessRole, AccessRoleRights, MemberEntry } from '../../ports/iam';
import { outcomesOf } from '../outcome';

const { done, requeueAfter } = outcomesOf('DowngradeAccessRole');

export interface DowngradeAccessRolePorts {
  readonly role: AccessRole;
  readonly partition: string;
  /** When a state of this run that came to its end has made such a change; absent, or null: none has. */
  readonly changedAt?: (change: Change) => Date | null;
}

/** Until a policy that was put counts everywhere. People have seen minutes, never this many. */
const BUDGET_SECONDS = 10 * 60;

/**
 * Gives the access role the policy that it is to keep, and makes its seal where it is to have one, before anything is
 * taken from it: in the other order it would lock itself out. The wait that follows is nought where nothing is left to
 * be taken, as in a second run, and where the timeline of this run tells that the policy is in force, since it was put
 * when the account was opened. Otherwise it may be a moment old: a run that was killed after writing it waits, too.
 *
 * A role that was downgraded without a seal has no right to make one until the policy that it gets here is in force:
 * until then this state is entered again.
 *
 * @throws RejectedError where the role has the boundary of somebody else, or a seal that somebody has changed
 */
export function downgradeAccessRole({ role, partition, changedAt }: DowngradeAccessRolePorts): Step {
  return async (context) => {
    const { plan, tenant } = context;
    if (!plan.selfDowngrade) return done('selfDowngradeAccessRole is off: the access role keeps its rights.');
    const entry = { accountId: accountOf(context).id, accessRole: plan.account.accessRole };
    const maySeal = plan.accessRoleProfile === 'sealed' || tenant.seal !== null;
    const boundary = maySeal ? await role.boundaryOf(entry) : null;
    const kept = keptRights(
      { partition, ...entry, samlRoles: plan.samlAccess !== null },
      plan.accessRoleProfile,
      boundary,
    );
    const rights = await role.listRights(entry);
    if (kept.sealedBy !== null) return checkSeal(role, entry, { ...kept, sealedBy: kept.sealedBy }, rights);
    const putAt = changedAt?.(keptPolicyChange(entry.accessRole, kept.policy.name)) ?? null;
    return prepare({ role, entry, kept, rights, putAt, vending: context });
  };
}

/** A sealed role is looked at, and at most tidied up. */
async function checkSeal(
  role: AccessRole,
  entry: MemberEntry,
  kept: KeptRights & { readonly sealedBy: string },
  rights: AccessRoleRights,
): Promise<StepReport> {
  const reading = await role.readPolicy(entry, kept.sealedBy);
  if (reading.found !== 'there' || !isUnbroken(kept.sealedBy, reading.document)) throw broken(entry, kept.sealedBy);
  return isTidy(kept, rights)
    ? done('The access role is sealed.')
    : doneAfterPropagation('The access role is sealed, and has got policies that it is not to have.');
}

interface Preparation {
  readonly role: AccessRole;
  readonly entry: MemberEntry;
  readonly kept: KeptRights;
  readonly rights: AccessRoleRights;
  /** Since when the policy was there at the latest; null: nobody knows. */
  readonly putAt: Date | null;
  readonly vending: StepContext;
}

async function prepare(preparation: Preparation): Promise<StepReport> {
  const { role, entry, kept, rights, vending } = preparation;
  const { policy, seal } = kept;
  const changes: Change[] = [];
  if (!rights.inlinePolicyNames.includes(policy.name)) {
    await role.putInlinePolicy(entry, policy);
    changes.push(keptPolicyChange(entry.accessRole, policy.name));
  }
  if (seal !== null) {
    const reading = await role.readPolicy(entry, seal.arn);
    if (reading.found === 'unreadable') return notInForce(preparation, changes);
    if (reading.found === 'there' && !isUnbroken(seal.arn, reading.document)) throw broken(entry, seal.arn);
    if (reading.found === 'absent') {
      await role.makePolicy(entry, seal);
      changes.push({ what: 'policy of the account', from: null, to: seal.name });
    }
  }
  if (changes.length > 0) return done({ facts: { waitSeconds: PROPAGATION_SECONDS }, changes });
  if (seal === null && isTidy(kept, rights)) return done('The access role has the policy that it keeps, and no other.');
  return seal === null && isInForce(preparation.putAt, vending.now)
    ? done('The access role has had the policy that it keeps for long enough.')
    : doneAfterPropagation('The access role has the policy that it keeps.');
}

function notInForce({ entry, kept, vending: context }: Preparation, changes: readonly Change[]): StepReport {
  const waited = secondsBetween(context.stateEnteredAt, context.now);
  if (waited >= BUDGET_SECONDS) throw neverInForce(entry, kept.policy.name);
  const waitSeconds = nextPoll(waited, { minSeconds: 5, maxSeconds: 30 });
  return requeueAfter(waitSeconds, { remark: `The policy ${kept.policy.name} is not in force yet.`, changes });
}

function isTidy(kept: KeptRights, rights: AccessRoleRights): boolean {
  const { attachedPolicyArns, inlinePolicyNames } = superfluousRights(kept, rights);
  return attachedPolicyArns.length === 0 && inlinePolicyNames.length === 0;
}

const doneAfterPropagation = (remark: string): StepReport =>
  done({ facts: { waitSeconds: PROPAGATION_SECONDS }, remark });

function broken({ accountId }: MemberEntry, policyArn: string): RejectedError {
  return new RejectedError(
    `The policy ${policyArn} in account ${accountId} does not say what it was made to say: somebody has changed it.`,
    'Find out in CloudTrail who did (CreatePolicyVersion, SetDefaultPolicyVersion). Have an administrator of the account make v1 its default ' +
      'version again, or take it from the access role and delete it, as docs/iam.md describes; then replay this run.',
  );
}

function neverInForce({ accountId, accessRole }: MemberEntry, policy: string): RejectedError {
  return new RejectedError(
    `The policy ${policy} of ${accessRole} in account ${accountId} has not come into force for ${BUDGET_SECONDS / 60} minutes.`,
    'Look for a service control policy that denies iam:GetPolicy in the account; then replay this run.',
  );
}
