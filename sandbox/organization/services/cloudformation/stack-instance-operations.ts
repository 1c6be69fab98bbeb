import * as z from 'zod';
import { drawUuid } from '../../draw';
import { operation, type CallContext, type Operation } from '../operation';
import { queryList, refuseQueryInput, validationError } from '../query-input';
import { operationIdAlreadyExists, operationInProgress, stackInstanceNotFound } from './cloudformation-errors';
import { findStackSet, stackInstanceTargets } from './find-stack-set';
import { keepShowing } from './instance-listing';
import { judgeAccounts } from './judge-entries';
import { inOrder, operationPreferences, paceOf } from './operation-preferences';
import { openOperations } from './open-operations';
import { startOperation } from './stack-set-operation';
import { instanceKey, type StackInstance, type StackSet, type StackSetOperation, UNDEPLOYED } from './stack-set-state';

const accountId = z.string().regex(/^\d{12}$/);
const region = z.string().regex(/^[a-zA-Z0-9-]{1,128}$/);
const override = z.object({
  ParameterKey: z.string(),
  ParameterValue: z.string().optional(),
  UsePreviousValue: z.enum(['true', 'false']).optional(),
});

const targetInput = z.object({
  StackSetName: z.string().min(1),
  Accounts: queryList(accountId).optional(),
  DeploymentTargets: z.object({ Accounts: queryList(accountId).optional() }).optional(),
  Regions: queryList(region),
  OperationId: z
    .string()
    .max(128)
    .regex(/^[a-zA-Z0-9][-a-zA-Z0-9]*$/)
    .optional(),
  OperationPreferences: operationPreferences.optional(),
  CallAs: z.enum(['SELF', 'DELEGATED_ADMIN']).optional(),
});

type TargetInput = z.infer<typeof targetInput>;

const changeInput = targetInput.extend({ ParameterOverrides: queryList(override).optional() });

type ChangeInput = z.infer<typeof changeInput>;

const removalInput = targetInput.extend({ RetainStacks: z.enum(['true', 'false']) });

type RemovalInput = z.infer<typeof removalInput>;

/**
 * What a way into the accounts is worth is judged first: an operation may begin its work at once. The same request
 * again under its id is the same operation.
 *
 * @param prepare what else is checked and done before the operation
 */
async function operate(
  context: CallContext,
  action: StackSetOperation['action'],
  input: TargetInput,
  prepare: (stackSet: StackSet, id: string) => Pick<StackSetOperation, 'instanceKeys' | 'retainsStacks'>,
): Promise<object> {
  const { state, now } = context;
  const stackSet = findStackSet(context, input.StackSetName);
  const accounts = accountsOf(input);
  await judgeAccounts(state, stackSet, accounts, now);
  const request = JSON.stringify([action, input]);
  const id = input.OperationId ?? drawUuid(state.random);
  const known = stackSet.operations.get(id);
  if (known !== undefined) return repeated(known, request);
  const pace = paceOf(input.OperationPreferences, accounts.length);
  const prepared = prepare(stackSet, id);
  const started = { id, action, request, ...prepared, pace, createdAt: now, endedAt: null };
  startOperation(state, stackSet, { ...started, status: 'RUNNING' }, now);
  return { OperationId: id };
}

/** Creating where an instance exists deploys it again; updating needs one. */
const change = (context: CallContext, input: ChangeInput, action: 'CREATE' | 'UPDATE'): Promise<object> =>
  operate(context, action, input, (stackSet, id) => {
    checkOverrides(stackSet, input);
    const places = placesOf(input);
    if (action === 'UPDATE') checkPresent(stackSet, places);
    checkFree(stackSet);
    for (const place of places) prepareInstance(context, stackSet, place, input, id);
    return { instanceKeys: places.map(keyOf) };
  });

interface Place {
  readonly account: string;
  readonly one: string;
}

const keyOf = ({ account, one }: Place): string => instanceKey(account, one);

/** Region by region: so they are worked on. */
const placesOf = (input: TargetInput): readonly Place[] =>
  inOrder(input.Regions, input.OperationPreferences).flatMap((one) =>
    accountsOf(input).map((account) => ({ account, one })),
  );

/**
 * Takes instances out of the stack set, and unless they are to be retained deletes their stacks. What is not there is
 * passed over.
 */
const remove = (context: CallContext, input: RemovalInput): Promise<object> =>
  operate(context, 'DELETE', input, (stackSet) => {
    checkFree(stackSet);
    return { retainsStacks: input.RetainStacks === 'true', instanceKeys: placesOf(input).map(keyOf) };
  });

