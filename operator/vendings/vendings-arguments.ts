import path from 'node:path';
import { parseArgs } from 'node:util';

import { type VendingStatus, VendingStatusSchema } from '../../functions/domain/records/ledger-records';
import { DEAD_LETTER_QUEUES } from '../../infra/dead-letter-queues';
import type { AdoptOptions } from '../adopt/adopt';
import { apiUrlOf } from '../api/api-url';
import type { ExportOptions } from '../export/export-vendings';
import { OperatorError } from '../operator-error';
import { isPilotCommand, type PilotOptions } from './pilot';

export type VendingsArguments = { readonly json: boolean } & (
  | { readonly command: 'list'; readonly apiUrl: string; readonly status: VendingStatus | undefined }
  | { readonly command: 'show'; readonly apiUrl: string; readonly tenantUuid: string; readonly watch: boolean }
  | { readonly command: 'replay'; readonly apiUrl: string; readonly tenantUuid: string }
  | { readonly command: 'stop'; readonly apiUrl: string; readonly tenantUuid: string; readonly reason: string }
  | {
      readonly command: 'approve' | 'reject';
      readonly apiUrl: string;
      readonly tenantUuid: string;
      readonly reason: string;
    }
  | ({ readonly command: 'adopt' } & Omit<AdoptOptions, 'json'>)
  | ({ readonly command: 'export' } & Omit<ExportOptions, 'json'>)
  | PilotOptions
  | { readonly command: 'dead-letters'; readonly stackName: string; readonly replay: string | undefined }
  | {
      readonly command: 'rebuild';
      readonly stackName: string;
      readonly dryRun: boolean;
      readonly restoredAt: Date | null;
      readonly configurationFolder: string;
      readonly managementProfile: string | undefined;
    }
  | {
      readonly command: 'erase-person';
      readonly stackName: string;
      readonly names: readonly string[];
      readonly apply: boolean;
    }
);

const QUEUE_NAMES: readonly string[] = DEAD_LETTER_QUEUES.map(({ name }) => name);

export const USAGE = `Usage: npm run vendings -- list [--status STATUS] [--api URL] [--json]
       npm run vendings -- show TENANT_UUID [--watch] [--api URL] [--json]
       npm run vendings -- replay TENANT_UUID [--api URL] [--json]
       npm run vendings -- stop TENANT_UUID --reason TEXT [--api URL] [--json]
       npm run vendings -- approve TENANT_UUID --reason TEXT [--api URL] [--json]
       npm run vendings -- reject TENANT_UUID --reason TEXT [--api URL] [--json]
       npm run vendings -- adopt [--mapping FILE] [--dry-run] [--api URL] [--json]
       npm run vendings -- adopt --token TOKEN [--mapping FILE] [--api URL] [--json]
       npm run vendings -- shadowed [LANDING_ZONE] [--api URL] [--json]
       npm run vendings -- act LANDING_ZONE [--api URL] [--json]
       npm run vendings -- shadow LANDING_ZONE [--again] [--api URL] [--json]
       npm run vendings -- export DIR [--api URL] [--json]
       npm run vendings -- dead-letters [--replay QUEUE] [--stack NAME] [--json]
       npm run vendings -- rebuild [--dry-run] [--restored-at INSTANT] [--management-profile NAME] [--config DIR] [--stack NAME] [--json]
       npm run vendings -- erase-person NAME [NAME …] [--apply] [--stack NAME] [--json]

The first twelve speak with the API (by default the one of VENDING_API); --watch looks until the vending has ended. dead-letters looks into the queues that the outputs of the stack
name (by default VendingStack) with your credentials; --replay sends what is in one of them back to where it came from.
shadowed tells what runs in shadow mode would change; act lets a landing zone act and runs its shadowed tenants; shadow sets it back, and with --again compares them
once more.
QUEUE is one of: ${QUEUE_NAMES.join(', ')}.
adopt proposes tenants for accounts that have none, by a mapping (.csv or .yaml) or by the tags of accounts, and adopts nothing; with the token of its proposals it adopts these.
export writes every tenant with its desired state and plan into a folder, one file each, and accounts.csv; interrupted, it goes on.
rebuild fills the ledger of the stack from the organization, which it reads with a profile of the management account. It writes what is missing alone, and with
--dry-run nothing. --restored-at is for a ledger that was restored from a backup: the moment from which on it is used.
erase-person puts a pseudonym in the place of one person, in every item of the ledger. NAME is an e-mail, euid, meshIdentifier or username of theirs, or their id in
IAM Identity Center. It only says what it would do, and does it with --apply.
`;

