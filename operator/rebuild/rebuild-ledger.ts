import { dynamodbLedgerStore } from '../../functions/aws/ledger/dynamodb-ledger-store';
import { loadConfiguration } from '../../infra/config';
import type { CommandContext } from '../command-context';
import { readStackOutputs } from '../dead-letters/stack-queues';
import { OperatorError } from '../operator-error';
import { readOrganization } from './read-organization';
import { rebuild, type RebuildArguments } from './rebuild';

interface Options extends RebuildArguments {
  readonly stackName: string;
  readonly configurationFolder: string;
  /** Undefined: the credentials that every AWS command finds. */
  readonly managementProfile: string | undefined;
}

/**
 * Runs the command against AWS: the ledger with the caller's credentials, and the organization with those of a profile.
 */
export async function rebuildLedger(options: Options, context: CommandContext): Promise<number> {
  const configuration = loadConfiguration(options.configurationFolder);
  const table = await ledgerTableOf(options.stackName);
  const { managementProfile: profile } = options;
  const settings = profile === undefined ? {} : { profile };
  return rebuild(
    {
      ledger: dynamodbLedgerStore({}, table),
      configuration,
      readOrganization: () => readOrganization(settings, configuration.platform, context.notify),
    },
    options,
    context,
  );
}

/** @throws OperatorError when the stack is none of ours */
export async function ledgerTableOf(stackName: string): Promise<string> {
  const table = (await readStackOutputs(stackName)).get('LedgerTableName');
  if (table !== undefined) return table;
  throw new OperatorError(
    `The stack ${stackName} has no output LedgerTableName: name the right stack by --stack NAME.`,
  );
}
