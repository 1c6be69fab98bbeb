import { type OperationWait, OperationWaitSchema } from '../../domain/run/awaited-operation';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, type Snapshot } from '../base/decide';
import { operationWaitKey } from '../base/keys';

export interface OperationWaitDeps {
  readonly ledger: LedgerStore;
  readonly now: () => Date;
}

/** Longer than any of these operations takes; what is forgotten sooner is found by a poll. */
const KEEP_SECONDS = 24 * 60 * 60;

/**
 * Remembers who waits for an operation; the one before waits no longer.
 *
 * @returns `told`: its end was told before anybody waited. That is forgotten with this answer, so that an event which
 *   came too soon for AWS's own answers lets a run look once more, and not again and again
 */
export const waitForOperation = (
  deps: OperationWaitDeps,
  operation: string,
  token: string,
): Promise<'waits' | 'told'> =>
  decide<'waits' | 'told'>(deps.ledger, [operationWaitKey(operation)], (item) => {
    const isTold = waitIn(item)?.toldAt != null;
    const wait = { token: isTold ? null : token, toldAt: null };
    return { writes: [written(deps, item, wait)], result: isTold ? 'told' : 'waits' };
  });

/**
 * Whom the end of an operation is to be told to; null: nobody waits, and it is remembered for the next who does.
 *
 * @param gone the token of somebody who has turned out to wait no longer
 */
export const tellOperation = (
  deps: OperationWaitDeps,
  operation: string,
  gone: string | null = null,
): Promise<string | null> =>
  decide<string | null>(deps.ledger, [operationWaitKey(operation)], (item) => {
    const token = waitIn(item)?.token ?? null;
    if (token !== null && token !== gone) return { writes: [], result: token };
    return { writes: [written(deps, item, { token: null, toldAt: deps.now().toISOString() })], result: null };
  });

const waitIn = (item: Snapshot | undefined): OperationWait | undefined => contentOf(OperationWaitSchema, item);

const written = ({ now }: OperationWaitDeps, item: Snapshot, wait: OperationWait): ReturnType<typeof replace> =>
  replace(item, wait, { expiresAt: Math.floor(now().getTime() / 1000) + KEEP_SECONDS });
