import * as z from 'zod/mini';

import { RejectedError, TransientError } from '../domain/base/errors';
import { isActivePhase, MAX_PARTS, type PassRecord } from '../domain/fleet/drift';
import { claimPart, finishPart, type PassPart } from '../ledger/fleet/reconciliation-run';
import type { PassMessages } from '../ports/queues';
import type { BatchAnswer } from '../runtime/on-lambda';
import { checkRuns, settlePass, type SettlePassPorts } from './settle-pass';
import { walkTenants, type Walked, type WalkTenantsPorts } from './walk-tenants';

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** What a newer release has written beside it goes on to the next part. */
const PassPartSchema = z.looseObject({ pass: z.iso.date(), part: z.int().check(z.gte(0)) });

/** What the schedule sends. EventBridge may send it twice: both name the same day, and with it the same pass. */
const ScheduledEventSchema = z.pipe(
  z.object({ source: z.literal('aws.events'), time: z.iso.datetime() }),
  z.transform(({ time }) => ({ pass: time.slice(0, 'YYYY-MM-DD'.length), part: 0 })),
);

const MessageSchema = z.union([PassPartSchema, ScheduledEventSchema]) satisfies z.ZodMiniType<PassPart>;

/** Goes on with passes. A part that fails comes again, and ends as a dead letter if it keeps failing. */
export async function reconcileTenants(ports: ReconcilePorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      await reconcilePart(ports, MessageSchema.parse(JSON.parse(body)));
    } catch (cause) {
      ports.log.error('The reconciliation could not go on now; it will be tried again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

export interface ReconcilePorts extends WalkTenantsPorts, SettlePassPorts {
  readonly passes: PassMessages;
}

/** The lane has let in as many runs by then as a part begins, and runs that are waited for may have ended. */
const NEXT_PART_SECONDS = 20;

/** Long enough for this part to be written down. */
const AT_ONCE_SECONDS = 5;

/**
 * One part of a pass: compares tenants for some minutes and begins the runs that are needed, or looks whether all have
 * ended. The message of the next part goes out before this one is written down as done: killed in between, both come,
 * and the one that is behind is dropped.
 *
 * @throws TransientError while another function is at work on the same part; RejectedError when the pass has more parts
 * than any night: its message becomes a dead letter
 */
async function reconcilePart(ports: ReconcilePorts, message: PassPart): Promise<void> {
  const { ledger, now } = ports;
  if (message.part > MAX_PARTS) throw tooManyParts(message);
  const claim = await claimPart(ledger, message, now());
  switch (claim.verdict) {
    case 'behind':
      ports.log.info('This part of the reconciliation is done, or another pass is on its way', { ...message });
      return;
    case 'taken':
      throw new TransientError(`Part ${message.part} of the pass ${message.pass} is being worked on.`);
    case 'claimed': {
      const { record } = claim;
      const { record: after, isFull } = await workOff(ports, record);
      if (after.phase !== 'ENDED') {
        const next = { ...message, part: message.part + 1 };
        await ports.passes.send(next, !isFull && hasMoved(record, after) ? AT_ONCE_SECONDS : NEXT_PART_SECONDS);
      }
      await finishPart(ledger, record, after, now());
    }
  }
}

/** Runs at work are looked after in the part that comes to the end of the tenants: mostly there are few. */
async function workOff(ports: ReconcilePorts, before: PassRecord): Promise<Walked> {
  if (before.phase === 'SETTLING') return { record: await settlePass(ports, before), isFull: false };
  const { record, isFull } = isActivePhase(before.phase)
    ? { record: before, isFull: false }
    : await walkTenants(ports, before);
  return { record: await checkRuns(ports, record), isFull };
}

const tooManyParts = ({ pass }: PassPart): RejectedError =>
  new RejectedError(
    `The pass ${pass} has gone on for ${MAX_PARTS} parts, more than a night of 50,000 tenants needs.`,
    'Look at the lane of known accounts: if nobody is let in there, free its places. Then delete this message; the next night begins a new pass.',
  );

/** There is more to be done, and nothing to be waited for. */
const hasMoved = (before: PassRecord, after: PassRecord): boolean =>
  before.phase !== after.phase || before.cursor !== after.cursor;
