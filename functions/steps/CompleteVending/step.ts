import { askedForBy, changesOfRun } from '../../domain/run/changes-of-run';
import { accountOf, type Step } from '../../domain/run/step-context';
import { namedUnitOf } from '../../domain/plan/plan';
import type { RunRecord } from '../../domain/records/ledger-records';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { RunRepository } from '../../ports/repositories';

export interface CompleteVendingPorts {
  readonly repository: Pick<RunRepository, 'complete'>;
  readonly outcomes: OutcomePublisher;
  readonly run: Pick<RunRecord, 'replicationSequence' | 'run' | 'steps' | 'requestedBy' | 'replayedBy' | 'approval'>;
  /**
   * What the account has in AWS: an alias may have been kept, or a place below the landing zone's OU. Absent: as
   * planned.
   */
  readonly actual: { readonly alias?: string | undefined; readonly organizationalUnitId?: string | undefined };
}

/**
 * Tells the world that the account is as wanted, records it, and starts a newer desired state that was waiting. In this
 * order: a run that is killed in between comes back here (the fence lets an ended run finish this state, and no other),
 * publishes again - consumers get events at least once - and does what was left undone.
 */
export function completeVending({ repository, outcomes, run, actual }: CompleteVendingPorts): Step {
  return async (context) => {
    const { tenant, plan } = context;
    const account = accountOf(context);
    await outcomes.publish({
      type: 'Account Vended',
      detail: {
        tenantUuid: tenant.tenantUuid,
        replicationSequence: run.replicationSequence,
        run: run.run,
        workspaceIdentifier: tenant.workspaceIdentifier,
        projectIdentifier: tenant.projectIdentifier,
        accountId: account.id,
        accountName: account.name,
        email: account.email,
        alias: actual.alias ?? plan.account.alias,
        organizationalUnitId: actual.organizationalUnitId ?? namedUnitOf(plan),
        ...askedForBy(run),
        ...changesOfRun(run),
      },
    });
    await repository.complete();
    return { result: { accountId: account.id } };
  };
}
