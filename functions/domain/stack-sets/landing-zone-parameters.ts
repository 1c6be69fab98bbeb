import type { DesiredState } from '../desired-state/desired-state';
import type { Account } from '../records/account-records';
import type { VendingPlan } from '../plan/plan';
import { unicodePattern } from '../base/fault';

/** Passed to every landing zone. */
export const ALWAYS_PASSED: readonly string[] = [
  'AccountName',
  'AccountEmail',
  'ProductName',
  'Stage',
  'ContactEmail',
  'AccountId',
  'AccountArn',
];

/** Passed where the tenant has the tag `costCenter`. */
export const SOMETIMES_PASSED: readonly string[] = ['CostCenter'];

/** `tag` and the key of a tag, its first letter large: passed where the tenant has that tag. */
export const isTagParameter = (name: string): boolean => unicodePattern('^tag\\p{Lu}').test(name);

/**
 * What stack sets and the landing-zone Lambda are told about the account, under meshStack's names. What AWS alone knows
 * takes its place once there is an account (`toldByAws`). (meshcloud documentation, "AWS Landing Zones".)
 */
export function landingZoneParameters(
  desiredState: DesiredState,
  account: Pick<VendingPlan['account'], 'name' | 'email'>,
  tags: ReadonlyMap<string, string>,
): Record<string, string> {
  const costCenter = tags.get('tagCostCenter');
  return {
    AccountName: account.name,
    AccountEmail: account.email,
    ProductName: desiredState.tenant.metadata.ownedByWorkspace,
    Stage: desiredState.tenant.metadata.ownedByProject,
    ContactEmail: desiredState.projectCreatorEmail,
    // Deprecated in meshStack in favour of tagCostCenter, but templates that declare it are still about.
    ...(costCenter === undefined ? {} : { CostCenter: costCenter }),
    ...Object.fromEntries(tags),
  };
}

/**
 * What is told of an account as AWS has it: one that was imported, or whose project was renamed or changed, keeps the
 * name and the e-mail that it was made with.
 */
export const toldByAws = ({ id, arn, name, email }: Account): Record<string, string> => ({
  AccountId: id,
  AccountArn: arn,
  AccountName: name,
  AccountEmail: email,
});
