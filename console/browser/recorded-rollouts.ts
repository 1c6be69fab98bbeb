import type { Schemas } from '../src/api/client';

/* Rollouts in every status, and one that waits for a consent. */

const AT = new Date(Date.now() - 600_000).toISOString();
const BY = 'arn:aws:iam::000000000000:role/operator';

const STATUSES: readonly Schemas['RolloutStatus'][] = [
  'PLANNED',
  'PLANNING',
  'SUMMING',
  'RUNNING',
  'PAUSED',
  'STOPPED',
  'ENDED',
  'ABORTED',
  'REFUSED',
];

const REASON = '4 of the 20 runs that have ended in wave 2 have failed. Look at their causes, then go back.';

function rolloutOf(index: number): Schemas['Rollout'] {
  const status = STATUSES[index % STATUSES.length] ?? 'ENDED';
  const isStarted = !['PLANNED', 'PLANNING', 'SUMMING', 'REFUSED'].includes(status);
  return {
    id: `r-${index}`,
    status,
    fromHash: 'b'.repeat(64),
    targetHash: `${index % 10}`.repeat(64),
    limits: {
      canary: { tenants: 5 },
      waves: [0.05, 0.25, 1],
      mostTenantsPerHour: 200,
      mostAtOnce: 20,
      stopAtFailedShare: 0.1,
      stopAtUnexpectedShare: 0.1,
      mostSevereWithoutConsent: 5,
    },
    plannedAt: AT,
    plannedBy: BY,
    token: status === 'PLANNED' ? `r-${index}.plan` : null,
    changing: 90,
    unchanged: 12,
    refused: 2,
    leftAlone: 7,
    groups: Array.from({ length: 45 }, (_, at) => ({
      kinds: [`sets tag key-${at}`, 'moves the account to ou-ab12-prod0001'],
      tenants: 45 - at,
      example: tenantOf(at).tenantUuid,
      isRefusal: false,
    })),
    severe: { removesAccess: 9, movesUnit: 2, removesStackSet: 0 },
    startedAt: isStarted ? AT : null,
    startedBy: isStarted ? BY : null,
    wave: isStarted ? 2 : 0,
    running: status === 'RUNNING' ? 10 : 0,
    done: isStarted ? 20 : 0,
    failed: isStarted ? 4 : 0,
    overtaken: 1,
    unexpected: 1,
    reason: status === 'STOPPED' ? REASON : null,
    endedAt: status === 'ENDED' ? AT : null,
  };
}

type Tenant = Schemas['RolloutTenants']['tenants'][number];

const STATES: readonly Tenant['state'][] = [
  'WAITING',
  'RUNNING',
  'DONE',
  'FAILED',
  'OVERTAKEN',
  'REFUSED',
  'UNCHANGED',
];

function tenantOf(index: number): Tenant {
  const state = STATES[index % STATES.length] ?? 'WAITING';
  const refusal = { state: 'PlanVending', message: 'The unit does not exist.', remedy: 'Make it again.' };
  return {
    tenantUuid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    workspaceIdentifier: 'workspace',
    projectIdentifier: `project-with-a-longer-name-${index}`,
    landingZone: 'zone-1',
    accountId: String(100_000_000_000 + index),
    wave: index % 4,
    state,
    changes: state === 'UNCHANGED' ? [] : [{ what: 'tag cost-center', from: '1', to: '2', state: 'TagAccount' }],
    changesLeftOut: index % 3,
    refusal: state === 'REFUSED' ? refusal : null,
    unexpected: index === 2,
    run: state === 'DONE' || state === 'FAILED' ? { replicationSequence: 1, run: 2 } : null,
    reason: state === 'FAILED' ? 'RejectedError: The organizational unit does not exist.' : null,
  };
}

export const ROLLOUT = rolloutOf(0);

const indexOf = (id: string): number => Number(id.slice('r-'.length));

/** `GET /rollouts`, one of them, or its tenants. */
export function rolloutAnswer(id: string | undefined, part: string | undefined): unknown {
  const all = Array.from({ length: 45 }, (_, index) => index);
  if (id === undefined) return { rollouts: all.map(rolloutOf), cursor: null };
  return part === 'tenants' ? { tenants: all.map(tenantOf), cursor: 'more' } : rolloutOf(indexOf(id));
}

const AFTER: Readonly<Record<string, Schemas['RolloutStatus']>> = { pause: 'PAUSED', abort: 'ABORTED' };

/** What an action answers. */
export const changedRollout = (action: string | undefined): Schemas['Rollout'] => ({
  ...ROLLOUT,
  status: AFTER[action ?? ''] ?? 'RUNNING',
});
