import { readdirSync } from 'node:fs';
import path from 'node:path';
import {
  LANDING_ZONES_FOLDER,
  parseConfiguration,
  PLATFORM_FILE,
  type Configuration,
} from '../functions/domain/configuration/configuration';
import { ConfigurationError } from '../functions/domain/base/errors';
import { refused, type Checked, type Fault } from '../functions/domain/base/fault';
import { templateFaults } from './access-stacks';
import { reasonOf } from './json-file';
import { baseFolderOf, readOverlaid, zonesWithoutBase } from './overlay';

/**
 * The configuration of a folder: `platform.json` and `landing-zones/<name>.json`. Read at synth, so that a broken file
 * stops a deployment and not a vending. A folder with an `overlay.json` changes the configuration of another one.
 *
 * @throws ConfigurationError with one line for each fault: `file: field: what is wrong`
 */
export function loadConfiguration(folder: string): Configuration {
  const base = baseFolderOf(folder);
  const configuration = base.ok ? readOver(folder, base.value ?? folder) : base;
  if (configuration.ok) return configuration.value;
  const lines = configuration.faults.map(({ field, message }) => `${field}: ${message}`);
  throw new ConfigurationError(['The configuration cannot be used:', ...lines].join('\n  '));
}

function readOver(folder: string, base: string): Checked<Configuration> {
  const zones = path.join(base, LANDING_ZONES_FOLDER);
  if (base === folder) return readConfiguration(path.join(base, PLATFORM_FILE), zones);
  const faults = zonesWithoutBase(path.join(folder, LANDING_ZONES_FOLDER), zones);
  return faults.length > 0 ? refused(...faults) : readConfiguration(path.join(base, PLATFORM_FILE), zones, folder);
}

/**
 * The same from a file and a folder that may stand apart, with the faults as data.
 *
 * @param overlay a folder whose files change those of the same name
 */
export function readConfiguration(
  platformFile: string,
  landingZonesFolder: string,
  overlay?: string,
): Checked<Configuration> {
  const platform = readOverlaid(platformFile, overlay, PLATFORM_FILE);
  const landingZones = readFolder(landingZonesFolder, overlay);
  const configuration = parseConfiguration({
    platform: platform.ok ? platform.value : undefined,
    platformFile,
    landingZones: landingZones.readable,
  });
  const unreadable = [
    ...faultsIn(platform),
    ...landingZones.faults,
    ...templateFaults(landingZones.readable, platform.ok ? platform.value : undefined),
  ];
  if (unreadable.length === 0) return namingFolder(configuration, landingZonesFolder);
  // What can be read is judged even where another file is broken: all faults at once, but none that only follows from
  // it.
  const consequences = [
    ...(platform.ok ? [] : [`${platformFile}: content`]),
    ...(landingZones.faults.length === 0 ? [] : [LANDING_ZONES_FOLDER]),
  ];
  return refused(...unreadable, ...faultsIn(configuration).filter(({ field }) => !consequences.includes(field)));
}

/** A fault of the folder as a whole is reported under the path that was read. */
const namingFolder = (configuration: Checked<Configuration>, folder: string): Checked<Configuration> =>
  configuration.ok
    ? configuration
    : refused(
        ...configuration.faults.map((fault) =>
          fault.field === LANDING_ZONES_FOLDER ? { ...fault, field: folder } : fault,
        ),
      );

const faultsIn = (checked: Checked<unknown>): readonly Fault[] => (checked.ok ? [] : checked.faults);

interface LandingZoneFiles {
  readonly readable: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];
}

function readFolder(folder: string, overlay: string | undefined): LandingZoneFiles {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    const message = `cannot be read: ${reasonOf(error)}. Check the path.`;
    return { readable: {}, faults: [{ field: folder, message, value: folder }] };
  }
  const files = names.toSorted().map((name) => {
    const file = path.join(folder, name);
    return { file, content: readOverlaid(file, overlay, path.join(LANDING_ZONES_FOLDER, name)) };
  });
  return {
    readable: Object.fromEntries(files.flatMap(({ file, content }) => (content.ok ? [[file, content.value]] : []))),
    faults: files.flatMap(({ content }) => faultsIn(content)),
  };
}
