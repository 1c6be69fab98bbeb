import * as z from 'zod/mini';

import { caught } from '../domain/caught';
import type { Fault } from '../domain/fault';
import { parsedJson } from '../domain/parsed-json';
import { rejectDesiredState } from '../ledger/reject-desired-state';
import type { DeadLetters } from '../ports/dead-letters';
import type { Log } from '../ports/log';
import type { BatchAnswer } from '../runtime/batch-answer';
import { type IntakePorts, takeDesiredState, type Taken } from './take-desired-state';

export interface EventIntakePorts extends IntakePorts {
  readonly deadLetters: DeadLetters;
  readonly log: Log;
}

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });
const EventSchema = z.object({
  detail: z.unknown(),
  source: caught(z.nullable(z.string()), null),
  account: caught(z.nullable(z.string()), null),
});

/**
 * Takes the desired states that EventBridge has put into the queue. One that cannot be read goes to the dead letters at once, with what is
 * wrong; one that is refused is written down; one that meets a passing fault comes again. Nothing is dropped silently.
 */
export async function handleEvents(ports: EventIntakePorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      await handleEvent(ports, body);
    } catch (cause) {
      ports.log.error('A desired state could not be taken now; it will come again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

async function handleEvent(ports: EventIntakePorts, body: string): Promise<void> {
  const detail = detailOf(body);
  if (!detail.ok) return unreadable(ports, body, [detail.fault]);
  const taken = await takeDesiredState(ports, detail.value, {
    trigger: 'event',
    force: false,
    requestedBy: detail.sender,
  });
  await settle(ports, body, detail.value, taken);
}

async function settle(ports: EventIntakePorts, body: string, detail: unknown, taken: Taken): Promise<void> {
  switch (taken.kind) {
    case 'unreadable':
      return unreadable(ports, body, taken.faults);
    case 'refused': {
      const { tenantUuid, replicationSequence, faults } = taken;
      ports.log.warn('A desired state was refused', { tenantUuid, replicationSequence, faults: faults.length });
      return rejectDesiredState(
        ports.ledger,
        { tenantUuid, replicationSequence, faults, ...identifiersIn(detail) },
        ports.now(),
      );
    }
    case 'accepted':
    case 'deletion':
    case 'unchanged':
    case 'content-differs':
    case 'older':
    case 'overruled':
      tell(ports.log, taken);
  }
}

function tell(log: Log, taken: Exclude<Taken, { readonly kind: 'unreadable' | 'refused' }>): void {
  const { kind, tenantUuid, replicationSequence } = taken;
  const keys = { kind, tenantUuid, replicationSequence };
  if (kind === 'content-differs') log.warn('A sequence came again with other content; the first one stays', keys);
  else log.info('A desired state was taken', keys);
}

async function unreadable(ports: EventIntakePorts, body: string, faults: readonly Fault[]): Promise<void> {
  const named = faults.map(({ field, message }) => ({ field: fieldOfEvent(field), message }));
  const reason = named.map(({ field, message }) => `${field}: ${message}`).join('\n');
  const field = named[0]?.field ?? 'detail';
  await ports.deadLetters.send({ body, reason, field });
  ports.log.warn('An event cannot be read; it is in the dead-letter queue', { field });
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
