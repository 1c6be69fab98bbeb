import { ReleaseRecordSchema } from '../../../../functions/domain/rollout/release';
import {
  ListedRolloutSchema,
  newRollout,
  RolloutRecordSchema,
  RolloutTenantSchema,
} from '../../../../functions/domain/rollout/rollout';
import { DEFAULT_LIMITS } from '../../../../functions/domain/rollout/rollout-request';
import { NOW } from '../../../fakes/vending';
import { at, key, previewed, refusal, under, type Kind, recordRules } from '../records/record-kind';

const rollout = {
  ...newRollout(
    { id: 'r', kind: 'configuration', fromHash: 'f', targetHash: 't', limits: DEFAULT_LIMITS, plannedBy: 'p' },
    NOW,
  ),
  limits: { ...DEFAULT_LIMITS, canary: { tenants: 1, organizationalUnit: 'ou', tag: { key: 'k', value: 'v' } } },
  takenUntil: at,
  cursor: 'c',
  canary: [{ tenantUuid: 't', landingZone: 'z' }],
  plannedAt: at,
  planHash: 'h',
  groups: [{ kinds: ['k'], tenants: 1, example: 'e', isRefusal: false }],
  startedAt: at,
  startedBy: 's',
  after: 'a',
  running: ['t'],
  reason: 'r',
  retrying: '',
  endedAt: at,
  movedAt: at,
};

const KINDS: Readonly<Record<string, Kind>> = {
  release: {
    schema: ReleaseRecordSchema,
    whole: {
      configurationHash: 'h',
      releasedAt: at,
      rolloutId: 'r',
      target: { configurationHash: 'h', rolloutId: 'r' },
    },
    absent: { target: undefined },
  },
  rollout: {
    schema: RolloutRecordSchema,
    whole: rollout,
    absent: {
      kind: 'configuration',
      landingZone: undefined,
      movedAt: undefined,
      ...under('limits.canary', { tenants: undefined, organizationalUnit: undefined, tag: undefined }),
    },
    words: {
      kind: ['configuration', 'landing-zone'],
      status: ['PLANNING', 'SUMMING', 'PLANNED', 'REFUSED', 'RUNNING', 'PAUSED', 'STOPPED', 'ENDED', 'ABORTED'],
      list: ['VENDED', 'FAILED'],
    },
  },
  'listed rollout': { schema: ListedRolloutSchema, whole: { id: 'r' } },
  'tenant of a rollout': {
    schema: RolloutTenantSchema,
    whole: {
      tenantUuid: 't',
      workspaceIdentifier: 'w',
      projectIdentifier: 'p',
      landingZone: 'z',
      accountId: 'a',
      wave: 1,
      changes: [previewed],
      changesLeftOut: 0,
      refusal,
      state: 'WAITING',
      unexpected: false,
      run: key,
      reason: 'r',
    },
    words: { state: ['WAITING', 'UNCHANGED', 'REFUSED', 'RUNNING', 'DONE', 'FAILED', 'OVERTAKEN'] },
  },
};

for (const [name, kind] of Object.entries(KINDS)) recordRules(name, kind);
