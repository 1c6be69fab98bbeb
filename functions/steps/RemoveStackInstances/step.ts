import { stackSetLane } from '../../domain/queue/lanes';
import {
  instanceRemovals,
  type InstanceRemoval,
  plannedRemoval,
  recordsOf,
  type StackSetRemoval,
  removalKey,
} from '../../domain/stack-sets/stack-set-removal';
import { mergedRecords } from '../../domain/stack-sets/stack-instance-work';
import { accountOf, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import type { TenantRepository } from '../../ports/repositories';
import type { LaneTurns } from '../../ports/lane-queue';
import type { StackSets } from '../../ports/stack-sets';
import { outcomesOf } from '../outcome';
import { askForOperation, REMOVE } from '../stack-set-rollout';
import { contentHash } from '../../domain/base/json';
import type { StackInstanceRecord } from '../../domain/records/account-records';

const { done } = outcomesOf('RemoveStackInstances');

export interface RemoveStackInstancesPorts {
  readonly repository: TenantRepository;
  readonly stackSets: Pick<StackSets, 'describe' | 'listInstances' | 'deleteInstances'>;
  readonly turns: LaneTurns;
  /** The stack set of this iteration. */
  readonly removal: string;
}

/**
 * Asks CloudFormation to remove the account's instances of a stack set that it has no more use for, with their stacks;
 * CheckRemoval waits and comes back here until none is left. What is asked is written down first with its operation id,
 * so a repeated call is the same operation. It takes a turn in the stack set's lane (`goTo('turn')` where there is
 * none: the workflow queues for it), unless its managed execution is active. Instances that the ledger does not know as
 * ours are never asked for. A second run finds them gone and writes nothing.
 */
export function removeStackInstances(ports: RemoveStackInstancesPorts): Step {
  return async (context) => {
    const planned = plannedRemoval(context, ports.removal);
    const described = await ports.stackSets.describe(planned);
    if (described === undefined) return forget(ports, context, planned);
    await ports.turns.setLimit(stackSetLane(planned), described.takesManyOperations);
    const seen = await ports.stackSets.listInstances(planned, accountOf(context).id);
    const next = nextRemoval(context, planned, instanceRemovals(context, planned, seen));
    if (next === undefined) return done(`${planned.name}: nothing to be asked for.`);
    const { operationId, records } = next;
    return askForOperation(ports, REMOVE, context, {
      stackSet: planned,
      records,
      takesManyOperations: described.takesManyOperations,
      send: (regions) =>
        ports.stackSets.deleteInstances({ stackSet: planned, accountId: accountOf(context).id, regions, operationId }),
      changeIn: (regions) => ({ what: `stack set ${planned.name}`, from: `in ${regions}`, to: null }),
    });
  };
}

/** A stack set can only be deleted once it has no instances. */
async function forget(
  { repository }: RemoveStackInstancesPorts,
  { tenant: { stackInstances } }: StepContext,
  planned: StackSetRemoval,
): Promise<StepReport> {
  const removed = recordsOf(stackInstances, planned).map((record) => ({ ...record, phase: 'removed' as const }));
  if (removed.length > 0)
    await repository.update('stackInstances', {
      before: stackInstances,
      after: mergedRecords(stackInstances, removed),
    });
  return done(`There is no stack set ${planned.name} in ${planned.homeRegion} any more, and so none of its instances.`);
}

interface NextRemoval {
  readonly operationId: string;
  readonly records: readonly StackInstanceRecord[];
}

/**
 * What CloudFormation is asked for next, as it stands in the ledger. Undefined when there is nothing to be asked for.
 */
function nextRemoval(
  { tenant, now }: StepContext,
  removal: StackSetRemoval,
  looks: readonly InstanceRemoval[],
): NextRemoval | undefined {
  const unanswered = looks.find(({ standing, record }) => standing === 'unseen' && record.phase === 'removalAsked');
  if (unanswered !== undefined) return repeated(looks, unanswered.record);
  const due = looks.filter(({ standing }) => standing === 'due').map(({ record }) => record);
  if (due.length === 0) return undefined;
  const n = Math.max(tenant.numbersFrom ?? 0, ...due.map((record) => record.n)) + 1;
  const regions = due.map(({ region }) => region);
  const operationId = contentHash(['removal', tenant.tenantUuid, removalKey(removal), regions, n]);
  const asked = { phase: 'removalAsked', contentHash: '', n, operationId, askedAt: now.toISOString() } as const;
  const records = due.map((record) => ({ ...record, ...asked, pauses: 0, failures: failuresOf(record) }));
  return { operationId, records };
}

/** Failures of the roll-out are none of the removal. */
const failuresOf = ({ phase, failures }: StackInstanceRecord): number => (phase === 'removalFailed' ? failures : 0);

/** Exactly what was asked for before, under the same id: CloudFormation may have taken it. */
function repeated(looks: readonly InstanceRemoval[], { operationId }: StackInstanceRecord): NextRemoval {
  const same = looks.map(({ record }) => record).filter((record) => record.operationId === operationId);
  return { operationId, records: same.map((record) => ({ ...record, pauses: 0 })) };
}
