import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Parameter,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import * as z from 'zod';

import { OperatorError } from '../operator-error';

export interface StackDeployment {
  /** A client with the rights of an administrator of the account, in the region of the stack. */
  readonly client: CloudFormationClient;
  readonly stackName: string;
  /** JSON, sent along: at most 51,200 bytes. */
  readonly template: string;
  /** Others keep the values that the stack has. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The pause between two polls. */
  readonly pause: () => Promise<void>;
}

/**
 * Deploys a template as `aws cloudformation deploy` does, by a change set. It needs no bucket, and so no bootstrap. A
 * second call updates the stack; one whose creation was rolled back is deleted first, as the CDK does it.
 *
 * @throws OperatorError when it fails, with what CloudFormation says of the resources that have failed
 */
export async function deployStack(deployment: StackDeployment): Promise<void> {
  const { client, stackName } = deployment;
  const changeSet = { StackName: stackName, ChangeSetName: 'account-vending' };
  const before = await settledStack(deployment);
  await removeLeftOver(deployment, changeSet, before);
  if (await createChangeSet(deployment, changeSet, before)) {
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

/**
 * As it stands when nobody works on it; undefined where there is no stack. Somebody else's deployment, or one of ours
 * whose process was killed, is waited for.
 */
async function settledStack(deployment: StackDeployment): Promise<Stack | undefined> {
  const stack = await untilSettled(deployment);
  if (stack?.StackStatus !== 'ROLLBACK_COMPLETE') return stack;
  await deployment.client.send(new DeleteStackCommand({ StackName: stack.StackId }));
  while ((await stackOf(deployment)) !== undefined) await deployment.pause();
  return undefined;
}

async function untilSettled(deployment: StackDeployment): Promise<Stack | undefined> {
  let stack = await stackOf(deployment);
  while (stack?.StackStatus?.endsWith('_IN_PROGRESS') === true && stack.StackStatus !== 'REVIEW_IN_PROGRESS') {
    await deployment.pause();
    stack = await stackOf(deployment);
  }
  return stack;
}

/**
 * A change set that a killed deployment has left: its name would be taken.
 *
 * @evidence reported "github aws/aws-cdk-cli": the CDK deletes the change set of its name before each deployment of a
 *   stack that is there, whether there is one or not
 */
async function removeLeftOver(
  { client }: StackDeployment,
  changeSet: ChangeSet,
  before: Stack | undefined,
): Promise<void> {
  if (before !== undefined) await client.send(new DeleteChangeSetCommand(changeSet));
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
  before: Stack | undefined,
): Promise<boolean> {
  await client.send(
    new CreateChangeSetCommand({
      ...changeSet,
      ChangeSetType: isNew(before) ? 'CREATE' : 'UPDATE',
      TemplateBody: template,
      Parameters: [...given(parameters), ...kept(template, parameters, before)],
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
  throw new OperatorError(`CloudFormation refused the change set of ${stackName}: ${seen.StatusReason ?? 'no reason'}`);
}

const isNew = (before: Stack | undefined): boolean =>
  before === undefined || before.StackStatus === 'REVIEW_IN_PROGRESS';

const given = (parameters: StackDeployment['parameters']): readonly Parameter[] =>
  Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));

/** CloudFormation would give a parameter that is left out its default again. */
function kept(
  template: string,
  parameters: StackDeployment['parameters'],
  before: Stack | undefined,
): readonly Parameter[] {
  const declared = Object.keys(TemplateSchema.parse(JSON.parse(template)).Parameters);
  return (before?.Parameters ?? []).flatMap(({ ParameterKey = '' }) =>
    declared.includes(ParameterKey) && !(ParameterKey in parameters) ? [{ ParameterKey, UsePreviousValue: true }] : [],
  );
}

const TemplateSchema = z.object({ Parameters: z.record(z.string(), z.unknown()).default({}) });

async function carriedOut(deployment: StackDeployment): Promise<void> {
  const { client, stackName } = deployment;
  const stack = await untilSettled(deployment);
  const status = stack?.StackStatus ?? 'gone';
  if (status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE') return;
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stack?.StackId }));
  // The newest come first: those of this operation, back to its beginning.
  const begun = StackEvents.findIndex(({ ResourceStatusReason }) => ResourceStatusReason === 'User Initiated');
  const failed = StackEvents.slice(0, begun).filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
  const reasons = failed
    .filter(({ ResourceStatusReason }) => ResourceStatusReason !== 'Resource creation cancelled')
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId ?? ''}: ${ResourceStatusReason ?? ''}`);
  throw new OperatorError(`CloudFormation could not deploy ${stackName}, which is ${status}:\n${reasons.join('\n')}`);
}
