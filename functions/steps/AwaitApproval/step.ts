import { expiryOf, hasExpired } from '../../domain/run/approval';
import { isClosing, type Step } from '../../domain/run/step-context';
import { namedUnitOf } from '../../domain/plan/plan';
import { askedForBy } from '../../domain/run/changes-of-run';
import { RejectedError } from '../../domain/base/errors';
import type { RunRecord } from '../../domain/records/ledger-records';
import type { Approvals } from '../../ports/repositories';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { RunWatch } from '../../ports/queues';
import { outcomesOf } from '../outcome';

const { done, goTo } = outcomesOf('AwaitTurn');

export interface AwaitApprovalPorts {
  readonly approvals: Approvals;
  readonly outcomes: OutcomePublisher;
  readonly watch: RunWatch;
  readonly run: RunRecord;
}

/**
 * Asks somebody to approve the run, and waits: one token for the whole time, and nothing looks on meanwhile. The
 * decision goes to the token, and so into the execution.
 *
 * A second run of this state asks again, under its new token, until the same instant; where it was decided meanwhile,
 * it hands that on. Once that instant has passed, it has the run looked after, since the chain of looks has ended while
 * it waited, and fails.
 *
 * @throws RejectedError when nobody has decided in time
 */
export function awaitApproval({ approvals, outcomes, watch, run }: AwaitApprovalPorts): Step {
  return async ({ tenant, plan, now }) => {
    if (plan.approval === undefined) {
      throw new RejectedError(
        'The plan of this run asks for no approval.',
        'Replay this run: a new one begins with its plan.',
      );
    }
    const approval = await approvals.ask(plan.approval.expiresAfterDays);
    if (approval.decision !== null) {
      await approvals.deliver(approval);
      return done(`It was decided already: ${approval.decision}.`);
    }
    if (hasExpired(approval, now)) {
      await watch.watch({ tenantUuid: tenant.tenantUuid, replicationSequence: tenant.latestSequence });
      const { message, remedy } = expiryOf(approval);
      throw new RejectedError(message, remedy);
    }
    await outcomes.publish({
      type: isClosing(run) ? 'Account Closing Awaits Approval' : 'Account Vending Awaits Approval',
      detail: {
        tenantUuid: tenant.tenantUuid,
        replicationSequence: run.replicationSequence,
        run: run.run,
        workspaceIdentifier: tenant.workspaceIdentifier,
        projectIdentifier: tenant.projectIdentifier,
        ...askedForBy({ ...run, approval: undefined }),
        landingZone: plan.landingZone,
        accountId: tenant.account?.id ?? null,
        accountName: plan.account.name,
        email: plan.account.email,
        organizationalUnitId: namedUnitOf(plan),
        expiresAt: approval.expiresAt,
        executionArn: run.executionArn ?? '',
      },
    });
    return goTo('token', `Waits for an approval until ${approval.expiresAt}.`);
  };
}
