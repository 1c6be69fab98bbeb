import { accountOf, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import { claimedAliases } from '../../domain/records/tenant-account';
import { RejectedError, TransientError } from '../../domain/base/errors';
import { isLongKnown } from '../../domain/account/account-state';
import type { MemberAlias, MemberEntry } from '../../ports/iam';
import type { TenantRepository } from '../../ports/repositories';

export interface SetAccountAliasPorts {
  readonly alias: MemberAlias;
  readonly repository: Pick<TenantRepository, 'update'>;
  /** For how many seconds the roles that OpenAccount has made are still to be left alone. Absent: none were made. */
  readonly rolesWait?: () => number;
}

/**
 * Gives the account its alias. An alias that is already there is replaced only where `enforceAccountAlias` is on. The
 * alias is read first because AWS answers "already exists" also when it is our own. A second run writes nothing. The
 * result names the alias that the account has then, and how long the workflow waits for the roles of OpenAccount. In a
 * closing, whose plan wants none, it is taken away.
 *
 * @throws RejectedError when another AWS account has the alias
 */
export function setAccountAlias(ports: SetAccountAliasPorts): Step {
  return async (context) => {
    if (context.plan.closing !== undefined) return releaseAlias(ports, context);
    const { result, ...said } = await setAlias(ports, context);
    return { ...said, result: { ...result, ...(ports.rolesWait && { waitSeconds: ports.rolesWait() }) } };
  };
}

async function setAlias(ports: SetAccountAliasPorts, context: StepContext): Promise<StepReport> {
  const { alias, accessRole, enforceAlias } = context.plan.account;
  const entry = { accountId: accountOf(context).id, accessRole };
  const actual = await ports.alias.read(entry);
  if (actual === alias) {
    await recordAliasHeld(ports, context);
    return { result: { set: false, alias } };
  }
  if (actual !== null && !enforceAlias) {
    return {
      result: { set: false, alias: actual },
      remark: `The account keeps its alias "${actual}": enforceAccountAlias is off.`,
    };
  }
  await ports.alias.set(entry, alias);
  await recordAliasHeld(ports, context);
  return { result: { set: true, alias }, changes: [{ what: 'alias', from: actual, to: alias }] };
}

/** A closing that was taken back had taken it away. */
async function recordAliasHeld({ repository }: SetAccountAliasPorts, { tenant }: StepContext): Promise<void> {
  if (tenant.aliasReleased === true)
    await repository.update('aliasReleased', { before: tenant.aliasReleased, after: false });
}

/**
 * Takes the alias away, so that another tenant may have it: AWS gives the alias of a closed account to no other. An
 * account that is closed loses whatever alias it has, one that stays only what it has from this tenant. That it is gone
 * is written down, since the account may be closed, and enter nobody any more, when the claim is given up.
 *
 * If the alias cannot be taken away, it stays, and so does its claim: no closing fails for a name. A second run finds
 * none and writes nothing.
 *
 * @evidence documented accounts/reference/manage-acct-closing: an alias has to be deleted before the account is closed,
 *   to be used again
 */
async function releaseAlias(ports: SetAccountAliasPorts, context: StepContext): Promise<StepReport> {
  const entry = { accountId: accountOf(context).id, accessRole: context.plan.account.accessRole };
  try {
    const before = await ports.alias.read(entry);
    const after = await without(ports, context, entry, before);
    await recordAliasReleased(ports, context);
    const changes = before === after ? [] : [{ what: 'alias', from: before, to: after }];
    return { result: { set: before !== after, alias: after }, changes };
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error;
    // A new account lets nobody in at first.
    if (!isLongKnown(context)) throw new TransientError(`${error.reason} Its access role may not be there yet.`);
    return {
      result: { set: false, alias: null },
      remark: `The alias stays, and is free for no other tenant: ${error.reason}`,
    };
  }
}

/** @returns the alias that it has then */
async function without(
  { alias: aliases }: SetAccountAliasPorts,
  { plan, tenant }: StepContext,
  entry: MemberEntry,
  actual: string | null,
): Promise<string | null> {
  const isOurs = actual !== null && claimedAliases(tenant).includes(actual);
  if (actual === null || !(plan.closing?.closesAccount === true || isOurs)) return actual;
  try {
    await aliases.remove(entry, actual);
    return null;
  } catch (error) {
    if (!(error instanceof RejectedError) || !error.denied || !isOurs) throw error;
  }
  // A role that an earlier release has sealed may replace an alias, and delete none.
  const other = `gone-${entry.accountId}`;
  await aliases.set(entry, other);
  return other;
}

/** Whatever alias is left, it is none that this tenant claims. */
async function recordAliasReleased({ repository }: SetAccountAliasPorts, { tenant }: StepContext): Promise<void> {
  if (tenant.aliasReleased !== true)
    await repository.update('aliasReleased', { before: tenant.aliasReleased, after: true });
}