function repeated(known: StackSetOperation, request: string): object {
  if (known.request !== request) {
    // @evidence documented "botocore cloudformation.CreateStackInstances OperationId":
    //   OperationIdAlreadyExistsException for an id that exists, and a retried request is performed once; that the
    //   error is for other requests is read into the two
    throw operationIdAlreadyExists(known.id);
  }
  return { OperationId: known.id };
}

function accountsOf({ Accounts, DeploymentTargets, Regions }: TargetInput): readonly string[] {
  const accounts = Accounts ?? DeploymentTargets?.Accounts ?? [];
  if (accounts.length === 0 || Regions.length === 0) {
    // @evidence documented "botocore cloudformation.CreateStackInstances": "You must specify at least one value" for
    //   Accounts or DeploymentTargets, and for Regions; that the error is ValidationError is our reading
    throw validationError('Give at least one of Accounts or DeploymentTargets.Accounts, and at least one region.');
  }
  if (Accounts !== undefined && DeploymentTargets !== undefined) {
    // @evidence documented "botocore cloudformation.CreateStackInstances Accounts": Accounts or DeploymentTargets, "but
    //   not both"; that the error is ValidationError is our reading
    throw validationError('You can specify Accounts or DeploymentTargets, but not both.');
  }
  return accounts;
}

/** Only what the template declares can be overridden. */
function checkOverrides(stackSet: StackSet, { ParameterOverrides = [] }: ChangeInput): void {
  const unknown = ParameterOverrides.map(({ ParameterKey }) => ParameterKey).filter(
    (key) => !stackSet.parameters.has(key),
  );
  if (unknown.length > 0) {
    // @evidence documented "botocore cloudformation.CreateStackInstances ParameterOverrides": only values of parameters
    //   that the stack set specifies can be overridden; ValidationError and its words are those of CreateStackSet
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
}

function checkPresent(stackSet: StackSet, places: readonly Place[]): void {
  for (const place of places) {
    const { account, one } = place;
    if (!stackSet.instances.has(keyOf(place))) {
      // @evidence documented "botocore cloudformation.UpdateStackInstances": StackInstanceNotFoundException for an
      //   instance that is not there
      throw stackInstanceNotFound(stackSet.name, account, one);
    }
  }
}

function checkFree(stackSet: StackSet): void {
  if (openOperations(stackSet).length > 0 && !stackSet.managedExecution) {
    // @evidence documented "botocore cloudformation.CreateStackInstances": OperationInProgressException while another
    //   operation runs on the stack set
    throw operationInProgress(stackSet.name);
  }
}

function prepareInstance(
  { state, now }: CallContext,
  stackSet: StackSet,
  place: Place,
  { ParameterOverrides }: ChangeInput,
  operationId: string,
): void {
  const key = keyOf(place);
  keepShowing(state, stackSet, key, now);
  const present = stackSet.instances.get(key);
  const before = present?.overrides ?? new Map<string, string>();
  const overrides =
    ParameterOverrides === undefined
      ? before
      : new Map(ParameterOverrides.map((given) => [given.ParameterKey, valueOf(given, before)]));
  if (present !== undefined) {
    present.overrides = overrides;
    present.status = UNDEPLOYED[present.status];
    return;
  }
  stackSet.instances.set(key, {
    accountId: place.account,
    region: place.one,
    stackId: null,
    overrides,
    status: 'OUTDATED',
    detailedStatus: 'PENDING',
    reason: null,
    lastOperationId: operationId,
    driftStatus: 'NOT_CHECKED',
  });
}

function valueOf(given: z.infer<typeof override>, before: StackInstance['overrides']): string {
  const previous = given.UsePreviousValue === 'true' ? before.get(given.ParameterKey) : undefined;
  return given.ParameterValue ?? previous ?? '';
}

export const stackInstanceOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, cloudformation:CreateStackInstances": CreateStackInstances answers
    //   OperationId
    name: 'CreateStackInstances',
    write: true,
    input: changeInput,
    targets: stackInstanceTargets,
    answer: (context, input) => change(context, input, 'CREATE'),
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, cloudformation:UpdateStackInstances": UpdateStackInstances answers
    //   OperationId
    name: 'UpdateStackInstances',
    write: true,
    input: changeInput,
    targets: stackInstanceTargets,
    answer: (context, input) => change(context, input, 'UPDATE'),
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, cloudformation:DeleteStackInstances": DeleteStackInstances answers
    //   OperationId
    name: 'DeleteStackInstances',
    write: true,
    input: removalInput,
    targets: stackInstanceTargets,
    answer: remove,
  }),
];
