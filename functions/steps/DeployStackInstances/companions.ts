import { TransientError } from '../../domain/base/errors';
import { stackSetLane } from '../../domain/queue/lanes';
import type { StackInstanceRecord } from '../../domain/records/account-records';
import { mergedRecords } from '../../domain/stack-sets/stack-instance-work';
import { isInstanceOf, isServedBy, type PlannedStackSet } from '../../domain/stack-sets/wanted-stack-set';
import type { Companion, Companions } from '../../ports/lane-queue';

/** In so many accounts at most one operation works, that of the run which asks for it included. */
const MOST_ACCOUNTS = 25;

/** An operation that creates all instances that an account is to have of a stack set. */
export interface SharedOperation {
  readonly planned: PlannedStackSet;
  readonly parameters: Readonly<Record<string, string>>;
  readonly declaredParameters: readonly string[];
  readonly records: readonly StackInstanceRecord[];
  readonly now: Date;
}

/**
 * Others who wait in the lane for the very same instances: one operation makes theirs along, and none of them waits for
 * a turn of its own. The item of each says so before CloudFormation is asked, so that its own run goes on from there,
 * whatever becomes of this one. A run that has gone on or ended meanwhile is left out.
 */
export async function companionsOf(companions: Companions, operation: SharedOperation): Promise<readonly Companion[]> {
  const { planned, now } = operation;
  const joining: Companion[] = [];
  for (const companion of await companions.waitingIn(stackSetLane(planned), MOST_ACCOUNTS - 1)) {
    const { tenant, wanted } = companion;
    if (tenant.account === null || !isServedBy(wanted, { ...operation, regions: planned.regions }, now)) continue;
    const known = tenant.stackInstances.filter((record) => isInstanceOf(record, planned));
    const isAskedAlready = known.some(({ operationId }) => operationId === operation.records[0]?.operationId);
    if (known.length > 0 && !isAskedAlready) continue;
    if (isAskedAlready) joining.push(companion);
    else joining.push(...(await recorded(companions, companion, recordsFor(companion, operation))));
  }
  return joining;
}

/** CloudFormation has taken the operation. */
export async function letIn(
  companions: Companions,
  joining: readonly Companion[],
  operation: SharedOperation,
): Promise<void> {
  for (const companion of joining) {
    const accepted = recordsFor(companion, operation).map((record) => ({ ...record, phase: 'accepted' as const }));
    await recorded(companions, companion, accepted);
  }
  if (joining.length === 0) return;
  await companions.letIn(
    stackSetLane(operation.planned),
    joining.map(({ tenant }) => tenant.tenantUuid),
  );
}

/** With a number of its own: the next operation of its run has another id. */
const recordsFor = ({ tenant }: Companion, { records }: SharedOperation): readonly StackInstanceRecord[] =>
  records.map((record) => ({ ...record, n: (tenant.numbersFrom ?? 0) + 1, phase: 'asked', failures: 0, pauses: 0 }));

/** As it is then; nobody where its run has gone on meanwhile, or has ended. */
async function recorded(
  companions: Companions,
  { tenant, wanted }: Companion,
  records: readonly StackInstanceRecord[],
): Promise<readonly Companion[]> {
  const stackInstances = [...mergedRecords(tenant.stackInstances, records)];
  try {
    const change = { before: tenant.stackInstances, after: stackInstances };
    await companions.repositoryOf(tenant.tenantUuid).update('stackInstances', change);
    return [{ tenant: { ...tenant, stackInstances }, wanted }];
  } catch (error) {
    if (error instanceof TransientError) return [];
    throw error;
  }
}
