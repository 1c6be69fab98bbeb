import * as z from 'zod';

import { RejectedError } from '../../domain/errors';
import { beginPoll, changeSource } from '../../ledger/meshstack/source';
import type { LedgerStore } from '../../ports/ledger-store';
import type { Log } from '../../ports/log';
import type { BlockRunReporter } from '../../ports/mesh-stack';
import type { BatchAnswer } from '../../runtime/batch-answer';
import { tellBlockRun } from './tell-block-run';

export interface ReportOutcomesPorts {
  readonly platform: string;
  readonly ledger: LedgerStore;
  /** Null: nothing is written to meshStack. */
  readonly reporter: BlockRunReporter | null;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
}

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });
const OutcomeSchema = z.object({ detail: z.object({ tenantUuid: z.string() }) });

/** As long as the function may run, and a little more. */
const LEASE_SECONDS = 60;

/**
 * Tells meshStack at once how vendings have ended. Triggered by our own outcomes on the bus. Where a poll is at work, or meshStack wants no calls, nothing is
 * done: polls tell every run that is not over, so that nothing depends on this message.
 */
export async function reportOutcomes(ports: ReportOutcomesPorts, input: unknown): Promise<BatchAnswer> {
  const records = BatchSchema.parse(input).Records;
  const { platform, ledger, reporter, now } = ports;
  const poll = { platform, holder: ports.newId() };
  const source = reporter === null ? 'busy' : await beginPoll(ledger, poll, now(), LEASE_SECONDS);
  if (reporter === null || source === 'busy') return { batchItemFailures: [] };
  const batchItemFailures: { itemIdentifier: string }[] = [];
  const mayCall = source.pause === null || new Date(source.pause.until) <= now();
  for (const { messageId, body } of mayCall ? records : []) {
    const isTaken = await reported(ports, reporter, body);
    if (!isTaken) batchItemFailures.push({ itemIdentifier: messageId });
  }
  await changeSource(ledger, poll, (before) => ({ ...before, lease: null }));
  return { batchItemFailures };
}

async function reported(
  { platform, ledger, log }: ReportOutcomesPorts,
  reporter: BlockRunReporter,
  body: string,
): Promise<boolean> {
  try {
    const { tenantUuid } = OutcomeSchema.parse(JSON.parse(body)).detail;
    await tellBlockRun(ledger, reporter, { platform, tenantUuid });
    return true;
  } catch (cause) {
    // The poll is refused, too: its alarm is the one.
    if (cause instanceof RejectedError && cause.denied) return true;
    log.error('meshStack could not be told now how a vending has ended; the message will come again', {}, cause);
    return false;
  }
}