/** @throws OperatorError that says how the command is used */
export function vendingsArguments(args: readonly string[]): VendingsArguments | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help === true) return 'help';
  const [command, ...operands] = positionals;
  refuseForeignOptions(command, values);
  const json = values.json === true;
  if (isReasoned(command)) {
    const reason = reasonOf(values.reason);
    return { json, command, tenantUuid: tenantUuidOf(operands), reason, apiUrl: apiOf(values) };
  }
  if (isPilotCommand(command)) return pilotOptions(json, command, operands, values);
  if (command === 'adopt') {
    noneOf(operands);
    return { json, command, ...adoptOptions(values) };
  }
  return others(command, operands, values);
}

function others(command: string | undefined, operands: readonly string[], values: Values): VendingsArguments {
  const json = values.json ?? false;
  switch (command) {
    case 'list':
      noneOf(operands);
      return { json, command, status: statusOf(values.status), apiUrl: apiOf(values) };
    case 'show': {
      const watch = values.watch === true;
      return { json, command, tenantUuid: tenantUuidOf(operands), watch, apiUrl: apiOf(values) };
    }
    case 'replay':
      return { json, command, tenantUuid: tenantUuidOf(operands), apiUrl: apiOf(values) };
    case 'export':
      return { json, command, folder: folderOf(operands), apiUrl: apiOf(values) };
    case 'dead-letters':
      noneOf(operands);
      return { json, command, stackName: stackOf(values), replay: queueOf(values.replay) };
    case 'rebuild':
      noneOf(operands);
      return { json, command, ...rebuildOptions(values) };
    case 'erase-person':
      return { json, command, names: namesOf(operands), ...erasureOptions(values) };
    case undefined:
    default:
      throw usage(command === undefined ? 'No command given.' : `Unknown command '${command}'.`);
  }
}

const isReasoned = (command: string | undefined): command is 'stop' | 'approve' | 'reject' =>
  command === 'stop' || command === 'approve' || command === 'reject';

type Values = ReturnType<typeof parse>['values'];

const OPTIONS: Readonly<Record<string, readonly (keyof Values)[]>> = {
  list: ['api', 'status'],
  show: ['api', 'watch'],
  replay: ['api'],
  stop: ['api', 'reason'],
  approve: ['api', 'reason'],
  reject: ['api', 'reason'],
  export: ['api'],
  adopt: ['api', 'mapping', 'dry-run', 'token'],
  shadowed: ['api'],
  act: ['api'],
  shadow: ['api', 'again'],
  'dead-letters': ['replay', 'stack'],
  rebuild: ['dry-run', 'restored-at', 'management-profile', 'config', 'stack'],
  'erase-person': ['apply', 'stack'],
};

/** An option that is not heeded would be taken for one that is. */
function refuseForeignOptions(command: string | undefined, values: Values): void {
  const own = OPTIONS[command ?? ''];
  if (own === undefined) return;
  const known = new Set<string>([...own, 'json', 'help']);
  const foreign = Object.keys(values).find((option) => !known.has(option));
  if (foreign !== undefined) throw usage(`--${foreign} is not an option of '${command ?? ''}'.`);
}

/** Asked for last: where it is missing, everything else is as it should be. */
function apiOf({ api }: Values): string {
  const apiUrl = apiUrlOf(api, USAGE);
  if (apiUrl !== undefined) return apiUrl;
  throw usage('No API given. Set VENDING_API or --api to the output ApiUrl of VendingStack.');
}

