import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { LANDING_ZONES_FOLDER, PLATFORM_FILE } from '../../functions/domain/configuration/configuration';
import type { Fault } from '../../functions/domain/base/fault';
import { readConfiguration } from '../../infra/config';
import { OperatorError } from '../operator-error';
import type { Json, LeftOut } from './carried-over';
import { type FromMeshStack, fromMeshStack } from './from-meshstack';
import { meshObjectsIn } from './mesh-objects-in';

const USAGE = `Usage: npm run init -- --from-meshstack FILE [--from-meshstack FILE ...] [--platform NAME] [--folder DIR] [--json]

Writes platform.json and landing-zones/ from meshStack's own configuration: FILE has a meshPlatform, or meshLandingZones, as meshStack's
API answers them, one by one or in lists. --folder is where to (config-from-meshstack); nothing that is there is overwritten. What has no
counterpart is listed with the reason, and what is still to be filled in.
`;

interface Arguments {
  readonly files: readonly string[];
  readonly platform: string | undefined;
  readonly folder: string;
  readonly json: boolean;
}

/**
 * `npm run init`: a first configuration.
 *
 * @returns the exit code: 0 when the configuration can be deployed, 1 when something is to be filled in first
 * @throws OperatorError when nothing can be written
 */
export function init(args: readonly string[], print: (text: string) => void): number {
  const given = argumentsOf(args);
  if (given === 'help') {
    print(USAGE);
    return 0;
  }
  const made = fromMeshStack(meshObjectsIn(given.files), given.platform);
  const written = write(given.folder, made);
  const read = readConfiguration(path.join(given.folder, PLATFORM_FILE), path.join(given.folder, LANDING_ZONES_FOLDER));
  const faults = read.ok ? [] : read.faults;
  const { left, hints } = made;
  print(
    given.json
      ? `${JSON.stringify({ written, left, faults, hints }, null, 2)}\n`
      : said({ written, left, faults, hints }),
  );
  return faults.length === 0 ? 0 : 1;
}

function argumentsOf(args: readonly string[]): Arguments | 'help' {
  let values;
  try {
    values = parse(args);
  } catch (cause) {
    throw new OperatorError(`${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}`);
  }
  if (values.help === true) return 'help';
  const files = values['from-meshstack'] ?? [];
  if (files.length === 0) throw new OperatorError(`--from-meshstack is missing.\n${USAGE}`);
  const { platform, folder = 'config-from-meshstack', json = false } = values;
  return { files, platform, folder: path.resolve(folder), json };
}

// The options' types follow from this call.
const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      'from-meshstack': { type: 'string', multiple: true },
      platform: { type: 'string' },
      folder: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values;

/** What a file may be called: a name of meshStack's is no path. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/u;

/** All or nothing: whatever cannot be written is found first. */
function write(folder: string, { platform, landingZones }: FromMeshStack): readonly string[] {
  const contents = new Map<string, Json>([[path.join(folder, PLATFORM_FILE), platform]]);
  for (const zone of landingZones) {
    const name = String(zone['name']);
    const file = path.join(folder, LANDING_ZONES_FOLDER, `${name}.json`);
    if (!FILE_NAME.test(name)) throw new OperatorError(`A landing zone is called '${name}', which no file may be.`);
    if (contents.has(file)) throw new OperatorError(`There are two landing zones ${name}. Give each once.`);
    contents.set(file, zone);
  }
  const there = [...contents.keys()].find((file) => existsSync(file));
  if (there !== undefined) throw new OperatorError(`${there} is there already. Name another folder by --folder.`);
  mkdirSync(path.join(folder, LANDING_ZONES_FOLDER), { recursive: true });
  for (const [file, content] of contents) writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
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
