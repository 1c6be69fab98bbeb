import * as z from 'zod';

import { PreflightSchema } from '../../functions/api/responses';
import type { PreflightRecord } from '../../functions/domain/fleet/preflight';
import { signedCall } from '../api/signed-call';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';

const AcceptedSchema = z.object({ id: z.string() });

const PAUSE_SECONDS = 1;

/** The API itself says after 20 minutes that a preflight will not end any more. */
const MAX_LOOKS = 25 * 60;

/** Asks the application for a preflight, and waits for its end. */
export async function preflightOverApi(
  apiUrl: string,
  { notify, pause }: Pick<CommandContext, 'notify' | 'pause'>,
): Promise<PreflightRecord> {
  const call = signedCall(apiUrl);
  const { id } = understood(AcceptedSchema, await call({ method: 'POST', path: '/preflight' }), apiUrl);
  notify(`Preflight ${id} is under way.\n`);
  for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
    const record = understood(PreflightSchema, await call({ method: 'GET', path: `/preflight/${id}` }), apiUrl);
    if (record.status !== 'RUNNING') return record;
    await pause(PAUSE_SECONDS);
  }
  throw new OperatorError(`The preflight ${id} has not finished in time.`);
}

function understood<Schema extends z.ZodType>(schema: Schema, body: unknown, apiUrl: string): z.infer<Schema> {
  const { data, success } = schema.safeParse(body);
  if (success) return data;
  throw new OperatorError(
    `${apiUrl} does not answer like this API. Check --api: it is the output ApiUrl of VendingStack.`,
  );
}
