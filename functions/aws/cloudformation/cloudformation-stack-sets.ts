import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  DeleteStackInstancesCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  type StackInstanceSummary,
  type StackSet,
  UpdateStackInstancesCommand,
  paginateListStackInstances,
} from '@aws-sdk/client-cloudformation';
import type { OperationStatus } from '../../domain/stack-sets/stack-instance-work';
import type {
  StackInstance,
  StackInstanceRemoval,
  StackInstanceRequest,
  StackSetDescription,
  StackSetKey,
  StackSets,
} from '../../ports/stack-sets';
import { automationCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isBusy, isOperationKnown, isOperationUnknown, ignoreIf } from '../base/aws-error';
import { clientSettings } from '../base/aws-settings';

/** CloudFormation of the automation account. A stack set is known in its home region alone. */
function automationCloudFormation(session: AwsSession, region: string): CloudFormationClient {
  return new CloudFormationClient({
    ...clientSettings(session.settings, session.functionName),
    region,
    credentials: automationCredentials(session),
  });
}

/** Stack sets with self-managed permissions. */
export function cloudformationStackSets(session: AwsSession): StackSets {
  const clients = new Map<string, CloudFormationClient>();
  const clientFor = ({ homeRegion }: StackSetKey): CloudFormationClient => {
    const client = clients.get(homeRegion) ?? automationCloudFormation(session, homeRegion);
    clients.set(homeRegion, client);
    return client;
  };
  return {
    describe: (stackSet) =>
      calling(`describe the stack set ${stackSet.name}`, () => describe(clientFor(stackSet), stackSet)),
    listInstances: (stackSet, accountId) =>
      calling(`list the instances of stack set ${stackSet.name}`, () =>
        listInstances(clientFor(stackSet), stackSet, accountId),
      ),
    overridesOf: (stackSet, accountId, region) =>
      calling(`describe the instance of stack set ${stackSet.name} in ${region}`, () =>
        overridesOf(clientFor(stackSet), stackSet, accountId, region),
      ),
    operationOf: (stackSet, operationId) =>
      calling(`describe the operation ${operationId} of stack set ${stackSet.name}`, () =>
        operationOf(clientFor(stackSet), stackSet, operationId),
      ),
    createInstances: (request) =>
      start(`create instances of stack set ${request.stackSet.name}`, () =>
        clientFor(request.stackSet).send(new CreateStackInstancesCommand(inputOf(request))),
      ),
    updateInstances: (request) =>
      start(`update instances of stack set ${request.stackSet.name}`, () =>
        clientFor(request.stackSet).send(new UpdateStackInstancesCommand(inputOf(request))),
      ),
    deleteInstances: (request) =>
      start(`remove instances of stack set ${request.stackSet.name}`, () =>
        clientFor(request.stackSet).send(
          new DeleteStackInstancesCommand({ ...targetsOf(request), RetainStacks: false }),
        ),
      ),
  };
}

async function describe(client: CloudFormationClient, { name }: StackSetKey): Promise<StackSetDescription | undefined> {
  try {
    const { StackSet } = await client.send(new DescribeStackSetCommand({ StackSetName: name }));
    if (StackSet === undefined || StackSet.Status === 'DELETED') return undefined;
    return descriptionOf(StackSet);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function descriptionOf({
  Parameters = [],
  ManagedExecution,
  PermissionModel,
  ExecutionRoleName,
  AdministrationRoleARN,
}: StackSet): StackSetDescription {
  const namesOf = (parameters: typeof Parameters): readonly string[] =>
    parameters.flatMap(({ ParameterKey }) => ParameterKey ?? []);
  return {
    declaredParameters: namesOf(Parameters),
    takesManyOperations: ManagedExecution?.Active === true,
    valuelessParameters: namesOf(Parameters.filter(({ ParameterValue }) => ParameterValue === undefined)),
    isSelfManaged: PermissionModel !== 'SERVICE_MANAGED',
    executionRoleName: ExecutionRoleName ?? null,
    administrationRoleArn: AdministrationRoleARN ?? null,
  };
}

async function listInstances(
  client: CloudFormationClient,
  { name }: StackSetKey,
  accountId: string,
): Promise<readonly StackInstance[]> {
  const instances: StackInstance[] = [];
  const pages = paginateListStackInstances({ client }, { StackSetName: name, StackInstanceAccount: accountId });
  for await (const { Summaries = [] } of pages) instances.push(...Summaries.map(instanceOf));
  return instances;
}

/**
 * @evidence documented "botocore cloudformation.DescribeStackInstance": ParameterOverrides are those of the instance
 *   alone
 */
async function overridesOf(
  client: CloudFormationClient,
  { name: StackSetName }: StackSetKey,
  StackInstanceAccount: string,
  StackInstanceRegion: string,
): Promise<Readonly<Record<string, string>>> {
  const input = { StackSetName, StackInstanceAccount, StackInstanceRegion };
  const answer = await ignoreIf(isAbsent, () => client.send(new DescribeStackInstanceCommand(input)));
  const overrides = answer?.StackInstance?.ParameterOverrides ?? [];
  return Object.fromEntries(
    overrides.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]),
  );
}

async function operationOf(
  client: CloudFormationClient,
  { name }: StackSetKey,
  OperationId: string,
): Promise<OperationStatus> {
  const command = new DescribeStackSetOperationCommand({ StackSetName: name, OperationId });
  const answer = await ignoreIf(isOperationUnknown, () => client.send(command));
  switch (answer?.StackSetOperation?.Status) {
    case undefined:
      return 'unknown';
    case 'QUEUED':
      return 'waiting';
    case 'RUNNING':
    case 'STOPPING':
      return 'running';
    case 'SUCCEEDED':
      return 'succeeded';
    case 'FAILED':
    case 'STOPPED':
      return 'failed';
  }
}

function instanceOf(summary: StackInstanceSummary): StackInstance {
  const { Region = '', Status = 'OUTDATED', StackInstanceStatus, StatusReason, LastOperationId } = summary;
  return {
    region: Region,
    status: Status,
    // Instances from before AWS had detailed statuses have none.
    detailedStatus: StackInstanceStatus?.DetailedStatus ?? (Status === 'CURRENT' ? 'SUCCEEDED' : 'PENDING'),
    reason: StatusReason ?? null,
    lastOperationId: LastOperationId ?? null,
  };
}

const inputOf = ({ alsoIn = [], ...request }: StackInstanceRequest) => ({
  ...targetsOf(request),
  ...(alsoIn.length === 0 ? {} : togetherWith(request, alsoIn)),
  ParameterOverrides: Object.entries(request.parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  })),
});

/** In all accounts at once, and in each whatever happens in the others. */
const togetherWith = ({ accountId }: StackInstanceRemoval, others: readonly string[]) => ({
  Accounts: [accountId, ...others],
  OperationPreferences: { FailureToleranceCount: others.length, MaxConcurrentCount: others.length + 1 },
});

const targetsOf = ({ stackSet, accountId, regions, operationId }: StackInstanceRemoval) => ({
  StackSetName: stackSet.name,
  Accounts: [accountId],
  Regions: [...regions],
  OperationId: operationId,
});

function start(doing: string, call: () => Promise<unknown>): Promise<'started' | 'busy'> {
  return calling(doing, async () => {
    try {
      await call();
      return 'started';
    } catch (error) {
      if (isOperationKnown(error)) return 'started';
      if (isBusy(error)) return 'busy';
      throw error;
    }
  });
}
