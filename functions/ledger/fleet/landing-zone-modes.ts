import * as z from 'zod/mini';

import { AnyText, TextOrNull } from '../../domain/base/plain-schemas';
import { type Mode, ModeSchema } from '../../domain/configuration/landing-zone-mode';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, snapshotsInParts, snapshotsOf } from '../base/decide';
import { landingZoneKey } from '../base/keys';
import type { Configuration } from '../../domain/configuration/configuration';
import { configuredMode } from '../../domain/planning/planned-platform';

/** How an operator has switched a landing zone, the newest switch last; `by`: the ARN of the caller of the API. */
export const LandingZoneModeSchema = z.object({
  landingZone: AnyText,
  mode: ModeSchema,
  switches: z.array(z.object({ mode: ModeSchema, at: AnyText, by: TextOrNull })),
});

export type LandingZoneMode = Readonly<z.infer<typeof LandingZoneModeSchema>>;

/** How landing zones were switched last; undefined: never, and the configuration counts. */
export const readModes = async (
  store: LedgerStore,
  landingZones: readonly string[],
): Promise<readonly (LandingZoneMode | undefined)[]> =>
  (await snapshotsInParts(store, landingZones.map(landingZoneKey))).map((item) =>
    contentOf(LandingZoneModeSchema, item),
  );

/** Of which the ledger keeps who and when. */
const MAX_SWITCHES = 100;

/**
 * Switches a landing zone. Runs that begin after it go by it; those that have begun go on as they were planned. A
 * second call with the same mode writes nothing.
 */
export function switchMode(
  store: LedgerStore,
  landingZone: string,
  { mode, at, by }: { readonly mode: Mode; readonly at: Date; readonly by: string | null },
): Promise<LandingZoneMode> {
  return decide(store, [landingZoneKey(landingZone)], (item) => {
    const before = contentOf(LandingZoneModeSchema, item);
    if (before?.mode === mode) return { writes: [], result: before };
    const switches = [...(before?.switches ?? []), { mode, at: at.toISOString(), by }].slice(-MAX_SWITCHES);
    const after = { landingZone, mode, switches };
    return { writes: [replace(item, after)], result: after };
  });
}

/** Whether a run that begins now may act. A word that only a newer release knows is no leave to. */
export async function modeOf(store: LedgerStore, configuration: Configuration, landingZone: string): Promise<Mode> {
  const [item] = await snapshotsOf(store, [landingZoneKey(landingZone)]);
  const mode = contentOf(LandingZoneModeSchema, item)?.mode ?? configuredMode(configuration, landingZone);
  return mode === 'act' ? 'act' : 'shadow';
}
