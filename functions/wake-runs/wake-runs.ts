import * as z from 'zod/mini';

import { AnyText } from '../domain/base/plain-schemas';
import { awaitedOperation, AwaitedSchema, endedOperation } from '../domain/run/awaited-operation';
import { type OperationWaitDeps, tellOperation, waitForOperation } from '../ledger/runs/operation-waits';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { Log } from '../ports/log';
import type { TaskTokens } from '../ports/workflow';

export interface WakeRunsPorts extends OperationWaitDeps {
  readonly tokens: TaskTokens;
  readonly log: Log;
}

/** What a waiting state sends. */
const WaitingSchema = z.object({ tenantUuid: AnyText, awaited: AwaitedSchema, taskToken: AnyText });

type Waiting = z.infer<typeof WaitingSchema>;

/**
 * Takes what a waiting state sends, and what AWS tells. An event only lets a run look sooner: what it finds is AWS's
 * own answer, so an event that is lost, late, doubled or of somebody else does no harm. A run that is not told looks
 * when its poll interval is over.
 *
 * A second run for a waiting state finds the first one's wait, or what was told; one for an event tells nobody twice.
 */
export async function wakeRuns(ports: WakeRunsPorts, input: unknown): Promise<void> {
  const waiting = z.safeParse(WaitingSchema, input);
  if (waiting.success) await enterWait(ports, waiting.data);
  else await tell(ports, endedOperation(input));
}

async function enterWait(ports: WakeRunsPorts, { tenantUuid, awaited, taskToken }: Waiting): Promise<void> {
  const tenant = await readTenant(ports.ledger, tenantUuid);
  const operation = tenant === undefined ? undefined : awaitedOperation(tenant, awaited);
  // Nothing that an event could tell: the state's own time-out ends the wait.
  if (operation === undefined) return;
  if ((await waitForOperation(ports, operation, taskToken)) === 'told') await ports.tokens.succeed(taskToken, {});
}

/** Somebody whose time-out has come between is on the way to another look: the next wait of that run finds this. */
async function tell(ports: WakeRunsPorts, operation: string | undefined): Promise<void> {
  if (operation === undefined) return;
  let token = await tellOperation(ports, operation);
  while (token !== null && (await ports.tokens.succeed(token, {})) === 'gone') {
    token = await tellOperation(ports, operation, token);
  }
  ports.log.info(token === null ? 'AWS has ended what nobody waits for' : 'AWS has ended what a run waits for', {
    operation,
  });
}
