import type { Configuration } from '../../../functions/domain/configuration';
import { PlanSchema, type VendingPlan } from '../../../functions/domain/plan';
import type { EmbeddedApplication } from '../../embedded/embedded-application';
import type { Organization } from '../../organization/organization';
import type { LedgerMirror } from '../ledger-mirror';
import type { SimulatedRequest, SimulatedTenant } from '../simulated-tenants';
import type { Violations } from '../violations';
import { checkLeftovers } from './access-check';
import { checkAccounts } from './account-check';
import { checkEndings } from './ending-check';
import { checkExecutions } from './execution-check';
import { checkOrganization, type PlannedRequest } from './organization-check';
import type { Watches } from './watches';

/** What is looked at once nothing is left that could happen. */
export interface AtRest {
  readonly tenants: readonly SimulatedTenant[];
  readonly organization: Organization;
  readonly application: EmbeddedApplication;
  readonly mirror: LedgerMirror;
  readonly watches: Watches;
  readonly violations: Violations;
  readonly ground: { readonly configuration: Configuration };
}

/** @returns how many requests have left no trace */
export async function finalCheck(atRest: AtRest): Promise<number> {
  const { tenants, organization, application, mirror, watches, violations, ground } = atRest;
  const lost = checkEndings(tenants, mirror, violations);
  checkAccounts(organization.state, mirror, violations);
  checkExecutions(application.workflow, violations);
  watches.atRest();
  const plans = await plansOf(application, tenants);
  await checkOrganization(organization, ground.configuration.platform.region, plans, violations);
  checkLeftovers(organization, newest(plans), violations);
  return lost;
}

/** What the application itself would do for the desired states of each tenant, the newest first. */
async function plansOf(
  application: EmbeddedApplication,
  tenants: readonly SimulatedTenant[],
): Promise<ReadonlyMap<string, readonly PlannedRequest[]>> {
  const plans = new Map<string, readonly PlannedRequest[]>();
  for (const tenant of tenants) {
    const newestFirst = tenant.requests.toSorted((one, other) => sequenceIn(other) - sequenceIn(one));
    plans.set(
      tenant.uuid,
      await Promise.all(newestFirst.map(async (request) => ({ request, plan: await planOf(application, request) }))),
    );
  }
  return plans;
}

const newest = (plans: ReadonlyMap<string, readonly PlannedRequest[]>): readonly VendingPlan[] =>
  [...plans.values()].flatMap(([first]) => (first === undefined ? [] : [first.plan]));

const sequenceIn = ({ desiredState }: SimulatedRequest): number => desiredState.replicationSequence;

async function planOf(
  application: EmbeddedApplication,
  { desiredState: body }: SimulatedRequest,
): Promise<VendingPlan> {
  const call = { method: 'POST', path: '/vendings', query: { dryRun: 'true' }, body } as const;
  for (;;) {
    const { status, body: plan } = await application.callApi(call);
    // Processes die here, too.
    if (status < 500) return PlanSchema.parse(plan);
  }
}
