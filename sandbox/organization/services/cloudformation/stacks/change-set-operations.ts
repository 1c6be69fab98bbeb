import * as z from 'zod';
import { arnIn } from '../../../arn';
import { drawEnd, drawUuid } from '../../../draw';
import { operation, type CallContext, type Operation } from '../../operation';
import { queryList, refuseQueryInput, validationError } from '../../query-input';
import { changeSetAlreadyExists, invalidChangeSetStatus } from '../cloudformation-errors';
import { findChangeSet, findStack, findStackOrNull, stackTarget } from './find-stack';
import { changeSetShape } from './stack-shapes';
import type { ChangeSet, Stack } from './stack-state';
import { checkCapabilities, parametersOf, readTemplate } from './stack-template';
import { carryOut, changesOf, enter } from './stack-work';
import { malformedResources, wantedResources } from './wanted-resources';

const name = z
  .string()
  .regex(/^[a-zA-Z][-a-zA-Z0-9]*$/)
  .max(128);
const nameOrArn = z.string().min(1).max(1600);

const createInput = z.object({
  StackName: nameOrArn,
  ChangeSetName: name,
  ChangeSetType: z.enum(['CREATE', 'UPDATE']).default('UPDATE'),
  Description: z.string().max(1024).optional(),
  TemplateBody: z.string().min(1).optional(),
  UsePreviousTemplate: z.enum(['true', 'false']).optional(),
  Parameters: queryList(
    z.object({
      ParameterKey: z.string(),
      ParameterValue: z.string().optional(),
      UsePreviousValue: z.string().optional(),
    }),
  ).default([]),
  Capabilities: queryList(z.string()).default([]),
});

type CreateInput = z.infer<typeof createInput>;

function createChangeSet(context: CallContext, input: CreateInput): object {
  const known = findStackOrNull(context, input.StackName);
  checkStack(input, known);
  const before = known?.deployed ?? null;
  const [body = ''] = [input.UsePreviousTemplate === 'true' ? before?.template : input.TemplateBody];
  const template = readTemplate(body);
  checkCapabilities(template, input.Capabilities);
  const parameters = parametersOf(template, input.Parameters, before?.parameters ?? new Map());
  // @evidence documented "botocore cloudformation.CreateChangeSet": AlreadyExistsException for a name that a change set
  //   of the stack has
  if (known?.changeSets.has(input.ChangeSetName) === true) throw changeSetAlreadyExists(input.ChangeSetName);
  const stack = known ?? stackInReview(context, input.StackName);
  const { region, principal, state, now } = context;
  const changes = changesOf(stack, wantedResources(context, stack, template, parameters));
  const changeSet: ChangeSet = {
    id: arnIn(
      state.seed,
      `cloudformation:${region}:${principal.accountId}:changeSet/${input.ChangeSetName}/${drawUuid(state.random)}`,
    ),
    name: input.ChangeSetName,
    description: input.Description ?? null,
    createdAt: now,
    template: body,
    parameters,
    capabilities: input.Capabilities,
    changes,
    status: 'CREATE_PENDING',
    statusReason: null,
    isExecuted: false,
  };
  stack.changeSets.set(changeSet.name, changeSet);
  settleLater(context, changeSet);
  return { Id: changeSet.id, StackId: stack.id };
}

/**
 * @evidence documented AWSCloudFormation/latest/APIReference/API_CreateChangeSet: no UPDATE of a new stack and no
 *   CREATE of an existing one
 * @evidence reported "github aws/aws-cdk#901": a stack that was rolled back when it was created can only be deleted
 */
