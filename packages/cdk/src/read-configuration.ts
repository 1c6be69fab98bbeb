import path from 'node:path';

import { ConfigurationError } from '../../../functions/domain/base/errors';
import { type Configuration, parseConfiguration } from '../../../functions/domain/configuration/configuration';
import { templateFaults } from '../../../infra/access-stacks';
import { loadConfiguration } from '../../../infra/config';
import { templatesFolderOf } from '../../../infra/overlay';
import type { ConfigurationDocuments, ConfigurationSource } from './configuration-source';

/** A configuration, and the folder that its templates are in. */
export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly templatesFolder: string;
}

/**
 * Reads and checks a configuration while the app is synthesized.
 *
 * @throws ConfigurationError with a line for each fault
 */
export const readConfiguration = (source: ConfigurationSource): ReadConfiguration =>
  typeof source === 'string'
    ? { configuration: loadConfiguration(source), templatesFolder: templatesFolderOf(source) }
    : { configuration: configurationIn(source), templatesFolder: folderOf(source) };

const folderOf = ({ templatesFolder = '.' }: ConfigurationDocuments): string => templatesFolder;

function configurationIn(documents: ConfigurationDocuments): Configuration {
  const { platform } = documents;
  // Templates are looked for beside the file of a landing zone.
  const landingZones = Object.fromEntries(
    Object.entries(documents.landingZones).map(([name, zone]) => [
      path.join(folderOf(documents), `${name}.json`),
      zone,
    ]),
  );
  const parsed = parseConfiguration({ platform, platformFile: 'platform', landingZones });
  const faults = [...(parsed.ok ? [] : parsed.faults), ...templateFaults(landingZones, platform)];
  if (parsed.ok && faults.length === 0) return parsed.value;
  const lines = faults.map(({ field, message }) => `${field}: ${message}`);
  throw new ConfigurationError(['The configuration cannot be used:', ...lines].join('\n  '));
}
