import { accountStateOf } from '../../domain/records/tenant-account';
import { askedForBy, changesOfRun } from '../../domain/run/changes-of-run';
import type { RunRecord } from '../../domain/records/ledger-records';
import type { Step } from '../../domain/run/step-context';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { RunRepository } from '../../ports/repositories';

export interface CompleteClosingPorts {
  readonly repository: Pick<RunRepository, 'complete'>;
  /** The account was in the organization no more when the closing looked for it. */
  readonly accountGone: boolean;
  readonly outcomes: OutcomePublisher;
  readonly run: Pick<RunRecord, 'replicationSequence' | 'run' | 'steps' | 'requestedBy' | 'replayedBy' | 'approval'>;
}

/**
 * Tells the world that the tenant is gone and what has become of its account, records it, and starts a newer desired
 * state that was waiting. In this order, as CompleteVending does: a run that is killed in between comes back here,
 * publishes again and does what was left undone.
 */
export function completeClosing({ repository, accountGone, outcomes, run }: CompleteClosingPorts): Step {
  return async ({ tenant }) => {
    const { tenantUuid, workspaceIdentifier, projectIdentifier, account } = tenant;
    await outcomes.publish({
      type: 'Account Closed',
      detail: {
        tenantUuid,
        replicationSequence: run.replicationSequence,
        run: run.run,
        workspaceIdentifier,
        projectIdentifier,
        accountId: account?.id ?? null,
        accountName: account?.name ?? null,
        email: account?.email ?? null,
        accountState: accountStateOf(tenant, !accountGone),
        ...askedForBy(run),
        ...changesOfRun(run),
      },
    });
    await repository.complete();
    return { result: { accountId: account?.id ?? null } };
  };
}
