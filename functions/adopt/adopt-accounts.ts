import * as z from 'zod/mini';

import { type AdoptionRecord, isAtRest } from '../domain/adoption/adoption';
import { RejectedError, TransientError } from '../domain/base/errors';
import type { NamedPart } from '../ledger/base/part-claim';
import { claimAdoptionPart, finishAdoptionPart } from '../ledger/adoption/adoptions';
import type { PartMessages } from '../ports/queues';
import type { BatchAnswer } from '../runtime/on-lambda';
import { judgeAccounts, type JudgePorts } from './judge-accounts';
import { listAccounts, type ListPorts } from './list-accounts';
import { sumUp } from './sum-up';
import { takeAccounts, type TakePorts } from './take-accounts';
import { verifyAccounts } from './verify-accounts';

export interface AdoptPorts extends ListPorts, JudgePorts, TakePorts {
  readonly adoptions: PartMessages;
}

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** What a newer release has written beside it goes on to the next part. */
const PartSchema = z.looseObject({ id: z.string(), part: z.int().check(z.gte(0)) });

/** Goes on with adoptions. A part that fails comes again, and ends as a dead letter if it keeps failing. */
export async function adoptAccounts(ports: AdoptPorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      await adoptPart(ports, PartSchema.parse(JSON.parse(body)));
    } catch (cause) {
      ports.log.error('An adoption could not go on now; it will be tried again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/**
 * One part of an adoption. The message of the next part goes out before this one is written down as done: killed in
 * between, both come, and the one that is behind is dropped.
 *
 * @throws TransientError while another function is at work on the same part
 */
async function adoptPart(ports: AdoptPorts, message: NamedPart): Promise<void> {
  const { ledger, now } = ports;
  const claim = await claimAdoptionPart(ledger, message, now());
  switch (claim.verdict) {
    case 'behind':
      ports.log.info('This part of the adoption is done, or it waits for a consent', { ...message });
      return;
    case 'taken':
      throw new TransientError(`Part ${message.part} of the adoption ${message.id} is being worked on.`);
    case 'claimed': {
      const { record } = claim;
      const { after, delaySeconds } = await workOffOrRefuse(ports, record);
      if (!isAtRest(after)) await ports.adoptions.send({ ...message, part: message.part + 1 }, delaySeconds);
      await finishAdoptionPart(ledger, record, after, now());
    }
  }
}

/** What AWS refuses for good before anything was adopted ends the adoption; a person is told why. */
async function workOffOrRefuse(ports: AdoptPorts, record: AdoptionRecord): Promise<WorkedOff> {
  try {
    return await workOff(ports, record);
  } catch (cause) {
    if (!(cause instanceof RejectedError) || record.phase === 'ADOPTING') throw cause;
    ports.log.error('An adoption could not be begun', { adoption: record.id }, cause);
    const message = `could not be read: ${cause.reason} ${cause.remedy}`;
    const faults = [...record.faults, { field: 'organization', message }];
    const after = { ...record, phase: 'REFUSED', faults, endedAt: ports.now().toISOString() } as const;
    return { after, delaySeconds: AT_ONCE_SECONDS };
  }
}

interface WorkedOff {
  readonly after: AdoptionRecord;
  readonly delaySeconds: number;
}

/** Long enough for this part to be written down. */
const AT_ONCE_SECONDS = 5;

async function workOff(ports: AdoptPorts, record: AdoptionRecord): Promise<WorkedOff> {
  switch (record.phase) {
    case 'LISTING':
      return { after: await listAccounts(ports, record), delaySeconds: AT_ONCE_SECONDS };
    case 'JUDGING':
      return { after: await judgeAccounts(ports, record), delaySeconds: AT_ONCE_SECONDS };
    case 'SUMMING':
      return { after: await sumUp(ports, record), delaySeconds: AT_ONCE_SECONDS };
    case 'VERIFYING':
      return { after: await verifyAccounts(ports, record), delaySeconds: AT_ONCE_SECONDS };
    case 'ADOPTING': {
      const after = await takeAccounts(ports, record);
      return { after, delaySeconds: pauseAfter(record, after, ports.now()) };
    }
    case 'PROPOSED':
    case 'REFUSED':
    case 'STALE':
    case 'ENDED':
      return { after: record, delaySeconds: AT_ONCE_SECONDS };
  }
}

/** As long as a run over a known account takes at least. */
const RUNS_SECONDS = 20;

/** Where nothing has moved: an enrollment takes half an hour. */
const QUIET_SECONDS = 60;

/** The longest delay of a message. */
const LONGEST_SECONDS = 900;

function pauseAfter(before: AdoptionRecord, after: AdoptionRecord, now: Date): number {
  if (after.running.length === 0 && after.waitsUntil !== null) {
    const seconds = Math.ceil((Date.parse(after.waitsUntil) - now.getTime()) / 1000);
    return Math.min(LONGEST_SECONDS, Math.max(QUIET_SECONDS, seconds));
  }
  const hasMoved = before.cursor !== after.cursor || before.running.join() !== after.running.join();
  return hasMoved ? RUNS_SECONDS : QUIET_SECONDS;
}
