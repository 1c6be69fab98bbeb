import type { PreflightRecord } from '../../functions/domain/fleet/preflight';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { preflightByProfile } from './preflight-by-profile';
import { knownExternalId, preflightDirectly } from './preflight-directly';
import { preflightOverApi } from './preflight-over-api';
import { preflightTable } from './preflight-table';

export type PreflightOptions = { readonly json: boolean } & (
  | { readonly way: 'api'; readonly apiUrl: string }
  | {
      readonly way: 'direct';
      readonly configurationFolder: string;
      /** Undefined: the ExternalId is in the environment. */
      readonly secretId: string | undefined;
      /** With them, everything is looked at with the rights of these profiles. */
      readonly profiles?: { readonly management: string; readonly automation: string | undefined } | undefined;
    }
);

/**
 * `account-vending preflight`: checks every prerequisite, over the API or with the caller's credentials.
 *
 * @returns 0: all is well; 1: there are findings
 * @throws OperatorError when it cannot be run
 */
export async function preflight(options: PreflightOptions, context: CommandContext): Promise<number> {
  const record = await recordOf(options, context);
  context.print(options.json ? `${JSON.stringify(record, null, 2)}\n` : preflightTable(record.checks));
  return exitCodeOf(record);
}

async function recordOf(options: PreflightOptions, context: CommandContext): Promise<PreflightRecord> {
  if (options.way === 'api') return preflightOverApi(options.apiUrl, context);
  const { profiles, configurationFolder } = options;
  if (profiles === undefined) return preflightDirectly(options, context);
  const { management, automation } = profiles;
  return preflightByProfile(
    {
      configurationFolder,
      management: { profile: management },
      automation: automation === undefined ? undefined : { profile: automation },
      externalId: await knownExternalId(options.secretId),
    },
    context,
  );
}

function exitCodeOf({ id, status }: PreflightRecord): number {
  switch (status) {
    case 'PASSED':
      return 0;
    case 'FINDINGS':
      return 1;
    case 'RUNNING':
    case 'FAILED':
      throw new OperatorError(
        `The preflight ${id} has not come to its end. The log of the function RunPreflight says why; start another.`,
      );
  }
}
