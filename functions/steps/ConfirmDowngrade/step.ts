import { TransientError } from '../../domain/base/errors';
import { type FoundRights, type KeptRights, keptRights, superfluousRights } from '../../domain/access/kept-rights';
import type { Change } from '../../domain/records/ledger-records';
import { accountOf, type Step, type StepContext, type StepReport } from '../../domain/run/step-context';
import type { AccessRole, MemberEntry } from '../../ports/iam';
import type { TenantRepository } from '../../ports/repositories';
import { outcomesOf } from '../outcome';

const { done, goTo } = outcomesOf('ConfirmDowngrade');

export interface ConfirmDowngradePorts {
  readonly role: AccessRole;
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly partition: string;
  /** False: DowngradeAccessRole was left out, since what it does was done when the account was opened. */
  readonly isPrepared?: boolean;
}

/**
 * Seals the access role where it is to be sealed, takes everything from it but the policy that it keeps, whether
 * attached or inline, and looks once more whether it is gone. The ledger remembers the seal before AWS is asked for it.
 * No other role is ever touched. Killed anywhere, it goes on: what is kept, and the seal, allow all that is left to do.
 * A second run writes nothing.
 *
 * @throws TransientError when the kept policy or the seal is not to be seen yet, or something is still there: nothing
 * is taken blindly
 */
export function confirmDowngrade(ports: ConfirmDowngradePorts): Step {
  return async (context) => {
    const { plan, tenant } = context;
    if (!plan.selfDowngrade) return done({ facts: { downgraded: false } });
    const entry = { accountId: accountOf(context).id, accessRole: plan.account.accessRole };
    const maySeal = plan.accessRoleProfile === 'sealed' || tenant.seal !== null;
    const boundary = maySeal ? await ports.role.boundaryOf(entry) : null;
    const kept = keptRights(
      { partition: ports.partition, ...entry, samlRoles: plan.samlAccess !== null },
      plan.accessRoleProfile,
      boundary,
    );
    const rights = await ports.role.listRights(entry);
    if (kept.sealedBy === null && !rights.inlinePolicyNames.includes(kept.policy.name)) {
      if (ports.isPrepared === false) return prepareAgain(kept);
      throw notThereYet(entry, kept);
    }
    const changes = [...(await seal(ports, entry, kept, context))];
    changes.push(...(await takeAway(ports.role, entry, superfluousRights(kept, rights))));
    if (changes.length > 0) await lookAgain(ports.role, entry, kept);
    return done({ changes });
  };
}

/** Somebody has taken the policy away meanwhile. */
const prepareAgain = ({ policy }: KeptRights): StepReport =>
  goTo('preparation', `The access role has lost the policy ${policy.name}, and gets it again.`);

async function seal(
  { role, repository }: ConfirmDowngradePorts,
  entry: MemberEntry,
  kept: KeptRights,
  { tenant, now }: StepContext,
): Promise<readonly Change[]> {
  const boundaryArn = kept.sealedBy ?? kept.seal?.arn ?? null;
  if ((tenant.seal?.boundaryArn ?? null) !== boundaryArn) {
    await repository.update('seal', {
      before: tenant.seal,
      after: boundaryArn === null ? null : { boundaryArn, since: now.toISOString() },
    });
  }
  if (boundaryArn === null || kept.sealedBy !== null) return [];
  const { found } = await role.readPolicy(entry, boundaryArn);
  if (found !== 'there') throw new TransientError(`The policy ${boundaryArn} is not to be seen yet; looking again.`);
  await role.putBoundary(entry, boundaryArn);
  return [{ what: `permissions boundary of ${entry.accessRole}`, from: null, to: boundaryArn }];
}

/** Managed policies first: the inline one that is kept allows both, and each deletion may be repeated. */
async function takeAway(
  role: AccessRole,
  entry: MemberEntry,
  { attachedPolicyArns, inlinePolicyNames }: FoundRights,
): Promise<readonly Change[]> {
  for (const policyArn of attachedPolicyArns) await role.detachPolicy(entry, policyArn);
  for (const policyName of inlinePolicyNames) await role.deleteInlinePolicy(entry, policyName);
  const gone = [...attachedPolicyArns, ...inlinePolicyNames];
  return gone.map((from) => ({ what: `policy of ${entry.accessRole}`, from, to: null }));
}

async function lookAgain(role: AccessRole, entry: MemberEntry, kept: KeptRights): Promise<void> {
  const rights = await role.listRights(entry);
  const { attachedPolicyArns, inlinePolicyNames } = superfluousRights(kept, rights);
  const left = [...attachedPolicyArns, ...inlinePolicyNames];
  if (left.length > 0) throw new TransientError(`The access role still has ${left.join(', ')}; looking again.`);
  if (kept.sealedBy !== null) return;
  if (!rights.inlinePolicyNames.includes(kept.policy.name)) throw notThereYet(entry, kept);
  if (kept.seal !== null && (await role.boundaryOf(entry)) === null) {
    throw new TransientError(`The permissions boundary of ${entry.accessRole} is not to be seen yet; looking again.`);
  }
}

function notThereYet({ accessRole }: MemberEntry, { policy }: KeptRights): TransientError {
  return new TransientError(
    `The policy ${policy.name} of ${accessRole} is not to be seen yet; nothing is taken away before.`,
  );
}
