import path from 'node:path';
import { parseArgs } from 'node:util';

import { apiUrlOf } from '../api/api-url';
import { OperatorError } from '../operator-error';

export type PreflightArguments = { readonly json: boolean } & (
  | { readonly way: 'api'; readonly apiUrl: string }
  | {
      readonly way: 'direct';
      readonly configurationFolder: string;
      /** Undefined: the ExternalId is in the environment. */
      readonly secretId: string | undefined;
    }
);

export const USAGE = `Usage: npm run preflight -- [--api URL] [--json]
       npm run preflight -- --direct [--config DIR] [--external-id-secret ID] [--json]

Over the API (by default the one of VENDING_API), the application looks through its own roles. Without an API, or with --direct, this
command looks with your credentials; the ExternalId is read from the secret, or from VENDING_EXTERNAL_ID.
`;

/** @throws OperatorError that says how the command is used */
export function preflightArguments(args: readonly string[]): PreflightArguments | 'help' {
  const values = parsed(args);
  if (values.help === true) return 'help';
  const { json = false, direct = false, api, config = 'config' } = values;
  if (direct && api !== undefined) throw new OperatorError(`--api and --direct exclude each other.\n${USAGE}`);
  const apiUrl = direct ? undefined : apiUrlOf(api, USAGE);
  if (apiUrl === undefined) {
    return { json, way: 'direct', configurationFolder: path.resolve(config), secretId: values['external-id-secret'] };
  }
  refuseForeignOptions(values);
  return { json, way: 'api', apiUrl };
}

/** An option that is not heeded would be taken for one that is. */
function refuseForeignOptions(values: ReturnType<typeof parse>): void {
  const foreign = (['config', 'external-id-secret'] as const).find((option) => values[option] !== undefined);
  if (foreign === undefined) return;
  throw new OperatorError(
    `--${foreign} goes with --direct: over the API, the application checks with its own configuration and secret.\n${USAGE}`,
  );
}

function parsed(args: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(args);
  } catch (cause) {
    throw new OperatorError(`${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}`);
  }
}

// The options' types follow from this call.
const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      api: { type: 'string' },
      direct: { type: 'boolean' },
      config: { type: 'string' },
      'external-id-secret': { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values;
