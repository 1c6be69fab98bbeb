import type { StackInstance, StackSet, StackSetOperation } from './stack-set-state';

export function stackSetShape(stackSet: StackSet): object {
  return {
    StackSetName: stackSet.name,
    StackSetId: stackSet.id,
    Status: 'ACTIVE',
    TemplateBody: stackSet.template,
    Parameters: parameterShapes(stackSet.parameters),
    Tags: [],
    StackSetARN: `${stackSet.arnPrefix}${stackSet.id}`,
    AdministrationRoleARN: stackSet.administrationRoleArn,
    ExecutionRoleName: stackSet.executionRoleName,
    PermissionModel: stackSet.permissionModel,
    ManagedExecution: { Active: stackSet.managedExecution },
  };
}

export function stackSetSummaryShape(stackSet: StackSet): object {
  return {
    StackSetName: stackSet.name,
    StackSetId: stackSet.id,
    Status: 'ACTIVE',
    PermissionModel: stackSet.permissionModel,
    ManagedExecution: { Active: stackSet.managedExecution },
  };
}

export function instanceSummaryShape(stackSet: StackSet, instance: StackInstance): object {
  return {
    StackSetId: stackSet.id,
    Region: instance.region,
    Account: instance.accountId,
    StackId: instance.stackId,
    Status: instance.status,
    StatusReason: instance.reason,
    StackInstanceStatus: { DetailedStatus: instance.detailedStatus },
    DriftStatus: instance.driftStatus,
    LastOperationId: instance.lastOperationId,
  };
}

export function instanceShape(stackSet: StackSet, instance: StackInstance): object {
  return { ...instanceSummaryShape(stackSet, instance), ParameterOverrides: parameterShapes(instance.overrides) };
}

export function operationShape(stackSet: StackSet, operation: StackSetOperation): object {
  return {
    OperationId: operation.id,
    StackSetId: stackSet.id,
    Action: operation.action,
    Status: operation.status,
    AdministrationRoleARN: stackSet.administrationRoleArn,
    ExecutionRoleName: stackSet.executionRoleName,
    CreationTimestamp: new Date(operation.createdAt),
    ...(operation.endedAt === null ? {} : { EndTimestamp: new Date(operation.endedAt) }),
  };
}

function parameterShapes(parameters: ReadonlyMap<string, string | null>): readonly object[] {
  return [...parameters].map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: value,
  }));
}
