import { RejectedError } from '../../domain/errors';
import type { StackInstanceRecord } from '../../domain/ledger-records';
import { operationIdOf } from '../../domain/stack-instance-work';
import { accountOf, type Step, type StepReport, type Vending } from '../../domain/vending';
import {
  declaredParameters,
  type PlannedStackSet,
  plannedStackSet,
  type RegionStanding,
  standings,
  wantedInstances,
} from '../../domain/wanted-stack-set';
import type { FurnishingMemory } from '../../ports/furnishing-memory';
import type { StackSets } from '../../ports/stack-sets';

export interface DeployStackInstancesPorts {
  readonly memory: FurnishingMemory;
  readonly stackSets: StackSets;
  /** The stack set of this iteration. */
  readonly stackSet: string;
}

/**
 * Creates the account's missing instances of a stack set, or updates those that are not as planned; CheckStackInstances waits and comes back here
 * until nothing is left. What is asked is written down first with its operation id, so a repeated call is the same operation. A second run
 * with the same content writes nothing.
 *
 * @throws RejectedError when there is no such stack set, or CloudFormation has given an instance up
 */
export function deployStackInstances(ports: DeployStackInstancesPorts): Step {
  return async (vending) => {
    const planned = plannedStackSet(vending, ports.stackSet);
    const described = await ports.stackSets.describe(planned);
    if (described === undefined) throw unknownStackSet(planned, vending);
    const parameters = declaredParameters(vending, planned, described.declaredParameters);
    const wanted = wantedInstances(planned, parameters);
    const seen = await ports.stackSets.listInstances(planned, accountOf(vending).id);
    const all = standings(vending, wanted, seen);
    const inoperable = all.find(({ standing }) => standing === 'inoperable');
    if (inoperable !== undefined) throw givenUp(planned, inoperable);
    const due = nextBatch(all);
    if (due.length === 0) return { result: { asked: false }, remark: `${planned.name}: nothing to be asked for.` };
    const isCreation = due.every((one) => one.seen === undefined);
    const records = recordsOf(vending, planned.name, wanted.contentHash, due);
    await ports.memory.recordStackInstances(vending.tenant.stackInstances, merged(vending, records));
    return ask(ports, vending, planned, parameters, records, isCreation);
  };
}

/** An operation either creates or updates: what is missing first. What was asked for and is not to be seen is asked for again, under the same id. */
function nextBatch(all: readonly RegionStanding[]): readonly RegionStanding[] {
  const due = all.filter(({ standing, seen, asked }) =>
    standing === 'asked' ? seen?.lastOperationId !== asked?.operationId : standing !== 'current',
  );
  const repeated = due.filter(({ standing }) => standing === 'asked');
  if (repeated.length > 0) {
    return repeated.filter(({ asked }) => asked?.operationId === repeated[0]?.asked?.operationId);
  }
  const missing = due.filter(({ seen }) => seen === undefined);
  return missing.length > 0 ? missing : due;
}

/** The number rises with every change of content and after every failure; with it the id of the operation. */
function recordsOf(
  { tenant, now }: Vending,
  stackSet: string,
  contentHash: string,
  due: readonly RegionStanding[],
): readonly StackInstanceRecord[] {
  const isRepeated = due.every(({ standing }) => standing === 'asked');
  const n = Math.max(...due.map(({ asked }) => asked?.n ?? 0)) + (isRepeated ? 0 : 1);
  const regions = due.map(({ region }) => region);
  const operationId = operationIdOf(tenant.tenantUuid, stackSet, [contentHash, ...regions].join(' '), n);
  return due.map(({ region, asked }) => ({
    stackSet,
    region,
    contentHash,
    n,
    operationId,
    askedAt: now.toISOString(),
    failures: asked?.contentHash === contentHash ? asked.failures : 0,
    pauses: 0,
  }));
}

function merged({ tenant }: Vending, records: readonly StackInstanceRecord[]): readonly StackInstanceRecord[] {
  const isReplaced = (known: StackInstanceRecord): boolean =>
    records.some(({ stackSet, region }) => stackSet === known.stackSet && region === known.region);
  return [...tenant.stackInstances.filter((known) => !isReplaced(known)), ...records];
}

async function ask(
  { stackSets }: DeployStackInstancesPorts,
  vending: Vending,
  planned: PlannedStackSet,
  parameters: Readonly<Record<string, string>>,
  records: readonly StackInstanceRecord[],
  isCreation: boolean,
): Promise<StepReport> {
  const regions = records.map(({ region }) => region);
  const request = {
    stackSet: planned,
    accountId: accountOf(vending).id,
    regions,
    parameters,
    operationId: records[0]?.operationId ?? '',
  };
  const answer = isCreation ? await stackSets.createInstances(request) : await stackSets.updateInstances(request);
  if (answer === 'busy') return { result: { asked: false }, remark: `${planned.name} is busy with another operation.` };
  const to = `${isCreation ? 'created' : 'updated'} in ${regions.join(', ')}`;
  return { result: { asked: true }, changes: [{ what: `stack set ${planned.name}`, from: null, to }] };
}

function unknownStackSet({ name, homeRegion }: PlannedStackSet, { plan }: Vending): RejectedError {
  return new RejectedError(
    `There is no stack set "${name}" in ${homeRegion} of the automation account.`,
    `Create it there, or correct stackSets in landing-zones/${plan.landingZone}.json and deploy; then replay this vending.`,
  );
}

function givenUp({ name }: PlannedStackSet, { region, seen }: RegionStanding): RejectedError {
  return new RejectedError(
    `CloudFormation has given up the instance of stack set "${name}" in ${region} (INOPERABLE): ${seen?.reason ?? 'no reason given'}.`,
    'Delete the instance with "retain stacks" in the StackSets console, delete its stack in the account, and replay this vending.',
  );
}
