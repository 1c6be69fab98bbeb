import { downgradedPolicy } from '../../domain/downgraded-policy';
import { accountOf, type Step } from '../../domain/vending';
import type { AccessRole } from '../../ports/access-role';

export interface DowngradeAccessRolePorts {
  readonly role: AccessRole;
  readonly partition: string;
}

/** IAM is eventually consistent; AWS reckons with half a minute. */
const PROPAGATION_SECONDS = 30;

/**
 * Gives the access role the policy that it is to keep, before anything is taken from it: in the other order it would lock itself out. The wait that
 * follows is nought where nothing is left to be taken, as in a second run. Where something is, the policy may be a moment old: a run that was killed
 * after writing it waits, too.
 */
export function downgradeAccessRole({ role, partition }: DowngradeAccessRolePorts): Step {
  return async (vending) => {
    if (!vending.plan.selfDowngrade)
      return nothing('selfDowngradeAccessRole is off: the access role keeps its rights.');
    const entry = { accountId: accountOf(vending).id, accessRole: vending.plan.account.accessRole };
    const policy = downgradedPolicy(partition, entry.accountId, entry.accessRole);
    const { attachedPolicyArns, inlinePolicyNames } = await role.listRights(entry);
    if (inlinePolicyNames.includes(policy.name)) {
      return attachedPolicyArns.length === 0 && inlinePolicyNames.length === 1
        ? nothing('The access role has the policy that it keeps, and no other.')
        : { result: { waitSeconds: PROPAGATION_SECONDS }, remark: 'The access role has the policy that it keeps.' };
    }
    await role.putInlinePolicy(entry, policy);
    return {
      result: { waitSeconds: PROPAGATION_SECONDS },
      changes: [{ what: `policy of ${entry.accessRole}`, from: null, to: policy.name }],
    };
  };
}

function nothing(remark: string): Awaited<ReturnType<Step>> {
  return { result: { waitSeconds: 0 }, remark };
}
