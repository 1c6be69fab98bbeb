import type * as z from 'zod';

import { ProblemSchema, VendingAcceptedSchema, VendingDetailSchema } from '../../functions/api/responses';
import { VendingPreviewSchema } from '../../functions/api/vending-responses';
import type { Fault } from '../../functions/domain/base/fault';
import { parsedJson } from '../../functions/domain/base/json';
import { problemOf } from '../api/signed-call';
import { type ApiRequest, signedRequest } from '../api/signed-request';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';

/** What is asked of the API for one row. */
export interface VendingCalls {
  /** Undefined: nothing of such a tenant was ever received. */
  readonly known: (tenantUuid: string) => Promise<KnownTenant | undefined>;
  readonly preview: (desiredState: object) => Promise<Answered<Preview>>;
  readonly order: (desiredState: object) => Promise<Answered<Ordered>>;
}

/** What the API answers, or why it refuses. */
export type Answered<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export type KnownTenant = z.infer<typeof VendingDetailSchema>;

const PreviewSchema = VendingPreviewSchema.pick({
  changes: true,
  changesLeftOut: true,
  refusal: true,
  accountState: true,
  landingZone: true,
  account: true,
  existingAccountId: true,
  remarks: true,
});
export type Preview = z.infer<typeof PreviewSchema>;
export type Ordered = z.infer<typeof VendingAcceptedSchema>;

/** @throws OperatorError where the API is not reached, forbids it, or has failed several times in a row */
export function vendingCalls(apiUrl: string, { pause }: Pick<CommandContext, 'pause'>): VendingCalls {
  const send = signedRequest(apiUrl);
  const href = (path: string): string => `${apiUrl.replace(/\/+$/u, '')}${path}`;
  const call = async (request: ApiRequest): Promise<{ readonly status: number; readonly body: unknown }> => {
    for (let tries = 0; ; tries += 1) {
      const response = await send(request);
      const { status } = response;
      const body = parsedJson(await response.text());
      const pauseSeconds = PAUSES[tries];
      const isPassing = status === 429 || status >= 500;
      if (!isPassing) return { status, body };
      if (pauseSeconds === undefined) throw problemOf(status, body, href(request.path));
      await pause(pauseSeconds);
    }
  };
  const post = async <Schema extends z.ZodType>(
    desiredState: object,
    query: ApiRequest['query'],
    schema: Schema,
  ): Promise<Answered<z.infer<Schema>>> => {
    const path = '/vendings';
    const { status, body } = await call({ method: 'POST', path, query, body: JSON.stringify(desiredState) });
    if (status < 300) return { ok: true, value: understood(schema, body, apiUrl) };
    const faults = refusalIn(status, body);
    if (faults === undefined) throw problemOf(status, body, href(path));
    return { ok: false, faults };
  };
  return {
    known: async (tenantUuid) => {
      const path = `/vendings/${tenantUuid}`;
      const { status, body } = await call({ method: 'GET', path, query: { include: 'desiredState' } });
      if (status === 200) return understood(VendingDetailSchema, body, apiUrl);
      if (status === 404 && ProblemSchema.safeParse(body).success) return undefined;
      throw problemOf(status, body, href(path));
    },
    preview: (desiredState) => post(desiredState, { dryRun: 'true' }, PreviewSchema),
    order: (desiredState) => post(desiredState, {}, VendingAcceptedSchema),
  };
}

/** The same request may be sent again: nothing is done twice. */
const PAUSES = [1, 2, 4, 8, 15] as const;

/** What the sender can mend: the desired state, or that something else is known of the tenant. */
function refusalIn(status: number, body: unknown): readonly Fault[] | undefined {
  if (![400, 409, 413, 422].includes(status)) return undefined;
  const { data } = ProblemSchema.safeParse(body);
  if (data === undefined) return undefined;
  const faults = data.errors.map(({ field, message }) => ({ field, message }));
  return faults.length > 0 ? faults : [{ field: 'desiredState', message: data.detail }];
}

function understood<Schema extends z.ZodType>(schema: Schema, body: unknown, apiUrl: string): z.infer<Schema> {
  const { data, success } = schema.safeParse(body);
  if (success) return data;
  throw new OperatorError(
    `${apiUrl} does not answer like this API. Check --api: it is the output ApiUrl of VendingStack.`,
  );
}
