import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { judgeDesiredState } from '../../../functions/domain/planning/judge-desired-state';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { EmbeddedApplication } from '../../runtime/embedded/embedded-application';
import type { AccountReading } from '../../organization/independent-reader';
import type { Organization } from '../../organization/organization';
import type { LedgerMirror } from '../ledger-mirror';
import type { SimulatedRequest, SimulatedTenant } from '../simulated-tenants';
import { isWanted } from '../tenant-lifecycles';
import type { Violations } from '../violations';
import { checkLeftovers } from './access-check';
import { checkAccounts } from './account-check';
import { checkClosed } from './closed-check';
import { checkEndings, endingOf } from './ending-check';
import { checkExecutions } from './execution-check';
import { checkOrganization, type PlannedRequest } from './organization-check';
import type { Watches } from './watches';

/** What is checked once nothing is left that could happen. */
export interface AtRest {
  readonly tenants: readonly SimulatedTenant[];
  readonly organization: Organization;
  readonly application: EmbeddedApplication;
  readonly mirror: LedgerMirror;
  readonly watches: Watches;
  readonly violations: Violations;
  readonly fixture: { readonly configuration: Configuration };
}

export interface Found {
  /** Requests that have left no trace. */
  readonly lost: number;
  readonly readings: readonly AccountReading[];
}

export async function finalCheck(atRest: AtRest): Promise<Found> {
  const { tenants, organization, application, mirror, watches, violations } = atRest;
  const lost = checkEndings(tenants, mirror, violations);
  checkAccounts(organization.state, mirror, violations);
  checkExecutions(application.workflow, violations);
  checkClosed(atRest);
  watches.atRest();
  return { lost, readings: await convergenceCheck(atRest) };
}

/** The organization is exactly what the newest desired states and the configuration of now want. */
export async function convergenceCheck({
  tenants,
  organization,
  mirror,
  violations,
  fixture,
}: AtRest): Promise<readonly AccountReading[]> {
  const living = tenants
    .filter((tenant) => endingOf(tenant, mirror.tenants.get(tenant.uuid)) !== 'closed')
    .filter(isWanted);
  const plans = plansOf(fixture.configuration, living);
  const readings = await checkOrganization(organization, fixture.configuration, plans, violations);
  checkLeftovers(organization, newest(plans), violations);
  return readings;
}

/** The wanted plan of each account, by the id of the account. */
export function plansByAccount({ tenants, mirror, fixture }: AtRest): ReadonlyMap<string, VendingPlan> {
  const plans = newest(plansOf(fixture.configuration, tenants));
  return new Map(
    plans.flatMap((plan) => {
      const account = mirror.tenants.get(plan.tenantUuid)?.account ?? null;
      return account === null ? [] : [[account.id, plan] as const];
    }),
  );
}

/** What the application itself would do for the desired states of each tenant, the newest first. */
function plansOf(
  configuration: Configuration,
  tenants: readonly SimulatedTenant[],
): ReadonlyMap<string, readonly PlannedRequest[]> {
  return new Map(
    tenants.map((tenant) => {
      const newestFirst = tenant.requests.filter(wantsIt).toSorted((one, other) => sequenceIn(other) - sequenceIn(one));
      return [tenant.uuid, newestFirst.map((request) => planned(configuration, request))];
    }),
  );
}

/** For most tenants only the plan of their newest desired state is read. */
function planned(configuration: Configuration, request: SimulatedRequest): PlannedRequest {
  const known: { plan?: VendingPlan } = {};
  return {
    request,
    get plan() {
      return (known.plan ??= planOf(configuration, request));
    },
  };
}

const newest = (plans: ReadonlyMap<string, readonly PlannedRequest[]>): readonly VendingPlan[] =>
  [...plans.values()].flatMap(([first]) => (first === undefined ? [] : [first.plan]));

/** A deletion has no plan. */
const wantsIt = ({ desiredState }: SimulatedRequest): boolean =>
  desiredState.tenant.status.lifecycle.state === 'ACTIVE';

const sequenceIn = ({ desiredState }: SimulatedRequest): number => desiredState.replicationSequence;

/**
 * A dry run would read AWS, where this check needs the configuration alone, and at one instant for all tenants at once.
 */
function planOf(configuration: Configuration, { desiredState }: SimulatedRequest): VendingPlan {
  const judged = judgeDesiredState(desiredState, configuration);
  if (!judged.ok) throw new Error(`A simulated desired state has no plan: ${JSON.stringify(judged.faults)}`);
  return judged.value.plan;
}
