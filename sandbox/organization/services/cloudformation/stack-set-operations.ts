import * as z from 'zod';
import { operation, type CallContext, type Operation } from '../operation';
import { queryList, queryNumber, refuseQueryInput, validationError } from '../query-input';
import { nameAlreadyExists, operationNotFound, stackInstanceNotFound } from './cloudformation-errors';
import { findStackSet, stackSetTarget } from './find-stack-set';
import { shownInstances } from './instance-listing';
import { makeStackSet } from './make-stack-set';
import {
  instanceShape,
  instanceSummaryShape,
  operationShape,
  stackSetShape,
  stackSetSummaryShape,
} from './stack-set-shapes';
import { instanceKey, stackSetKey, type StackInstance } from './stack-set-state';
import { parametersOf } from './stack-set-template';

const stackSetName = z.string().min(1);
const parameter = z.object({ ParameterKey: z.string(), ParameterValue: z.string().optional() });

const createInput = z.object({
  StackSetName: z
    .string()
    .max(128)
    .regex(/^[a-zA-Z][-a-zA-Z0-9]*$/),
  TemplateBody: z.string().min(1).max(51_200).optional(),
  Parameters: queryList(parameter).default([]),
  AdministrationRoleARN: z.string().min(20).max(2048).optional(),
  ExecutionRoleName: z.string().min(1).max(64).optional(),
  // SERVICE_MANAGED is not modelled.
  PermissionModel: z.literal('SELF_MANAGED').optional(),
  ManagedExecution: z.object({ Active: z.enum(['true', 'false']) }).optional(),
});

function createStackSet(context: CallContext, input: z.infer<typeof createInput>): object {
  const { state, principal, region } = context;
  const key = stackSetKey(principal.accountId, region, input.StackSetName);
  if (state.stackSets.has(key)) {
    // @evidence documented "botocore cloudformation.CreateStackSet": NameAlreadyExistsException for a name that is
    //   taken
    throw nameAlreadyExists(input.StackSetName);
  }
  const template = input.TemplateBody ?? '';
  const stackSet = makeStackSet(state, {
    accountId: principal.accountId,
    region,
    name: input.StackSetName,
    template,
    parameters: parametersOf(template, input.Parameters),
    administrationRoleArn: input.AdministrationRoleARN,
    executionRoleName: input.ExecutionRoleName,
    managedExecution: input.ManagedExecution?.Active === 'true',
  });
  state.stackSets.set(key, stackSet);
  return { StackSetId: stackSet.id };
}

const page = {
  MaxResults: queryNumber.min(1).max(100).default(100),
  NextToken: z.string().max(1024).optional(),
};

const listInput = z.object({
  StackSetName: stackSetName,
  StackInstanceAccount: z.string().optional(),
  StackInstanceRegion: z.string().optional(),
  Filters: queryList(
    z.object({ Name: z.enum(['DETAILED_STATUS', 'LAST_OPERATION_ID', 'DRIFT_STATUS']), Values: z.string() }),
  ).default([]),
  ...page,
});

type ListInput = z.infer<typeof listInput>;

function listInstances(context: CallContext, input: ListInput): object {
  const stackSet = findStackSet(context, input.StackSetName);
  const { StackInstanceAccount: account } = input;
  const found = shownInstances(stackSet, account, context.now).filter((instance) => isWanted(instance, input));
  return pageOf(
    found.map((instance) => instanceSummaryShape(stackSet, instance)),
    input,
  );
}

function isWanted(instance: StackInstance, { StackInstanceRegion, Filters }: ListInput): boolean {
  return (
    (StackInstanceRegion === undefined || StackInstanceRegion === instance.region) &&
    Filters.every(({ Name, Values }) => filteredBy(instance, Name) === Values)
  );
}

