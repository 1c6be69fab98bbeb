import { type Command, Option } from 'commander';

import { described } from '../described';
import { patiently, type Session } from '../session';
import { usageError } from '../usage-error';
import { apiOption, jsonOption } from './common';

interface Given {
  readonly api?: string;
  readonly direct?: boolean;
  readonly config?: string;
  readonly externalIdSecret?: string;
  readonly profile?: string;
  readonly profileAutomation?: string;
  readonly json?: boolean;
}

export function preflightCommand(session: Session): Command {
  const command = described('preflight', {
    summary: 'check whether AWS has everything that the configuration takes',
    notes:
      'Over the API, the application checks through its own roles. Without an API, or with --direct, this command checks with your credentials: before the ' +
      'first deployment with the rights of profiles (default: those of deployment.json), and says what it cannot check yet; otherwise through the roles, ' +
      'for which the ExternalId is read from the secret, or from the variable VENDING_EXTERNAL_ID.',
    examples: [
      'npx account-vending preflight --api "$API_URL"',
      'npx account-vending preflight --direct --profile management --profile-automation automation',
      'npx account-vending preflight --direct --config config --external-id-secret vending-external-id',
    ],
    exitCodes: { 1: 'there are findings' },
  });
  return command
    .addOption(apiOption())
    .addOption(new Option('--direct', 'check with your credentials').conflicts('api'))
    .option('--config <folder>', 'with --direct, the configuration (default: that of the installation, or config)')
    .option('--external-id-secret <id>', 'with --direct, the secret of VendingStack that holds the ExternalId')
    .option('--profile <name>', 'with --direct, a profile of the AWS CLI for the management account')
    .option('--profile-automation <name>', 'with --direct, the same for the automation account')
    .addOption(jsonOption())
    .action(patiently(session, (given: Given) => run(command, session, given)));
}

async function run(command: Command, { context }: Session, given: Given): Promise<number> {
  const { direct = false, api, config, externalIdSecret, profile, profileAutomation, json = false } = given;
  const { apiUrlOf } = await import('../../operator/api/api-url');
  const { preflight } = await import('../../operator/preflight/preflight');
  const apiUrl = direct ? undefined : apiUrlOf(api);
  if (apiUrl !== undefined) {
    refuseOfDirect(command, {
      '--config': config,
      '--external-id-secret': externalIdSecret,
      '--profile': profile,
      '--profile-automation': profileAutomation,
    });
    return preflight({ json, way: 'api', apiUrl }, context);
  }
  const { directDefaults } = await import('../../operator/preflight/direct-defaults');
  const options = directDefaults({ config, secretId: externalIdSecret, profile, profileAutomation });
  return preflight({ json, way: 'direct', ...options }, context);
}

/** An option that is not heeded would be taken for one that is. */
function refuseOfDirect(command: Command, given: Readonly<Record<string, string | undefined>>): void {
  const foreign = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
  if (foreign === undefined) return;
  const why = 'over the API, the application checks with its own configuration and secret.';
  throw usageError(command, `${foreign} goes with --direct: ${why}`);
}
