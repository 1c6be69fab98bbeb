import * as z from 'zod/mini';

import { caught } from '../domain/base/plain-schemas';
import { TransientError } from '../domain/base/errors';
import { type Fault, listed } from '../domain/base/fault';
import { faultOfText } from '../domain/base/json-text';
import { outdatedEvents } from '../domain/run/measurement';
import { parsedJson } from '../domain/base/json';
import { countOutdated, MAX_OUTDATED } from '../ledger/tenants/desired-state-items';
import { rejectDesiredState } from '../ledger/intake/reject-desired-state';
import type { DeadLetters } from '../ports/queues';
import type { Log, Metrics } from '../ports/log';
import type { BatchAnswer } from '../runtime/on-lambda';
import { type IntakePorts, refusalOf, takeDesiredState, type Taken } from './take-desired-state';

export interface EventIntakePorts extends IntakePorts {
  readonly deadLetters: DeadLetters;
  readonly log: Log;
  readonly metrics: Metrics;
  /** How often the queue gives a message before it puts it away by itself, and says no reason. */
  readonly mostReceives: number;
}

const BatchSchema = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      body: z.string(),
      attributes: z.optional(z.object({ ApproximateReceiveCount: z.string() })),
    }),
  ),
});
const EventSchema = z.object({
  detail: z.unknown(),
  source: caught(z.nullable(z.string()), null),
  account: caught(z.nullable(z.string()), null),
});

/**
 * Takes the desired states that EventBridge has put into the queue. One that cannot be read goes to the dead letters at
 * once, with what is wrong; one that is refused is written down; one that meets a passing fault comes again, and goes
 * to the dead letters with that fault at its last try. Nothing is dropped silently.
 */
