import * as z from 'zod/mini';
import { caught } from '../base/plain-schemas';
import type { Configuration } from '../configuration/configuration';
import { parseDesiredState, type DesiredState } from '../desired-state/desired-state';
import type { Checked } from '../base/fault';
import type { TenantRecord } from '../records/ledger-records';
import { accountKnownOf, KNOWN_OFFLINE, type KnownAccounts } from '../records/tenant-account';
import { withRemovals } from '../stack-sets/stack-set-removal';
import type { VendingPlan } from '../plan/plan';
import { landingZoneOf, planVending } from './plan-vending';
import { withUnenrollment } from './planned-platform';
import { requestFaults } from '../desired-state/request-faults';
import { tenantFaults } from './tenant-faults';

/** A desired state that can be vended, and how. */
export interface Judged {
  readonly desiredState: DesiredState;
  readonly plan: VendingPlan;
}

/**
 * Reads a desired state and plans it. All faults at once: what can be judged of a desired state that is incomplete or
 * of the wrong types (identifiers, landing zone, the account that is to be imported) is judged too.
 *
 * @param known absent: neither AWS nor the ledger is asked
 */
export function judgeDesiredState(
  input: unknown,
  configuration: Configuration,
  known: KnownAccounts = KNOWN_OFFLINE,
): Checked<Judged> {
  const desiredState = parseDesiredState(input);
  if (!desiredState.ok) {
    return { ok: false, faults: [...desiredState.faults, ...faultsOfReadableParts(input, configuration, known)] };
  }
  const plan = planVending(desiredState.value, configuration, known);
  return plan.ok ? { ok: true, value: { desiredState: desiredState.value, plan: plan.value } } : plan;
}

/**
 * The same of a tenant that the ledger knows, with what a run of it takes away: a desired state alone does not tell
 * what was rolled out or enrolled before. AWS is not asked.
 */
export function judgeKnownTenant(input: unknown, configuration: Configuration, tenant: TenantRecord): Checked<Judged> {
  const judged = judgeDesiredState(input, configuration, { own: null, ofTenant: accountKnownOf(tenant) });
  if (!judged.ok) return judged;
  const { desiredState, plan } = judged.value;
  return { ok: true, value: { desiredState, plan: planOfTenant(plan, tenant, configuration) } };
}

/**
 * The plan of a desired state, with what only the ledger tells: what a run takes away that an earlier one has brought.
 *
 * @param tenant undefined: the ledger does not know it yet
 */
export const planOfTenant = (
  plan: VendingPlan,
  tenant: TenantRecord | undefined,
  configuration: Configuration,
): VendingPlan =>
  tenant === undefined || plan.accessOnly === true
    ? plan
    : withUnenrollment(withRemovals(plan, tenant, configuration), tenant, configuration);

/** The account that a desired state names, however incomplete it is; null where it names none. */
export const namedAccount = (input: unknown): string | null =>
  z.parse(ReadableSchema, input).tenant.spec.platformTenantId ?? null;

function faultsOfReadableParts(
  input: unknown,
  configuration: Configuration,
  known: KnownAccounts,
): ReturnType<typeof requestFaults> {
  const { metadata, spec, status } = z.parse(ReadableSchema, input).tenant;
  return [
    ...tenantFaults(
      {
        platformTenantId: spec.platformTenantId,
        lifecycleState: status.lifecycle.state,
        landingZone: landingZoneOf(configuration, spec.landingZoneRef.name),
      },
      configuration.platform,
      known,
    ),
    ...requestFaults(
      {
        workspaceIdentifier: metadata.ownedByWorkspace,
        projectIdentifier: metadata.ownedByProject,
        landingZone: spec.landingZoneRef.name,
      },
      configuration,
    ),
  ];
}

/** What cannot be read is undefined, and the schema proper has said so. */
const readable = <T extends z.ZodMiniType>(schema: T): z.core.$ZodCatch<z.ZodMiniOptional<T>> =>
  caught(z.optional(schema), undefined);

const TextSchema = readable(z.string().check(z.minLength(1)));

const ReadableTenantSchema = z.object({
  metadata: caught(z.object({ ownedByWorkspace: TextSchema, ownedByProject: TextSchema }), {}),
  spec: caught(
    z.object({
      landingZoneRef: caught(z.object({ name: TextSchema }), {}),
      platformTenantId: readable(z.nullable(z.string())),
    }),
    { landingZoneRef: {} },
  ),
  status: caught(
    z.object({
      lifecycle: caught(z.object({ state: readable(z.enum(['ACTIVE', 'MARKED_FOR_DELETION', 'DELETED'])) }), {}),
    }),
    { lifecycle: {} },
  ),
});

const NOTHING = { metadata: {}, spec: { landingZoneRef: {} }, status: { lifecycle: {} } };

const ReadableSchema = caught(z.object({ tenant: caught(ReadableTenantSchema, NOTHING) }), { tenant: NOTHING });