function checkStack({ StackName, ChangeSetName, ChangeSetType }: CreateInput, stack: Stack | undefined): void {
  if (ChangeSetType === 'CREATE') {
    if (stack === undefined || stack.status === 'REVIEW_IN_PROGRESS') return;
    // @evidence recorded "localstack cloudformation/api/test_changesets test_name_conflicts, 2023-11-22":
    //   ValidationError, "Stack [<name>] already exists and cannot be created again with the changeSet [<name>]."
    throw validationError(
      `Stack [${StackName}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
    );
  }
  // @evidence recorded "localstack cloudformation/api/test_changesets test_delete_change_set_exception, 2025-07-21":
  //   ValidationError, "Stack [<name>] does not exist"
  if (stack === undefined) throw validationError(`Stack [${StackName}] does not exist`);
  if (stack.deployed === null || stack.status.endsWith('_IN_PROGRESS')) {
    // @evidence recorded "localstack cloudformation/api/test_changesets test_changeset_for_deleted_stack, 2025-10-10":
    //   ValidationError, "Stack:<id> is in DELETE_IN_PROGRESS state and can not be updated."
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  }
}

/**
 * @evidence documented AWSCloudFormation/latest/APIReference/API_CreateChangeSet: a new stack is in REVIEW_IN_PROGRESS
 *   until it is executed
 */
function stackInReview(context: CallContext, stackName: string): Stack {
  const { state, principal, region, now } = context;
  const { accountId } = principal;
  const stack: Stack = {
    id: arnIn(state.seed, `cloudformation:${region}:${accountId}:stack/${stackName}/${drawUuid(state.random)}`),
    name: stackName,
    accountId,
    region,
    createdAt: now,
    status: 'REVIEW_IN_PROGRESS',
    statusReason: null,
    updatedAt: null,
    deletedAt: null,
    deployed: null,
    resources: new Map(),
    events: [],
    changeSets: new Map(),
  };
  state.stacks.set(stack.id, stack);
  enter(context, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  return stack;
}

/**
 * Validation before the deployment finds nothing here, since AWS leaves roles out of it. Policies and stack sets, which
 * AWS does look at, are not validated either: their names are found to be taken when the change set is executed.
 *
 * @evidence documented AWSCloudFormation/latest/UserGuide/validate-stack-deployments: AWS::IAM::Role is among the types
 *   that are not validated before a deployment
 * @evidence reported "github aws/aws-cdk-cli#1000": where a type is validated, the change set fails with
 *   AWS::EarlyValidation::ResourceExistenceCheck
 */
function settleLater({ state, now }: CallContext, changeSet: ChangeSet): void {
  state.agenda.plan(drawEnd(state, now, state.latencies.changeSet), () => {
    const isEmpty = changeSet.changes.length === 0;
    changeSet.status = isEmpty ? 'FAILED' : 'CREATE_COMPLETE';
    if (isEmpty) {
      changeSet.statusReason =
        "The submitted information didn't contain changes. Submit different information to create a change set.";
    }
  });
}

const oneOf = z.object({ StackName: nameOrArn, ChangeSetName: nameOrArn });

async function executeChangeSet(context: CallContext, input: z.infer<typeof oneOf>): Promise<object> {
  const stack = findStack(context, input.StackName);
  const changeSet = findChangeSet(stack, input.ChangeSetName);
  // @evidence recorded "localstack cloudformation/api/test_changesets test_empty_changeset, 2022-08-10":
  //   InvalidChangeSetStatus, "cannot be executed in its current status of [FAILED]"
  if (changeSet.status !== 'CREATE_COMPLETE' || changeSet.isExecuted) {
    throw invalidChangeSetStatus(changeSet.id, changeSet.status);
  }
  const wanted = wantedResources(context, stack, readTemplate(changeSet.template), changeSet.parameters);
  const malformed = await malformedResources(wanted);
  // @evidence documented AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet: all other change sets of the stack
  //   are deleted
  stack.changeSets.clear();
  // Its name is free again here: nobody tells whether it is.
  // @evidence recorded "localstack cloudformation/api/test_changesets test_name_conflicts, 2023-11-22": the executed
  //   one is described by its ARN afterwards, with EXECUTE_COMPLETE
  stack.changeSets.set(changeSet.id, changeSet);
  changeSet.isExecuted = true;
  carryOut(context, stack, { wanted, malformed, deployed: changeSet });
  return {};
}

export const changeSetOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, cloudformation:CreateChangeSet": CreateChangeSet answers Id and StackId
    name: 'CreateChangeSet',
    write: true,
    input: createInput,
    targets: stackTarget,
    answer: createChangeSet,
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.DescribeChangeSet": DescribeChangeSet answers ChangeSetName,
    //   ChangeSetId, StackId, StackName, Parameters, CreationTime, ExecutionStatus, Status, NotificationARNs,
    //   Capabilities, Tags and Changes
    name: 'DescribeChangeSet',
    write: false,
    input: oneOf,
    targets: stackTarget,
    answer: (context, input) => {
      const stack = findStack(context, input.StackName);
      return changeSetShape(stack, findChangeSet(stack, input.ChangeSetName));
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.ExecuteChangeSet": ExecuteChangeSet answers nothing
    name: 'ExecuteChangeSet',
    write: true,
    input: oneOf,
    targets: stackTarget,
    answer: executeChangeSet,
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.DeleteChangeSet": DeleteChangeSet answers nothing
    name: 'DeleteChangeSet',
    write: true,
    input: oneOf,
    targets: stackTarget,
    answer: (context, input) => {
      const { changeSets } = findStack(context, input.StackName);
      [...changeSets]
        .filter(([, { id, name: known }]) => [id, known].includes(input.ChangeSetName))
        .forEach(([key]) => changeSets.delete(key));
      return {};
    },
  }),
];
