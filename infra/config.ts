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
import { readJsonFile, reasonOf } from './json-file';

/**
 * The configuration of a folder: `platform.json` and `landing-zones/<name>.json`. Read at synth, so that a broken file
 * stops a deployment and not a vending.
 *
 * @throws ConfigurationError with one line for each fault: `file: field: what is wrong`
 */
export function loadConfiguration(folder: string): Configuration {
  const configuration = readConfiguration(path.join(folder, PLATFORM_FILE), path.join(folder, LANDING_ZONES_FOLDER));
  if (configuration.ok) return configuration.value;
  const lines = configuration.faults.map(({ field, message }) => `${field}: ${message}`);
  throw new ConfigurationError(['The configuration cannot be used:', ...lines].join('\n  '));
}

/** The same from a file and a folder that may stand apart, with the faults as data. */
export function readConfiguration(platformFile: string, landingZonesFolder: string): Checked<Configuration> {
  const platform = readJsonFile(platformFile);
  const landingZones = readFolder(landingZonesFolder);
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

function readFolder(folder: string): LandingZoneFiles {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    const message = `cannot be read: ${reasonOf(error)}. Check the path.`;
    return { readable: {}, faults: [{ field: folder, message, value: folder }] };
  }
  const files = names.toSorted().map((name) => {
    const file = path.join(folder, name);
    return { file, content: readJsonFile(file) };
  });
  return {
    readable: Object.fromEntries(files.flatMap(({ file, content }) => (content.ok ? [[file, content.value]] : []))),
    faults: files.flatMap(({ content }) => faultsIn(content)),
  };
}
