import { RejectedError } from '../../domain/errors';
import type { StackInstanceRecord } from '../../domain/ledger-records';
import { nextLook } from '../../domain/poll-interval';
import { accountOf, secondsBetween, type Step, type StepReport, type Vending } from '../../domain/vending';
import { plannedStackSet } from '../../domain/wanted-stack-set';
import type { FurnishingMemory } from '../../ports/furnishing-memory';
import type { StackInstance, StackSets } from '../../ports/stack-sets';

export interface CheckStackInstancesPorts {
  readonly memory: FurnishingMemory;
  readonly stackSets: Pick<StackSets, 'listInstances'>;
  /** The stack set of this iteration. */
  readonly stackSet: string;
}

const RHYTHM = { leastSeconds: 5, mostSeconds: 30 };

/** What was asked for and cannot be seen was not taken (the stack set was busy), or the list is behind: ask again, under the same id. */
const PAUSES_UNSEEN = 3;
const UNSEEN_SECONDS = 10;
const OPERATION_SECONDS = 2 * 60 * 60;

/** The first failures may be those of a new account, whose execution role is not known everywhere yet. */
const MOST_FAILURES = 4;
const AFTER_FAILURE_SECONDS = 45;

const ENDED_BADLY = new Set(['FAILED', 'CANCELLED', 'FAILED_IMPORT', 'INOPERABLE', 'SKIPPED_SUSPENDED_ACCOUNT']);

/**
 * Are the account's instances of a stack set current? Progress is read from the instances alone (the source document grants no look at operations),
 * and only where they name our operation. `deployAgain` sends the workflow back to DeployStackInstances, which decides what is left. A second run
 * answers at once.
 *
 * @throws RejectedError with the instance's own reason, when it has failed several times or takes longer than its budget
 */
export function checkStackInstances(ports: CheckStackInstancesPorts): Step {
  return async (vending) => {
    const planned = plannedStackSet(vending, ports.stackSet);
    const asked = vending.tenant.stackInstances.filter(
      ({ stackSet, region }) => stackSet === planned.name && planned.regions.includes(region),
    );
    if (asked.length < planned.regions.length) return deployAgain('More instances are to be created.');
    const seen = await ports.stackSets.listInstances(planned, accountOf(vending).id);
    const looks = asked.map((record) => lookAt(record, seen));
    const failed = looks.find(({ state }) => state === 'failed');
    if (failed !== undefined) return countFailure(ports, vending, failed);
    const unseen = looks.find(({ state }) => state === 'unseen');
    if (unseen !== undefined) return pause(ports, vending, unseen.record);
    const running = looks.find(({ state }) => state === 'running');
    if (running !== undefined) return waitFor(vending, running.record);
    return { result: { ready: true, deployAgain: false, waitSeconds: 0 }, remark: `${planned.name} is current.` };
  };
}

interface Look {
  readonly record: StackInstanceRecord;
  readonly state: 'unseen' | 'running' | 'failed' | 'current';
  readonly reason: string | null;
}

function lookAt(record: StackInstanceRecord, seen: readonly StackInstance[]): Look {
  const instance = seen.find(({ region }) => region === record.region);
  if (instance?.lastOperationId !== record.operationId) return { record, state: 'unseen', reason: null };
  const { detailedStatus, status, reason } = instance;
  if (ENDED_BADLY.has(detailedStatus)) return { record, state: 'failed', reason };
  return { record, state: detailedStatus === 'SUCCEEDED' && status === 'CURRENT' ? 'current' : 'running', reason };
}

const deployAgain = (remark: string): StepReport => ({
  result: { ready: false, deployAgain: true, waitSeconds: 0 },
  remark,
});

const wait = (waitSeconds: number, remark: string): StepReport => ({
  result: { ready: false, deployAgain: false, waitSeconds },
  remark,
});

function waitFor(vending: Vending, record: StackInstanceRecord): StepReport {
  const age = secondsBetween(record.askedAt, vending.now);
  const inState = secondsBetween(vending.stateEnteredAt, vending.now);
  if (Math.min(age, inState) >= OPERATION_SECONDS) {
    throw new RejectedError(
      `The stack set "${record.stackSet}" has been at work in ${record.region} for ${OPERATION_SECONDS / 3600} hours.`,
      'Look at its operations in the StackSets console; when they are over, replay this vending.',
    );
  }
  return wait(nextLook(age, RHYTHM), `${record.stackSet} is being deployed.`);
}

async function pause(
  ports: CheckStackInstancesPorts,
  vending: Vending,
  record: StackInstanceRecord,
): Promise<StepReport> {
  if (record.pauses >= PAUSES_UNSEEN) return deployAgain(`${record.stackSet}: asking CloudFormation again.`);
  await change(ports, vending, record, { pauses: record.pauses + 1 });
  return wait(UNSEEN_SECONDS, `${record.stackSet}: CloudFormation has not begun yet.`);
}

async function countFailure(
  ports: CheckStackInstancesPorts,
  vending: Vending,
  { record, reason }: Look,
): Promise<StepReport> {
  if (record.failures + 1 >= MOST_FAILURES) {
    await change(ports, vending, record, { failures: 0, pauses: 0 });
    throw new RejectedError(
      `The stack set "${record.stackSet}" could not be deployed in ${record.region}: ${reason ?? 'CloudFormation gives no reason'}.`,
      'Mend what it names: the template, the execution role in the account, or the trust of the administration role; then replay this vending.',
    );
  }
  const remark = `${record.stackSet} has failed (${reason ?? 'no reason given'}); trying again.`;
  if (record.pauses === 0) {
    await change(ports, vending, record, { pauses: 1 });
    return wait(AFTER_FAILURE_SECONDS, remark);
  }
  await change(ports, vending, record, { failures: record.failures + 1 });
  return deployAgain(remark);
}

/** One operation may cover several regions: they share its fate. */
async function change(
  { memory }: CheckStackInstancesPorts,
  { tenant: { stackInstances } }: Vending,
  { operationId }: StackInstanceRecord,
  changed: Partial<StackInstanceRecord>,
): Promise<void> {
  const after = stackInstances.map((record) =>
    record.operationId === operationId ? { ...record, ...changed } : record,
  );
  await memory.recordStackInstances(stackInstances, after);
}
