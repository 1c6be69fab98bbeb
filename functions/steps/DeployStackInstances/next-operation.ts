import type { StackInstanceRecord } from '../../domain/records/account-records';
import { operationIdOf } from '../../domain/stack-sets/stack-instance-work';
import type { StepContext } from '../../domain/run/step-context';
import {
  isInstanceOf,
  type PlannedStackSet,
  type RegionStatus,
  rolloutOf,
} from '../../domain/stack-sets/wanted-stack-set';

/** What CloudFormation is asked for next, as it stands in the ledger: one operation, for one or more regions. */
export interface NextOperation {
  readonly operationId: string;
  readonly isCreation: boolean;
  readonly records: readonly StackInstanceRecord[];
}

/**
 * Undefined when there is nothing to be asked for. An operation either creates or updates: what is missing comes first.
 */
export function nextOperation(
  context: StepContext,
  planned: PlannedStackSet,
  content: string,
  all: readonly RegionStatus[],
): NextOperation | undefined {
  const unanswered = all.find(({ standing, asked }) => standing === 'unseen' && asked?.phase === 'asked');
  if (unanswered?.asked !== undefined)
    return repeated(context, planned, unanswered.asked, unanswered.seen === undefined);
  const due = all.filter(({ standing }) => standing === 'missing' || standing === 'stale' || standing === 'failed');
  const missing = due.filter(({ seen }) => seen === undefined);
  if (due.length === 0) return undefined;
  return missing.length > 0
    ? renewed(context, planned, content, missing, true)
    : renewed(context, planned, content, due, false);
}

/** Exactly what was asked for before, of the same regions and under the same id: CloudFormation may have taken it. */
function repeated(
  { tenant }: StepContext,
  planned: PlannedStackSet,
  { operationId }: StackInstanceRecord,
  isCreation: boolean,
): NextOperation {
  const records = tenant.stackInstances
    .filter((record) => isInstanceOf(record, planned) && record.operationId === operationId)
    .map((record) => ({ ...record, ...rolloutOf(planned), pauses: 0 }));
  return { operationId, isCreation, records };
}

/** The number rises with every change of content and after every failure; with it the id of the operation. */
function renewed(
  { tenant, now }: StepContext,
  planned: PlannedStackSet,
  contentHash: string,
  due: readonly RegionStatus[],
  isCreation: boolean,
): NextOperation {
  const n = Math.max(tenant.numbersFrom ?? 0, ...due.map(({ asked }) => asked?.n ?? 0)) + 1;
  const regions = due.map(({ region }) => region);
  const { name: stackSet } = planned;
  const operationId = operationIdOf(tenant.tenantUuid, { stackSet, contentHash, n }, regions);
  const records = due.map(({ region, asked }): StackInstanceRecord => ({
    ...asked,
    stackSet,
    region,
    contentHash,
    n,
    operationId,
    ...rolloutOf(planned),
    phase: 'asked',
    askedAt: now.toISOString(),
    failures: asked?.contentHash === contentHash ? asked.failures : 0,
    pauses: 0,
  }));
  return { operationId, isCreation, records };
}