function statusOf(given: string | undefined): VendingStatus | undefined {
  if (given === undefined) return undefined;
  const { data } = VendingStatusSchema.safeParse(given.toUpperCase());
  if (data === undefined) {
    throw usage(`--status is '${given}'; it may be one of ${VendingStatusSchema.options.join(', ')}.`);
  }
  return data;
}

function theOne([operand, ...others]: readonly string[], missing: string): string {
  noneOf(others);
  if (operand === undefined) throw usage(missing);
  return operand;
}

const tenantUuidOf = (operands: readonly string[]): string =>
  theOne(operands, 'No tenant given. Add its uuid; `list` shows them.');

const folderOf = (operands: readonly string[]): string =>
  path.resolve(theOne(operands, 'No folder given. Name a new one, or that of an earlier export.'));

function pilotOptions(
  json: boolean,
  command: PilotOptions['command'],
  operands: readonly string[],
  values: Values,
): PilotOptions {
  if (command !== 'shadowed') {
    const landingZone = landingZoneOf(operands);
    return { json, command, landingZone, again: values.again ?? false, apiUrl: apiOf(values) };
  }
  const [landingZone, ...others] = operands;
  noneOf(others);
  return { json, command, landingZone, apiUrl: apiOf(values) };
}

const landingZoneOf = (operands: readonly string[]): string =>
  theOne(operands, 'No landing zone given. Add its name, as in the configuration.');

const stackOf = ({ stack }: Values): string => stack ?? 'VendingStack';

const erasureOptions = (values: Values): { readonly stackName: string; readonly apply: boolean } => ({
  stackName: stackOf(values),
  apply: values.apply ?? false,
});

function namesOf(operands: readonly string[]): readonly string[] {
  const empty = operands.find((name) => name.trim().length < LEAST_NAME);
  if (operands.length > 0 && empty === undefined) return operands;
  throw usage(`No person given. Add at least one name of ${LEAST_NAME} characters or more.`);
}

/** A shorter one stands in many a text. */
const LEAST_NAME = 3;

function reasonOf(given: string | undefined): string {
  if (given !== undefined && given.trim() !== '') return given;
  throw usage('No reason given. Add --reason TEXT; it is kept with the run.');
}

function queueOf(given: string | undefined): string | undefined {
  if (given !== undefined && !QUEUE_NAMES.includes(given)) {
    throw usage(`--replay is '${given}'; there is no such queue of dead letters.`);
  }
  return given;
}

function adoptOptions(values: Values): Omit<AdoptOptions, 'json'> {
  const { mapping, token, 'dry-run': dryRun = false } = values;
  if (dryRun && token !== undefined) throw usage('--dry-run and --token exclude each other.');
  return { mapping, token, dryRun, apiUrl: apiOf(values) };
}

function rebuildOptions(values: Values): Omit<Extract<VendingsArguments, { command: 'rebuild' }>, 'command' | 'json'> {
  return {
    stackName: stackOf(values),
    dryRun: values['dry-run'] ?? false,
    restoredAt: instantOf(values['restored-at']),
    configurationFolder: path.resolve(values.config ?? 'config'),
    managementProfile: values['management-profile'],
  };
}

function instantOf(given: string | undefined): Date | null {
  if (given === undefined) return null;
  const instant = new Date(given);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw usage(`--restored-at is '${given}'; it has to be an instant such as 2026-11-26T22:30:00Z.`);
}

function noneOf([operand]: readonly string[]): void {
  if (operand !== undefined) throw usage(`Unexpected argument '${operand}'.`);
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
    allowPositionals: true,
    options: {
      api: { type: 'string' },
      status: { type: 'string' },
      replay: { type: 'string' },
      reason: { type: 'string' },
      mapping: { type: 'string' },
      token: { type: 'string' },
      stack: { type: 'string' },
      config: { type: 'string' },
      'management-profile': { type: 'string' },
      'restored-at': { type: 'string' },
      'dry-run': { type: 'boolean' },
      watch: { type: 'boolean' },
      again: { type: 'boolean' },
      apply: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
