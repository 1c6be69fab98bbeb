import { parseArgs } from 'node:util';

import { nearest } from '../../functions/domain/base/nearest-name';
import { OperatorError } from '../operator-error';
import type { AdoptionMappingOptions } from './adoption-mapping';
import type { IdentifierSource, LandingZoneRule } from './mapped-rows';

export const USAGE = `Usage: npm run --silent adoption-mapping -- [--from-aft FILE …] [--from-lza FILE …] [--from-adf FILE_OR_DIR …] [--accounts FILE]
         --landing-zone UNIT=LANDING_ZONE … [--leave-out WORD …] [--workspace SOURCE] [--project SOURCE]

Prints the mapping that npm run vendings -- adopt takes, from files alone. --from-aft: the answer of aws dynamodb scan --table-name aft-request, an export of
that table to S3, or its items as JSON, one on a line. --from-lza: accounts-config.yaml. --from-adf: the folder adf-accounts, or a file of it. --accounts: the
answer of aws organizations list-accounts, which has the ids. UNIT is an organizational unit as the file writes it, or * for all others; WORD a unit, a name or
an e-mail. SOURCE is where the identifier comes from: ou (the unit; of workspaces, unless you say otherwise), name (of the account; of projects), tag:KEY,
field:KEY (AFT's custom fields), or text:IDENTIFIER.
`;

/** @throws OperatorError that says how the command is used */
export function adoptionMappingArguments(args: readonly string[]): AdoptionMappingOptions | 'help' {
  const values = parsed(args);
  if (values.help === true) return 'help';
  const { 'from-aft': aft = [], 'from-lza': lza = [], 'from-adf': adf = [], 'leave-out': leaveOut = [] } = values;
  if (aft.length + lza.length + adf.length === 0) {
    throw usage('There is nothing to read. Add --from-aft, --from-lza or --from-adf.');
  }
  const { accounts, workspace = 'ou', project = 'name', 'landing-zone': zones = [] } = values;
  return {
    ...{ aft, lza, adf, accounts, leaveOut },
    landingZones: zones.map(ruleOf),
    workspace: sourceOf('--workspace', workspace),
    project: sourceOf('--project', project),
  };
}

/** Names of units may have an equals sign, those of landing zones have none. */
function ruleOf(given: string): LandingZoneRule {
  const [, unit, landingZone] = /^(.+)=([^=]+)$/u.exec(given) ?? [];
  if (unit !== undefined && landingZone !== undefined) return { unit, landingZone };
  throw usage(`--landing-zone is '${given}'; write UNIT=LANDING_ZONE, as in Sandbox=aws-dev.`);
}

const KEYED = ['tag', 'field'] as const;
const SOURCES = ['ou', 'name', 'tag:KEY', 'field:KEY', 'text:IDENTIFIER'];

function sourceOf(option: string, given: string): IdentifierSource {
  if (given === 'ou' || given === 'name') return { from: given };
  const [word = '', ...rest] = given.split(':');
  const value = rest.join(':');
  const from = KEYED.find((one) => one === word);
  if (value !== '' && from !== undefined) return { from, key: value };
  if (value !== '' && word === 'text') return { from: 'text', text: value };
  const meant = nearest(
    word,
    SOURCES.map((source) => source.split(':')[0] ?? ''),
  );
  const hint = SOURCES.find((source) => source.split(':')[0] === meant);
  throw usage(
    `${option} is '${given}'; it may be ${SOURCES.join(', ')}.${hint === undefined ? '' : ` Did you mean ${hint}?`}`,
  );
}

const usage = (what: string): OperatorError => new OperatorError(`${what}\n${USAGE}`);

function parsed(args: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(args);
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause));
  }
}

// The options' types follow from this call.
const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      'from-aft': { type: 'string', multiple: true },
      'from-lza': { type: 'string', multiple: true },
      'from-adf': { type: 'string', multiple: true },
      accounts: { type: 'string' },
      'landing-zone': { type: 'string', multiple: true },
      'leave-out': { type: 'string', multiple: true },
      workspace: { type: 'string' },
      project: { type: 'string' },
      help: { type: 'boolean' },
    },
  }).values;
