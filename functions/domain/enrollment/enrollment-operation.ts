import type { Enrollment } from '../records/account-records';
import { accountOf, type StepContext } from '../run/step-context';
import { nextPoll, type PollSchedule } from '../base/poll-interval';

/**
 * Whether a failed enrollment was taken back last, or is being: the account then has to be made ready before it is
 * enrolled again.
 */
export const isTermination = (enrollment: Enrollment | null): boolean =>
  enrollment?.kind === 'terminate' && enrollment.phase !== 'ended';

/**
 * What is written down before the Account Factory is asked. The attempt is the one before where it may still be at work
 * unseen, so that the same call is made again; it rises where the token has been used up: by an operation that was
 * accepted, or by asking for something else.
 */
export function nextEnrollment(context: StepContext, kind: Enrollment['kind'], requestHash: string): Enrollment {
  const before = context.tenant.enrollment ?? NEVER;
  const isSame =
    before.phase !== 'ended' && before.recordId === null && before.kind === kind && before.requestHash === requestHash;
  const attempt = isSame ? before.attempt : Math.max(before.attempt, context.tenant.numbersFrom ?? 0) + 1;
  return {
    ...before,
    phase: 'asked',
    kind,
    attempt,
    requestHash,
    recordId: null,
    productName: kind === 'provision' ? tokenOf(context, attempt) : before.productName,
    askedAt: context.now.toISOString(),
    hasPaused: false,
  };
}

/** Control Tower has no place for it, or does not say which operation it is at: it is waited for, and asked again. */
export const withoutPlace = (intent: Enrollment, { now }: StepContext): Enrollment => ({
  ...intent,
  phase: 'waiting',
  busySince: intent.busySince ?? now.toISOString(),
});

/**
 * The operation that somebody has started: its token is not ours, nor is what was asked for. Without a record there is
 * nothing to look at.
 */
export function adopted(context: StepContext, recordId: string | null): Enrollment {
  const before = context.tenant.enrollment ?? NEVER;
  const intent: Enrollment = {
    ...before,
    phase: 'asked',
    kind: before.phase === 'asked' ? before.kind : 'update',
    recordId,
    requestHash: recordId === null || recordId === before.recordId ? before.requestHash : null,
    askedAt: context.now.toISOString(),
    hasPaused: false,
  };
  return recordId === null ? withoutPlace(intent, context) : intent;
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
export function tokenOf(context: StepContext, attempt: number): string {
  const { id, name } = accountOf(context);
  const readable = name.replace(/[^A-Za-z0-9-]/g, '-').replace(/^-+/, '');
  const parts = [readable, id, context.tenant.tenantUuid.slice(0, 8), String(attempt)];
  return parts.filter((part) => part !== '').join('-');
}

/**
 * In seconds. An enrollment takes some 20 to 40 minutes, an update half of that, and a failure shows within three
 * minutes: between these, polls show nothing. Where the end is to be expected, half a minute more is not noticed.
 */
const SCHEDULES: Readonly<Record<Enrollment['kind'], PollSchedule>> = {
  provision: { minSeconds: 20, maxSeconds: 30, share: 0.0145, firstDelays: [180, 1220] },
  update: { minSeconds: 25, maxSeconds: 25, firstDelays: [180, 625] },
  terminate: { minSeconds: 10, maxSeconds: 30, firstDelays: [60] },
  move: { minSeconds: 10, maxSeconds: 30 },
  leave: { minSeconds: 10, maxSeconds: 60 },
};

/** Whole seconds until the next poll of an operation of Control Tower. */
export const enrollmentPoll = (kind: Enrollment['kind'], elapsedSeconds: number): number =>
  nextPoll(elapsedSeconds, SCHEDULES[kind]);
