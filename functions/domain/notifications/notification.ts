import * as z from 'zod/mini';

/** What is told outside of one event. Nothing in it names a person. */
export interface Notification {
  /** That of the event: EventBridge gives an event again under the same one. */
  readonly id: string;
  /** The `detail-type`. */
  readonly type: string;
  /** When the event was published, ISO 8601. */
  readonly time: string;
  readonly data: NotificationData;
}

export type NotificationData = Readonly<Record<string, string | number | null>>;

const EnvelopeSchema = z.object({
  id: z.string(),
  time: z.string(),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});

/**
 * The fields that are told, of every type of event. A field that is not listed stays inside, so that a new one that
 * names a person is not told by accident. E-mails, who has asked and decided, and the changes themselves (a tag may
 * hold a name) are left out on purpose: the API has them, for those who may read it.
 */
const TOLD = [
  'version',
  'tenantUuid',
  'replicationSequence',
  'run',
  'workspaceIdentifier',
  'projectIdentifier',
  'landingZone',
  'accountId',
  'accountName',
  'accountState',
  'organizationalUnitId',
  'state',
  'where',
  'error',
  'cause',
  'remedy',
  'verdict',
  'expiresAt',
  'executionArn',
  'month',
  'currency',
  'invoiceTotal',
  'finalizedAt',
  'reports',
  'updatedReports',
  'pass',
  'startedAt',
  'endedAt',
  'reconciled',
  'notBegun',
  'changed',
  'failed',
  'unfinished',
  'lost',
  // Not the reason of a rollout: it names the person who has paused or aborted it.
  'rolloutId',
  'status',
  'wave',
  'changing',
  'done',
  'unexpected',
];

const PlainSchema = z.nullable(z.union([z.string(), z.number()]));

/**
 * What an event on the bus becomes.
 *
 * @param event as EventBridge hands it out, with its envelope
 * @throws ZodError where it has no such envelope
 */
export function notificationOf(event: unknown): Notification {
  const { id, time, 'detail-type': type, detail } = EnvelopeSchema.parse(event);
  const told = TOLD.flatMap((name) => {
    const value = PlainSchema.safeParse(detail[name]);
    return value.success ? [[name, plain(value.data)] as const] : [];
  });
  const changes = changeCount(detail);
  return { id, type, time, data: { ...Object.fromEntries(told), ...(changes === null ? {} : { changes }) } };
}

/** Causes and remedies quote AWS, which names accounts by their e-mail. */
const plain = (value: string | number | null): string | number | null =>
  typeof value === 'string' ? withoutAddresses(value) : value;

const ChangesSchema = z.object({ changes: z.array(z.unknown()), changesLeftOut: z.number() });

function changeCount(detail: unknown): number | null {
  const { data } = ChangesSchema.safeParse(detail);
  return data === undefined ? null : data.changes.length + data.changesLeftOut;
}

/** Whatever stands around an `@` that is followed by a domain, as AWS and people write addresses. */
const ADDRESS = /[^\s@<>"'`(),;:[\]]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/**
 * A text in which no e-mail address is left.
 *
 * @public
 */
export const withoutAddresses = (text: string): string => text.replaceAll(ADDRESS, '(an e-mail address)');
