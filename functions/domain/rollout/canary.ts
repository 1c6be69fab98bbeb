import * as z from 'zod/mini';

import { AnyNumber, AnyText } from '../base/plain-schemas';
import type { VendingPlan } from '../plan/plan';

/** Who is changed first: some tenants, one of each landing zone before a second of any, or those of a unit or tag. */
export const CanarySchema = z.union([
  z.object({ tenants: AnyNumber }),
  z.object({ organizationalUnit: AnyText }),
  z.object({ tag: z.object({ key: AnyText, value: AnyText }) }),
]);

export type Canary = Readonly<z.infer<typeof CanarySchema>>;

interface Candidate {
  readonly landingZone: string;
  readonly plan: Pick<VendingPlan, 'targetOrgUnitId' | 'tags'>;
}

/**
 * Whether a tenant goes into the canary, as tenants come one after the other. A second tenant of a landing zone gets a
 * place only as long as others are left for landing zones that have none yet.
 *
 * @param taken the places that others have
 * @param landingZones all of the configuration
 */
export function isInCanary(
  canary: Canary,
  { landingZone, plan }: Candidate,
  taken: readonly { readonly landingZone: string }[],
  landingZones: readonly string[],
): boolean {
  if ('organizationalUnit' in canary) return plan.targetOrgUnitId === canary.organizationalUnit;
  if ('tag' in canary) return plan.tags[canary.tag.key] === canary.tag.value;
  const free = canary.tenants - taken.length;
  if (free <= 0) return false;
  const reached = new Set(taken.map((one) => one.landingZone));
  const missing = landingZones.filter((name) => !reached.has(name)).length;
  return !reached.has(landingZone) || free > missing;
}
