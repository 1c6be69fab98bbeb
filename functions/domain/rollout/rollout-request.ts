import * as z from 'zod/mini';

import type { Checked, Fault } from '../base/fault';
import { AnyNumber, AnyText, described } from '../base/plain-schemas';
import { CanarySchema, RolloutKindSchema, type RolloutLimits } from './rollout';

/** The body of `POST /rollouts`. */
export const RolloutRequestSchema = z.object({
  kind: described(
    z.optional(RolloutKindSchema),
    'landing-zone: bring accounts to the version and the regions of the landing zone of Control Tower; it takes canary.organizationalUnit and stopAtFailedShare. Default: configuration',
  ),
  configurationHash: described(
    z.optional(AnyText),
    'Bring tenants to this configuration, which was deployed before; absent: to the one that is deployed',
  ),
  canary: described(
    z.optional(CanarySchema),
    'Who is changed first: so many tenants, one of each landing zone before a second of any; those of a unit; or those with a tag. Default: five tenants',
  ),
  waves: described(
    z.optional(z.array(AnyNumber)),
    'The share of the other tenants that is reached at the end of each wave, rising to 1. Default: 0.05, 0.25, 1',
  ),
  mostTenantsPerHour: described(z.optional(AnyNumber), 'Default: 200'),
  mostAtOnce: described(z.optional(AnyNumber), 'Runs under way at once, 20 at most. Default: 20'),
  stopAtFailedShare: described(
    z.optional(AnyNumber),
    'It stops when this share of the runs that have ended in a wave, and at least two, have failed. Default: 0.1',
  ),
  stopAtUnexpectedShare: described(
    z.optional(AnyNumber),
    'The same for runs that have changed something else than was planned. Default: 0.1',
  ),
  mostSevereWithoutConsent: described(
    z.optional(AnyNumber),
    'If access is removed, an account is moved, or a stack set is removed for more tenants than this, the start has to name their number. Default: 5',
  ),
});

export type RolloutRequest = Readonly<z.infer<typeof RolloutRequestSchema>>;

/**
 * Small enough that a mistake is found before many have it.
 *
 * @public
 */
export const DEFAULT_LIMITS: RolloutLimits = {
  canary: { tenants: 5 },
  waves: [0.05, 0.25, 1],
  mostTenantsPerHour: 200,
  mostAtOnce: 20,
  stopAtFailedShare: 0.1,
  stopAtUnexpectedShare: 0.1,
  mostSevereWithoutConsent: 5,
};

/** What a request asks for, with defaults in the place of what it leaves out. */
export function rolloutLimits(request: RolloutRequest): Checked<RolloutLimits> {
  const named = Object.fromEntries(
    Object.entries(request).filter(([name, value]) => name in DEFAULT_LIMITS && value !== undefined),
  );
  const limits: RolloutLimits = { ...DEFAULT_LIMITS, ...named };
  const faults = [
    ...canaryFaults(limits),
    ...waveFaults(limits),
    ...wholeFaults('mostTenantsPerHour', limits.mostTenantsPerHour, 1),
    ...wholeFaults('mostAtOnce', limits.mostAtOnce, 1, 20),
    ...wholeFaults('mostSevereWithoutConsent', limits.mostSevereWithoutConsent, 0),
    ...shareFaults('stopAtFailedShare', limits.stopAtFailedShare),
    ...shareFaults('stopAtUnexpectedShare', limits.stopAtUnexpectedShare),
  ];
  return faults.length === 0 ? { ok: true, value: limits } : { ok: false, faults };
}

function canaryFaults({ canary }: RolloutLimits): readonly Fault[] {
  const named = Object.entries(canary).filter(([, value]) => value !== undefined);
  if (named.length === 1)
    return canary.tenants === undefined ? [] : wholeFaults('canary.tenants', canary.tenants, 1, 100);
  const message = `names ${named.length} of tenants, organizationalUnit and tag; it has to name one of them.`;
  return [{ field: 'canary', message, value: canary }];
}

function waveFaults({ waves }: RolloutLimits): readonly Fault[] {
  const rises = waves.every((share, index) => share > (waves[index - 1] ?? 0) && share <= 1);
  if (rises && waves.at(-1) === 1) return [];
  const message =
    'has to name rising shares of the tenants, each above 0, the last one 1: [0.05, 0.25, 1]. A wave of nobody, or one that adds nobody, is none.';
  return [{ field: 'waves', message, value: waves }];
}

function wholeFaults(field: string, value: number, least: number, most = 10_000): readonly Fault[] {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  return [{ field, message: `is ${value}; it has to be a whole number from ${least} to ${most}.`, value, limit: most }];
}

const shareFaults = (field: string, value: number): readonly Fault[] =>
  value > 0 && value <= 1
    ? []
    : [{ field, message: `is ${value}; it has to be a share above 0, 1 at most: 0.1 is a tenth.`, value, limit: 1 }];
