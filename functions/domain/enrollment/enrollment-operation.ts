import type { Enrollment } from '../records/account-records';
import { accountOf, type Vending } from '../run/vending';
import { nextLook, type PollRhythm } from '../base/poll-interval';

/**
 * Whether a failed enrollment was taken back last, or is being: the account then has to be made ready before it is
 * enrolled again.
 */
export const isTakenBack = (enrollment: Enrollment | null): boolean =>
  enrollment?.kind === 'terminate' && enrollment.phase !== 'ended';

/**
 * What is written down before the Account Factory is asked. The attempt is the one before where it may still be at work
 * unseen, so that the same call is made again; it rises where the token has been used up: by an operation that was
 * accepted, or by asking for something else.
 */
export function nextEnrollment(vending: Vending, kind: Enrollment['kind'], requestHash: string): Enrollment {
  const before = vending.tenant.enrollment ?? NEVER;
  const isSame =
    before.phase !== 'ended' && before.recordId === null && before.kind === kind && before.requestHash === requestHash;
  const attempt = isSame ? before.attempt : Math.max(before.attempt, vending.tenant.numbersFrom ?? 0) + 1;
  return {
    ...before,
    ...{ phase: 'asked', kind, attempt, requestHash },
    recordId: null,
    productName: kind === 'provision' ? tokenOf(vending, attempt) : before.productName,
    askedAt: vending.now.toISOString(),
    hasPaused: false,
  };
}

/** Control Tower has no place for it, or does not say which operation it is at: it is waited for, and asked again. */
export const withoutPlace = (intent: Enrollment, { now }: Vending): Enrollment => ({
  ...intent,
  phase: 'waiting',
  busySince: intent.busySince ?? now.toISOString(),
});

/**
 * The operation that somebody has started: its token is not ours, nor is what was asked for. Without a record there is
 * nothing to look at.
 */
export function adopted(vending: Vending, recordId: string | null): Enrollment {
  const before = vending.tenant.enrollment ?? NEVER;
  const intent: Enrollment = {
    ...before,
    phase: 'asked',
    kind: before.phase === 'asked' ? before.kind : 'update',
    recordId,
    requestHash: recordId === null || recordId === before.recordId ? before.requestHash : null,
    askedAt: vending.now.toISOString(),
    hasPaused: false,
  };
  return recordId === null ? withoutPlace(intent, vending) : intent;
}

const NEVER = {
  phase: 'ended',
  kind: 'update',
  attempt: 0,
  recordId: null,
  requestHash: null,
  productName: null,
  askedAt: '',
  busySince: null,
  hasPaused: false,
  failures: 0,
} as const;

/** The token, and the name of a provisioned product: readable, and new for every attempt. */
export function tokenOf(vending: Vending, attempt: number): string {
  const { id, name } = accountOf(vending);
  const readable = name.replace(/[^A-Za-z0-9-]/g, '-').replace(/^-+/, '');
  const parts = [readable, id, vending.tenant.tenantUuid.slice(0, 8), String(attempt)];
  return parts.filter((part) => part !== '').join('-');
}

/**
 * An enrollment takes some 20 to 40 minutes, an update half of that, and a failure shows within three minutes: between
 * these, looks show nothing. Where the end is to be expected, half a minute more is not noticed.
 */
const RHYTHMS: Readonly<Record<Enrollment['kind'], PollRhythm>> = {
  provision: { leastSeconds: 20, mostSeconds: 30, share: 0.0145, firstLooks: [180, 1220] },
  update: { leastSeconds: 25, mostSeconds: 25, firstLooks: [180, 625] },
  terminate: { leastSeconds: 10, mostSeconds: 30, firstLooks: [60] },
  move: { leastSeconds: 10, mostSeconds: 30 },
  leave: { leastSeconds: 10, mostSeconds: 60 },
};

/** Whole seconds until the next look at an operation of Control Tower. */
export const enrollmentLook = (kind: Enrollment['kind'], elapsedSeconds: number): number =>
  nextLook(elapsedSeconds, RHYTHMS[kind]);
