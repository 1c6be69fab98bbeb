import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { LANDING_ZONES_FOLDER, PLATFORM_FILE } from '../../functions/domain/configuration/configuration';
import { readConfiguration } from '../../infra/config';
import type { CommandContext } from '../command-context';
import type { Deployment } from '../deploy/installation';
import { slowly } from '../elapsed';
import { OperatorError } from '../operator-error';
import { asJson, writeFiles } from '../written/write-files';
import { type Answers, firstConfiguration } from './first-configuration';
import { answersFor, type GivenAnswers } from './answers';
import { findOrganization, type KnownRegions, type PlatformAccounts } from './find-organization';
import { firstOrder } from './first-order';
import type { FoundOrganization } from './found-organization';
import { CONFIGURATION_FOLDER, installationFiles } from './installation-files';
import { actingIn, type ProfileSettings } from './profile-settings';

export interface DiscoverOptions extends GivenAnswers {
  readonly folder: string;
  readonly profiles: Deployment['profiles'];
  readonly region: string | undefined;
  readonly known: KnownRegions;
  readonly overwrites: boolean;
  readonly json: boolean;
  /** In the place of profiles, for tests. */
  readonly settingsOf?: (profile: string) => ProfileSettings;
}

/**
 * `account-vending init --discover`: a first configuration for the organization of a profile.
 *
 * @returns 0: it can be deployed; 1: something has to be corrected first
 * @throws OperatorError when the organization cannot be read, or nothing can be written
 */
export async function discover(options: DiscoverOptions, context: CommandContext): Promise<number> {
  const accounts = await accountsOf(options);
  const found = await slowly(context, (report) => findOrganization(accounts, options.known, report));
  const answers = await answersFor(found, options);
  const first = firstConfiguration(found, answers);
  const folder = path.resolve(options.folder);
  const files = installationFiles(folder, first, { region: found.region, profiles: options.profiles });
  const written = [
    ...writeFiles(files, options.overwrites, 'Overwrite by --force, or name another folder by --out.'),
    ...writeFirstOrder(folder, found, Object.keys(first.landingZones)[0] ?? ''),
  ];
  const configuration = path.join(folder, CONFIGURATION_FOLDER);
  const read = readConfiguration(
    path.join(configuration, PLATFORM_FILE),
    path.join(configuration, LANDING_ZONES_FOLDER),
  );
  const faults = read.ok ? [] : read.faults;
  const report = { written, hints: first.hints, faults };
  context.print(options.json ? asJson(report) : said(options, found, answers, report));
  return faults.length === 0 ? 0 : 1;
}

async function accountsOf({ profiles, region, settingsOf }: DiscoverOptions): Promise<PlatformAccounts> {
  const settings = settingsOf ?? ((profile: string): ProfileSettings => ({ profile }));
  const acting = (profile: string, option: string) =>
    actingIn({ ...settings(profile), ...(region === undefined ? {} : { region }) }, option);
  const accounts = {
    management: await acting(profiles.management, '--profile'),
    automation: await acting(profiles.automation, '--profile-automation'),
    meshcloud: await acting(profiles.meshcloud, '--profile-meshcloud'),
  };
  refuseSameAccount(accounts);
  return accounts;
}

/** One account could be two of them; AWS's own rules would then hold for the wrong one. */
function refuseSameAccount({ management, automation, meshcloud }: PlatformAccounts): void {
  for (const [option, { accountId }] of [
    ['--profile-automation', automation],
    ['--profile-meshcloud', meshcloud],
  ] as const) {
    if (accountId === management.accountId) {
      throw new OperatorError(
        `${option} is a profile of the management account ${accountId}. Service control policies do not bind that account, so nothing else runs there: name a member account.`,
      );
    }
  }
}

/** Made once: its uuid is that of a tenant. */
function writeFirstOrder(folder: string, { management }: FoundOrganization, landingZone: string): readonly string[] {
  const file = path.join(folder, 'first-order.json');
  if (existsSync(file)) return [];
  return writeFiles(
    new Map([[file, asJson(firstOrder(randomUUID(), randomUUID(), landingZone, management.email))]]),
    false,
    '',
  );
}

interface Report {
  readonly written: readonly string[];
  readonly hints: readonly string[];
  readonly faults: readonly { readonly field: string; readonly message: string }[];
}

function said({ folder }: DiscoverOptions, found: FoundOrganization, answers: Answers, report: Report): string {
  const { controlTower, identityCenter } = found;
  return [
    section('Found:', [
      `organization ${found.organizationId}, managed by ${found.management.id}, ${found.accounts.length} accounts, ${found.units.length} organizational units`,
      controlTower === null
        ? 'no Control Tower'
        : `Control Tower, landing zone ${controlTower.version}, in ${controlTower.region}`,
      identityCenter === null
        ? 'no IAM Identity Center'
        : `IAM Identity Center in ${identityCenter.region}, ${identityCenter.permissionSets.length} permission sets`,
    ]),
    section(
      'Landing zones for:',
      answers.units.map(({ path: names, id }) => `${names.join('/')} (${id})`),
    ),
    section('Written:', report.written.length === 0 ? ['nothing: all of it is there already'] : report.written),
    section('To know:', report.hints),
    section(
      'To be corrected before it can be deployed:',
      report.faults.map(({ field, message }) => `${field} ${message}`),
    ),
    `Next: npx account-vending deploy --folder ${folder}\n`,
  ].join('');
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${[title, ...lines.map((line) => `  ${line}`)].join('\n')}\n\n`;
