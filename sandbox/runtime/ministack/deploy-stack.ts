import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';

import { SandboxError } from './sandbox-error';

export interface StackDeployment {
  /** A client with the rights of an administrator of the account, in the region of the stack. */
  readonly client: CloudFormationClient;
  readonly stackName: string;
  /** JSON, sent along: at most 51,200 bytes. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The pause between two polls. */
  readonly pause: () => Promise<void>;
}

/**
 * Deploys a template as `aws cloudformation deploy` does, by a change set. It needs no bucket, and so no bootstrap. A
 * second call updates the stack; one whose creation was rolled back is deleted first, as the CDK does it.
 *
 * @throws SandboxError when it fails, with what CloudFormation says of the resources that have failed
 */
export async function deployStack(deployment: StackDeployment): Promise<void> {
  const { client, stackName } = deployment;
  const changeSet = { StackName: stackName, ChangeSetName: 'account-vending' };
  if (await createChangeSet(deployment, changeSet, await statusBefore(deployment))) {
    await client.send(new ExecuteChangeSetCommand(changeSet));
    await carriedOut(deployment);
  } else {
    await client.send(new DeleteChangeSetCommand(changeSet));
  }
}

interface ChangeSet {
  readonly StackName: string;
  readonly ChangeSetName: string;
}

/** Undefined where there is no stack. */
async function statusBefore(deployment: StackDeployment): Promise<string | undefined> {
  const stack = await stackOf(deployment);
  if (stack?.StackStatus !== 'ROLLBACK_COMPLETE') return stack?.StackStatus;
  await deployment.client.send(new DeleteStackCommand({ StackName: stack.StackId }));
  while ((await stackOf(deployment)) !== undefined) await deployment.pause();
  return undefined;
}

async function stackOf({ client, stackName }: StackDeployment): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}

/** Whether there is anything to change. */
async function createChangeSet(
  { client, template, parameters, pause, stackName }: StackDeployment,
  changeSet: ChangeSet,
  before: string | undefined,
): Promise<boolean> {
  await client.send(
    new CreateChangeSetCommand({
      ...changeSet,
      ChangeSetType: before === undefined || before === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE',
      TemplateBody: template,
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    }),
  );
  const look = () => client.send(new DescribeChangeSetCommand(changeSet));
  let seen = await look();
  while (seen.Status === 'CREATE_PENDING' || seen.Status === 'CREATE_IN_PROGRESS') {
    await pause();
    seen = await look();
  }
  if (seen.Status === 'CREATE_COMPLETE') return true;
  if (seen.StatusReason?.includes("didn't contain changes") === true) return false;
  throw new SandboxError(`CloudFormation refused the change set of ${stackName}: ${seen.StatusReason ?? 'no reason'}`);
}

async function carriedOut(deployment: StackDeployment): Promise<void> {
  const { client, stackName, pause } = deployment;
  let stack = await stackOf(deployment);
  while (stack?.StackStatus?.endsWith('_IN_PROGRESS') === true) {
    await pause();
    stack = await stackOf(deployment);
  }
  const status = stack?.StackStatus ?? 'gone';
  if (status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE') return;
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stack?.StackId }));
  // The newest come first: those of this operation, back to its beginning.
  const begun = StackEvents.findIndex(({ ResourceStatusReason }) => ResourceStatusReason === 'User Initiated');
  const failed = StackEvents.slice(0, begun).filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
  const reasons = failed
    .filter(({ ResourceStatusReason }) => ResourceStatusReason !== 'Resource creation cancelled')
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId ?? ''}: ${ResourceStatusReason ?? ''}`);
  throw new SandboxError(`CloudFormation could not deploy ${stackName}, which is ${status}:\n${reasons.join('\n')}`);
}
