import { contentHash } from '../../domain/base/json';
import { approvalResult } from '../../domain/run/approval';
import type { Configuration } from '../../domain/configuration/configuration';
import type { Mode } from '../../domain/configuration/landing-zone-mode';
import { pinnedCreation } from '../../domain/records/account-records';
import type { TenantRecord } from '../../domain/records/ledger-records';
import { planClosing } from '../../domain/planning/plan-closing';
import { removalKey } from '../../domain/stack-sets/stack-set-removal';
import { saidWhereTrue, type StepReport } from '../../domain/run/step-context';
import { shadowed } from '../../domain/run/shadow';
import type { RunRepository } from '../../ports/repositories';

export interface PlanClosingPorts {
  readonly repository: Pick<RunRepository, 'pin'>;
  readonly configuration: Configuration;
  readonly modeOf: (landingZone: string) => Promise<Mode>;
}

/**
 * Decides everything about the closing before its first look at AWS, for a tenant that is to go. The plan is pinned as
 * that of a vending is: a second run of this state plans again, and later states know the plan by its hash. It claims
 * nothing.
 *
 * `closesAccount`: the landing zone permits that the account is closed in AWS.
 * `releasesAlias`: its alias is taken away, which is done in any case before the account is closed.
 * `accountAsked`: AWS was asked for an account that is not known yet. It is waited for, so that none is left that
 * nobody knows of.
 * `shadow`: the landing zone does not act. The run ends after it has told what it would change.
 * `accessOnly`: the account is the management account. Access is taken away, and nothing else is done or asked.
 */
export async function planClosingRun(
  { repository, configuration, modeOf }: PlanClosingPorts,
  tenant: TenantRecord,
): Promise<StepReport> {
  const wanted = planClosing(tenant, configuration);
  const isShadow = (await modeOf(wanted.landingZone)) === 'shadow';
  const plan = isShadow ? shadowed(wanted) : wanted;
  const { remarks, closing, stackSetRemovals } = plan;
  const accountKnown = tenant.account !== null;
  const accountAsked = !accountKnown && pinnedCreation(tenant) !== null;
  const result = {
    planHash: await repository.pin(plan),
    // A shadow run waits for no account that is being made.
    accountKnown: accountKnown || isShadow,
    accountAsked: accountAsked && !isShadow,
    ...saidWhereTrue({
      shadow: isShadow,
      accessOnly: plan.accessOnly === true,
      customizations: plan.customizations !== undefined,
    }),
    ...approvalResult(plan, !isShadow && (accountKnown || accountAsked)),
    closesAccount: closing?.closesAccount ?? false,
    releasesAlias: closing?.releasesAlias ?? false,
    stackSetRemovals: stackSetRemovals.map(removalKey),
  };
  const report = { result, configurationHash: contentHash(configuration) };
  return remarks.length === 0 ? report : { ...report, remark: remarks.join(' ') };
}
