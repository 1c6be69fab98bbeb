import { isDeepStrictEqual } from 'node:util';

import { RejectedError } from '../../domain/base/errors';
import { stackSetLane } from '../../domain/queue/lanes';
import type { StackInstanceRecord } from '../../domain/records/account-records';
import { isCurrent, mergedRecords } from '../../domain/stack-sets/stack-instance-work';
import { accountOf, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import {
  contentOf,
  declaredParameters,
  isInstanceOf,
  type PlannedStackSet,
  plannedStackSet,
  type RegionStatus,
  rolloutOf,
  standings,
} from '../../domain/stack-sets/wanted-stack-set';
import type { TenantRepository } from '../../ports/repositories';
import type { Companions, LaneTurns } from '../../ports/lane-queue';
import type { StackInstance, StackInstanceRequest, StackSets } from '../../ports/stack-sets';
import { outcomesOf } from '../outcome';
import { askForOperation, changeRecords, DEPLOY } from '../stack-set-rollout';
import { companionsOf, letIn, type SharedOperation } from './companions';
import { nextOperation } from './next-operation';

export interface DeployStackInstancesPorts {
  readonly repository: TenantRepository;
  readonly stackSets: StackSets;
  readonly turns: LaneTurns;
  /** Those who wait for the same; a dry run knows of nobody. */
  readonly companions?: Companions;
  /** The stack set of this iteration. */
  readonly stackSet: string;
  /** Until the roles of OpenAccount count everywhere: some seconds at most, since the workflow has waited before. */
  readonly rolesCount?: () => Promise<void>;
}

/**
 * Creates the account's missing instances of a stack set, or updates those that are not as planned; CheckStackInstances
 * waits and comes back here until nothing is left. What is asked is written down first with its operation id, so a
 * repeated call is the same operation. An operation takes a turn in the stack set's lane (`goTo('turn')` where there is
 * none: the workflow queues for it), unless its managed execution is active, which is recorded for the runs that wait.
 * A second run with the same content writes nothing.
 *
 * @throws RejectedError when there is no such stack set, or CloudFormation has given an instance up
 */
export function deployStackInstances(ports: DeployStackInstancesPorts): Step {
  const { companions } = ports;
  return async (begun) => {
    const planned = plannedStackSet(begun, ports.stackSet);
    const described = await ports.stackSets.describe(planned);
    if (described === undefined) throw unknownStackSet(planned, begun);
    await ports.turns.setLimit(stackSetLane(planned), described.takesManyOperations);
    const parameters = declaredParameters(begun, planned, described.declaredParameters);
    const content = contentOf(planned, parameters);
    const seen = await ports.stackSets.listInstances(planned, accountOf(begun).id);
    const context = await withKnownAgain(ports, begun, { planned, parameters, seen });
    const all = standings(context, planned, seen, content);
    const inoperable = all.find(({ standing }) => standing === 'inoperable');
    if (inoperable !== undefined) return giveUp(ports, context, planned, inoperable);
    const next = nextOperation(context, planned, content, all);
    if (next === undefined) return recordRemovability(ports, context, planned);
    const { operationId, isCreation, records } = next;
    return askForOperation(ports, DEPLOY, context, {
      stackSet: planned,
      records,
      takesManyOperations: described.takesManyOperations,
      send: async (regions) => {
        await ports.rolesCount?.();
        const request = { stackSet: planned, accountId: accountOf(context).id, regions, parameters, operationId };
        if (!isCreation) return ports.stackSets.updateInstances(request);
        // Only an operation for all that an account is to have is what others wait for.
        const isWhole = !described.takesManyOperations && regions.length === planned.regions.length;
        if (companions === undefined || !isWhole) return ports.stackSets.createInstances(request);
        return createForAll(ports.stackSets, companions, request, {
          ...described,
          planned,
          parameters,
          records,
          now: context.now,
        });
      },
      changeIn: (regions) => ({
        what: `stack set ${planned.name}`,
        from: null,
        to: `${isCreation ? 'created' : 'updated'} in ${regions}`,
      }),
    });
  };
}

async function createForAll(
  stackSets: StackSets,
  companions: Companions,
  request: StackInstanceRequest,
  operation: SharedOperation,
): Promise<'started' | 'busy'> {
  const joining = await companionsOf(companions, operation);
  const alsoIn = joining.flatMap(({ tenant }) => tenant.account?.id ?? []);
  const answer = await stackSets.createInstances({ ...request, alsoIn });
  if (answer === 'started') await letIn(companions, joining, operation);
  return answer;
}

interface Comparison {
  readonly planned: PlannedStackSet;
  readonly parameters: Readonly<Record<string, string>>;
  readonly seen: readonly StackInstance[];
}

/**
 * Instances of which the ledger knows nothing, and that are current with the very parameters that they are to have:
 * they are written down, and not deployed once more. The ledger was lost, or they were there before the account became
 * the tenant's.
 */
async function withKnownAgain(
  { repository, stackSets }: DeployStackInstancesPorts,
  context: StepContext,
  { planned, parameters, seen }: Comparison,
): Promise<StepContext> {
  const { tenant, now } = context;
  const known = standings(context, planned, seen).flatMap(({ asked, region }) => (asked === undefined ? [] : [region]));
  const found: StackInstanceRecord[] = [];
  for (const instance of seen.filter(({ region }) => planned.regions.includes(region) && !known.includes(region))) {
    if (!isCurrent(instance)) continue;
    const { region, lastOperationId } = instance;
    const overrides = await stackSets.overridesOf(planned, accountOf(context).id, region);
    if (!isDeepStrictEqual(overrides, parameters)) continue;
    found.push({
      stackSet: planned.name,
      region,
      ...rolloutOf(planned),
      phase: 'current',
      failures: 0,
      pauses: 0,
      contentHash: contentOf(planned, parameters),
      n: tenant.numbersFrom ?? 0,
      operationId: lastOperationId ?? '',
      askedAt: now.toISOString(),
    });
  }
  if (found.length === 0) return context;
  const stackInstances = [...mergedRecords(tenant.stackInstances, found)];
  await repository.update('stackInstances', { before: tenant.stackInstances, after: stackInstances });
  return { ...context, tenant: { ...tenant, stackInstances } };
}

/** What the landing zone says about their removal may have changed since they were rolled out. */
async function recordRemovability(
  ports: DeployStackInstancesPorts,
  context: StepContext,
  planned: PlannedStackSet,
): Promise<StepReport> {
  await changeRecords(ports, context, (record) =>
    isInstanceOf(record, planned) ? { ...record, ...rolloutOf(planned) } : record,
  );
  return outcomesOf('DeployStackInstances').done(`${planned.name}: nothing to be asked for.`);
}

/** What was asked for is over: should a person remove the instance, the next run makes it again. */
async function giveUp(
  { repository, turns }: DeployStackInstancesPorts,
  { tenant: { stackInstances } }: StepContext,
  planned: PlannedStackSet,
  { region, asked, seen }: RegionStatus,
): Promise<never> {
  if (asked !== undefined && asked.phase !== 'failed') {
    await repository.update('stackInstances', {
      before: stackInstances,
      after: mergedRecords(stackInstances, [{ ...asked, phase: 'failed' }]),
    });
  }
  await turns.free(stackSetLane(planned));
  throw new RejectedError(
    `CloudFormation has given up the instance of stack set "${planned.name}" in ${region} (INOPERABLE): ${seen?.reason ?? 'no reason given'}.`,
    'Delete the instance with "retain stacks" in the StackSets console, delete its stack in the account, and replay this run.',
  );
}

function unknownStackSet({ name, homeRegion }: PlannedStackSet, { plan }: StepContext): RejectedError {
  return new RejectedError(
    `There is no stack set "${name}" in ${homeRegion} of the automation account.`,
    `Create it there, or correct stackSets in landing-zones/${plan.landingZone}.json and deploy; then replay this run.`,
  );
}
