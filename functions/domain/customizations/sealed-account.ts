import { RejectedError } from '../base/errors';
import type { VendingPlan } from '../plan/plan';
import type { TenantRecord } from '../records/ledger-records';

/**
 * A sealed access role makes no role any more. Where a customization has been run, its role is there.
 *
 * @throws RejectedError for a customization that is new to a sealed account, unless a stack set makes its role
 */
export function checkCustomizationRoles(
  { customizations = [], landingZone }: Pick<VendingPlan, 'customizations' | 'landingZone'>,
  { seal, account, customizations: known = [] }: Partial<Pick<TenantRecord, 'seal' | 'account' | 'customizations'>>,
): void {
  if (seal == null) return;
  const without = customizations.find(
    ({ project, role }) => !role.madeByStackSet && !known.some((one) => one.project === project),
  );
  if (without === undefined) return;
  const { name, role } = without;
  throw new RejectedError(
    `Account ${account?.id ?? ''} is sealed: nobody can make the role ${role.name} there any more, by which the customization "${name}" works.`,
    `Let a stack set of the landing zone make the role, and say so by role.madeByStackSet in landing-zones/${landingZone}.json; or open the account as ` +
      'docs/iam.md describes under "Opening a sealed account". Then replay this run.',
  );
}
