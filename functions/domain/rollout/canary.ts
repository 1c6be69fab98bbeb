import * as z from 'zod/mini';

import { AnyNumber, AnyText } from '../base/plain-schemas';
import type { VendingPlan } from '../plan/plan';

/**
 * Who is changed first, by one of these: some tenants, one of each landing zone before a second of any, or those of a
 * unit, or with a tag.
 */
export const CanarySchema = z.object({
  tenants: z.optional(AnyNumber),
  organizationalUnit: z.optional(AnyText),
  tag: z.optional(z.object({ key: AnyText, value: AnyText })),
});

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
  const { organizationalUnit, tag, tenants = 0 } = canary;
  if (organizationalUnit !== undefined) return plan.targetOrgUnitId === organizationalUnit;
  if (tag !== undefined) return plan.tags[tag.key] === tag.value;
  const free = tenants - taken.length;
  if (free <= 0) return false;
  const reached = new Set(taken.map((one) => one.landingZone));
  const missing = landingZones.filter((name) => !reached.has(name)).length;
  return !reached.has(landingZone) || free > missing;
}
