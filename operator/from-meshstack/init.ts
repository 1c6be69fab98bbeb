import path from 'node:path';

import { LANDING_ZONES_FOLDER, PLATFORM_FILE } from '../../functions/domain/configuration/configuration';
import type { Fault } from '../../functions/domain/base/fault';
import { readConfiguration } from '../../infra/config';
import { OperatorError } from '../operator-error';
import { asJson, writeFiles } from '../written/write-files';
import type { LeftOut } from './carried-over';
import { type FromMeshStack, fromMeshStack } from './from-meshstack';
import { meshObjectsIn } from './mesh-objects-in';

export interface InitOptions {
  readonly files: readonly string[];
  /** Undefined: there is only one. */
  readonly platform: string | undefined;
  readonly folder: string;
  readonly json: boolean;
}

/**
 * `account-vending init --from-meshstack`: a first configuration.
 *
 * @returns the exit code: 0 when the configuration can be deployed, 1 when something is to be filled in first
 * @throws OperatorError when nothing can be written
 */
export function init({ files, platform, folder: given, json }: InitOptions, print: (text: string) => void): number {
  const folder = path.resolve(given);
  const made = fromMeshStack(meshObjectsIn(files), platform);
  const written = write(folder, made);
  const read = readConfiguration(path.join(folder, PLATFORM_FILE), path.join(folder, LANDING_ZONES_FOLDER));
  const faults = read.ok ? [] : read.faults;
  const { left, hints } = made;
  const report = { written, left, faults, hints };
  print(json ? `${JSON.stringify(report, null, 2)}\n` : said(report));
  return faults.length === 0 ? 0 : 1;
}

/** What a file may be called: a name of meshStack's is no path. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/u;

/** All or nothing: whatever cannot be written is found first. */
function write(folder: string, { platform, landingZones }: FromMeshStack): readonly string[] {
  const contents = new Map([[path.join(folder, PLATFORM_FILE), asJson(platform)]]);
  for (const zone of landingZones) {
    const name = String(zone['name']);
    const file = path.join(folder, LANDING_ZONES_FOLDER, `${name}.json`);
    if (!FILE_NAME.test(name)) throw new OperatorError(`A landing zone is called '${name}', which no file may be.`);
    if (contents.has(file)) throw new OperatorError(`There are two landing zones ${name}. Give each once.`);
    contents.set(file, asJson(zone));
  }
  writeFiles(contents, false, 'Name another folder by --folder.');
  return [...contents.keys()];
}

interface Report {
  readonly written: readonly string[];
  readonly left: readonly LeftOut[];
  readonly faults: readonly Fault[];
  readonly hints: readonly string[];
}

function said({ written, left, faults, hints }: Report): string {
  return [
    section('Written:', written),
    section(
      'Without a counterpart here:',
      left.map(({ field, why }) => `${field}: ${why}`),
    ),
    section(
      'To be filled in or corrected before it can be deployed:',
      faults.map(({ field, message }) => `${field} ${message}`),
    ),
    section('What meshStack does not tell:', hints),
    'Go on as docs/moving-from-meshstack.md says.\n',
  ].join('');
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${[title, ...lines.map((line) => `  ${line}`)].join('\n')}\n\n`;
