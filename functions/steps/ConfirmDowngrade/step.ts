import { downgradedPolicy } from '../../domain/downgraded-policy';
import { TransientError } from '../../domain/errors';
import type { Change } from '../../domain/ledger-records';
import { accountOf, type Step } from '../../domain/vending';
import type { AccessRole, AccessRoleRights } from '../../ports/access-role';
import type { MemberEntry } from '../../ports/member-account';

export interface ConfirmDowngradePorts {
  readonly role: AccessRole;
  readonly partition: string;
}

/**
 * Takes everything from the access role but the policy that it keeps, whether attached or inline, and looks once more whether it is gone. It never
 * touches another role. Killed anywhere, it goes on: the kept policy allows all that is left to do. A second run writes nothing.
 *
 * @throws TransientError when the kept policy is not to be seen yet, or something is still there: nothing is taken blindly
 */
export function confirmDowngrade({ role, partition }: ConfirmDowngradePorts): Step {
  return async (vending) => {
    if (!vending.plan.selfDowngrade) return { result: { downgraded: false } };
    const entry = { accountId: accountOf(vending).id, accessRole: vending.plan.account.accessRole };
    const { name } = downgradedPolicy(partition, entry.accountId, entry.accessRole);
    const rights = await role.listRights(entry);
    if (!rights.inlinePolicyNames.includes(name)) throw notThereYet(entry, name);
    const changes = await takeAway(role, entry, rights, name);
    if (changes.length > 0) await lookAgain(role, entry, name);
    return { result: { downgraded: true }, changes };
  };
}

/** Managed policies first: the inline one that is kept allows both, and each deletion may be repeated. */
async function takeAway(
  role: AccessRole,
  entry: MemberEntry,
  { attachedPolicyArns, inlinePolicyNames }: AccessRoleRights,
  kept: string,
): Promise<readonly Change[]> {
  const others = inlinePolicyNames.filter((policyName) => policyName !== kept);
  for (const policyArn of attachedPolicyArns) await role.detachPolicy(entry, policyArn);
  for (const policyName of others) await role.deleteInlinePolicy(entry, policyName);
  return [...attachedPolicyArns, ...others].map((from) => ({ what: `policy of ${entry.accessRole}`, from, to: null }));
}

async function lookAgain(role: AccessRole, entry: MemberEntry, kept: string): Promise<void> {
  const { attachedPolicyArns, inlinePolicyNames } = await role.listRights(entry);
  const left = [...attachedPolicyArns, ...inlinePolicyNames.filter((policyName) => policyName !== kept)];
  if (left.length > 0) throw new TransientError(`The access role still has ${left.join(', ')}; looking again.`);
  if (!inlinePolicyNames.includes(kept)) throw notThereYet(entry, kept);
}

function notThereYet({ accessRole }: MemberEntry, policy: string): TransientError {
  return new TransientError(
    `The policy ${policy} of ${accessRole} is not to be seen yet; nothing is taken away before.`,
  );
}