function filteredBy(instance: StackInstance, name: ListInput['Filters'][number]['Name']): string {
  switch (name) {
    case 'DETAILED_STATUS':
      return instance.detailedStatus;
    case 'LAST_OPERATION_ID':
      return instance.lastOperationId;
    case 'DRIFT_STATUS':
      return instance.driftStatus;
  }
}

function pageOf(
  all: readonly object[],
  { MaxResults, NextToken }: { readonly MaxResults: number; readonly NextToken?: string | undefined },
): object {
  const start = readToken(NextToken);
  const end = start + MaxResults;
  return { Summaries: all.slice(start, end), ...(end < all.length ? { NextToken: `from-${end}` } : {}) };
}

function readToken(token: string | undefined): number {
  const start = /^from-(\d+)$/.exec(token ?? 'from-0')?.[1];
  if (start === undefined) {
    // @evidence documented AWSCloudFormation/latest/APIReference/CommonErrors: ValidationError for input that does not
    //   satisfy the constraints; that a NextToken of another's making is such input is our reading
    throw validationError('The NextToken is invalid.');
  }
  return Number(start);
}

export const stackSetOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, cloudformation:CreateStackSet": CreateStackSet answers StackSetId
    name: 'CreateStackSet',
    write: true,
    input: createInput,
    // @evidence documented "Service Authorization Reference, AWS CloudFormation": CreateStackSet has no resource type
    targets: () => [{ resource: '*' }],
    answer: createStackSet,
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.DescribeStackSet": DescribeStackSet answers StackSet
    name: 'DescribeStackSet',
    write: false,
    input: z.object({ StackSetName: stackSetName }),
    targets: stackSetTarget,
    answer: (context, input) => ({ StackSet: stackSetShape(findStackSet(context, input.StackSetName)) }),
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.ListStackSets": ListStackSets answers Summaries
    name: 'ListStackSets',
    write: false,
    input: z.object({ Status: z.enum(['ACTIVE', 'DELETED']).optional(), ...page }),
    answer: ({ state, principal, region }, { Status, ...asked }) => {
      // None is deleted here.
      const own = [...state.stackSets.values()].filter(
        (stackSet) => stackSet.accountId === principal.accountId && stackSet.region === region && Status !== 'DELETED',
      );
      return pageOf(own.map(stackSetSummaryShape), asked);
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.ListStackInstances": ListStackInstances answers Summaries
    name: 'ListStackInstances',
    write: false,
    input: listInput,
    targets: stackSetTarget,
    answer: listInstances,
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.DescribeStackInstance": DescribeStackInstance answers StackInstance
    name: 'DescribeStackInstance',
    write: false,
    input: z.object({ StackSetName: stackSetName, StackInstanceAccount: z.string(), StackInstanceRegion: z.string() }),
    targets: stackSetTarget,
    answer: (context, input) => {
      const { StackInstanceAccount: account, StackInstanceRegion: region } = input;
      const stackSet = findStackSet(context, input.StackSetName);
      const instance = stackSet.instances.get(instanceKey(account, region));
      if (instance === undefined) {
        // @evidence documented "botocore cloudformation.DescribeStackInstance": StackInstanceNotFoundException for an
        //   instance that is not there
        throw stackInstanceNotFound(stackSet.name, account, region);
      }
      return { StackInstance: instanceShape(stackSet, instance) };
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.DescribeStackSetOperation": DescribeStackSetOperation answers
    //   StackSetOperation
    name: 'DescribeStackSetOperation',
    write: false,
    input: z.object({ StackSetName: stackSetName, OperationId: z.string() }),
    targets: stackSetTarget,
    answer: (context, input) => {
      const stackSet = findStackSet(context, input.StackSetName);
      const known = stackSet.operations.get(input.OperationId);
      if (known === undefined) {
        // @evidence documented "botocore cloudformation.DescribeStackSetOperation": OperationNotFoundException for an
        //   id that no operation has
        throw operationNotFound(input.OperationId);
      }
      return { StackSetOperation: operationShape(stackSet, known) };
    },
  }),
];
