import type { Mode } from '../../domain/base/plain-schemas';
import { type LandingZoneMode, LandingZoneModeSchema } from '../runs/pin-plan';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, snapshotsInParts } from '../base/decide';
import { landingZoneKey } from '../base/keys';

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
