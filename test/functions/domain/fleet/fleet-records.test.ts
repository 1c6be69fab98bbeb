import * as drift from '../../../../functions/domain/fleet/drift';
import { LatestPreflightSchema, PreflightRecordSchema } from '../../../../functions/domain/fleet/preflight';
import { NOW } from '../../../fakes/vending';
import { at, error, key, previewed, type Kind, recordRules } from '../records/record-kind';

const PHASES_OF_PASS = ['VENDED', 'FAILED', 'RUNNING', 'QUEUED', 'ACCEPTED', 'AWAITING_APPROVAL', 'SETTLING', 'ENDED'];

const KINDS: Readonly<Record<string, Kind>> = {
  pass: {
    schema: drift.PassRecordSchema,
    whole: {
      ...drift.newPass('p', NOW),
      cursor: 'c',
      takenUntil: at,
      endedAt: at,
      changed: 1,
      failed: 1,
      unfinished: 1,
      lost: 1,
    },
    absent: { unchanged: 0, lost: null },
    words: { phase: PHASES_OF_PASS },
  },
  'latest pass': { schema: drift.LatestPassSchema, whole: { pass: 'p' } },
  'open reconciliation': {
    schema: drift.OpenReconciliationSchema,
    whole: { before: 'VENDED' },
    words: { before: ['VENDED', 'FAILED'] },
  },
  drift: {
    schema: drift.DriftRecordSchema,
    whole: {
      ...key,
      tenantUuid: 't',
      workspaceIdentifier: 'w',
      projectIdentifier: 'p',
      accountId: 'a',
      before: 'VENDED',
      outcome: 'VENDED',
      endedAt: at,
      error,
      changes: [previewed],
      changesLeftOut: 0,
    },
    absent: { 'error.accountLost': undefined },
    words: { before: ['VENDED', 'FAILED'], outcome: ['VENDED', 'FAILED', 'SUPERSEDED'] },
  },
  'lost account': {
    schema: drift.LostAccountSchema,
    whole: { tenantUuid: 't', workspaceIdentifier: 'w', projectIdentifier: 'p', accountId: 'a', since: at },
  },
  preflight: {
    schema: PreflightRecordSchema,
    whole: {
      id: 'i',
      status: 'RUNNING',
      startedAt: at,
      finishedAt: at,
      checks: [{ id: 'c', sentence: 's', result: 'ok', detail: 'd', remedy: 'r' }],
    },
    words: {
      status: ['RUNNING', 'PASSED', 'FINDINGS', 'FAILED'],
      'checks.0.result': ['ok', 'failed', 'skipped', 'unknown'],
    },
  },
  'latest preflight': { schema: LatestPreflightSchema, whole: { preflight: 'p' } },
};

for (const [name, kind] of Object.entries(KINDS)) recordRules(name, kind);
