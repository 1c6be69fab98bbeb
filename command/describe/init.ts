import { type Command, Option } from 'commander';

import { INSTALLATION_FOLDER } from '../../operator/deploy/installation-folder';
import { asker } from '../asker';
import { described } from '../described';
import { acting, type Session } from '../session';
import { usageError } from '../usage-error';
import { jsonOption } from './common';
import { profileOptions, type ProfilesGiven, requiredProfiles } from './profile-options';

interface Given extends ProfilesGiven {
  readonly fromMeshstack?: readonly string[];
  readonly discover?: boolean;
  readonly platform?: string;
  readonly folder?: string;
  readonly region?: string;
  readonly controlTowerRegion?: string;
  readonly identityCenterRegion?: string;
  readonly out?: string;
  readonly ou?: readonly string[];
  readonly emailPattern?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function initCommand(session: Session): Command {
  const command = described('init', {
    summary: 'write a first configuration, from an organization or from meshStack’s own',
    notes:
      'With --discover, reads the organization by read-only calls and writes config/, cdk.json, deployment.json, a first order and a GitHub workflow. ' +
      'With --from-meshstack, writes platform.json and landing-zones/, and lists with the reason what has no counterpart. Overwrites nothing.',
    examples: [
      'npx account-vending init --discover --profile management --profile-automation automation --profile-meshcloud meshcloud',
      'npx account-vending init --discover --profile management --profile-automation automation --profile-meshcloud meshcloud --ou Dev Prod --yes',
      'npx account-vending init --from-meshstack platform.json landing-zones.json --folder my-config',
    ],
    exitCodes: { 1: 'written, but something has to be filled in before it can be deployed' },
  });
  command
    .option(
      '--from-meshstack <file...>',
      'a file with a meshPlatform or meshLandingZones, as meshStack’s API answers them; can be given several times',
    )
    .option('--platform <name>', 'with --from-meshstack: the platform, where the files have several')
    .option('--folder <folder>', 'with --from-meshstack: where to write (default: config-from-meshstack)')
    .addOption(new Option('--discover', 'read the organization of a profile').conflicts('fromMeshstack'));
  for (const option of profileOptions()) command.addOption(option);
  return command
    .option('--region <region>', 'the region of the application (default: that of the profiles)')
    .option('--control-tower-region <region>', 'the home region of Control Tower (default: it is looked for)')
    .option('--identity-center-region <region>', 'the region of IAM Identity Center (default: it is looked for)')
    .option('--ou <unit...>', 'organizational units that get accounts, by id, name or path; asked for otherwise')
    .option('--email-pattern <pattern>', 'the pattern of account e-mail addresses; asked for otherwise')
    .option('--out <folder>', `where to write what was discovered (default: ${INSTALLATION_FOLDER})`)
    .option('--yes', 'take what is proposed, and ask nothing')
    .option('--force', 'overwrite files that are there')
    .addOption(jsonOption())
    .action(acting(session, (given: Given) => run(command, session, given)));
}

async function run(command: Command, { context }: Session, given: Given): Promise<number> {
  const { fromMeshstack: files, json = false } = given;
  if (given.discover === true) {
    refuseForeign(command, '--from-meshstack', { '--platform': given.platform, '--folder': given.folder });
    return discovered(command, context, given);
  }
  if (files === undefined) {
    throw usageError(
      command,
      'Neither --discover nor --from-meshstack is given. Say what the configuration comes from.',
    );
  }
  refuseForeign(command, '--discover', {
    '--profile': given.profile,
    '--profile-automation': given.profileAutomation,
    '--profile-meshcloud': given.profileMeshcloud,
    '--region': given.region,
    '--ou': given.ou,
    '--control-tower-region': given.controlTowerRegion,
    '--identity-center-region': given.identityCenterRegion,
    '--email-pattern': given.emailPattern,
    '--out': given.out,
    '--yes': given.yes,
    '--force': given.force,
  });
  const { init } = await import('../../operator/from-meshstack/init');
  return init(
    { files, platform: given.platform, folder: given.folder ?? 'config-from-meshstack', json },
    context.print,
  );
}

/** An option that is not heeded would be taken for one that is. */
function refuseForeign(command: Command, goesWith: string, given: Readonly<Record<string, unknown>>): void {
  const foreign = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
  if (foreign !== undefined) throw usageError(command, `${foreign} goes with ${goesWith}, which is not given.`);
}

async function discovered(command: Command, context: Session['context'], given: Given): Promise<number> {
  const profiles = requiredProfiles(command, given);
  const { discover } = await import('../../operator/discover/discover');
  const asking = asker();
  try {
    return await discover(
      {
        profiles,
        region: given.region,
        folder: given.out ?? INSTALLATION_FOLDER,
        known: { controlTower: given.controlTowerRegion, identityCenter: given.identityCenterRegion },
        units: given.ou ?? [],
        emailPattern: given.emailPattern,
        takesProposals: given.yes ?? false,
        ask: asking?.ask,
        overwrites: given.force ?? false,
        json: given.json ?? false,
      },
      context,
    );
  } finally {
    asking?.close();
  }
}
