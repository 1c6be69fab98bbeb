import { isClosing } from '../domain/run/step-context';
import type { RunRecord, TenantRecord } from '../domain/records/ledger-records';
import { readTenant } from '../ledger/tenants/tenant-items';
import { replayRun } from '../ledger/runs/replay-run';
import { startRun } from '../ledger/runs/start-run';
import type { RunWatch } from '../ports/queues';
import { type RedrivePorts, redriveRun } from '../replay/redrive-run';
import { type Answer, answer, problem, tenantNotFound } from './answer';
import type { ApiRequest } from './api-request';
import type { VendingReplayed } from './responses';

export interface ReplayPorts extends RedrivePorts {
  readonly watch: RunWatch;
}

/**
 * `POST /vendings/{tenantUuid}/replay`: lets the last run of the tenant, which has failed, go on at the state that has
 * failed, or begins a new run with a fresh plan where a refusal would only come again, or the last run was a shadow
 * run. The ledger is written first; who
 * is killed after that is followed by WatchRuns.
 */
export async function postReplay(ports: ReplayPorts, { pathParameters, caller }: ApiRequest): Promise<Answer> {
  const tenantUuid = (pathParameters['tenantUuid'] ?? '').toLowerCase();
  const replayed = await replayTenant(ports, tenantUuid, caller);
  if ('refusal' in replayed) return problem('conflict', replayed.refusal);
  return 'replay' in replayed ? answer(202, replayed) : tenantNotFound(tenantUuid);
}

/** What has become of it. */
type Replayed = VendingReplayed | { readonly refusal: string } | { readonly unknown: true };

/** Replays the last run of one tenant. */
export async function replayTenant(ports: ReplayPorts, tenantUuid: string, caller: string | null): Promise<Replayed> {
  const { ledger } = ports;
  const tenant = await readTenant(ledger, tenantUuid);
  if (tenant === undefined) return { unknown: true };
  await ports.watch.watch({ tenantUuid, replicationSequence: tenant.latestSequence });
  const replay = await replayRun(ledger, tenantUuid, ports.now(), caller);
  switch (replay.verdict) {
    case 'unknown-tenant':
      return { unknown: true };
    case 'refused':
      return { refusal: replayRefusal(replay.tenant, replay.run) };
    case 'restarted': {
      const { replicationSequence, run } = replay.run;
      const executionArn = await startRun(ledger, ports.workflow, { tenantUuid, replicationSequence, run });
      return { tenantUuid, replicationSequence, executionArn, status: 'ACCEPTED', replay: 'restarted' };
    }
    case 'resumed': {
      const { replicationSequence } = replay.run;
      const redriven = await redriveRun(ports, tenantUuid, replay.run);
      const status = redriven.replay === 'redriven' ? 'RUNNING' : 'ACCEPTED';
      return { tenantUuid, replicationSequence, ...redriven, status };
    }
  }
}

/** Why there is nothing to replay, and what to do instead. */
export function replayRefusal({ deletion, activeRun, rejection, status }: TenantRecord, run: RunRecord | null): string {
  if (status === 'AWAITING_APPROVAL') {
    return 'The run waits for an approval. Give it, or reject it (POST /vendings/{tenantUuid}/approval); only a run that has failed can be replayed.';
  }
  if (activeRun !== null) {
    return (
      `The run of sequence ${activeRun.replicationSequence} is under way. Wait for its end (GET /vendings/{tenantUuid} tells its story); ` +
      'only a run that has failed can be replayed.'
    );
  }
  if (deletion !== null && (run === null || !isClosing(run))) {
    return (
      `Sequence ${deletion.replicationSequence} has superseded what was vended before: the tenant is marked for deletion, and nothing more is vended. ` +
      'To keep it, send it as ACTIVE with a higher replicationSequence.'
    );
  }
  if (run === null) {
    return rejection === null
      ? 'There is no run to replay. Send the desired state again with a higher replicationSequence.'
      : 'No desired state of this tenant has been accepted, so nothing has run. Correct what its rejection names, and send it again.';
  }
  return (
    `The last run (sequence ${run.replicationSequence}, run ${run.run}) has ended as ${run.status}, so there is nothing to replay. ` +
    'To change something, send a desired state with a higher replicationSequence.'
  );
}
