import { askedForBy } from '../../domain/run/changes-of-run';
import type { RunRecord, ShadowRecord } from '../../domain/records/ledger-records';
import { acting, shadowRecord, shadowTold, shadowVerdict } from '../../domain/run/shadow';
import { isClosing, type Step } from '../../domain/run/step-context';
import type { ChangePreview } from '../../ports/invoked-functions';
import type { OutcomePublisher } from '../../ports/outcome-publisher';

export interface CompleteShadowPorts {
  readonly previews: ChangePreview;
  readonly outcomes: OutcomePublisher;
  readonly repository: { complete(shadow: ShadowRecord): Promise<void> };
  readonly run: RunRecord;
}

/**
 * Asks what this run would change if it were allowed to act, tells the world, records it, and starts a newer desired
 * state that was waiting. The question is a dry run, whose sessions in other accounts can only read; this state has
 * none. Killed in between, it asks and tells again; one that has ended already tells what it has recorded.
 */
export function completeShadow({ previews, outcomes, repository, run }: CompleteShadowPorts): Step {
  return async ({ tenant, plan }) => {
    const accountId = tenant.account?.id ?? null;
    const shadow = run.shadow ?? shadowRecord(await previews.preview(acting(plan)), plan, accountId);
    const { tenantUuid, workspaceIdentifier, projectIdentifier } = tenant;
    await outcomes.publish({
      type: isClosing(run) ? 'Account Closing Shadowed' : 'Account Vending Shadowed',
      detail: {
        tenantUuid,
        replicationSequence: run.replicationSequence,
        run: run.run,
        workspaceIdentifier,
        projectIdentifier,
        ...askedForBy(run),
        ...shadowTold(shadow),
      },
    });
    await repository.complete(shadow);
    return { result: { verdict: shadowVerdict(shadow) }, remark: REMARKS[shadowVerdict(shadow)] };
  };
}

const REMARKS = {
  SAME: 'A run would change nothing.',
  CHANGE: 'A run would change what is listed; nothing was changed.',
  CREATE: 'A run would create the account; nothing was created.',
  REFUSED: 'A run would be refused; nothing was changed.',
};
