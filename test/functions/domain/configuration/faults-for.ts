import { parseConfiguration } from '../../../../functions/domain/configuration/configuration';
import { changed, landingZoneJson, platformJson, type Change } from '../examples';

export const FILE = 'landing-zones/aws-dev.json';

/** Faults with changes whose paths begin with `platform.` or `landingZone.`; each says something. */
export function faultsFor(
  ...changes: readonly Change[]
): readonly { readonly field: string; readonly message: string }[] {
  const files = changed({ platform: platformJson, landingZone: landingZoneJson }, ...changes) as Record<
    string,
    unknown
  >;
  const parsed = parseConfiguration({
    platform: files['platform'],
    landingZones: { [FILE]: files['landingZone'] },
  });
  const faults = parsed.ok ? [] : parsed.faults;
  expect(faults.map(({ message }) => message)).not.toContain('');
  return faults;
}
