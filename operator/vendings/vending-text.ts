import type { VendingDetail } from '../../functions/api/responses';
import { SHADOW_WORDS, shadowLines } from './shadow-text';
import { folded, painted, type Screen } from '../screen';
import { isUnderWay, progressOf } from './progress';
import { progressPicture } from './progress-picture';

/** The width of the label before a line's text. */
const HANGING = 10;

/**
 * A tenant for people: where it is, how its run has come there, and what to do. Lines are no longer than the screen.
 */
export function vendingText(detail: VendingDetail, screen: Screen, now: Date): readonly string[] {
  const fold = (line: string): readonly string[] => folded(line, screen.columns, HANGING);
  const picture = progressPicture(progressOf(detail), screen, untilOf(detail, now));
  return [
    ...headOf(detail).flatMap(fold),
    ...(picture.length === 0 ? [] : [`progress: ${detail.workflow ?? ''}`, ...picture]),
    ...errorOf(detail)
      .flatMap(fold)
      .map((line) => painted(screen, 'bold', line)),
    ...shadowOf(detail).flatMap(fold),
    ...rejectionOf(detail).flatMap(fold),
  ];
}

function untilOf(detail: VendingDetail, now: Date): Date {
  if (detail.stoppedAt !== null) return new Date(detail.stoppedAt);
  return isUnderWay(detail) ? now : new Date(detail.statusChangedAt);
}

function headOf(detail: VendingDetail): readonly string[] {
  const { status, statusChangedAt, stoppedAt, settlesAt, account, lane, estimate, waitingSequence, deletion } = detail;
  return [
    `${detail.tenantUuid}  ${detail.workspaceIdentifier}.${detail.projectIdentifier}`,
    `status:   ${status} since ${statusChangedAt}`,
    ...(stoppedAt === null
      ? []
      : [`stopped:  at ${stoppedAt}; FAILED by ${settlesAt ?? '?'}, and can be replayed then`]),
    ...runOf(detail),
    ...(account === null ? [] : [`account:  ${account.id}, ${account.name}, ${account.email}`]),
    ...(lane === null ? [] : [`waits:    in the lane ${lane.name} since ${lane.since}, position ${lane.position}`]),
    ...(estimate === null
      ? []
      : [`ready:    about ${estimate.readyAt}, between ${estimate.earliest} and ${estimate.latest}`]),
    ...(waitingSequence === null ? [] : [`next:     sequence ${waitingSequence}`]),
    ...(deletion === null ? [] : [`deletion: ${deletion.remark}`]),
  ];
}

function runOf({ replicationSequence, run, executionArn, supersededBy, ...asked }: VendingDetail): readonly string[] {
  if (replicationSequence === null) return [];
  const by = supersededBy === null ? '' : `, superseded by ${supersededBy}`;
  return [
    `run:      ${run ?? '-'} of sequence ${replicationSequence}${by}`,
    `          ${executionArn ?? 'not begun'}`,
    ...askedOf(asked),
    ...approvalOf(asked),
  ];
}

function approvalOf({ approval }: Pick<VendingDetail, 'approval'>): readonly string[] {
  if (approval === null) return [];
  const { decision, decidedBy, decidedAt, reason, expiresAt } = approval;
  if (decision === null) return [`approval: is waited for until ${expiresAt}`];
  return [`approval: ${decision}, by ${decidedBy ?? 'somebody'} at ${decidedAt ?? '?'}: ${reason ?? ''}`];
}

/** The people who have asked for it or decided about it. */
function askedOf({
  requestedBy,
  replayedBy,
  stoppedBy,
}: Pick<VendingDetail, 'requestedBy' | 'replayedBy' | 'stoppedBy'>): readonly string[] {
  const hands = { 'asked by': requestedBy, 'replayed by': replayedBy, 'stopped by': stoppedBy };
  return Object.entries(hands).flatMap(([what, by]) => (by === null ? [] : [`          ${what} ${by}`]));
}

function errorOf({ status, lastError }: VendingDetail): readonly string[] {
  // The error of a run that has gone on since is over.
  if (lastError === null || status === 'VENDED' || status === 'CLOSED' || status === 'SHADOWED') return [];
  const { name, message, remedy } = lastError;
  return [`error:    ${name}: ${message}`, ...(remedy === null ? [] : [`remedy:   ${remedy}`])];
}

/** What a shadow run has found. */
function shadowOf({ shadow }: VendingDetail): readonly string[] {
  if (shadow === undefined) return [];
  return [`shadow:   ${SHADOW_WORDS[shadow.verdict]}`, ...shadowLines(shadow)];
}

function rejectionOf({ rejection }: VendingDetail): readonly string[] {
  if (rejection === null) return [];
  return [
    `refused:  sequence ${rejection.replicationSequence}, ${rejection.at}`,
    ...rejection.faults.map(({ field, message }) => `  ${field}: ${message}`),
  ];
}