export async function handleEvents(ports: EventIntakePorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body, attributes } of BatchSchema.parse(input).Records) {
    const receives = Number(attributes?.ApproximateReceiveCount ?? 1);
    try {
      await handleEvent(ports, body).catch((cause: unknown) => lastTry(ports, body, receives, cause));
    } catch (cause) {
      ports.log.error('A desired state could not be taken now; it will come again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/** The queue would put it away without a word. */
async function lastTry(ports: EventIntakePorts, body: string, receives: number, cause: unknown): Promise<void> {
  if (receives < ports.mostReceives) throw cause;
  const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const message = `could not be taken in ${receives} tries. ${why} Send it back to the queue when the cause is gone.`;
  await putAway(ports, body, [{ field: 'detail', message }]);
  ports.log.error('A desired state could not be taken; it is in the dead-letter queue', { receives }, cause);
}

async function handleEvent(ports: EventIntakePorts, body: string): Promise<void> {
  const detail = detailOf(body);
  if (!detail.ok) return unreadable(ports, body, [detail.fault]);
  const fault = faultOfText(body, 'detail', ENVELOPE);
  const taken =
    fault === undefined
      ? await takeDesiredState(ports, detail.value, { trigger: 'event', force: false, requestedBy: detail.sender })
      : refusalOf(detail.value, [fault]);
  await settle(ports, body, detail.value, taken);
}

/** The event, around its detail. */
const ENVELOPE = 1;

async function settle(ports: EventIntakePorts, body: string, detail: unknown, taken: Taken): Promise<void> {
  switch (taken.kind) {
    case 'unreadable':
      return unreadable(ports, body, taken.faults);
    case 'refused': {
      const { tenantUuid, replicationSequence, faults } = taken;
      ports.log.warn('A desired state was refused', { tenantUuid, replicationSequence, faults: faults.length });
      const refused = { tenantUuid, replicationSequence, faults: listed(faults), ...identifiersIn(detail) };
      return rejectDesiredState(ports.ledger, refused, ports.now()).catch((cause: unknown) =>
        unwritable(ports, body, faults, cause),
      );
    }
    case 'older':
      tell(ports.log, taken);
      return watchOrder(ports, taken);
    case 'accepted':
    case 'deletion':
    case 'unchanged':
    case 'content-differs':
    case 'overruled':
      tell(ports.log, taken);
  }
}

/**
 * A refusal that the ledger will never take is no reason to lose it: the letter tells what the rejection would have
 * told.
 */
async function unwritable(
  ports: EventIntakePorts,
  body: string,
  faults: readonly Fault[],
  cause: unknown,
): Promise<void> {
  if (cause instanceof TransientError) throw cause;
  await putAway(ports, body, faults);
  ports.log.error('A refusal cannot be written down; its event is in the dead-letter queue', {}, cause);
}

/**
 * One event that comes late is nothing. Several, and no newer one between them, are a sender whose count has gone
 * wrong, or one wrong sequence.
 */
async function watchOrder(
  { ledger, log, metrics, now }: EventIntakePorts,
  { tenantUuid, replicationSequence, latestSequence }: Extract<Taken, { readonly kind: 'older' | 'overruled' }>,
): Promise<void> {
  const streak = await countOutdated(ledger, { tenantUuid, replicationSequence, latestSequence }, now());
  if (streak < MAX_OUTDATED) return;
  metrics.record([outdatedEvents()]);
  log.warn('Every event of a tenant is older than the newest that is known; none of them is carried out', {
    tenantUuid,
    replicationSequence,
    latestSequence,
    streak,
  });
}

function tell(log: Log, taken: Exclude<Taken, { readonly kind: 'unreadable' | 'refused' }>): void {
  const { kind, tenantUuid, replicationSequence } = taken;
  const keys = { kind, tenantUuid, replicationSequence };
  if (kind === 'content-differs') log.warn('A sequence came again with other content; the first one stays', keys);
  else log.info('A desired state was taken', keys);
}

async function unreadable(ports: EventIntakePorts, body: string, faults: readonly Fault[]): Promise<void> {
  const field = await putAway(ports, body, faults);
  ports.log.warn('An event cannot be read; it is in the dead-letter queue', { field });
}

/** @returns the field that the letter names */
async function putAway(ports: EventIntakePorts, body: string, faults: readonly Fault[]): Promise<string> {
  const named = listed(faults, 'detail').map(({ field, message }) => ({ field: fieldOfEvent(field), message }));
  const reason = named.map(({ field, message }) => `${field}: ${message}`).join('\n');
  const field = named[0]?.field ?? 'detail';
  await ports.deadLetters.send({ body, reason, field });
  return field;
}

/** The whole desired state is the event's `detail`. */
const fieldOfEvent = (field: string): string => (field === 'desiredState' ? 'detail' : field);

type Detail =
  | { readonly ok: true; readonly value: unknown; readonly sender: string | null }
  | { readonly ok: false; readonly fault: Fault };

function detailOf(body: string): Detail {
  const event = EventSchema.safeParse(parsedJson(body));
  return event.success
    ? { ok: true, value: event.data.detail, sender: senderOf(event.data) }
    : {
        ok: false,
        fault: {
          field: 'detail',
          message:
            'is missing: the message is not an EventBridge event. Put desired states on the bus, not into the queue.',
        },
      };
}

/** Not the sender's own word: EventBridge writes down which account has put it on the bus. */
const senderOf = ({ source, account }: z.infer<typeof EventSchema>): string | null =>
  source === null || account === null ? null : `${source}@${account}`;

const IdentifiersSchema = z.object({
  tenant: z.object({
    metadata: z.object({
      ownedByWorkspace: caught(z.nullable(z.string()), null),
      ownedByProject: caught(z.nullable(z.string()), null),
    }),
  }),
});

/** For the list of refused desired states, where these fields could be read. */
function identifiersIn(detail: unknown): {
  readonly workspaceIdentifier: string | null;
  readonly projectIdentifier: string | null;
} {
  const parsed = IdentifiersSchema.safeParse(detail);
  return {
    workspaceIdentifier: parsed.data?.tenant.metadata.ownedByWorkspace ?? null,
    projectIdentifier: parsed.data?.tenant.metadata.ownedByProject ?? null,
  };
}
