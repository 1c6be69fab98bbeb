import { contentHash } from '../../domain/base/json';
import { approvalResult } from '../../domain/run/approval';
import type { Configuration } from '../../domain/configuration/configuration';
import { hasNothing } from '../../domain/desired-state/deletion';
import { InvalidRequestError, RejectedError } from '../../domain/base/errors';
import { checkCustomizationRoles } from '../../domain/customizations/planned-customizations';
import { isImport } from '../../domain/account/import-refusal';
import { judgeKnownTenant } from '../../domain/planning/judge-desired-state';
import type { TenantRecord } from '../../domain/records/ledger-records';
import type { VendingPlan } from '../../domain/plan/plan';
import type { Mode } from '../../domain/configuration/landing-zone-mode';
import { removalKey } from '../../domain/stack-sets/stack-set-removal';
import { saidWhereTrue, type StepReport } from '../../domain/run/step-context';
import { shadowed } from '../../domain/run/shadow';
import type { RunRepository } from '../../ports/repositories';

export interface PlanVendingPorts {
  readonly repository: Pick<RunRepository, 'desiredState' | 'pin'>;
  readonly configuration: Configuration;
  readonly modeOf: (landingZone: string) => Promise<Mode>;
}

/**
 * Decides everything about the run before its first write to AWS, and claims what must be unique. The plan is pinned:
 * its hash goes into the execution, and later states refuse any other plan. A second run of this state plans again,
 * since nothing that the ledger holds by then tells whether it was this state that wrote it; it writes nothing where
 * the plan is the same.
 *
 * `shadow`: the landing zone does not act. The run claims nothing, is asked no approval for, and ends after it has told
 * what it would change. Its plan says so, and no state that writes works by such a plan.
 * `accessOnly`: the account is the management account; the run goes to the states that give and take access alone.
 *
 * @throws InvalidRequestError when the configuration has changed so that the request no longer fits
 * @throws RejectedError when another tenant holds a claim, or the tenant has, or is about to get, another account than
 * it is to import, or is sealed and has a customization whose role cannot be made any more
 */
export async function planRun(
  { repository, configuration, modeOf }: PlanVendingPorts,
  tenant: TenantRecord,
): Promise<StepReport> {
  const wanted = planned(await repository.desiredState(), configuration, tenant);
  const isShadow = (await modeOf(wanted.landingZone)) === 'shadow';
  const plan = isShadow ? shadowed(wanted) : wanted;
  if (!isShadow) checkCustomizationRoles(plan, tenant);
  const imports = isImport(plan, tenant);
  const result = {
    planHash: await repository.pin(plan),
    // An account that is imported is known, too: none is made. A shadow run makes none either.
    accountKnown: tenant.account !== null || imports || isShadow,
    import: imports,
    // An account that AWS was asked for already is seen to its end.
    ...approvalResult(plan, !imports && !isShadow && hasNothing(tenant)),
    enrollment: plan.enrollment !== null,
    externalAvm: plan.externalAvm !== null,
    ...saidWhereTrue({
      shadow: isShadow,
      unenrollment: plan.unenrollment !== undefined,
      workspaceUnit: plan.workspaceOrgUnit !== undefined,
      existingGroups: plan.existingGroups !== undefined,
      accessOnly: plan.accessOnly === true,
      customizations: plan.customizations !== undefined,
    }),
    stackSetRemovals: plan.stackSetRemovals.map(removalKey),
    stackSets: plan.stackSets.map(({ name }) => name),
  };
  const report = { result, configurationHash: contentHash(configuration) };
  return plan.remarks.length === 0 ? report : { ...report, remark: plan.remarks.join(' ') };
}

/**
 * Whether the account that is named is our own was asked at the door, and ImportAccount asks again: this function calls
 * nobody but the ledger.
 */
function planned(input: unknown, configuration: Configuration, tenant: TenantRecord): VendingPlan {
  if (input === undefined) throw expired();
  const judged = judgeKnownTenant(input, configuration, tenant);
  if (!judged.ok) throw new InvalidRequestError(judged.faults);
  return judged.value.plan;
}

function expired(): RejectedError {
  return new RejectedError(
    'The desired state of this run is gone from the ledger: a newer one has replaced it.',
    'Send the desired state again.',
  );
}
