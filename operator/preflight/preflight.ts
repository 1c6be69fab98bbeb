import type { PreflightRecord } from '../../functions/domain/fleet/preflight';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { preflightDirectly } from './preflight-directly';
import { preflightOverApi } from './preflight-over-api';
import { preflightTable } from './preflight-table';

export type PreflightOptions = { readonly json: boolean } & (
  | { readonly way: 'api'; readonly apiUrl: string }
  | {
      readonly way: 'direct';
      readonly configurationFolder: string;
      /** Undefined: the ExternalId is in the environment. */
      readonly secretId: string | undefined;
    }
);

/**
 * `account-vending preflight`: checks every prerequisite, over the API or with the caller's credentials.
 *
 * @returns 0: all is well; 1: there are findings
 * @throws OperatorError when it cannot be run
 */
export async function preflight(options: PreflightOptions, context: CommandContext): Promise<number> {
  const record =
    options.way === 'api' ? await preflightOverApi(options.apiUrl, context) : await preflightDirectly(options, context);
  context.print(options.json ? `${JSON.stringify(record, null, 2)}\n` : preflightTable(record.checks));
  return exitCodeOf(record);
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
