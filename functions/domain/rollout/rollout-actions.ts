import { mostSevere } from './change-groups';
import { isOver, NOTHING_JUDGED, type RolloutRecord } from './rollout';

/* What a person asks of a rollout: the record after it, or why it cannot be. A second request changes nothing. */

type Changed = RolloutRecord | string;

/** So long a plan can be started: accounts change meanwhile. */
const VALID_HOURS = 24;

/** Names a plan, and says which one it is; null until it is made. */
export const rolloutToken = ({ id, planHash }: Pick<RolloutRecord, 'id' | 'planHash'>): string | null =>
  planHash === null ? null : `${id}.${planHash}`;

interface Start {
  readonly token: string;
  /** The number of tenants with severe changes that the sender knows of; null: it names none. */
  readonly consent: number | null;
  readonly by: string | null;
}

export function startedRollout(record: RolloutRecord, { token, consent, by }: Start, now: Date): Changed {
  const { status, plannedAt, severe, limits } = record;
  if (status === 'PLANNING' || status === 'SUMMING') return 'The plan is not complete yet. Ask again in a minute.';
  if (token !== rolloutToken(record)) return `The token is not that of this plan. ${PLAN_AGAIN}`;
  if (record.startedAt !== null) return record;
  if (status !== 'PLANNED' || plannedAt === null) return `This rollout is ${status}. ${PLAN_AGAIN}`;
  if (now.getTime() - Date.parse(plannedAt) > VALID_HOURS * 3_600_000) {
    return `The plan is older than ${VALID_HOURS} hours, and accounts have changed since. ${PLAN_AGAIN}`;
  }
  const most = mostSevere(severe);
  if (most > limits.mostSevereWithoutConsent && consent !== most) {
    return (
      `The plan removes access in ${severe.removesAccess}, moves ${severe.movesUnit} and removes a stack set in ${severe.removesStackSet} accounts. ` +
      `If that is meant, start it with "consent": ${most}, the largest of these numbers.`
    );
  }
  return { ...record, status: 'RUNNING', startedAt: now.toISOString(), startedBy: by, cursor: null, list: 'VENDED' };
}

const PLAN_AGAIN = 'Abort it if it is not over, and plan another one: POST /rollouts.';

export function pausedRollout(record: RolloutRecord, by: string | null): Changed {
  if (record.status === 'PAUSED') return record;
  if (record.status !== 'RUNNING') return `This rollout is ${record.status}: only one that is RUNNING can be paused.`;
  return {
    ...record,
    status: 'PAUSED',
    reason: `Paused by ${by ?? 'somebody'}. Runs that have begun end by themselves.`,
  };
}

/** What has failed so far does not count any more for the next stop: somebody has looked at it. */
export function resumedRollout(record: RolloutRecord): Changed {
  if (record.status === 'RUNNING') return record;
  if (record.status !== 'PAUSED' && record.status !== 'STOPPED') {
    return `This rollout is ${record.status}: only one that is PAUSED or STOPPED can be resumed.`;
  }
  return { ...record, status: 'RUNNING', reason: null, judged: NOTHING_JUDGED };
}

/** As a resumption, and those that have failed are begun once more. */
export function retriedRollout(record: RolloutRecord): Changed {
  if (isOver(record)) {
    return `This rollout is ${record.status}. Replay what has failed with POST /replays.`;
  }
  if (record.startedAt === null) return 'This rollout has not been started, so nothing has failed.';
  return { ...record, status: 'RUNNING', reason: null, judged: NOTHING_JUDGED, retrying: record.retrying ?? '' };
}

export function abortedRollout(record: RolloutRecord, by: string | null, now: Date): Changed {
  if (record.status === 'ABORTED') return record;
  const isOfLandingZone = record.kind === 'landing-zone';
  if (isOver(record)) {
    const back = isOfLandingZone
      ? 'Control Tower takes no version back.'
      : `To go back, plan one with "configurationHash": "${record.fromHash}".`;
    return `This rollout is ${record.status}. ${back}`;
  }
  const kept = isOfLandingZone
    ? 'What Control Tower has begun goes on.'
    : 'Tenants keep the configuration that they have.';
  const reason = `Aborted by ${by ?? 'somebody'}. ${kept}`;
  return { ...record, status: 'ABORTED', reason, endedAt: now.toISOString() };
}
