import { readTemplate } from './stack-template';
import type { ChangeSet, Deployed, Stack } from './stack-state';
import { nameOf, templateValues } from './wanted-resources';
import type { CallContext } from '../../operation';

export function stackShape(context: CallContext, stack: Stack): object {
  const { deployed } = stack;
  const described =
    deployed === null
      ? {}
      : { ...descriptionOf(deployed), ...deployedShape(deployed), Outputs: outputShapes(context, stack, deployed) };
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: new Date(stack.createdAt),
    ...(stack.updatedAt === null ? {} : { LastUpdatedTime: new Date(stack.updatedAt) }),
    ...(stack.deletedAt === null ? {} : { DeletionTime: new Date(stack.deletedAt) }),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: false,
    EnableTerminationProtection: false,
    Parameters: [],
    NotificationARNs: [],
    Tags: [],
    ...described,
  };
}

function descriptionOf({ template }: Pick<Deployed, 'template'>): object {
  return { Description: readTemplate(template).Description };
}

/**
 * @evidence recorded "localstack cloudformation/api/test_stacks test_no_echo_parameter, 2025-08-15": NoEcho masks the
 *   value as four asterisks (the user guide shows five)
 */
function deployedShape({ template, parameters, capabilities }: Deployed): object {
  const { Parameters } = readTemplate(template);
  return {
    Capabilities: capabilities,
    Parameters: Object.entries(Parameters).map(([ParameterKey, { NoEcho }]) => ({
      ParameterKey,
      ParameterValue: NoEcho === 'true' ? '****' : parameters.get(ParameterKey),
    })),
  };
}

/** What `aws cloudformation deploy` asks for before an update: the parameters that keep their values. */
export function summaryShape({ template }: Deployed): object {
  const { Parameters, Resources } = readTemplate(template);
  return {
    ...descriptionOf({ template }),
    Parameters: Object.entries(Parameters).map(([ParameterKey, { Type, Default, NoEcho }]) => ({
      ParameterKey,
      ParameterType: Type,
      NoEcho: NoEcho === 'true',
      DefaultValue: Default,
    })),
    ResourceTypes: Object.values(Resources).map(({ Type }) => Type),
  };
}

function outputShapes(
  context: CallContext,
  { resources }: Stack,
  { template, parameters }: Deployed,
): readonly object[] {
  const parsed = readTemplate(template);
  const names = [...resources].map(([id, resource]): [string, string] => [id, nameOf(resource)]);
  const values = templateValues(context, parsed, parameters, new Map(names));
  return Object.entries(parsed.Outputs).map(([OutputKey, { Value, Description }]) => ({
    OutputKey,
    OutputValue: values.valueOf(Value),
    Description,
  }));
}

export const resourceShapes = ({ id, name, resources }: Stack): readonly object[] =>
  [...resources.values()].map(({ logicalId, physicalId, type, status, changedAt }) => ({
    StackName: name,
    StackId: id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: new Date(changedAt),
    ResourceStatus: status,
  }));

/** @evidence documented "botocore cloudformation.DescribeStackEvents": in reverse chronological order */
export const eventShapes = ({ id, name, events }: Stack): readonly object[] =>
  events.toReversed().map((event) => ({
    StackId: id,
    EventId: event.id,
    StackName: name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
  }));

function executionOf({ status: ofStack, deployed }: Stack, changeSet: ChangeSet): string {
  const { status, isExecuted } = changeSet;
  if (!isExecuted) return status === 'CREATE_COMPLETE' ? 'AVAILABLE' : 'UNAVAILABLE';
  if (ofStack.endsWith('_IN_PROGRESS')) return 'EXECUTE_IN_PROGRESS';
  return deployed === changeSet ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
}

export function changeSetShape(stack: Stack, changeSet: ChangeSet): object {
  const { id, name, description, createdAt, status, statusReason, changes } = changeSet;
  return {
    ChangeSetName: name,
    ChangeSetId: id,
    StackId: stack.id,
    StackName: stack.name,
    Description: description,
    ...deployedShape(changeSet),
    NotificationARNs: [],
    Tags: [],
    CreationTime: new Date(createdAt),
    ExecutionStatus: executionOf(stack, changeSet),
    Status: status,
    StatusReason: statusReason,
    Changes: changes.map(({ action, logicalId, type }) => ({
      Type: 'Resource',
      ResourceChange: { Action: action, LogicalResourceId: logicalId, ResourceType: type },
    })),
  };
}
