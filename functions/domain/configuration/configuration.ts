import * as z from 'zod';
import { checked, refused, type Checked, type Fault } from '../base/fault';
import { withAccessStack } from './access-stack';
import { customizationRoleFaults } from './customization-faults';
import { LandingZoneSchema } from './landing-zone';
import { landingZoneFaults } from './landing-zone-faults';
import { PlatformConfigurationSchema } from './platform-configuration';
import { platformFaults } from './platform-faults';
import { faultsOf } from '../base/schema-faults';

/** All that the operator decides: one platform, and its landing zones by name. Already checked, as it is bundled. */
export const ConfigurationSchema = z.object({
  platform: PlatformConfigurationSchema,
  landingZones: z.record(z.string(), LandingZoneSchema),
});

export type Configuration = Readonly<z.infer<typeof ConfigurationSchema>>;

/** The parsed JSON of a configuration folder. Files are named as they shall stand in messages. */
export interface ConfigurationFiles {
  readonly platform: unknown;
  readonly platformFile?: string;
  /** The landing zones by file. */
  readonly landingZones: Readonly<Record<string, unknown>>;
}

export const PLATFORM_FILE = 'platform.json';
export const LANDING_ZONES_FOLDER = 'landing-zones';

/**
 * Reads a configuration and checks all that can be known before the first request. Each fault's `field` is
 * `<file>: <field>`. Unknown fields are faults: here they are misspelt ones, which would silently do nothing.
 */
export function parseConfiguration(files: ConfigurationFiles): Checked<Configuration> {
  const { platformFile = PLATFORM_FILE } = files;
  const parsed = PlatformConfigurationSchema.safeParse(files.platform, { reportInput: true });
  const platform = parsed.data;
  const inPlatform =
    platform === undefined ? faultsOf(parsed.error, PlatformConfigurationSchema, 'content') : platformFaults(platform);
  const zones = Object.entries(files.landingZones).map(([file, content]) => {
    const zone = LandingZoneSchema.safeParse(content, { reportInput: true });
    return zone.success
      ? { file, landingZone: zone.data, faults: landingZoneFaults(zone.data, platform) }
      : { file, faults: faultsOf(zone.error, LandingZoneSchema, 'content') };
  });
  const landingZones = zones.flatMap(({ file, landingZone }) =>
    landingZone === undefined ? [] : [{ file, landingZone }],
  );
  const faults = [
    ...inFile(platformFile, inPlatform),
    ...zones.flatMap((zone) => inFile(zone.file, zone.faults)),
    ...sameNames(landingZones),
    ...customizationRoleFaults(landingZones),
    ...(zones.length === 0 ? [NO_LANDING_ZONE] : []),
  ];
  if (platform === undefined) return refused(...faults);
  const byName = Object.fromEntries(
    landingZones.map(({ landingZone }) => [landingZone.name, withAccessStack(landingZone, platform.region)]),
  );
  return checked({ platform, landingZones: byName }, faults);
}

const sameNames = (
  landingZones: readonly { readonly file: string; readonly landingZone: { readonly name: string } }[],
): readonly Fault[] =>
  landingZones.flatMap(({ file, landingZone: { name } }, index) => {
    const other = landingZones.slice(0, index).find((earlier) => earlier.landingZone.name === name);
    if (other === undefined) return [];
    const message = `'${name}' is the name of the landing zone in ${other.file} too. Give each its own name.`;
    return inFile(file, [{ field: 'name', message, value: name }]);
  });

const NO_LANDING_ZONE: Fault = {
  field: LANDING_ZONES_FOLDER,
  message: 'holds no landing zone, so that nothing could be vended. Add a file <name>.json.',
};

const inFile = (file: string, faults: readonly Fault[]): readonly Fault[] =>
  faults.map((fault) => ({ ...fault, field: `${file}: ${fault.field}` }));
